import { SAMPLE, SAMPLE_STRIPE_EVENT, SAMPLE_YEAR } from "../../local/sample-ids.ts";
import { A_TOKEN, about, type Examples, NEEDS_LINK } from "./example.ts";

const { subscription, donation, person, plan } = SAMPLE;

/** Ids that a client makes up. */
const TERM = "10af0014-0000-4000-8000-000000000001";
const GIFT = "10af0014-0000-4000-8000-000000000002";
const TERM_REFUND = "10af0014-0000-4000-8000-000000000003";
const GIFT_REFUND = "10af0014-0000-4000-8000-000000000004";
const GIFT_REQUEST = "10af0014-0000-4000-8000-000000000005";

export const MONEY: Examples = {
  createPlan: {
    body: {
      name: "Household",
      description: "For two people who live together.",
      price_cents: 9000,
      minimum_price_cents: 6000,
      suggested_price_cents: 10_000,
      billing_cycle: "yearly",
      donation_allowed: true,
      active: true,
      position: 6,
    },
  },
  editPlan: about(plan.supporter, {
    body: {
      name: "Supporter",
      description: "For those who can give more.",
      price_cents: 4500,
      minimum_price_cents: 3000,
      suggested_price_cents: 6000,
      billing_cycle: "quarterly",
      donation_allowed: true,
      active: true,
      position: 3,
    },
  }),
  deletePlan: about(plan.student),
  openPayLink: { params: { token: A_TOKEN }, needs: NEEDS_LINK },
  payByLink: { params: { token: A_TOKEN }, body: { plan_id: plan.yearly, donation: "15.50" }, needs: NEEDS_LINK },
  listSubscriptions: { query: { status: "active" } },
  recordOfflineTerm: {
    body: {
      id: TERM,
      user_id: person.una,
      plan_id: plan.yearly,
      payment_method: "cheque",
      base_subscription_cents: 6000,
      donation_cents: 1000,
      notes: "Check no. 1042",
    },
  },
  getSubscription: about(subscription.ada),
  editSubscription: about(subscription.axel, { body: { notes: "Prefers to pay by check" } }),
  cancelSubscription: about(subscription.cleo, { body: { at_period_end: true, reason: "Moving away this summer" } }),
  refundOfflineTerm: about(subscription.rex, { body: { id: TERM_REFUND, amount_cents: 2000 } }),
  pauseSubscription: about(subscription.vera, { body: {} }),
  resumeSubscription: about(subscription.pia, { body: { undo: "pause" } }),
  syncSubscription: about(subscription.mona),
  startDonationCheckout: {
    body: {
      amount_cents: 2500,
      donor_name: "Alex Example",
      donor_email: "alex@example.org",
      message: "For the picnic in June",
      anonymous: false,
      request_id: GIFT_REQUEST,
    },
  },
  getDonorGivingStatement: { query: { donor_email: "friend@loaf.test", year: String(SAMPLE_YEAR) } },
  listDonations: { query: { status: "completed" } },
  recordOfflineDonation: {
    body: {
      id: GIFT,
      donation_type: "public",
      donor_name: "Robin Example",
      donor_email: "robin@example.org",
      amount_cents: 4000,
      payment_method: "cash",
      received_at: "2026-03-01",
      message: "For the choir",
    },
  },
  getDonation: about(donation.ada),
  editDonation: about(donation.friend, {
    body: {
      donor_name: "A friend",
      donor_email: "friend@loaf.test",
      message: null,
      anonymous: false,
      notes: "Does not want a thank-you letter",
    },
  }),
  refundDonation: about(donation.given_twice, {
    body: { id: GIFT_REFUND, amount_cents: 4000, reason: "duplicate" },
  }),
  resendDonationReceipt: about(donation.ada),
  receiveStripeEvent: { body: { id: SAMPLE_STRIPE_EVENT, object: "event" }, needs: "Stripe's signature, in a header" },
  replayWebhookEvent: about(SAMPLE_STRIPE_EVENT, { needs: "an event that Stripe still has" }),
  dismissWebhookEvent: about(SAMPLE_STRIPE_EVENT),
};
