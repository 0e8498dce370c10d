import { sign } from "../access/signatures.ts";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import type { MailSender } from "../organisation/organisation.ts";
import { type ChangedWords, wordsKey } from "./changed-words.ts";
import type { Claimed } from "./claim.ts";
import { composeMail, isTest } from "./compose.ts";
import { senderName } from "./discreet.ts";
import { kindOf } from "./lanes.ts";
import type { Template } from "./letter.ts";
import { payToken } from "./pay-link.ts";
import type { NotSent, RenderedMail } from "./providers/provider.ts";
import { render } from "./render.ts";
import { replyToOf } from "./reply-to.ts";
import { TEMPLATES, type TemplateKey } from "./templates.ts";
import { unsubscribeHeaders, unsubscribeLink } from "./unsubscribe-link.ts";

/** What all mails of a delivery have around them. */
export interface Around {
  organisation: MailSender;
  changed_words: ChangedWords[];
  /** What signs the links that stop mails of a kind. */
  unsubscribe: { key: string };
}

/** The signed token of the mail's link. A test mail has one too, which leads nowhere. */
async function tokenOf(settings: Settings, { link, about, data }: Template, row: Claimed): Promise<string | undefined> {
  const nobody = isTest(row.data) ? crypto.randomUUID() : null;
  if (link === "pay") {
    const { user_id, address_mark, written_at } = row;
    const reader = nobody ?? user_id;
    return reader && address_mark ? payToken(settings, { user_id: reader, address_mark, written_at }) : undefined;
  }
  const subject = about?.(data.parse(row.data)) ?? row.account_token_id ?? nobody;
  return link && subject ? sign(settings, link, subject) : undefined;
}

/** Makes the mail of a row. The same row makes the same mail, so that an attempt repeats the one before. */
export async function makeMail(
  { settings, request_id }: Context,
  row: Claimed,
  { organisation, changed_words, unsubscribe: { key: unsubscribe_key } }: Around,
): Promise<RenderedMail | NotSent> {
  try {
    const key = row.template as TemplateKey;
    const template: Template | undefined = TEMPLATES[key];
    if (!template) return { sent: false, permanent: true, error: "unknown template" };
    const token = await tokenOf(settings, template, row);
    const letter = composeMail(template, row.data, {
      settings,
      organisation,
      token,
      changed: changed_words.find((words) => words.key === wordsKey(key)),
      language: row.language,
      time_zone: row.time_zone,
    });
    const kind = kindOf(key);
    const unsubscribe =
      kind && row.user_id && unsubscribeLink(settings, unsubscribe_key, { user_id: row.user_id, kind });
    return {
      id: row.id,
      // A provider that took the mail and then did not send it would answer the same key with the same.
      key: row.provider_message_id === null ? row.id : `${row.id}.${row.provider_message_id}`,
      always: row.lane === 0,
      from: { email: settings.MAIL_FROM_EMAIL, name: senderName(settings, organisation) },
      to: row.to_email,
      subject: letter.subject,
      reply_to: letter.reply_to ?? replyToOf(key, organisation),
      headers: unsubscribe ? unsubscribeHeaders(unsubscribe) : {},
      ...render(letter, organisation, unsubscribe),
    };
  } catch (error) {
    log({ level: "error", event: "mail_not_rendered", request_id, email_id: row.id, ...describe(error) });
    return { sent: false, permanent: true, error: "not rendered" };
  }
}
