import { expect, test, vi } from "vitest";
import { TEMPLATES } from "../../src/mail/templates.ts";
import { registration } from "../harness/accounts.ts";
import { post, put } from "../harness/client.ts";
import { tokenIn, untilMails } from "../harness/mailbox.ts";
import { startedCheckout } from "../harness/payments.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { sql, startWorker, stripe } from "../harness/platform.ts";
import { enrolled, firstStep, secondStep } from "../harness/second-factor.ts";
import { overflow, photograph, visit } from "./browser.ts";

const SCREENS = [390, 800];
const PLANS = [
  ["Yearly", 6000, "yearly"],
  ["Supporting member with a long name", 123_456, "quarterly"],
  ["Lifetime", 90_000, "lifetime"],
];
const REASON =
  "We could not reach you to say hello.\n\nPlease apply again with a telephone number, or write to averyveryverylongaddress.without.any.place.to.break@members.example.org.";

/** With a frontend, to which buttons lead. */
const { url } = await startWorker({ FRONTEND_URL: "https://members.loaf.test" });

/** Goes through what causes mail; returns who got some. */
async function causeEveryMail(): Promise<string[]> {
  for (const [name, price_cents, billing_cycle] of PLANS) await plan({ name, price_cents, billing_cycle });
  const approver = await volunteer("users.approve", "users.reject");
  const call = { token: approver.token, url };
  const applicant = registration();
  await post("/api/auth/register", applicant, { url });
  const [verification] = await untilMails(applicant.email);
  if (!verification) throw new Error("No mail came");
  await post("/api/auth/verify-email", { token: tokenIn(verification) }, { url });
  await post("/api/auth/register", applicant, { url });
  const [row] = await sql<{ id: string }>("select id from users where email = $1 and email_verified", [
    applicant.email,
  ]);
  await put(`/api/admin/users/${row?.id}/approve`, undefined, call);
  const rejected = await person("pre_validated");
  await post(`/api/admin/users/${rejected.id}/reject`, { reason: REASON }, call);
  const { member, session_id } = await startedCheckout({ donation_cents: 1500 });
  await stripe.pay(session_id);
  const addresses = [
    ...(await causeAccountMails()),
    ...[approver, applicant, rejected, member].map(({ email }) => email),
  ];
  await vi.waitFor(
    async () => {
      const pending = await sql("select from emails where to_email = any($1) and status <> 'sent'", [addresses]);
      const paid = await sql("select from emails where to_email = $1", [member.email]);
      expect([pending.length, paid.length]).toEqual([0, 1]);
    },
    { timeout: 10_000 },
  );
  return addresses;
}

/** The mails about one's own account: devices, passwords, addresses and second factors. */
async function causeAccountMails(): Promise<string[]> {
  const someone = await enrolled();
  const [recovery_code = ""] = someone.recovery_codes;
  await secondStep(await firstStep(someone, { url }), { recovery_code }, { url });
  await post("/api/auth/mfa/recovery-codes", undefined, { token: someone.token, url });
  const new_email = anyEmail("new");
  await post("/api/auth/change-email", { new_email }, { token: someone.token, url });
  const [confirmation] = await untilMails(new_email);
  await post("/api/auth/confirm-email", { token: tokenIn(confirmation ?? { text: "" }) }, { url });
  await post("/api/auth/forgot-password", { email: new_email }, { url });
  const reset = (await untilMails(new_email, 2)).find(({ subject }) => subject.includes("new password"));
  const token = tokenIn(reset ?? { text: "" });
  await post("/api/auth/reset-password", { token, new_password: "an entirely new passphrase" }, { url });
  await untilMails(new_email, 3);
  return [someone.email, new_email];
}

test("every mail can be read on a telephone and on a desk, and loads nothing from anywhere", async () => {
  const addresses = await causeEveryMail();
  const seen = new Set<string>();
  for (const address of addresses) {
    for (const mail of await untilMails(address)) {
      const [sent] = await sql<{ template: string }>("select template from emails where provider_message_id = $1", [
        mail.id,
      ]);
      const template = sent?.template ?? "unknown";
      if (seen.has(template)) continue;
      seen.add(template);
      for (const width of SCREENS) {
        const { page, requests, problems } = await visit({ width, height: 600 });
        await page.setContent(mail.html);
        await photograph(page, `mail-${template}-${width}`);
        expect.soft(await overflow(page), `${template} at ${width} px`).toBe(0);
        expect.soft(requests).toEqual([]);
        expect.soft(problems).toEqual([]);
      }
    }
  }
  expect([...seen].sort()).toEqual(Object.keys(TEMPLATES).sort());
});
