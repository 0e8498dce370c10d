import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { links } from "../../../src/http/frontend-links.ts";
import { formatCents } from "../../../src/money/format.ts";
import { userstatus } from "../../../src/tables/people.ts";
import { type Answer, outcome, pathsOf } from "../../harness/client.ts";
import {
  donate,
  donationOf,
  donationRow,
  donationsOf,
  gift,
  paidDonation,
  startedDonation,
  statusOnceTold,
} from "../../harness/donations.ts";
import { untilMails } from "../../harness/mailbox.ts";
import { ownPlatform } from "../../harness/own-platform.ts";
import { customer, STATEMENT_SUFFIX, sessionsAskedFor, stripeApi } from "../../harness/payments.ts";
import { anyEmail, person } from "../../harness/people.ts";
import { settings, sql, stripe } from "../../harness/platform.ts";

describe.concurrent("a public donation", () => {
  test("is written down before it is paid, and its checkout comes home to it", async () => {
    const { donation_id, session_id, checkout_url, donor_email } = await startedDonation({
      amount_cents: 4200,
      message: "For the picnic",
      anonymous: true,
    });
    expect(await donationRow(donation_id)).toMatchObject({
      user_id: null,
      donation_type: "public",
      status: "pending",
      amount_cents: 4200,
      donor_name: "Alex Example",
      message: "For the picnic",
      anonymous: true,
      payment_method: "stripe",
      completed_at: null,
      stripe_checkout_session_id: session_id,
    });
    const [request, ...others] = await sessionsAskedFor(donation_id);
    expect(others).toEqual([]);
    const metadata = { donation_id };
    const { checkout_expires_at } = await donationRow(donation_id);
    expect(request?.params).toEqual({
      mode: "payment",
      submit_type: "donate",
      customer_email: donor_email,
      client_reference_id: donation_id,
      line_items: {
        0: {
          quantity: "1",
          price_data: {
            currency: "usd",
            unit_amount: "4200",
            product_data: { name: "Donation", metadata: { part: "donation" } },
          },
        },
      },
      metadata,
      payment_intent_data: { metadata, statement_descriptor_suffix: STATEMENT_SUFFIX },
      success_url: links.paid(settings),
      cancel_url: links.cancelled(settings),
      expires_at: String(Math.floor((checkout_expires_at?.getTime() ?? 0) / 1000)),
    });
    expect(request?.idempotency_key).toMatch(new RegExp(`^donation-${donation_id}-[0-9a-f]{16}$`));
    const session = await stripeApi.checkout.sessions.retrieve(session_id);
    expect(session).toMatchObject({ amount_total: 4200, status: "open", url: checkout_url });
  });

  test("needs no name where it is anonymous", async () => {
    const { donation_id } = await startedDonation({ donor_name: undefined, anonymous: true });
    expect(await donationRow(donation_id)).toMatchObject({ donor_name: null, anonymous: true });
  });

  test("with a member's address is like any other, and says nothing of the member", async () => {
    const { stripe_customer_id, ...member } = await customer();
    const [known, unknown] = await Promise.all([
      donate(gift({ donor_email: member.email })),
      donate(gift({ donor_email: anyEmail("stranger") })),
    ]);
    expect([known.status, unknown.status]).toEqual([200, 200]);
    expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body));
    const names = ({ headers }: Answer<unknown>) => [...headers.keys()].sort();
    expect(names(known)).toEqual(names(unknown));
    expect(await donationOf(member.email)).toMatchObject({
      donation_type: "public",
      user_id: null,
      donor_name: "Alex Example",
    });
    const [request] = await sessionsAskedFor((await donationOf(member.email)).id);
    expect(request?.params).toMatchObject({ customer_email: member.email });
    expect(JSON.stringify(request?.params)).not.toContain(stripe_customer_id);
  });

  test("that is paid is completed, once, with a receipt", async () => {
    const { donation_id, donor_email, payment_intent } = await paidDonation({ amount_cents: 3300 });
    expect(await donationRow(donation_id)).toMatchObject({
      status: "completed",
      stripe_payment_intent_id: payment_intent,
    });
    expect(
      await sql("select user_id, donation_cents, payment_method from payments where donation_id = $1", [donation_id]),
    ).toEqual([{ user_id: null, donation_cents: 3300, payment_method: "stripe" }]);
    const [receipt, ...others] = await untilMails(donor_email);
    expect(receipt?.text).toContain("Donation: $33.00\nPayment: Online\n");
    expect(others).toEqual([]);
  });

  test("that nobody pays becomes failed when its session ends", async () => {
    const { donation_id, session_id } = await startedDonation();
    await stripe.expire(session_id);
    expect(await statusOnceTold(donation_id)).toBe("failed");
    expect(await sql("select id from payments where donation_id = $1", [donation_id])).toEqual([]);
  });

  test("twice without a request_id has two sessions, of which only the one that is paid counts", async () => {
    const body = gift();
    const [first, second] = [await donate(body), await donate(body)];
    expect(first.body.session_id).not.toBe(second.body.session_id);
    await stripe.pay(second.body.session_id, { email: body.donor_email });
    await stripe.expire(first.body.session_id);
    const [one, other] = await donationsOf(body.donor_email);
    expect(await statusOnceTold(one?.id ?? "")).toBe("failed");
    expect(await statusOnceTold(other?.id ?? "")).toBe("completed");
    const donor_ids = [one?.id, other?.id];
    expect(await sql("select donation_cents from payments where donation_id = any($1)", [donor_ids])).toEqual([
      { donation_cents: 2500 },
    ]);
  });
});

describe.concurrent("a member's donation", () => {
  test.for(userstatus.enumValues)("can be made by somebody who is %s, in the name of the account", async (status) => {
    const member = await person(status, { first_name: "Sam", last_name: "Sample" });
    const victim = await person();
    const body = gift({ user_id: victim.id, donor_email: victim.email, donor_name: "Somebody Else" });
    const answer = await donate(body, { token: member.token });
    expect(answer.status).toBe(200);
    expect(await donationsOf(victim.email)).toEqual([]);
    const row = await donationOf(member.email);
    expect(row).toMatchObject({ donation_type: "member", user_id: member.id });
    const copied = { donor_name: "Sam Sample", donor_email: member.email };
    expect(row).toMatchObject(status === "pending_email" ? copied : { donor_name: null, donor_email: null });
    expect((await sessionsAskedFor(row.id))[0]?.params).toMatchObject({ customer_email: member.email });
  });

  test("needs nothing but the amount, and names the customer that Stripe knows", async () => {
    const member = await customer();
    expect((await donate({ amount_cents: 900 }, member)).status).toBe(200);
    const [request] = await sessionsAskedFor((await donationOf(member.email)).id);
    expect(request?.params).toMatchObject({ customer: member.stripe_customer_id });
    expect(request?.params).not.toHaveProperty("customer_email");
  });

  test("goes by the address where somebody deleted the customer at Stripe", async () => {
    const member = await person("active", { stripe_customer_id: `cus_gone${crypto.randomUUID().slice(0, 8)}` });
    const answer = await donate({ amount_cents: 900 }, member);
    expect(answer.status).toBe(200);
    const session = await stripeApi.checkout.sessions.retrieve(answer.body.session_id);
    expect(session.customer_email ?? session.customer_details?.email).toBe(member.email);
  });

  test("names nobody in the audit log, before it is paid, when it is and when it is not", async () => {
    const member = await customer();
    await startedDonation({ member, anonymous: true });
    await paidDonation({ member, anonymous: true });
    await stripe.fault({ mode: "status", status: 500, count: 2, match: member.stripe_customer_id });
    expect((await donate(gift({ anonymous: true }), member)).status).toBe(503);
    const given = await donationsOf(member.email);
    expect(given.map(({ status }) => status)).toEqual(["pending", "completed", "failed"]);
    const entries = await sql<{ subject_type: string }>(
      `select * from audit_log where request_id in (select request_id from audit_log
         where subject_type = 'donations' and subject_id = any($1))`,
      [given.map(({ id }) => id)],
    );
    expect(new Set(entries.map(({ subject_type }) => subject_type))).toEqual(new Set(["donations", "payments"]));
    for (const entry of entries) expect(entry).toMatchObject({ actor_id: null });
    for (const told of [member.id, member.email, member.stripe_customer_id])
      expect(JSON.stringify(entries)).not.toContain(told);
  });

  test("is never made public by a token that is not good: that is refused, and nothing is written", async () => {
    const member = await person();
    await sql("update sessions set revoked_at = now(), revoked_reason = 'logout' where id = $1", [member.session_id]);
    const body = gift();
    for (const [token, wanted] of [
      [member.token, "session_ended"],
      [`${member.token}x`, "invalid_token"],
      ["nonsense", "invalid_token"],
    ] as const)
      expect(outcome(await donate(body, { token }))).toEqual([401, wanted]);
    expect(outcome(await donate(body, { headers: { Authorization: "Basic x" } }))).toEqual([401, "not_signed_in"]);
    expect(await donationsOf(body.donor_email)).toEqual([]);
    expect(await donationsOf(member.email)).toEqual([]);
  });
});

describe.concurrent("a donation is refused, and nothing is written", () => {
  const refused = async (more: Record<string, unknown>, wanted: unknown[], paths?: string[]) => {
    const body = gift(more);
    const answer = await donate(body);
    expect(outcome(answer), JSON.stringify(more)).toEqual(wanted);
    if (paths) expect([...new Set(pathsOf(answer))]).toEqual(paths);
    if (typeof body.donor_email === "string") {
      expect(await donationsOf(body.donor_email)).toEqual([]);
      expect(await stripe.requests(body.donor_email)).toEqual([]);
    }
  };

  test("where the amount is no amount of cents", async () => {
    const noAmount = fc.oneof(
      fc.integer({ max: 0 }),
      fc.integer({ min: 100_000_000 }),
      fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true, min: 0, max: 1_000_000 }),
      fc.constantFrom(0, -0, -2500, 25.5, 1e300, "2500", "", "ten", null, true, [2500], { cents: 2500 }),
    );
    await fc.assert(
      fc.asyncProperty(noAmount, (amount_cents) => refused({ amount_cents }, [400, "invalid_input"], ["amount_cents"])),
      { numRuns: 40 },
    );
  });

  test("outside the limits of the settings, and taken at them", async () => {
    const [limits] = await sql<{ least: number; most: number }>(
      "select donation_minimum_cents as least, donation_maximum_cents as most from organisation_settings",
    );
    if (!limits) throw new Error("There are no settings");
    await refused({ amount_cents: limits.least - 1 }, [400, "amount_too_small"]);
    await refused({ amount_cents: limits.most + 1 }, [400, "amount_too_large"]);
    for (const amount_cents of [limits.least, limits.most])
      expect((await donate(gift({ amount_cents }))).status).toBe(200);
    const { body: most } = await donate(gift({ amount_cents: limits.most + 1 }));
    expect(most).toMatchObject({
      detail: `A donation can be at most ${formatCents(limits.most, "usd")}. To give more, please write to us.`,
    });
    const { body } = await donate(gift({ amount_cents: 1 }));
    expect(body).toMatchObject({ detail: `A donation must be at least ${formatCents(limits.least, "usd")}.` });
  });

  test("in another currency", async () => {
    for (const currency of ["eur", "xyz", "", "US"]) await refused({ currency }, [400, "invalid_input"], ["currency"]);
    for (const currency of ["usd", "USD"]) expect((await donate(gift({ currency }))).status).toBe(200);
  });

  test("without an address, or without a name though it is not anonymous", async () => {
    await refused({ donor_email: undefined }, [400, "invalid_input"], ["donor_email"]);
    for (const donor_name of [undefined, "", " ", "\u200b\u2060", "\u3164", "Al\u0007ex"])
      await refused({ donor_name }, [400, "invalid_input"], ["donor_name"]);
    // Some are written with characters of no width between others.
    expect((await donate(gift({ donor_name: "\u0646\u06cc\u200c\u0644\u0648" }))).status).toBe(200);
    await refused(
      { donor_name: undefined, donor_email: undefined, currency: "eur" },
      [400, "invalid_input"],
      ["currency", "donor_email", "donor_name"],
    );
    await refused({ donor_email: "no address" }, [400, "invalid_input"], ["donor_email"]);
    await refused({ request_id: "1" }, [400, "invalid_input"], ["request_id"]);
  });

  test("when one network asks for many: whoever tries stolen cards needs a session for each", async () => {
    const headers = { "CF-Connecting-IP": "198.51.100.77" };
    // Twice the limit and two: enough even when the minute turns in between.
    const answers = await Promise.all(Array.from({ length: 62 }, () => donate({}, { headers })));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(2);
    expect(statuses.filter((status) => status === 400).length).toBeGreaterThanOrEqual(30);
  });
});

test("what Stripe does not charge is refused, though the settings allow it", async () => {
  const { call: ask } = await ownPlatform({ CURRENCY: "ron" });
  const give = (amount_cents: number) => ask("POST", "/api/donations/checkout", { body: gift({ amount_cents }) });
  const refused = await give(199);
  expect(outcome(refused)).toEqual([400, "amount_too_small"]);
  expect(refused.body).toMatchObject({ detail: `A donation must be at least ${formatCents(200, "ron")}.` });
  expect((await give(200)).status).toBe(200);
});
