import { and, eq, isNull, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { eventHasAnswers, guardEvent, guardNotCancelled, lockEvent } from "../find.ts";
import { mailAboutEvent } from "../mails.ts";
import { selectManagedEvent } from "./find.ts";
import type { EventStatusChange, ManagedEvent } from "./schemas.ts";

/** 409 if people answered: a published event that disappeared would leave them in the dark. */
export const guardNobodyAnswered = (t: Plan, id: string): void =>
  guardEvent(
    t,
    id,
    sql`(not ${events.published} or not ${eventHasAnswers})`,
    "event_answered",
    "People have answered this event, so it cannot become a draft again. Cancel it instead: that tells them.",
  );

/**
 * Publishes an event, makes it a draft again, or cancels it for good. Canceling mails everyone who said yes or maybe, and
 * everyone who waits, once. Repeating changes nothing. 404 without such an event, 409 if its state does not allow it.
 */
export async function setEventStatus(
  ctx: SignedInContext,
  id: string,
  { status }: EventStatusChange,
): Promise<ManagedEvent> {
  const this_event = eq(events.id, id);
  return ctx.transact((t) => {
    lockEvent(t, id);
    if (status === "cancelled") cancel(t, ctx, id);
    else {
      guardNotCancelled(t, id);
      if (status === "draft") guardNobodyAnswered(t, id);
      t.effect(
        query
          .update(events)
          .set({ published: status === "published" })
          .where(this_event),
      );
    }
    return t.one(selectManagedEvent(ctx, id));
  });
}

function cancel(t: Plan, { user_id }: SignedInContext, id: string): void {
  guardEvent(t, id, sql`${events.published}`, "event_not_published", "A draft cannot be canceled. Delete it instead.");
  guardEvent(
    t,
    id,
    sql`(${events.cancelled_at} is not null or ${events.end_at} > now())`,
    "event_over",
    "This event is over.",
  );
  mailAboutEvent(
    t,
    "event_cancelled",
    id,
    sql`${event_rsvps.rsvp_status} in ('yes', 'maybe', 'waitlisted') and ${events.cancelled_at} is null`,
  );
  t.effect(
    query
      .update(events)
      .set({ cancelled_at: sql`now()`, cancelled_by: user_id, sequence: sql`${events.sequence} + 1` })
      .where(and(eq(events.id, id), isNull(events.cancelled_at))),
  );
}
