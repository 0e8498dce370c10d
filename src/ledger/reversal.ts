import * as z from "zod";
import { Cents, Id, Instant } from "../http/schemas.ts";
import { reversals } from "./tables.ts";

/** Money that left a payment again. */
export const Reversal = z
  .object({
    id: Id,
    kind: z
      .enum(["refund", "dispute"])
      .describe("`dispute`: the payer's bank took it back or, while `occurred_at` is null, asks about it"),
    status: z
      .string()
      .describe("`requested`: we asked for it and do not know yet what became of it. Then Stripe's word for it")
      .meta({ example: "succeeded" }),
    amount_cents: Cents,
    reason: z.string().nullable(),
    occurred_at: Instant.nullable().describe("When the money left; null where it did not, or not yet"),
    returned_at: Instant.nullable().describe("When it came back: the refund failed, or the dispute was won"),
    requested_by: Id.nullable().describe("Null for what was done at Stripe"),
    stripe_id: z.string().nullable(),
    created_at: Instant,
  })
  .meta({ id: "Reversal" });

/** The columns of {@link Reversal}. */
export const reversalColumns = {
  id: reversals.id,
  kind: reversals.kind,
  status: reversals.status,
  amount_cents: reversals.amount_cents,
  reason: reversals.reason,
  occurred_at: reversals.occurred_at,
  returned_at: reversals.returned_at,
  requested_by: reversals.requested_by,
  stripe_id: reversals.stripe_id,
  created_at: reversals.created_at,
};
