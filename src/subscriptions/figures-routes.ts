import { fresh, permitted } from "../access/access.ts";
import { ABOUT_EXPORTS, CSV } from "../http/export.ts";
import { route } from "../http/route.ts";
import { Period } from "../ledger/figures.ts";
import { exportSubscriptions } from "./export.ts";
import { SubscriptionStats } from "./figures-schemas.ts";
import { SubscriptionExport } from "./schemas.ts";
import { subscriptionStats } from "./stats.ts";

const tag = "Subscriptions (admin)";

export const subscriptionFiguresRoutes = [
  route({
    method: "get",
    path: "/api/admin/subscriptions/stats",
    tag,
    summary: "See how memberships stand",
    description: "How many there are now, and what happened to them and their money within some days, in UTC.",
    access: permitted("subscriptions.stats"),
    request: { query: Period },
    response: { 200: SubscriptionStats },
    handle: (ctx, { query }) => subscriptionStats(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/subscriptions/export",
    tag,
    summary: "Export subscriptions",
    description: `${ABOUT_EXPORTS} Filters are those of the list.`,
    access: fresh(permitted("subscriptions.export")),
    request: { query: SubscriptionExport },
    response: { 200: CSV },
    handle: (ctx, { query }) => exportSubscriptions(ctx, query),
  }),
];
