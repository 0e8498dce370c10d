import * as z from "zod";
import { pageOf } from "../http/pagination.ts";
import { Cents } from "../http/schemas.ts";
import { billingcycle } from "./tables.ts";

export const BillingCycle = z.enum(billingcycle.enumValues).meta({ id: "BillingCycle" });

/** A plan on offer. */
export const Plan = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    price_cents: Cents,
    minimum_price_cents: Cents,
    suggested_price_cents: Cents.nullable(),
    currency: z.string().describe("ISO 4217, lower case"),
    billing_cycle: BillingCycle,
    donation_allowed: z.boolean(),
    position: z.int(),
  })
  .meta({ id: "Plan" });
export type Plan = z.infer<typeof Plan>;

export const PlanPage = pageOf(Plan).meta({ id: "PlanPage" });
export type PlanPage = z.infer<typeof PlanPage>;
