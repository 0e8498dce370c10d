import { expect, onTestFinished, test, vi } from "vitest";
import { facts } from "../../src/mail/letter.ts";
import { render } from "../../src/mail/render.ts";
import { TEMPLATES, type TemplateKey } from "../../src/mail/templates.ts";
import { registration } from "../harness/accounts.ts";
import { type Answer, post, put } from "../harness/client.ts";
import { donate, donationOf, gift } from "../harness/donations.ts";
import { tokenIn, untilMails } from "../harness/mailbox.ts";
import { startedCheckout, stripeApi, subscriptionOf } from "../harness/payments.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { sql, startWorker, stripe, worker } from "../harness/platform.ts";
import { enrolled, firstStep, secondStep } from "../harness/second-factor.ts";
import { zoneAt } from "../harness/zones.ts";
import { compose, SAMPLES } from "../mail/samples.ts";
import { accessibilityProblems, brokenAmounts, overflow, photograph, SCHEMES, visit } from "./browser.ts";

const SCREENS = [320, 600];
const PLANS = [
  ["Yearly", 6000, "yearly"],
  ["Supporting member with a long name", 123_456, "quarterly"],
  ["Lifetime", 90_000, "lifetime"],
];
const REASON =
  "We could not reach you to say hello.\n\nPlease apply again with a telephone number, or write to averyveryverylongaddress.without.any.place.to.break@members.example.org.";

const WISH =
  "For the choir, please, and for the picnic in June.\n\nWhat it is about: https://example.org/averyveryverylongaddress/without/any/place/to/break/in/it/at/all";

/** With a frontend, to which buttons lead. */
const { url } = await startWorker({ FRONTEND_URL: "https://members.loaf.test" });

/** Waits for an answer, which must not be a refusal. */
async function done(answer: Promise<Answer>): Promise<void> {
  const { status, text } = await answer;
  expect(status, text).toBeLessThan(300);
}

/** Goes through what causes mail; returns who got some. */
async function causeEveryMail(): Promise<string[]> {
  for (const [name, price_cents, billing_cycle] of PLANS) await plan({ name, price_cents, billing_cycle });
  const approver = await volunteer("users.approve", "users.reject");
  // At noon, nothing waits for the morning.
  await sql("update users set time_zone = $2 where id = $1", [approver.id, zoneAt(12)]);
  const call = { token: approver.token, url };
  const applicant = registration();
  await done(post("/api/auth/register", applicant, { url }));
  const [verification] = await untilMails(applicant.email);
  if (!verification) throw new Error("No mail came");
  await done(post("/api/auth/verify-email", { token: tokenIn(verification) }, { url }));
  await done(post("/api/auth/register", applicant, { url }));
  const [row] = await sql<{ id: string }>("select id from users where email = $1 and email_verified", [
    applicant.email,
  ]);
  await done(put(`/api/admin/users/${row?.id}/approve`, undefined, call));
  const rejected = await person("pre_validated");
  await done(post(`/api/admin/users/${rejected.id}/reject`, { reason: REASON }, call));
  const addresses = [
    ...(await Promise.all([causeAccountMails(), causeMailsToMembers(), causeMailsAboutDonations()])).flat(),
    ...[approver, applicant, rejected].map(({ email }) => email),
  ];
  await vi.waitFor(
    async () => {
      const pending = await sql("select from emails where to_email = any($1) and status <> 'sent'", [addresses]);
      expect(pending).toEqual([]);
    },
    { timeout: 10_000 },
  );
  return addresses;
}

/** Waits until somebody has been sent a mail. */
const told = (email: string, template: string) =>
  vi.waitFor(
    async () => {
      const sent = await sql<{ template: string }>(
        "select template from emails where to_email = $1 and status = 'sent'",
        [email],
      );
      expect(sent.map((each) => each.template)).toContain(template);
    },
    { timeout: 10_000 },
  );

/** Somebody who has paid dues at Stripe. */
async function payer(billing_cycle: string) {
  const { member, session_id } = await startedCheckout({ donation_cents: 1500, columns: { billing_cycle } });
  await stripe.pay(session_id);
  await told(member.email, "thank_you");
  const { id: subscription_id, stripe_subscription_id } = await subscriptionOf(member);
  if (!stripe_subscription_id) throw new Error("Stripe does not know the subscription");
  return { ...member, subscription_id, stripe_subscription_id };
}

/** The mails about dues: paid, announced, not paid, cancelled and over. */
async function causeMailsToMembers(): Promise<string[]> {
  const { token } = await volunteer("subscriptions.cancel", "subscriptions.pause");
  const call = { token, url };

  const staying = await payer("quarterly");
  await stripe.advance(96, staying.stripe_subscription_id);
  await told(staying.email, "payment_receipt");
  await stripe.decline({ subscription: staying.stripe_subscription_id }, true);
  await stripe.advance(92, staying.stripe_subscription_id);
  await told(staying.email, "payment_failed");

  const leaving = await payer("yearly");
  await done(post(`/api/admin/subscriptions/${leaving.subscription_id}/cancel`, { at_period_end: true }, call));
  await told(leaving.email, "membership_cancelled");
  await done(post(`/api/admin/subscriptions/${leaving.subscription_id}/resume`, { undo: "cancellation" }, call));
  await told(leaving.email, "membership_continues");
  await stripeApi.subscriptions.update(leaving.stripe_subscription_id, { cancel_at_period_end: true });
  await stripe.advance(366, leaving.stripe_subscription_id);
  await told(leaving.email, "membership_ended");

  const clerk = await volunteer("settings.audit");
  const turned_down = await startedCheckout();
  await sql("update users set status = 'rejected', rejection_reason = 'none', rejected_at = now() where id = $1", [
    turned_down.member.id,
  ]);
  await stripe.pay(turned_down.session_id);
  await told(clerk.email, "payment_unplaced");
  return [staying, leaving, clerk].map(({ email }) => email);
}

/** The mails about donations: given, given back, not given back after all, and fought over. */
async function causeMailsAboutDonations(): Promise<string[]> {
  const treasurer = await volunteer("donations.refund");
  const body = gift({ amount_cents: 123_456, message: WISH });
  const { session_id } = (await donate(body, { url })).body;
  await stripe.pay(session_id, { email: body.donor_email });
  await told(body.donor_email, "donation_receipt");
  const { id, stripe_payment_intent_id } = await donationOf(body.donor_email);
  await done(
    post(
      `/api/admin/donations/${id}/refund`,
      { id: crypto.randomUUID(), amount_cents: 3456 },
      { token: treasurer.token, url },
    ),
  );
  await told(body.donor_email, "refund_notice");
  const [refund] = (await stripeApi.refunds.list({ payment_intent: stripe_payment_intent_id ?? "" })).data;
  await stripe.failRefund(refund?.id ?? "");
  await told(body.donor_email, "refund_failed");
  await told(treasurer.email, "refund_undelivered");
  await stripe.dispute({ payment_intent: stripe_payment_intent_id ?? "", amount: 100_000 });
  await told(treasurer.email, "dispute_opened");
  const declined = gift({ amount_cents: 123_456 });
  const unpaid = (await donate(declined, { url })).body.session_id;
  await stripe.pay(unpaid, { email: declined.donor_email, later: true });
  await stripe.settle(unpaid, false);
  await told(declined.donor_email, "checkout_failed");
  return [treasurer.email, body.donor_email, declined.donor_email];
}

/** The mails about one's own account: devices, passwords, addresses and second factors. */
async function causeAccountMails(): Promise<string[]> {
  const someone = await enrolled();
  const [recovery_code = ""] = someone.recovery_codes;
  await secondStep(await firstStep(someone, { url }), { recovery_code }, { url });
  await done(post("/api/auth/mfa/recovery-codes", undefined, { token: someone.token, url }));
  const new_email = anyEmail("new");
  await done(post("/api/auth/change-email", { new_email }, { token: someone.token, url }));
  const [confirmation] = await untilMails(new_email);
  await done(post("/api/auth/confirm-email", { token: tokenIn(confirmation ?? { text: "" }) }, { url }));
  await done(post("/api/auth/forgot-password", { email: new_email }, { url }));
  const reset = (await untilMails(new_email, 2)).find(({ subject }) => subject.includes("new password"));
  const token = tokenIn(reset ?? { text: "" });
  await done(post("/api/auth/reset-password", { token, new_password: "an entirely new passphrase" }, { url }));
  await untilMails(new_email, 3);
  const several = registration();
  await done(post("/api/auth/register", several, { url }));
  await done(post("/api/auth/register", { ...several, password: "another passphrase" }, { url }));
  const [verification] = await untilMails(several.email);
  await done(post("/api/auth/verify-email", { token: tokenIn(verification ?? { text: "" }) }, { url }));
  await told(several.email, "password_needed");
  return [someone.email, new_email, several.email];
}

test("every mail can be read on a telephone and on a desk, and loads nothing from anywhere", async () => {
  // Stripe, too, tells the Worker that knows of the frontend.
  await stripe.webhooks({ url: `${url}/api/webhooks/stripe` });
  onTestFinished(async () => void (await stripe.webhooks({ url: `${worker.url}/api/webhooks/stripe` })));
  const addresses = await causeEveryMail();
  const screens = await Promise.all(SCREENS.map((width) => visit({ width, height: 600 })));
  const seen = new Set<string>();
  const look = async (template: string, html: string) => {
    seen.add(template);
    for (const { page, requests, problems } of screens) {
      const width = page.viewportSize()?.width;
      const what = `${template} at ${width} px`;
      await page.setContent(html);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await photograph(page, `mail-${template}-${colorScheme}-${width}`);
        expect.soft(await accessibilityProblems(page), `${what}, ${colorScheme}`).toEqual([]);
      }
      expect.soft(await overflow(page), what).toBe(0);
      expect.soft(await brokenAmounts(page), what).toEqual([]);
      expect.soft(requests.splice(0), what).toEqual([]);
      expect.soft(problems.splice(0), what).toEqual([]);
    }
  };
  for (const address of addresses) {
    for (const mail of await untilMails(address)) {
      const [sent] = await sql<{ template: string }>("select template from emails where provider_message_id = $1", [
        mail.id,
      ]);
      const template = sent?.template ?? "unknown";
      if (!seen.has(template)) await look(template, mail.html);
    }
  }
  // What nobody caused above looks as its sample does.
  for (const key of Object.keys(TEMPLATES) as TemplateKey[])
    if (!seen.has(key)) await look(key, compose(key, SAMPLES[key].data).html);
  expect([...seen].sort()).toEqual(Object.keys(TEMPLATES).sort());
});

test("on the narrowest telephone names are broken where there is no other way, and amounts never", async () => {
  const { page } = await visit({ width: 320, height: 600 });
  const branding = {
    name: "LOAF",
    primary_colour: "#5b2a86",
    accent_colour: "#f4b400",
    logo_url: null,
    logo_dark_url: null,
    contact_email: null,
    postal_address: null,
  };
  const blocks = [
    "To be paid: $999,999.99.",
    facts(
      ["Supporting member with a long name", "$999,999.99 a quarter"],
      ["Averyveryverylongnamewithoutanyplacetobreak", "$999,999.99"],
      ["Donation", "$123,456.78 once, for life"],
    ),
  ];
  await page.setContent(render({ subject: "Amounts", preheader: "", blocks, locale: "en" }, branding).html);
  await photograph(page, "mail-amounts-320");
  expect(await brokenAmounts(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
});
