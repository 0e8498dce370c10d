import { eq, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import type { Message } from "../../http/schemas.ts";
import { event_rsvps, events } from "../../tables/events.ts";
import { event_galleries } from "../../tables/gallery.ts";
import { guardEvent, lockEvent } from "../find.ts";

/**
 * Deletes an event with its answers, and with what they say about who came. 404 without such an event. 409 if people would wait
 * for it in vain, because they answered and it is still to come, and if it has photos.
 */
export async function deleteEvent(ctx: SignedInContext, id: string): Promise<Message> {
  await ctx.transact((t) => {
    lockEvent(t, id);
    guardEvent(
      t,
      id,
      sql`(${events.cancelled_at} is not null or not ${events.published} or ${events.end_at} <= now()
        or not exists (select from ${event_rsvps} where ${event_rsvps.event_id} = ${events.id}))`,
      "event_answered",
      "People have answered this event. Cancel it first: that tells them.",
    );
    guardEvent(
      t,
      id,
      sql`not exists (select from ${event_galleries} where ${event_galleries.event_id} = ${events.id})`,
      "event_has_photos",
      "This event has photos. Delete them first.",
    );
    t.effect(query.delete(events).where(eq(events.id, id)));
  });
  return { message: "The event was deleted." };
}
