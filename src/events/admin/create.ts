import { sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { events } from "../../tables/events.ts";
import { endOfGiven, startOfGiven } from "../../time/days.ts";
import { validTimeZone } from "../../time/zone.ts";
import { selectManagedEvent } from "./find.ts";
import { givenColumns, guardPublishing, validateOpening, validateTimes } from "./input.ts";
import type { ManagedEvent, NewEvent } from "./schemas.ts";

/** Creates an event: a draft, unless the actor publishes it and may. 400 if its times are out of order. */
export async function createEvent(ctx: SignedInContext, details: NewEvent): Promise<ManagedEvent> {
  const id = crypto.randomUUID();
  const { start_at, end_at, ...others } = details;
  return ctx.transact((t) => {
    guardPublishing(t, ctx.user_id, sql`${details.published ?? false}::boolean`);
    const times = {
      start_at: startOfGiven(start_at),
      end_at: endOfGiven(end_at),
      answers_open_at: startOfGiven(details.answers_open_at),
      answers_close_at: endOfGiven(details.answers_close_at),
    };
    validTimeZone(t, details.time_zone);
    validateTimes(t, times);
    validateOpening(t, times);
    t.effect(
      query.insert(events).values({
        ...givenColumns(others),
        title: details.title,
        location: details.location,
        start_at: startOfGiven(start_at),
        end_at: endOfGiven(end_at),
        id,
        created_by: ctx.user_id,
      }),
    );
    return t.one(selectManagedEvent(ctx, id));
  });
}
