import { and, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { audit_log } from "../tables/access.ts";
import { stripe_events } from "../tables/stripe-events.ts";
import { selectEvent } from "./inbox.ts";
import type { WebhookEvent } from "./schemas.ts";

/**
 * Dismisses a parked event: it becomes ignored and keeps its reason, and the audit log shows who did it. An event that is
 * not parked stays as it is. 404 if we never received it.
 */
export function dismissEvent(ctx: SignedInContext, id: string): Promise<WebhookEvent> {
  const isEvent = eq(stripe_events.id, id);
  const isParked = and(isEvent, eq(stripe_events.status, "parked"));
  const locked = sql`(select ${stripe_events.id} from ${stripe_events} where ${isEvent} for update)`;
  return ctx.transact((t) => {
    t.guard(sql`${locked} is not null`, 404, "event_not_found", "There is no such event.");
    t.effect(
      query.execute(sql`
        insert into ${audit_log} (actor_id, request_id, action, subject_type, subject_id)
        select ${ctx.user_id}::uuid, ${ctx.request_id}, 'stripe_events.dismissed', 'stripe_events', ${stripe_events.id}
        from ${stripe_events} where ${isParked}`),
    );
    const dismissed = { status: "ignored", reason: sql`'dismissed: ' || ${stripe_events.reason}` } as const;
    t.effect(query.update(stripe_events).set(dismissed).where(isParked));
    return t.one(selectEvent(id));
  });
}
