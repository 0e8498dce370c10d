import { and, eq, sql } from "drizzle-orm";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, type Order } from "../http/pagination.ts";
import { stripe_events } from "../tables/stripe-events.ts";
import { isWithin } from "../time/days.ts";
import { selectEvents } from "./inbox.ts";
import type { WebhookEventFilters, WebhookEventPage } from "./schemas.ts";

/** Like `newestFirst`, but Stripe's ids are no UUIDs. */
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
    isWithin(stripe_events.created_at, { from, to }),
  );

/** A page of the inbox, newest first, with how many events match in all. */
export const listWebhookEvents = (ctx: SignedInContext, filters: WebhookEventFilters): Promise<WebhookEventPage> =>
  ctx.transact((t) => listPageWithTotal(t, NEWEST, selectEvents, filters, matching(filters)));
