import { eq, getTableColumns, type SQLWrapper, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { lockUpload, uploadOf } from "../../storage/taken-down.ts";
import { event_questions, events } from "../../tables/events.ts";
import { startOfGiven } from "../../time/days.ts";
import { byClock, endAfter, eventTimeZone } from "../clock.ts";
import { lockEvent } from "../find.ts";
import { selectManagedEvent } from "./find.ts";
import type { Duplication, ManagedEvent } from "./schemas.ts";

/** What a copy has in common with the original. */
const COPIED = [
  "title",
  "description",
  "location",
  "online_url",
  "place_audience",
  "tags",
  "time_zone",
  "capacity",
  "guests_limit",
  "waiting_list",
  "waiting_list_limit",
  "promote_until_hours",
  "welcome_statuses",
  "contact_email",
  "cover_id",
] as const;

const columns = getTableColumns(events);
export const COPIED_COLUMNS = sql.join(
  COPIED.map((name) => sql.identifier(columns[name].name)),
  sql`, `,
);

/** Locks an event to copy it. Whoever takes its cover down as a photo waits, and then finds the copies. 404 without such an event. */
export function lockToCopy(t: Plan, id: string): void {
  lockEvent(t, id);
  lockUpload(t, uploadOf(sql`(select ${events.cover_id} from ${events} where ${eq(events.id, id)})`), "share");
}

/** Makes a draft that is like an event, with its cover and questions and without its answers. 404 without such an event. */
export async function duplicateEvent(
  ctx: SignedInContext,
  id: string,
  { start_at }: Duplication,
): Promise<ManagedEvent> {
  const copy = crypto.randomUUID();
  const start = startOfGiven(start_at);
  const { start_at: its_start, end_at, answers_open_at, answers_close_at } = events;
  /** As far from the start as at the original, by the clock. */
  const moved = (instant: SQLWrapper) =>
    sql`((${byClock(start)} + (${byClock(instant)} - ${byClock(its_start)})) at time zone ${eventTimeZone})`;
  return ctx.transact((t) => {
    lockToCopy(t, id);
    t.effect(
      query.execute(sql`
        insert into ${events} (id, created_by, start_at, end_at, answers_open_at, answers_close_at, ${COPIED_COLUMNS})
        select ${copy}::uuid, ${ctx.user_id}::uuid, ${start}, ${start} + (${end_at} - ${its_start}),
          ${moved(answers_open_at)},
          ${endAfter(moved(answers_open_at), moved(answers_close_at), sql`${answers_close_at} - ${answers_open_at}`)},
          ${COPIED_COLUMNS}
        from ${events} where ${eq(events.id, id)}`),
    );
    t.effect(
      query.execute(sql`
        insert into ${event_questions} (event_id, position, question, purpose, kind, choices, required)
        select ${copy}::uuid, position, question, purpose, kind, choices, required
        from ${event_questions} where ${eq(event_questions.event_id, id)}`),
    );
    return t.one(selectManagedEvent(ctx, copy));
  });
}
