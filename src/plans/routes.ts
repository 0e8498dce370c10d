import { open, permitted } from "../access/access.ts";
import { Paging } from "../http/pagination.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { createPlan } from "./create.ts";
import { editPlan } from "./edit.ts";
import { listPlans } from "./list.ts";
import { listAllPlans } from "./list-all.ts";
import { removePlan } from "./remove.ts";
import { ManagedPlan, ManagedPlanPage, NewPlan, PlanDetails, PlanFilters, PlanPage, PlanRemoval } from "./schemas.ts";

const tag = "Plans (admin)";

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
  route({
    method: "get",
    path: "/api/admin/plans",
    tag,
    summary: "List all plans",
    description: "By position, also those that are not on offer any more, with how many subscriptions run on each.",
    access: permitted("subscriptions.plans"),
    request: { query: PlanFilters },
    response: { 200: ManagedPlanPage },
    handle: (ctx, { query }) => listAllPlans(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/admin/plans",
    tag,
    summary: "Make a plan",
    description:
      "No two plans have one name, but for those that are archived. What costs 0 is paid with a donation on top, or recorded by volunteers.",
    access: permitted("subscriptions.plans"),
    request: { body: NewPlan },
    response: { 201: ManagedPlan },
    errors: [409],
    handle: (ctx, { body }) => createPlan(ctx, body),
  }),
  route({
    method: "put",
    path: "/api/admin/plans/{id}",
    tag,
    summary: "Change a plan",
    description:
      "Subscriptions that were begun keep their price. The billing cycle stays once somebody has subscribed. Archived plans do not change.",
    access: permitted("subscriptions.plans"),
    request: { params: ById, body: PlanDetails },
    response: { 200: ManagedPlan },
    errors: [404, 409],
    handle: (ctx, { params, body }) => editPlan(ctx, params.id, body),
  }),
  route({
    method: "delete",
    path: "/api/admin/plans/{id}",
    tag,
    summary: "Delete a plan, or archive it",
    description: "One that was ever subscribed to is archived: what runs on it goes on, and nobody new can choose it.",
    access: permitted("subscriptions.plans"),
    request: { params: ById },
    response: { 200: PlanRemoval },
    errors: [404, 409],
    handle: (ctx, { params }) => removePlan(ctx, params.id),
  }),
];
