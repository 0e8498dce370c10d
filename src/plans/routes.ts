import { open, permitted } from "../access/access.ts";
import { Paging } from "../http/pagination.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { createPlan } from "./create.ts";
import { deletePlan } from "./delete.ts";
import { editPlan } from "./edit.ts";
import { listAllPlans, listPlans } from "./list.ts";
import {
  ManagedPlan,
  ManagedPlanPage,
  NewPlan,
  OfferedPlanPage,
  PlanDetails,
  PlanFilters,
  PlanRemoval,
} from "./schemas.ts";

const tag = "Plans (admin)";

export const planRoutes = [
  route({
    method: "get",
    path: "/api/plans",
    tag: "Payments",
    operationId: "listPlans",
    summary: "List the plans on offer",
    access: open,
    request: { query: Paging },
    response: { 200: OfferedPlanPage },
    handle: (ctx, { query }) => listPlans(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/admin/plans",
    tag,
    operationId: "listAllPlans",
    summary: "List all plans",
    description: "In order of position, including inactive and archived plans.",
    access: permitted("subscriptions.plans"),
    request: { query: PlanFilters },
    response: { 200: ManagedPlanPage },
    handle: (ctx, { query }) => listAllPlans(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/admin/plans",
    tag,
    operationId: "createPlan",
    summary: "Create a plan",
    description:
      "The name must be unique among plans that are not archived. A plan that costs nothing makes a person a member as soon as they choose it, and they renew it in the same way.",
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
    operationId: "editPlan",
    summary: "Edit a plan",
    description:
      "Existing subscriptions keep their price. The billing cycle cannot change once somebody has subscribed, and an archived plan cannot change at all.",
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
    operationId: "deletePlan",
    summary: "Delete or archive a plan",
    description:
      "If somebody has subscribed to the plan, this archives it instead. Its subscriptions continue, and nobody else can choose it.",
    access: permitted("subscriptions.plans"),
    request: { params: ById },
    response: { 200: PlanRemoval },
    errors: [404, 409],
    handle: (ctx, { params }) => deletePlan(ctx, params.id),
  }),
];
