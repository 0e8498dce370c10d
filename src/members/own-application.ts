import { sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import type { SignedInContext } from "../http/context.ts";

export const OWN_APPLICATION = "You cannot decide on your own application. Please ask somebody else to.";

/** 403 if the application is the actor's own. */
export const guardOthersApplication = (t: Plan, { user_id }: SignedInContext, applicant_id: string): void =>
  t.guard(sql`${applicant_id}::uuid <> ${user_id}::uuid`, 403, "own_application", OWN_APPLICATION);
