import { expect, test, vi } from "vitest";
import { get } from "../harness/client.ts";
import { donate, gift } from "../harness/donations.ts";
import { checkout, startedCheckout, subscribed } from "../harness/payments.ts";
import { person } from "../harness/people.ts";
import { CUSTOM, plan } from "../harness/plans.ts";
import { stripe } from "../harness/platform.ts";

const paid = async (session_id: string) => (await get(`/api/checkout/paid?session_id=${session_id}`)).body;

test("the page for who paid dues says what was paid and what comes next, before and after it is confirmed", async () => {
  const { session_id } = await startedCheckout({ donation_cents: 1500 });
  const before = await paid(session_id);
  expect(before.message).toMatch(/^Dues \(.+\): \$[\d.]+\nDonation: \$15\.00\n\nAs soon as your payment is confirmed/);
  await stripe.pay(session_id);
  await vi.waitFor(async () => {
    expect((await paid(session_id)).message).toContain("Your payment is confirmed and your membership is active.");
  });
});

test("the page for who gave says how much, and names nobody", async () => {
  const body = gift({ amount_cents: 123_456 });
  const { session_id } = (await donate(body)).body;
  expect((await paid(session_id)).message).toMatch(/^Donation: \$1,234\.56\n\nAs soon as your donation is confirmed/);
  await stripe.pay(session_id, { email: body.donor_email });
  await vi.waitFor(async () => expect((await paid(session_id)).message).toContain("Your donation has arrived"), 10_000);
  expect(JSON.stringify(await paid(session_id))).not.toMatch(new RegExp(`${body.donor_email}|${body.donor_name}`));
});

test("the page for who pays early for the next term says when that is confirmed", async () => {
  const member = await person("active");
  await subscribed(member, { payment_method: "cash" });
  const { session_id } = (await checkout(member, await plan(CUSTOM))).body;
  expect((await paid(session_id)).message).toContain("As soon as your payment is confirmed");
  await stripe.pay(session_id);
  await vi.waitFor(async () => expect((await paid(session_id)).message).toContain("Your payment is confirmed"), 10_000);
});

test("a frontend shows the same words on its own page, to people who are not signed in", async () => {
  const { session_id } = (await donate(gift())).body;
  const Origin = "http://localhost:5173";
  const answer = await get(`/api/checkout/paid?session_id=${session_id}`, { headers: { Origin, Accept: "*/*" } });
  expect(answer.body).toMatchObject({ title: "Thank you", message: expect.stringMatching(/^Donation: /) });
  expect(answer.headers.get("Access-Control-Allow-Origin")).toBe(Origin);
});

test("the page for an unknown session still says what comes next", async () => {
  expect((await paid("cs_test_unknown")).message).toMatch(/^We will email you as soon as your payment is confirmed/);
});

test("the page without a session tells people who joined for free that there is nothing to pay", async () => {
  expect((await paid("")).message).toMatch(/^There is nothing to pay. Your membership is active/);
});
