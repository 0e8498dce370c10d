import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { guard, one, query, type Silent } from "../database/statements.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { managedPlanColumns } from "./schemas.ts";
import { subscription_plans } from "./tables.ts";

export const selectPlan = (id: string) =>
  one(query.select(managedPlanColumns).from(subscription_plans).where(eq(subscription_plans.id, id)));

/** 404 unless the plan is there, 409 when it is archived. Whoever else changes it or subscribes to it waits. */
export const lockPlan = (id: string): [Silent, Silent] => [
  guard(
    sql`(select ${subscription_plans.id} from ${subscription_plans} where ${eq(subscription_plans.id, id)} for update) is not null`,
    404,
    "plan_not_found",
    "There is no such plan.",
  ),
  guard(
    sql`exists (select from ${subscription_plans} where ${and(eq(subscription_plans.id, id), isNull(subscription_plans.archived_at))})`,
    409,
    "plan_archived",
    "This plan is archived. It is kept as it was.",
  ),
];

/** Whether somebody ever subscribed to the plan, or began to. */
export const isUsed = (id: string): SQL =>
  sql`exists (select from ${subscriptions} where ${eq(subscriptions.plan_id, id)})`;

export const nameTaken = (name: string) =>
  [409, "plan_exists", `There is a plan called "${name}" already. Please choose another name.`] as const;
