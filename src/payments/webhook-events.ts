import { and, count, eq, gte, lt, sql } from "drizzle-orm";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, type Order, toPage } from "../http/pagination.ts";
import { stripe_events } from "./tables.ts";
import type { WebhookEventFilters, WebhookEventPage } from "./webhook-events-schemas.ts";

const NEWEST: Order<{ created_at: string; id: string }> = {
  name: "newest",
  descending: true,
  keys: [
    { expression: sql`${stripe_events.created_at}`, type: "timestamptz", of: (event) => event.created_at },
    { expression: sql`${stripe_events.id}`, type: "text", of: (event) => event.id },
  ],
};

const matching = ({ status, type, object_id, from, to }: WebhookEventFilters) =>
  and(
    status ? eq(stripe_events.status, status) : undefined,
    type ? eq(stripe_events.type, type) : undefined,
    object_id ? eq(stripe_events.object_id, object_id) : undefined,
    from ? gte(stripe_events.created_at, from) : undefined,
    to ? lt(stripe_events.created_at, to) : undefined,
  );

export const selectEvents = () => query.select().from(stripe_events);

/** A page of the inbox, and one row more where there is more. */
export const selectEventPage = (filters: WebhookEventFilters) =>
  selectEvents()
    .where(and(matching(filters), after(NEWEST, filters.cursor)))
    .orderBy(...by(NEWEST))
    .limit(filters.limit + 1);

/** What Stripe told us and what became of it, the newest first, and how many events match in all. */
export async function listWebhookEvents(ctx: SignedInContext, filters: WebhookEventFilters): Promise<WebhookEventPage> {
  const [rows, { total }] = await ctx.transact(
    many(selectEventPage(filters)),
    one(query.select({ total: count() }).from(stripe_events).where(matching(filters))),
  );
  return { ...toPage(NEWEST, rows, filters.limit), total };
}
