import { eq } from "drizzle-orm";
import type { HtmlEscapedString } from "hono/utils/html";
import * as z from "zod";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { linkForm, type Notice, page } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { events } from "../tables/events.ts";
import { decline } from "./answer.ts";
import { AnswerLink, readAnswerLink } from "./answer-link.ts";
import { guardNotStarted, guardPublished } from "./find.ts";
import { lockForAnswer } from "./rsvp.ts";

export const CannotCome = z.strictObject(AnswerLink.shape);
export type CannotCome = z.infer<typeof CannotCome>;

/** The page that the link opens. Only its button changes anything. */
export async function askIfCannotCome(ctx: Context, link: CannotCome): Promise<HtmlEscapedString> {
  const { event_id } = await readAnswerLink(ctx, link.token);
  const { event, organisation } = await ctx.transact((t) => {
    guardPublished(t, event_id);
    guardNotStarted(t, event_id);
    return {
      event: t.one(query.select({ title: events.title }).from(events).where(eq(events.id, event_id))),
      organisation: t.one(selectBranding(ctx.settings)),
    };
  });
  const say = pageWords();
  return page(
    { title: say("cannot_come_after_all"), message: say("confirm_not_coming", { event: event.title }), organisation },
    ctx.settings,
    linkForm("/api/events/cannot-come", link.token, say("i_cannot_come")),
  );
}

/**
 * Gives up a seat or a place in line. Repeating changes nothing, and neither does the link of somebody whose answer is gone, who may
 * have been erased. 400 for another's link, 409 once the event has started.
 */
export async function cannotCome(ctx: Context, link: CannotCome): Promise<Notice> {
  const { event_id, user_id } = await readAnswerLink(ctx, link.token);
  const organisation = await ctx.transact((t) => {
    lockForAnswer(t, event_id, user_id);
    decline(t, event_id, user_id, { if_answered: true });
    return t.one(selectBranding(ctx.settings));
  });
  return {
    title: pageWords()("thanks_for_telling"),
    message: pageWords()("not_coming"),
    organisation,
  };
}
