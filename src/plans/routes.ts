import { open } from "../access/access.ts";
import { Paging } from "../http/pagination.ts";
import { route } from "../http/route.ts";
import { listPlans } from "./list.ts";
import { PlanPage } from "./schemas.ts";

export const planRoutes = [
  route({
    method: "get",
    path: "/api/plans",
    tag: "Payments",
    summary: "See the plans on offer",
    access: open,
    request: { query: Paging },
    response: { 200: PlanPage },
    handle: (ctx, { query }) => listPlans(ctx, query),
  }),
];
