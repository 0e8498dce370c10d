import { sign } from "../access/signatures.ts";
import type { Context } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { Claimed } from "./claim.ts";
import type { Template } from "./letter.ts";
import type { NotSent, RenderedMail } from "./providers/provider.ts";
import { render } from "./render.ts";
import { TEMPLATES } from "./templates.ts";

/** Makes the mail of a row. The same row makes the same mail, so that an attempt repeats the one before. */
export async function makeMail(
  { settings, request_id }: Context,
  row: Claimed,
  organisation: Organisation,
): Promise<RenderedMail | NotSent> {
  try {
    const template: Template | undefined = TEMPLATES[row.template as keyof typeof TEMPLATES];
    if (!template) return { sent: false, permanent: true, error: "unknown template" };
    const data = template.data.parse(row.data);
    const about = template.about?.(data) ?? row.account_token_id;
    const token = template.link && about && (await sign(settings, template.link, about));
    const around = { settings, organisation, token: token || undefined };
    const letter = template.compose(data, around);
    return {
      id: row.id,
      from: { email: settings.MAIL_FROM_EMAIL, name: settings.MAIL_FROM_NAME },
      to: row.to_email,
      subject: letter.subject,
      reply_to: letter.reply_to ?? null,
      headers: {},
      ...render(letter, organisation),
    };
  } catch (error) {
    log({ level: "error", event: "mail_not_rendered", request_id, email_id: row.id, ...describe(error) });
    return { sent: false, permanent: true, error: "not rendered" };
  }
}
