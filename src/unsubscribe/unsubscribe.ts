import { and, eq, gt, sql } from "drizzle-orm";
import { html } from "hono/html";
import * as z from "zod";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { type Notice, page } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import type { MailKind } from "../mail/lanes.ts";
import { PREFERENCES } from "../mail/preferences.ts";
import { readUnsubscribeToken } from "../mail/unsubscribe-link.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { newsletter_recipients } from "../tables/documents.ts";
import { users } from "../tables/people.ts";

/** The link in a mail. */
export const UnsubscribeLink = z.object({ token: z.string().min(1).max(200) });
export type UnsubscribeLink = z.infer<typeof UnsubscribeLink>;

const say = pageWords();

const inWords = (kind: MailKind): string => say(`of_${kind}`);

const NOT_VALID = [400, "link_not_valid", "This link is not valid. Please use the link in our newest email."] as const;

/** 400 unless we made the link. Whether the person is still here makes no difference. */
async function readLink({ settings }: Context, { token }: UnsubscribeLink) {
  const link = await readUnsubscribeToken(settings, token);
  if (!link) throw new Refusal(...NOT_VALID);
  return { ...link, what: inWords(link.kind) };
}

/** What the link is for. It changes nothing. */
export async function openUnsubscribeLink(ctx: Context, link: UnsubscribeLink): Promise<Notice> {
  const { what, genuine } = await readLink(ctx, link);
  const organisation = await ctx.transact((t) => {
    t.guard(genuine, ...NOT_VALID);
    return t.one(selectBranding(ctx.settings));
  });
  return {
    title: say("unsubscribe_from", { what }),
    message: say("no_longer", { what }),
    organisation,
  };
}

/** Writes down whether the person wants mails of the link's kind. Repeating changes nothing. */
async function choose(ctx: Context, link: UnsubscribeLink, yes: boolean) {
  const { user_id, kind, what, genuine } = await readLink(ctx, link);
  const organisation = await ctx.transact((t) => {
    t.guard(genuine, ...NOT_VALID);
    t.effect(query.update(users).set(PREFERENCES[kind].choose(yes)).where(eq(users.id, user_id)));
    if (yes && kind === "newsletter") takeBack(t, user_id);
    return t.one(selectBranding(ctx.settings));
  });
  return { what, organisation };
}

/** A newsletter has not lost those who change their minds within a day. */
const takeBack = (t: Plan, user_id: string): void =>
  t.effect(
    query
      .update(newsletter_recipients)
      .set({ unsubscribed_at: null })
      .where(
        and(
          eq(newsletter_recipients.user_id, user_id),
          gt(newsletter_recipients.unsubscribed_at, sql`now() - interval '1 day'`),
        ),
      ),
  );

export async function unsubscribe(ctx: Context, link: UnsubscribeLink): Promise<Notice> {
  const { what, organisation } = await choose(ctx, link, false);
  return {
    title: say("unsubscribed"),
    message: say("no_longer_or_undo", { what }),
    organisation,
  };
}

export async function resubscribe(ctx: Context, link: UnsubscribeLink): Promise<Notice> {
  const { what, organisation } = await choose(ctx, link, true);
  return { title: say("subscribed_again"), message: say("again", { what }), organisation };
}

const button = ({ token }: UnsubscribeLink, path: string, label: string) =>
  html`<form method="post" action="/api/unsubscribe/${token}${path}"><button>${label}</button></form>`;

export const askToUnsubscribePage = (notice: Notice, settings: Settings, link: UnsubscribeLink) =>
  page(notice, settings, button(link, "", say("unsubscribe")));

export const unsubscribedPage = (notice: Notice, settings: Settings, link: UnsubscribeLink) =>
  page(notice, settings, button(link, "/undo", say("subscribe_again")));
