import { describe, expect, test } from "vitest";
import { outcome } from "../../harness/client.ts";
import {
  donationRow,
  gone,
  quietDonation,
  refund,
  refundsAt,
  reversalsOf,
  startedDonation,
  tell,
} from "../../harness/donations.ts";
import { failDatabaseLater } from "../../harness/faults.ts";
import { stripeApi } from "../../harness/payments.ts";
import { person, volunteer } from "../../harness/people.ts";
import { sql, stripe } from "../../harness/platform.ts";

const treasurer = () => volunteer("donations.refund");

describe.concurrent("a refund is refused", () => {
  test("where there is no such donation, or it was not paid", async () => {
    const reader = await treasurer();
    expect(outcome(await refund(crypto.randomUUID(), {}, reader))).toEqual([404, "donation_not_found"]);
    const { donation_id, session_id } = await startedDonation();
    expect(outcome(await refund(donation_id, {}, reader))).toEqual([409, "not_refundable"]);
    await stripe.expire(session_id);
    await tell({ donation_id });
    expect((await donationRow(donation_id)).status).toBe("failed");
    expect(outcome(await refund(donation_id, {}, reader))).toEqual([409, "not_refundable"]);
    expect(await reversalsOf(donation_id)).toEqual([]);
  });

  test("for more than is left, and says how much is", async () => {
    const paid = await quietDonation();
    const { token } = await treasurer();
    await refund(paid.donation_id, { amount_cents: 1200 }, { token });
    const answer = await refund(paid.donation_id, { amount_cents: 801 }, { token });
    expect(outcome(answer)).toEqual([409, "more_than_left"]);
    expect(answer.body).toMatchObject({ detail: "Only $8.00 of this donation can still be refunded." });
    expect(await gone(paid)).toEqual({ ours: 1200, stripe: 1200, refunds: 1, rows: ["succeeded"] });
  });

  test("where nothing is left", async () => {
    const paid = await quietDonation();
    const { token } = await treasurer();
    await refund(paid.donation_id, {}, { token });
    for (const body of [{}, { amount_cents: 1 }])
      expect(outcome(await refund(paid.donation_id, body, { token }))).toEqual([409, "not_refundable"]);
    expect(await refundsAt(paid.payment_intent)).toHaveLength(1);
  });

  test("for amounts that are none", async () => {
    const paid = await quietDonation();
    const { token } = await treasurer();
    for (const amount_cents of [0, -1, 0.5, 1e9, "500", null])
      expect(outcome(await refund(paid.donation_id, { amount_cents }, { token }))).toEqual([400, "invalid_input"]);
    expect(outcome(await refund(paid.donation_id, { reason: "no reason" }, { token }))).toEqual([400, "invalid_input"]);
    expect(await reversalsOf(paid.donation_id)).toEqual([]);
  });

  test("while another one is under way, whatever the amount; with its id that one goes on", async () => {
    const paid = await quietDonation();
    const { id, token } = await treasurer();
    const begun = { id: crypto.randomUUID(), amount_cents: 600 };
    await failDatabaseLater({ mode: "before", match: id });
    expect(outcome(await refund(paid.donation_id, begun, { token }))).toEqual([503, "database_unavailable"]);
    for (const amount_cents of [500, 600, 700, undefined]) {
      const answer = await refund(paid.donation_id, { amount_cents }, { token });
      expect(outcome(answer)).toEqual([409, "refund_in_progress"]);
      expect(answer.body).toMatchObject({
        detail: `A refund of $6.00 is in progress. To finish it, request it again with its id: ${begun.id}.`,
      });
    }
    const done = await refund(paid.donation_id, begun, { token });
    expect(done.body).toMatchObject({ refunded_cents: 600 });
    expect(await gone(paid)).toEqual({ ours: 600, stripe: 600, refunds: 1, rows: ["succeeded"] });
  });

  test("without an id: asked for again, it could not be told from another one", async () => {
    const paid = await quietDonation();
    const { token } = await treasurer();
    expect(outcome(await refund(paid.donation_id, { id: undefined, amount_cents: 600 }, { token }))).toEqual([
      400,
      "invalid_input",
    ]);
    expect(await refundsAt(paid.payment_intent)).toEqual([]);
  });

  test("where it was refunded in Stripe's dashboard: nothing more is, and the rows show it", async () => {
    const paid = await quietDonation();
    await stripeApi.refunds.create({ payment_intent: paid.payment_intent, amount: 1500 });
    const { token } = await treasurer();
    expect(outcome(await refund(paid.donation_id, { amount_cents: 500 }, { token }))).toEqual([409, "refunds_changed"]);
    expect(await gone(paid)).toMatchObject({ ours: 1500, stripe: 1500, refunds: 1 });
    expect((await reversalsOf(paid.donation_id)).map(({ status }) => status).sort()).toEqual(["failed", "succeeded"]);
    expect(outcome(await refund(paid.donation_id, { amount_cents: 600 }, { token }))).toEqual([409, "more_than_left"]);
    const rest = await refund(paid.donation_id, {}, { token });
    expect(rest.body).toMatchObject({ status: "refunded", refunded_cents: 2000 });
  });

  test("where the donor's bank disputes it, in words of ours", async () => {
    const paid = await quietDonation();
    const { token } = await treasurer();
    await stripe.dispute({ payment_intent: paid.payment_intent, amount: 900 });
    const answer = await refund(paid.donation_id, { amount_cents: 500 }, { token });
    expect(outcome(answer)).toEqual([409, "refund_refused"]);
    expect(answer.body).toMatchObject({
      detail: "The donor's bank is disputing this donation, so it cannot be refunded as well. Nothing was refunded.",
    });
    const rows = await reversalsOf(paid.donation_id);
    expect(rows.map(({ kind, status }) => [kind, status]).sort()).toEqual([
      ["dispute", "needs_response"],
      ["refund", "failed"],
    ]);
    expect(await refundsAt(paid.payment_intent)).toEqual([]);
  });

  test("where it was paid before there were checkouts here", async () => {
    const paid = await quietDonation();
    await sql("update donations set stripe_checkout_session_id = null where id = $1", [paid.donation_id]);
    expect(outcome(await refund(paid.donation_id, {}, await treasurer()))).toEqual([409, "not_refundable"]);
    expect(await reversalsOf(paid.donation_id)).toEqual([]);
  });
});

test.concurrent("a refund wants a fresh proof of who asks", async () => {
  const { donation_id } = await quietDonation();
  const someone = await person("active", { permissions: ["donations.refund"] });
  await sql("update sessions set authenticated_at = now() - interval '16 minutes' where id = $1", [someone.session_id]);
  expect(outcome(await refund(donation_id, {}, someone))).toEqual([403, "reauthentication_required"]);
});
