import { expect, test } from "vitest";
import { hear, heardMember } from "../../harness/heard-member.ts";
import { stripeApi } from "../../harness/payments.ts";
import { stripe } from "../../harness/platform.ts";
import { lettersTo, rowOf, treasurer } from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.edit");
const DAY = 86_400;

test("a subscription that is to end in a later period collects until then, and says so", async () => {
  const member = await heardMember();
  const { current_term_end: first_end } = await rowOf(member.subscription_id);
  const cancel_at = Math.floor(Date.now() / 1000) + 70 * DAY;
  await stripeApi.subscriptions.update(member.stripe_subscription_id, { cancel_at });
  await hear(member.customer);
  const { body } = await clerk.send("GET", `/${member.subscription_id}`);
  expect(body).toMatchObject({ cancel_at_period_end: false, cancelled_at: null, renews: true });
  expect(new Date(body.current_term_end ?? "")).toEqual(first_end);
  expect((await lettersTo(member.member)).map(({ template }) => template)).toEqual(["thank_you"]);

  for (const days of [32, 30]) {
    await stripe.advance(days, member.customer);
    await hear(member.customer);
  }
  const last = await rowOf(member.subscription_id);
  expect(last).toMatchObject({ status: "active", cancel_at_period_end: true });
  expect(last.current_term_end).toEqual(new Date(cancel_at * 1000));
  const letters = await lettersTo(member.member);
  expect(letters.map(({ template }) => template).sort()).toEqual([
    "membership_cancelled",
    "payment_receipt",
    "payment_receipt",
    "thank_you",
  ]);
  const told = letters.find(({ template }) => template === "membership_cancelled");
  expect(new Date(String(told?.data.ends_at))).toEqual(new Date(cancel_at * 1000));
});

test("a subscription that is to end before its term is over shows that end", async () => {
  const member = await heardMember();
  const cancel_at = Math.floor(Date.now() / 1000) + 5 * DAY;
  await stripeApi.subscriptions.update(member.stripe_subscription_id, { cancel_at });
  await hear(member.customer);
  const { body } = await clerk.send("POST", `/${member.subscription_id}/sync`);
  expect(body).toMatchObject({ cancel_at_period_end: true, renews: false, changes: [] });
  expect(new Date(body.current_term_end ?? "")).toEqual(new Date(cancel_at * 1000));
});
