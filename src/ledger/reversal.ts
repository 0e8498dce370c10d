import * as z from "zod";
import { Cents, Id, Instant } from "../http/schemas.ts";
import { reversals } from "../tables/ledger.ts";

/** Money that went back out of a payment: a refund or a dispute. */
export const Reversal = z
  .object({
    id: Id,
    kind: z
      .enum(["refund", "dispute"])
      .describe("`dispute`: the payer's bank took the money back. While `occurred_at` is null, it is only asking"),
    status: z
      .string()
      .describe("`requested`: we asked Stripe and have no answer yet. After that, Stripe's own status")
      .meta({ example: "succeeded" }),
    amount_cents: Cents,
    reason: z.string().nullable(),
    occurred_at: Instant.nullable().describe("When the money left. Null if it has not"),
    returned_at: Instant.nullable().describe(
      "When the money came back, because the refund failed or the dispute was won",
    ),
    requested_by: Id.nullable().describe("The volunteer who asked for it. Null if it came from Stripe"),
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
