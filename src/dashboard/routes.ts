import { permitted, signedIn } from "../access/access.ts";
import { route } from "../http/route.ts";
import { getNavigation } from "./navigation.ts";
import { Dashboard, Navigation } from "./schemas.ts";
import { getDashboard } from "./stats.ts";

const tag = "Dashboard";

export const dashboardRoutes = [
  route({
    method: "get",
    path: "/api/admin/dashboard/stats",
    tag,
    operationId: "getDashboard",
    summary: "See what waits, and how the organization stands",
    description:
      "Every count comes with the list that shows exactly what was counted, and every sum with the export of its movements. A block is absent if you may not open what is behind it. Money needs `subscriptions.stats` or `donations.stats`. Volunteers who may not see people find their open work in `GET /api/navigation`, and sums at `subscriptions/stats` and `donations/stats`. Days and months are those of the organization's time zone.",
    access: permitted("users.view"),
    response: { 200: Dashboard },
    handle: (ctx) => getDashboard(ctx),
  }),
  route({
    method: "get",
    path: "/api/navigation",
    tag,
    operationId: "getNavigation",
    summary: "Get my admin menu",
    description: "Only what your roles let you open. The menu is empty if you have no role.",
    access: signedIn(),
    response: { 200: Navigation },
    handle: (ctx) => getNavigation(ctx),
  }),
];
