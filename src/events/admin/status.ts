import { and, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { type Events, eventHasAnswers, guardEvent, guardNotCancelled, isAmong, lockEvent } from "../find.ts";
import { forgetMails } from "../forget-mails.ts";
import { mailAboutEvent } from "../mails.ts";
import { eventsInScope, type SeriesScope } from "../series/following.ts";
import { selectManagedEvent } from "./find.ts";
import type { EventStatusChange, ManagedEvent } from "./schemas.ts";

/** 409 if people answered: a published event that disappeared would leave them in the dark. */
export const guardNobodyAnswered = (t: Plan, which: Events): void =>
  guardEvent(
    t,
    which,
    sql`(not ${events.published} or not ${eventHasAnswers})`,
    "event_answered",
    "People have answered, so this cannot become a draft again. Cancel it instead: that tells them.",
  );

/**
 * Publishes an event, makes it a draft again, or cancels it for good; on demand, also those of its series that follow.
 * Canceling mails everyone who said yes or maybe, and everyone who waits, once for each event. Repeating changes nothing. 404
 * without such an event, 409 if its state does not allow it.
 */
export async function setEventStatus(
  ctx: SignedInContext,
  id: string,
  { status }: EventStatusChange,
  scope: SeriesScope,
): Promise<ManagedEvent> {
  const these = eventsInScope(id, scope);
  return ctx.transact((t) => {
    lockEvent(t, these);
    if (status === "cancelled") cancel(t, ctx, id, these);
    else {
      guardNotCancelled(t, id);
      if (status === "draft") guardNobodyAnswered(t, these);
      t.effect(
        query
          .update(events)
          .set({ published: status === "published" })
          .where(isAmong(events.id, these)),
      );
    }
    return t.one(selectManagedEvent(ctx, id));
  });
}

/** Of those that follow, drafts and what is over stay as they are. */
function cancel(t: Plan, { user_id }: SignedInContext, id: string, these: Events): void {
  guardEvent(t, id, sql`${events.published}`, "event_not_published", "A draft cannot be canceled. Delete it instead.");
  guardEvent(
    t,
    id,
    sql`(${events.cancelled_at} is not null or ${events.end_at} > now())`,
    "event_over",
    "This event is over.",
  );
  const takes_place = sql`(${events.published} and ${events.cancelled_at} is null and ${events.end_at} > now())`;
  forgetMails(
    t,
    sql`${event_rsvps.event_id} in (select ${events.id} from ${events} where ${and(isAmong(events.id, these), takes_place)})`,
  );
  mailAboutEvent(
    t,
    "event_cancelled",
    these,
    sql`${event_rsvps.rsvp_status} in ('yes', 'maybe', 'waitlisted') and ${takes_place}`,
  );
  t.effect(
    query
      .update(events)
      .set({ cancelled_at: sql`now()`, cancelled_by: user_id, sequence: sql`${events.sequence} + 1` })
      .where(and(isAmong(events.id, these), takes_place)),
  );
}
