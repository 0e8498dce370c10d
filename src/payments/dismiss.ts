import { and, eq, sql } from "drizzle-orm";
import { audit_log } from "../access/tables.ts";
import { effect, guard, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { stripe_events } from "./tables.ts";
import { selectEvents } from "./webhook-events.ts";
import type { WebhookEvent } from "./webhook-events-schemas.ts";

/**
 * Sets a parked event aside that a person has looked at: it is ignored from now on, and keeps its reason. Whoever did it is in
 * the audit log. One that is not parked stays as it is. 404 when it never came.
 */
export async function dismiss({ transact, user_id, request_id }: SignedInContext, id: string): Promise<WebhookEvent> {
  const row = eq(stripe_events.id, id);
  const parked = and(row, eq(stripe_events.status, "parked"));
  const [dismissed] = await transact(
    guard(
      sql`(select ${stripe_events.id} from ${stripe_events} where ${row} for update) is not null`,
      404,
      "event_not_found",
      "There is no such event.",
    ),
    effect(
      query.execute(sql`
        insert into ${audit_log} (actor_id, request_id, action, subject_type, subject_id)
        select ${user_id}::uuid, ${request_id}, 'stripe_events.dismissed', 'stripe_events', ${stripe_events.id}
        from ${stripe_events} where ${parked}`),
    ),
    effect(
      query
        .update(stripe_events)
        .set({ status: "ignored", reason: sql`'dismissed: ' || ${stripe_events.reason}` })
        .where(parked),
    ),
    one(selectEvents().where(row)),
  );
  return dismissed;
}
