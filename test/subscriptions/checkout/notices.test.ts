import { expect, test } from "vitest";
import { donationRow, startedDonation } from "../../harness/donations.ts";
import { checkout, startedCheckout, stripeApi, subscriptionOf } from "../../harness/payments.ts";
import { sql, stripe } from "../../harness/platform.ts";

const mailedTo = async (email: string) =>
  (
    await sql<{ template: string }>("select template from emails where to_email = $1 order by queue_number", [email])
  ).map(({ template }) => template);

/** Lets a bank account be asked for a session's money, and say no. Returns what Stripe has to tell of it. */
async function refused(session_id: string, email: string): Promise<string[]> {
  const paid = await stripe.pay(session_id, { email, later: true });
  const settled = await stripe.settle(session_id, false);
  return [...paid.event_ids, ...settled.event_ids];
}

test("a bank's no that we hear of when the dues were paid otherwise is not told", async () => {
  const { member, plan_id, subscription_id, session_id } = await startedCheckout({
    columns: { billing_cycle: "lifetime" },
  });
  for (const match of [subscription_id, member.email]) await stripe.deliveryMode("manual", match);
  const unheard = await refused(session_id, member.email);
  const again = await checkout(member, plan_id, 0);
  expect([again.status, again.body.session_id === session_id]).toEqual([200, false]);
  await stripe.deliver((await stripe.pay(again.body.session_id, { email: member.email })).event_ids);
  expect((await subscriptionOf(member)).status).toBe("active");
  await stripe.deliver(unheard);
  expect(await mailedTo(member.email)).toEqual(["thank_you"]);
});

test("a bank's no to another checkout of a donation that was made is not told", async () => {
  const { donation_id, donor_email, session_id } = await startedDonation();
  await stripe.deliver((await stripe.pay(session_id, { email: donor_email })).event_ids);
  expect((await donationRow(donation_id)).status).toBe("completed");
  const metadata = { donation_id };
  const spare = await stripeApi.checkout.sessions.create({
    mode: "payment",
    line_items: [
      { quantity: 1, price_data: { currency: "usd", unit_amount: 2500, product_data: { name: "Donation" } } },
    ],
    metadata,
    payment_intent_data: { metadata },
    success_url: "https://example.org",
  });
  await stripe.deliver(await refused(spare.id, donor_email));
  expect(await mailedTo(donor_email)).toEqual(["donation_receipt"]);
});
