import * as z from "zod";
import { Cents, Id, ReceivedAt } from "../../http/schemas.ts";
import { PaymentMethod } from "../../money/payment-method.ts";
import { SubscriptionNotes, TermMoment } from "../schemas.ts";

/** A term that was paid in cash or by check, or that is complimentary. */
export const OfflineTerm = z
  .strictObject({
    id: Id.describe("Chosen by the client, one for each term. Sending the same again records nothing"),
    user_id: Id,
    plan_id: Id,
    payment_method: PaymentMethod.exclude(["stripe", "outside_stripe"]),
    base_subscription_cents: Cents.optional().describe("By default the plan's price, or 0 if complimentary"),
    donation_cents: Cents.default(0).describe("A donation on top of the dues"),
    paid_at: ReceivedAt.optional().describe("By default now. Not in the future"),
    term_start: TermMoment.optional().describe(
      "By default when the running term ends, or now. At most a day after that",
    ),
    term_end: TermMoment.optional().describe(
      "By default after one cycle of the plan. A date is the last day. Not for a lifetime",
    ),
    notes: SubscriptionNotes.optional(),
  })
  .superRefine((term, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (term.payment_method === "complimentary") {
      if (term.base_subscription_cents)
        refuse("base_subscription_cents", "must be 0: a complimentary term costs nothing");
      if (term.donation_cents) refuse("donation_cents", "must be 0: nothing is paid for a complimentary term");
    }
  })
  .meta({ id: "OfflineTerm" });
export type OfflineTerm = z.infer<typeof OfflineTerm>;

export const TermRefund = z
  .strictObject({
    id: Id.describe("Chosen by the client, one for each refund. Sending the same again refunds nothing"),
    payment_id: Id.optional().describe("Needed where several of its payments were not made through Stripe"),
    amount_cents: Cents.min(1).optional().describe("By default all that is left"),
  })
  .meta({ id: "TermRefund" });
export type TermRefund = z.infer<typeof TermRefund>;
