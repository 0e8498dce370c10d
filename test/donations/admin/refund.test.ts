import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Donation } from "../../../src/donations/admin/schemas.ts";
import { type Answer, outcome } from "../../harness/client.ts";
import {
  donationRow,
  gone,
  offlineDonation,
  type Paid,
  paidDonation,
  quietDonation,
  refund,
  refundsAt,
  reversalsOf,
  tell,
} from "../../harness/donations.ts";
import { failDatabase, failDatabaseLater } from "../../harness/faults.ts";
import { mailsTo, untilMails } from "../../harness/mailbox.ts";
import { anyEmail, volunteer } from "../../harness/people.ts";
import { stripe } from "../../harness/platform.ts";

const treasurer = () => volunteer("donations.refund");
const CREATE = "/v1/refunds";

describe.concurrent("a refund", () => {
  test("of all gives everything back, and the donor is told", async () => {
    const paid = await paidDonation({ amount_cents: 2000 });
    const { id, token } = await treasurer();
    const answer = await refund(paid.donation_id, { reason: "requested_by_customer" }, { token });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ status: "refunded", amount_cents: 2000, refunded_cents: 2000, net_cents: 0 });
    const [row, ...others] = await reversalsOf(paid.donation_id);
    expect(others).toEqual([]);
    const [made, ...more] = await refundsAt(paid.payment_intent);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      status: "succeeded",
      amount_cents: 2000,
      stripe_id: made?.id,
      requested_by: id,
      reason: "requested_by_customer",
    });
    expect(made).toMatchObject({ amount: 2000, reason: "requested_by_customer", metadata: { refund_id: row?.id } });
    const [request] = (await stripe.requests(row?.id ?? "")).filter(
      ({ method, path }) => method === "POST" && path === CREATE,
    );
    expect(request?.idempotency_key).toBe(`refund-${row?.id}`);
    const mails = await untilMails(paid.donor_email, 2);
    expect(mails.some(({ text }) => text.includes("We sent you a refund") && text.includes("$20.00"))).toBe(true);
  });

  test("of a part leaves the rest, and the donation completed", async () => {
    const paid = await paidDonation({ amount_cents: 2000 });
    const answer = await refund(paid.donation_id, { amount_cents: 700 }, await treasurer());
    expect(answer.body).toMatchObject({ status: "completed", refunded_cents: 700, net_cents: 1300 });
    expect(answer.body.reversals).toMatchObject([{ kind: "refund", status: "succeeded", amount_cents: 700 }]);
    const rest = await refund(paid.donation_id, {}, await treasurer());
    expect(rest.body).toMatchObject({ status: "refunded", refunded_cents: 2000, net_cents: 0 });
    expect(await gone(paid)).toMatchObject({ ours: 2000, stripe: 2000, refunds: 2 });
  });

  test("is told of again by Stripe, any number of times, and counts once", async () => {
    const paid = await quietDonation();
    await refund(paid.donation_id, { amount_cents: 500 }, await treasurer());
    await tell(paid, { times: 3 });
    expect(await gone(paid)).toEqual({ ours: 500, stripe: 500, refunds: 1, rows: ["succeeded"] });
    await untilMails(paid.donor_email, 2);
    expect((await mailsTo(paid.donor_email)).filter(({ text }) => text.includes("sent you a refund"))).toHaveLength(1);
  });

  test("of parts never adds up to more than was paid, whatever is asked for", async () => {
    const { token } = await treasurer();
    const wish = fc.oneof(fc.integer({ min: 1, max: 1200 }), fc.constant(undefined));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 100, max: 2000 }),
        fc.array(wish, { minLength: 1, maxLength: 5 }),
        async (amount_cents, wishes) => {
          const paid = await quietDonation(amount_cents);
          let left = amount_cents;
          for (const wanted of wishes) {
            const answer = await refund(paid.donation_id, { amount_cents: wanted }, { token });
            if (left === 0) expect(outcome(answer)).toEqual([409, "not_refundable"]);
            else if (wanted !== undefined && wanted > left) expect(outcome(answer)).toEqual([409, "more_than_left"]);
            else {
              left -= wanted ?? left;
              expect(answer.body).toMatchObject({ net_cents: left, refunded_cents: amount_cents - left });
              expect(answer.body.status).toBe(left === 0 ? "refunded" : "completed");
            }
          }
          expect(await gone(paid)).toMatchObject({ ours: amount_cents - left, stripe: amount_cents - left });
        },
      ),
      { numRuns: 5 },
    );
  }, 60_000);

  test("asked for by many at once never adds up to more than was paid", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(300, 500, 900), { minLength: 2, maxLength: 5 }), async (wishes) => {
        const paid = await quietDonation(1000);
        const { token } = await treasurer();
        await Promise.all(wishes.map((amount_cents) => refund(paid.donation_id, { amount_cents }, { token })));
        const { ours, stripe: theirs } = await gone(paid);
        expect(ours).toBe(theirs);
        expect(theirs).toBeLessThanOrEqual(1000);
        expect(theirs).toBeGreaterThan(0);
        expect((await reversalsOf(paid.donation_id)).filter(({ status }) => status === "requested")).toEqual([]);
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  test("with an id that comes ten times at once, and again later, is one refund", async () => {
    const paid = await quietDonation();
    const { token } = await treasurer();
    const body = { id: crypto.randomUUID(), amount_cents: 600 };
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(paid.donation_id, body, { token })));
    for (const { status } of answers) expect([200, 503]).toContain(status);
    const later = await refund(paid.donation_id, body, { token });
    expect(later.body).toMatchObject({ refunded_cents: 600, net_cents: 1400 });
    expect(await gone(paid)).toEqual({ ours: 600, stripe: 600, refunds: 1, rows: ["succeeded"] });
  });

  test("whose id is another's, or was for another amount or reason, is refused", async () => {
    const [paid, other] = [await quietDonation(), await quietDonation()];
    const { token } = await treasurer();
    const once = { id: crypto.randomUUID(), amount_cents: 600, reason: "duplicate" };
    await refund(paid.donation_id, once, { token });
    for (const [donation_id, different] of [
      [other.donation_id, {}],
      [other.donation_id, { amount_cents: undefined }],
      [paid.donation_id, { amount_cents: 500 }],
      [paid.donation_id, { reason: "fraudulent" }],
    ] as const)
      expect(outcome(await refund(donation_id, { ...once, ...different }, { token }))).toEqual([409, "refund_exists"]);
    expect((await refund(paid.donation_id, { id: once.id }, { token })).status).toBe(200);
    expect(await refundsAt(other.payment_intent)).toEqual([]);
    expect(await gone(paid)).toMatchObject({ stripe: 600, refunds: 1 });
  });

  test("that Stripe keeps pending is not gone yet, cannot be spent twice, and is when it goes through", async () => {
    const paid = await quietDonation();
    await stripe.refundMode("pending", paid.donation_id);
    const { token } = await treasurer();
    const answer = await refund(paid.donation_id, { amount_cents: 1500 }, { token });
    expect(answer.body).toMatchObject({ status: "completed", refunded_cents: 0, net_cents: 2000 });
    expect(answer.body.reversals).toMatchObject([{ status: "pending", occurred_at: null }]);
    const more = await refund(paid.donation_id, { amount_cents: 501 }, { token });
    expect(outcome(more)).toEqual([409, "more_than_left"]);
    expect(more.body).toMatchObject({ detail: "Only $5.00 of this donation can still be refunded." });
    const [pending] = await refundsAt(paid.payment_intent);
    await stripe.settleRefund(pending?.id ?? "");
    await tell(paid);
    expect(await gone(paid)).toEqual({ ours: 1500, stripe: 1500, refunds: 1, rows: ["succeeded"] });
  });

  test("that the donor's bank sends back is not gone any more, and can be made again", async () => {
    const paid = await quietDonation();
    const { token } = await treasurer();
    await refund(paid.donation_id, {}, { token });
    expect((await donationRow(paid.donation_id)).status).toBe("refunded");
    const [made] = await refundsAt(paid.payment_intent);
    await stripe.failRefund(made?.id ?? "");
    await tell(paid);
    expect((await donationRow(paid.donation_id)).status).toBe("completed");
    expect(await gone(paid)).toMatchObject({ ours: 0, stripe: 0 });
    const again = await refund(paid.donation_id, {}, { token });
    expect(again.body).toMatchObject({ status: "refunded", refunded_cents: 2000 });
    expect(await gone(paid)).toMatchObject({ ours: 2000, stripe: 2000, refunds: 2 });
  });
});

/** Where a refund can fail, and what it leaves behind. */
const asksStripe = (path: string) => async (paid: Paid, fault: Parameters<typeof stripe.fault>[0]) => {
  await stripe.fault({ ...fault, match: path.replace("{payment_intent}", paid.payment_intent) });
};

describe.concurrent("a refund that fails on the way is made once, whoever asks again", () => {
  const again = async (paid: Paid, answers: Answer<Donation>[], ask: () => Promise<Answer<Donation>>) => {
    for (let tries = 0; answers.at(-1)?.status !== 200 && tries < 4; tries += 1) answers.push(await ask());
    expect(answers.at(-1)?.body, JSON.stringify(answers.map(outcome))).toMatchObject({
      status: "completed",
      refunded_cents: 600,
      net_cents: 1400,
    });
    expect(await gone(paid)).toMatchObject({ ours: 600, stripe: 600, refunds: 1 });
    await tell(paid);
    expect(await gone(paid)).toMatchObject({ ours: 600, stripe: 600, refunds: 1 });
    expect((await reversalsOf(paid.donation_id)).filter(({ status }) => status === "requested")).toEqual([]);
  };

  describe.each([
    { trip: "first", fail: failDatabase },
    { trip: "second", fail: failDatabaseLater },
  ])("in the $trip trip to the database", ({ fail }) => {
    test.each(["before", "after_commit"] as const)("%s the commit", async (mode) => {
      const paid = await quietDonation();
      const { id, token } = await treasurer();
      const ask = () => refund(paid.donation_id, { id: request, amount_cents: 600 }, { token });
      const request = crypto.randomUUID();
      await fail({ mode, match: id });
      const first = await ask();
      expect(outcome(first)).toEqual([503, "database_unavailable"]);
      await again(paid, [first], ask);
      expect(await gone(paid)).toMatchObject({ rows: ["succeeded"] });
    });
  });

  test("in the second trip, and is heard of from Stripe, before anybody asks again", async () => {
    const paid = await quietDonation();
    const { id, token } = await treasurer();
    await failDatabaseLater({ mode: "before", match: id });
    const body = { id: crypto.randomUUID(), amount_cents: 600 };
    expect((await refund(paid.donation_id, body, { token })).status).toBe(503);
    expect(await gone(paid)).toEqual({ ours: 0, stripe: 600, refunds: 1, rows: ["requested"] });
    await tell(paid);
    expect(await gone(paid)).toEqual({ ours: 600, stripe: 600, refunds: 1, rows: ["succeeded"] });
    const again = await refund(paid.donation_id, body, { token });
    expect(again.body).toMatchObject({ refunded_cents: 600, net_cents: 1400 });
    expect(await gone(paid)).toEqual({ ours: 600, stripe: 600, refunds: 1, rows: ["succeeded"] });
  });

  const failures = [
    { what: "hangs up", mode: "drop", count: 2 },
    { what: "does it and loses the answer", mode: "after", count: 2 },
    { what: "answers 500", mode: "status", count: 2 },
    { what: "answers 429", mode: "status", status: 429, count: 1 },
  ] as const;

  describe.each([
    { when: "asked what it knows", fail: asksStripe("/v1/refunds?payment_intent={payment_intent}"), made: 0 },
    { when: "told to refund", fail: asksStripe("amount=600"), made: undefined },
    { when: "asked what became of it", fail: asksStripe("/v1/charges?payment_intent={payment_intent}"), made: 1 },
  ])("when Stripe, $when,", ({ fail, made }) => {
    test.each(failures)("$what", async ({ what: _, ...fault }) => {
      const paid = await quietDonation();
      const { token } = await treasurer();
      const body = { id: crypto.randomUUID(), amount_cents: 600 };
      const ask = async () => {
        const answer = await refund(paid.donation_id, body, { token });
        // Stripe remembers its 500 for the id: then the answer says to ask for another one.
        if (outcome(answer)[1] === "refund_failed") body.id = crypto.randomUUID();
        return answer;
      };
      // Only this donation's: the amount is others' too.
      if (made === undefined) await stripe.fault({ ...fault, match: `payment_intent=${paid.payment_intent}`, skip: 1 });
      else await fail(paid, fault);
      const first = await ask();
      expect(outcome(first)).toEqual([503, "stripe_unavailable"]);
      if (made !== undefined) expect(await refundsAt(paid.payment_intent)).toHaveLength(made);
      await again(paid, [first], ask);
    });
  });
});

describe.concurrent("what was not paid online", () => {
  test("is given back by hand, and written down without Stripe", async () => {
    const donor_email = anyEmail("donor");
    const { id } = await offlineDonation({ amount_cents: 4000, donor_email });
    const { id: by, token } = await treasurer();
    const part = await refund(id, { amount_cents: 1000 }, { token });
    expect(part.body).toMatchObject({ status: "completed", refunded_cents: 1000, net_cents: 3000 });
    const rest = await refund(id, {}, { token });
    expect(rest.body).toMatchObject({ status: "refunded", refunded_cents: 4000, net_cents: 0 });
    const rows = await reversalsOf(id);
    expect(rows).toMatchObject([
      { status: "succeeded", amount_cents: 1000, requested_by: by, stripe_id: null },
      { status: "succeeded", amount_cents: 3000, requested_by: by, stripe_id: null },
    ]);
    for (const { occurred_at } of rows) expect(occurred_at).not.toBeNull();
    expect(await stripe.requests(id)).toEqual([]);
    expect(outcome(await refund(id, {}, { token }))).toEqual([409, "not_refundable"]);
  });

  test("with an id is written down once, however often its answer is lost", async () => {
    const { id } = await offlineDonation({ amount_cents: 4000 });
    const { id: by, token } = await treasurer();
    const body = { id: crypto.randomUUID(), amount_cents: 1000 };
    await failDatabase({ mode: "after_commit", match: by });
    expect((await refund(id, body, { token })).status).toBe(503);
    for (const _ of [1, 2])
      expect((await refund(id, body, { token })).body).toMatchObject({ refunded_cents: 1000, net_cents: 3000 });
    expect(await reversalsOf(id)).toHaveLength(1);
  });

  test("asked for by many at once never adds up to more than was given", async () => {
    const { id } = await offlineDonation({ amount_cents: 1000 });
    const { token } = await treasurer();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refund(id, { amount_cents: 300 }, { token })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect((await reversalsOf(id)).reduce((cents, { amount_cents }) => cents + amount_cents, 0)).toBe(900);
  });
});
