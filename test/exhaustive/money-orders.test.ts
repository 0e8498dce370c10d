import { expect, test } from "vitest";
import { checkOrders, type Story } from "../harness/money-orders.ts";
import { moneyPlatform } from "../harness/money-platform.ts";
import { progress } from "../harness/progress.ts";

/** Each of what can be told of a subscription over three terms, and the other ways in which money comes and goes. */
const STORIES: Record<string, Story> = {
  "three terms with a failure, its recovery, a refund and a dispute, cancelled": {
    purpose: "dues",
    means: "card",
    happenings: ["refund_part", "fail", "recover", "renew", "dispute", "win", "cancel_now"],
    types: [
      "checkout.session.completed",
      "invoice.payment_failed",
      "invoice.paid",
      "charge.refunded",
      "charge.dispute.created",
      "customer.subscription.updated",
      "customer.subscription.deleted",
    ],
  },
  "three terms, cancelled at the end of the last": {
    purpose: "dues",
    means: "card",
    happenings: ["renew", "cancel_at_end", "keep", "renew", "cancel_at_end", "renew"],
    types: [
      "checkout.session.completed",
      "customer.subscription.created",
      "invoice.paid",
      "invoice.payment_succeeded",
      "customer.subscription.updated",
      "customer.subscription.deleted",
    ],
  },
  "dues that cannot be collected any more": {
    purpose: "dues",
    means: "card",
    happenings: ["renew", "fail", "retry", "retry", "retry"],
    types: [
      "checkout.session.completed",
      "invoice.paid",
      "invoice.payment_failed",
      "customer.subscription.updated",
      "customer.subscription.deleted",
    ],
  },
  "a break, another card, and a refund that fails": {
    purpose: "dues",
    means: "card",
    happenings: ["pause", "new_card", "renew", "resume", "renew", "refund_later", "refund_fails"],
    types: [
      "checkout.session.completed",
      "invoice.paid",
      "payment_method.automatically_updated",
      "customer.subscription.updated",
      "charge.refunded",
      "refund.failed",
    ],
  },
  "a card entered in the portal, which its bank renews": {
    purpose: "dues",
    means: "card",
    happenings: ["card_in_portal", "new_card", "renew"],
    types: [
      "checkout.session.completed",
      "customer.updated",
      "payment_method.automatically_updated",
      "invoice.paid",
      "customer.subscription.updated",
    ],
  },
  "paused by Stripe after a failure, paid on the invoice's page, resumed, and to end later": {
    purpose: "dues",
    means: "card",
    happenings: ["fail_and_rest", "pay_open", "rise", "cancel_later"],
    types: [
      "checkout.session.completed",
      "invoice.payment_failed",
      "customer.subscription.paused",
      "invoice.paid",
      "customer.subscription.resumed",
      "customer.subscription.updated",
    ],
  },
  "dues that came in after the end, and went back": {
    purpose: "dues",
    means: "card",
    happenings: ["fail", "pay_after_end", "refund_part", "refund_rest"],
    types: [
      "checkout.session.completed",
      "invoice.payment_failed",
      "customer.subscription.deleted",
      "invoice.paid",
      "charge.refunded",
    ],
  },
  "a term paid once by bank account, refunded": {
    purpose: "term",
    means: "bank",
    happenings: ["refund_later", "refund_settles", "refund_rest"],
    types: [
      "checkout.session.completed",
      "checkout.session.async_payment_succeeded",
      "charge.refunded",
      "refund.updated",
    ],
  },
  "a donation by bank account, refunded in part and disputed": {
    purpose: "donation",
    means: "bank",
    happenings: ["refund_part", "dispute"],
    types: [
      "checkout.session.completed",
      "checkout.session.async_payment_succeeded",
      "charge.refunded",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.closed",
    ],
  },
  "dues with another price, an item more, paid outside of Stripe once, disputed, lost and appealed": {
    purpose: "dues",
    means: "card",
    happenings: ["change_price", "add_item", "fail", "pay_outside", "dispute", "lose", "appeal"],
    types: [
      "checkout.session.completed",
      "invoice.paid",
      "customer.subscription.updated",
      "charge.dispute.created",
      "charge.dispute.closed",
      "charge.dispute.updated",
    ],
  },
  "a term paid once by bank account, taken back": {
    purpose: "term",
    means: "bank",
    happenings: ["dispute"],
    types: [
      "checkout.session.completed",
      "checkout.session.async_payment_succeeded",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.closed",
    ],
  },
};

test.for(Object.entries(STORIES))("%s: the same in every order", async ([name, story]) => {
  const { length } = story.types;
  const factorial = story.types.reduce((product, _, index) => product * (index + 1), 1);
  const through = progress(`orders of ${length} events of ${name}`, factorial);
  expect(await checkOrders(await moneyPlatform(), story, through)).toBe(factorial);
});
