import { donationstatus, donationtype } from "../../src/tables/donations.ts";
import { billingcycle, paymentmethod } from "../../src/tables/plans.ts";
import { subscriptionstatus } from "../../src/tables/subscriptions.ts";
import { completeDates, dates } from "./people-tables.ts";
import { from, needed, type OldTable, type Row, staged } from "./table.ts";
import { dollars, exact, instant, integer, oneOf, text, uuid, yesOrNo } from "./values.ts";

const cycle = oneOf(billingcycle.enumValues, {
  ...{ month: "monthly", quarter: "quarterly", year: "yearly", annual: "yearly", annually: "yearly" },
  life: "lifetime",
});

/** Whatever is neither Stripe nor cash nor a check is kept in the notes. */
const method = oneOf(paymentmethod.enumValues, {
  ...{ check: "cheque", card: "stripe", credit_card: "stripe", free: "complimentary", comp: "complimentary" },
  ...{ bank_transfer: "cash", transfer: "cash", other: "cash", venmo: "cash", paypal: "cash", zelle: "cash" },
});

const cents = (row: Row, column: string): void => {
  row[column] ??= row[`${column}_in_dollars`] ?? null;
};

const subscription_plans: OldTable = {
  name: "subscription_plans",
  fields: {
    id: needed(uuid),
    name: needed(text),
    description: from(text),
    price_cents: from(integer),
    minimum_price_cents: from(integer),
    suggested_price_cents: from(integer),
    billing_cycle: needed(cycle),
    term_end_month: from(integer, "custom_cycle_end_month"),
    term_end_day: from(integer, "custom_cycle_end_day"),
    donation_allowed: from(yesOrNo, "allow_donation"),
    active: from(yesOrNo, "is_active"),
    position: from(integer, "sort_order", "display_order"),
    archived_at: from(instant),
    ...dates,
    price_cents_in_dollars: staged("integer", dollars, "price"),
  },
  leaves: ["stripe_price_id", "stripe_product_id"],
  complete(row, _, note) {
    completeDates(row);
    cents(row, "price_cents");
    row.description ??= "";
    row.minimum_price_cents ??= 0;
    row.donation_allowed ??= true;
    row.active ??= true;
    row.position ??= 0;
    const [price, least, suggested] = [row.price_cents, row.minimum_price_cents, row.suggested_price_cents].map(Number);
    if (row.billing_cycle !== "custom" || row.term_end_month === null || row.term_end_day === null) {
      row.term_end_month = null;
      row.term_end_day = null;
    }
    if (least !== undefined && price !== undefined && least > price) {
      note("its minimum price is above its price; now equal to the price");
      row.minimum_price_cents = row.price_cents ?? null;
    }
    if (row.suggested_price_cents !== null && Number(suggested) < Number(row.minimum_price_cents)) {
      note("its suggested price is below its minimum price; now has none");
      row.suggested_price_cents = null;
    }
  },
};

const subscriptions: OldTable = {
  name: "subscriptions",
  fields: {
    id: needed(uuid),
    user_id: needed(uuid),
    plan_id: needed(uuid),
    status: needed(oneOf(subscriptionstatus.enumValues, { canceled: "cancelled" })),
    billing_cycle: from(cycle),
    base_subscription_cents: from(integer),
    donation_cents: from(integer),
    payment_method: from(method),
    current_term_start: from(instant, "current_period_start", "start_date", "started_at"),
    current_term_end: from(instant, "current_period_end", "end_date", "ends_at"),
    grace_ends_at: from(instant),
    paused_at: from(instant),
    cancel_at_period_end: from(yesOrNo),
    cancelled_at: from(instant, "canceled_at"),
    cancel_reason: from(text, "cancellation_reason"),
    notes: from(text, "manual_payment_notes"),
    stripe_subscription_id: from(exact),
    stripe_checkout_session_id: from(exact),
    ...dates,
    old_paid_cents: staged("integer", integer, "amount_paid_cents"),
    base_subscription_cents_in_dollars: staged("integer", dollars, "base_amount", "amount"),
    donation_cents_in_dollars: staged("integer", dollars, "donation_amount"),
    old_customer: staged("text", exact, "stripe_customer_id"),
    old_paid_at: staged("timestamptz(3)", instant, "manual_payment_date", "paid_at"),
    old_recorded_by: staged("uuid", uuid, "manual_payment_admin_id", "recorded_by"),
    old_method: staged("text", text, "payment_method"),
    old_paid: staged("boolean", yesOrNo, "manual_payment", "is_manual"),
  },
  complete(row, _, note) {
    completeDates(row);
    cents(row, "base_subscription_cents");
    cents(row, "donation_cents");
    row.donation_cents ??= 0;
    if (row.base_subscription_cents === null && row.old_paid_cents !== null)
      row.base_subscription_cents = Number(row.old_paid_cents) - Number(row.donation_cents);
    row.cancel_at_period_end ??= false;
    // Without a sign that somebody paid, it is a checkout that was opened and left.
    row.old_paid = row.old_paid === true || row.old_paid_at !== null || row.current_term_start !== null;
    const at_stripe = row.stripe_subscription_id !== null || row.stripe_checkout_session_id !== null;
    // As here, what is pending is a checkout at Stripe, which nobody has paid.
    completeMethod(row, note, at_stripe || row.status === "pending");
  },
};

/** Whatever carries one of Stripe's ids belongs there. Otherwise a volunteer recorded it, as cash unless the row says how. */
function completeMethod(row: Row, note: (what: string) => void, at_stripe: boolean): void {
  const said = String(row.old_method ?? "");
  if (at_stripe) row.payment_method = "stripe";
  else if (row.payment_method === null || row.payment_method === "stripe") {
    if (row.payment_method === "stripe")
      note("says that it was paid at Stripe, but has none of Stripe's ids; recorded as cash");
    row.payment_method = "cash";
  } else if (row.payment_method === "cash" && said.toLowerCase() !== "cash") {
    note("was paid in a way that we do not know; recorded as cash, and the notes say how");
    row.notes = [row.notes, `Paid by ${said}`].filter(Boolean).join("\n");
  }
}

const donations: OldTable = {
  name: "donations",
  fields: {
    id: needed(uuid),
    user_id: from(uuid),
    donation_type: from(oneOf(donationtype.enumValues)),
    status: needed(
      oneOf(donationstatus.enumValues, {
        succeeded: "completed",
        paid: "completed",
        cancelled: "failed",
        canceled: "failed",
      }),
    ),
    amount_cents: from(integer),
    donor_name: from(text),
    donor_email: from(text),
    message: from(text),
    anonymous: from(yesOrNo, "is_anonymous"),
    completed_at: from(instant, "paid_at"),
    payment_method: from(method),
    notes: from(text),
    recorded_by: from(uuid, "created_by"),
    stripe_checkout_session_id: from(exact),
    stripe_payment_intent_id: from(exact, "payment_intent_id"),
    ...dates,
    amount_cents_in_dollars: staged("integer", dollars, "amount"),
    old_method: staged("text", text, "payment_method"),
  },
  complete(row, _, note) {
    completeDates(row);
    cents(row, "amount_cents");
    row.anonymous ??= false;
    row.donation_type ??= row.user_id === null ? "public" : "member";
    if (row.status === "completed" || row.status === "refunded") row.completed_at ??= row.created_at ?? null;
    completeMethod(row, note, row.stripe_checkout_session_id !== null || row.stripe_payment_intent_id !== null);
  },
};

export const MONEY_TABLES = [subscription_plans, subscriptions, donations] as const;
