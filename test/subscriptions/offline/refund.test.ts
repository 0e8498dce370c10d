import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { SubscriptionStats } from "../../../src/subscriptions/admin/figures-schemas.ts";
import type { Subscription } from "../../../src/subscriptions/admin/schemas.ts";
import { get, outcome, tripsOf } from "../../harness/client.ts";
import { rowsOfCsv } from "../../harness/csv.ts";
import { dayIn } from "../../harness/days.ts";
import { failDatabase } from "../../harness/faults.ts";
import { person } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { sql } from "../../harness/platform.ts";
import { ADMIN, inDays, lettersTo, offlineMember, rowOf, subscriber, treasurer } from "../../harness/subscriptions.ts";

const clerk = await treasurer(
  "subscriptions.cancel",
  "subscriptions.create",
  "subscriptions.stats",
  "subscriptions.export",
);
const refund = (id: string, body: object = {}) => clerk.send("POST", `/${id}/refund`, { id: randomUUID(), ...body });

/** A term of 6000 cents, with 500 on top, that was written down by a volunteer. */
async function recorded(more: Record<string, unknown> = {}): Promise<Subscription> {
  const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
  const term = { id: randomUUID(), user_id: member.id, plan_id, payment_method: "cash", donation_cents: 500, ...more };
  const { status, body } = await clerk.send("POST", "", term);
  if (status !== 201) throw new Error(`The term was answered ${status}`);
  return body;
}

/** What the ledger says is left of a term. */
const netOf = async ({ id }: { id: string }) =>
  (
    await sql<{ dues: number; donation: number }>(
      "select sum(base_subscription_cents)::int as dues, sum(donation_cents)::int as donation from ledger where subscription_id = $1",
      [id],
    )
  )[0];

const reversalsOf = ({ id }: { id: string }) =>
  sql("select r.* from reversals r join payments p on p.id = r.payment_id where p.subscription_id = $1", [id]);

describe.concurrent("a payment outside of Stripe", () => {
  /** A subscription with one payment at Stripe, and these outside of it. */
  async function mixed(count: number): Promise<{ id: string; outside: string[]; online: string }> {
    const { subscription_id: id, member } = await subscriber();
    const outside: string[] = [];
    for (let time = 0; time < count; time += 1) {
      const [row] = await sql<{ id: string }>(
        `insert into payments (user_id, subscription_id, payment_method, base_subscription_cents, paid_at, stripe_invoice_id)
         values ($1, $2, 'outside_stripe', 6000, now(), $3) returning id`,
        [member.id, id, `in_${randomUUID()}`],
      );
      outside.push(row?.id ?? "");
    }
    const [online] = await sql<{ id: string }>(
      "select id from payments where subscription_id = $1 and payment_method = 'stripe'",
      [id],
    );
    return { id, outside, online: online?.id ?? "" };
  }

  test("that was recorded by mistake is taken back, beside payments at Stripe", async () => {
    const { id, outside, online } = await mixed(1);
    const before = (await netOf({ id }))?.dues ?? 0;
    expect((await refund(id)).status).toBe(200);
    expect(await reversalsOf({ id })).toMatchObject([{ payment_id: outside[0], amount_cents: 6000 }]);
    expect((await netOf({ id }))?.dues).toBe(before - 6000);
    expect(outcome(await refund(id, { payment_id: online }))).toEqual([409, "paid_online"]);
  });

  test("has to be named where there are several", async () => {
    const { id, outside } = await mixed(2);
    expect(outcome(await refund(id))).toEqual([409, "payment_unnamed"]);
    expect((await refund(id, { payment_id: outside[1], amount_cents: 1000 })).status).toBe(200);
    expect(await reversalsOf({ id })).toMatchObject([{ payment_id: outside[1], amount_cents: 1000 }]);
    const other = await mixed(1);
    expect(outcome(await refund(id, { payment_id: other.outside[0] }))).toEqual([409, "not_refundable"]);
  });
});

describe.concurrent("what was recorded of a term in cash", () => {
  test("is taken back in part, from the donation first, and the term stays", async () => {
    const term = await recorded();
    const refund_id = randomUUID();
    const answer = await refund(term.id, { id: refund_id, amount_cents: 2500 });
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([200, 1]);
    expect(answer.body).toMatchObject({
      status: "active",
      current_term_end: term.current_term_end,
      member: { status: "active" },
      payments: [
        {
          reversals: [
            {
              id: refund_id,
              kind: "refund",
              status: "succeeded",
              amount_cents: 2500,
              requested_by: clerk.id,
              stripe_id: null,
            },
          ],
        },
      ],
    });
    expect(await netOf(term)).toEqual({ dues: 4000, donation: 0 });
    expect((await lettersTo(term.member)).map(({ template }) => template)).toEqual(["thank_you"]);
  });

  test("is taken back in all figures, by the day of the refund", async () => {
    const term = await recorded({ paid_at: "2026-01-02T12:00:00Z" });
    await refund(term.id);
    const today = dayIn(new Date());
    const stats = async (from: string, to: string) => {
      const { body } = await get<SubscriptionStats>(`${ADMIN}/stats?from=${from}&to=${to}`, clerk);
      const of = body.by_plan.find(({ plan_id }) => plan_id === term.plan_id);
      return [of?.dues.net_cents, of?.donations.net_cents];
    };
    expect(await stats("2026-01-01", "2026-01-31")).toEqual([6000, 500]);
    expect(await stats(today, today)).toEqual([-6000, -500]);
    const { text } = await get(`${ADMIN}/export?user_id=${term.member.id}`, clerk);
    expect(rowsOfCsv(text)).toMatchObject([{ received: "65.00", refunded: "65.00", net: "0.00" }]);
  });

  test("is taken back of a term that is over, or was cancelled, too", async () => {
    const [expired, term] = [await offlineMember({ status: "expired" }), await recorded()];
    expect((await refund(expired.subscription_id)).body.payments[0]?.reversals).toMatchObject([{ amount_cents: 6000 }]);
    await clerk.send("POST", `/${term.id}/cancel`, { at_period_end: false });
    expect((await refund(term.id)).body).toMatchObject({ status: "cancelled" });
    expect(await netOf(term)).toEqual({ dues: 0, donation: 0 });
  });

  test("and was too little can be recorded right, with the same term", async () => {
    const wrong = await recorded({ base_subscription_cents: 600, donation_cents: 0 });
    await refund(wrong.id);
    await clerk.send("POST", `/${wrong.id}/cancel`, { at_period_end: false });
    const { member, plan_id, current_term_start: term_start, current_term_end } = wrong;
    const right = { id: randomUUID(), user_id: member.id, plan_id, payment_method: "cash", term_start };
    const { status, body } = await clerk.send("POST", "", right);
    expect([status, body.current_term_end, body.member.status]).toEqual([201, current_term_end, "active"]);
    expect([await netOf(wrong), await netOf(body)]).toEqual([
      { dues: 0, donation: 0 },
      { dues: 6000, donation: 0 },
    ]);
  });
});

describe.concurrent("asked for again", () => {
  test("with the same id, also after its answer was lost, it is written down once", async () => {
    const term = await recorded();
    const body = { id: randomUUID(), amount_cents: 1000 };
    await failDatabase({ mode: "after_commit", match: body.id });
    for (const answer of [
      await refund(term.id, body),
      ...(await Promise.all([1, 2, 3].map(() => refund(term.id, body)))),
    ])
      expect(answer.status).toBe(200);
    expect((await refund(term.id, { id: body.id })).status).toBe(200);
    expect(await reversalsOf(term)).toHaveLength(1);
    expect(await netOf(term)).toEqual({ dues: 5500, donation: 0 });
  });

  test("with an id that is another's, or for another amount, it is refused", async () => {
    const [term, other] = await Promise.all([recorded(), recorded()]);
    const id = randomUUID();
    await refund(term.id, { id, amount_cents: 1000 });
    expect(outcome(await refund(term.id, { id, amount_cents: 999 }))).toEqual([409, "refund_exists"]);
    for (const amount_cents of [1000, undefined])
      expect(outcome(await refund(other.id, { id, amount_cents }))).toEqual([409, "refund_exists"]);
    expect([await reversalsOf(term), await reversalsOf(other)]).toMatchObject([[{ amount_cents: 1000 }], []]);
  });

  test("by many at once, it never adds up to more than was paid", async () => {
    const term = await recorded();
    const answers = await Promise.all(Array.from({ length: 5 }, () => refund(term.id, { amount_cents: 2000 })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(await netOf(term)).toEqual({ dues: 500, donation: 0 });
    const more = await refund(term.id, { amount_cents: 501 });
    expect([outcome(more), "detail" in more.body && more.body.detail]).toEqual([
      [409, "more_than_left"],
      "Only $5.00 of this term's payment can still be refunded.",
    ]);
    await refund(term.id);
    expect(outcome(await refund(term.id))).toEqual([409, "not_refundable"]);
  });
});

describe.concurrent("it is refused", () => {
  test("of what was paid online: that is refunded at Stripe", async () => {
    const { subscription_id } = await subscriber();
    expect(outcome(await refund(subscription_id))).toEqual([409, "paid_online"]);
    expect(await reversalsOf({ id: subscription_id })).toEqual([]);
  });

  test("where nothing was paid, there is no such subscription, or the amount is none", async () => {
    const [given, pending] = await Promise.all([
      recorded({ payment_method: "complimentary", donation_cents: 0 }),
      offlineMember({ status: "pending", current_term_start: null, current_term_end: inDays(3) }),
    ]);
    await sql("delete from payments where subscription_id = $1", [pending.subscription_id]);
    for (const id of [given.id, pending.subscription_id])
      expect(outcome(await refund(id))).toEqual([409, "not_refundable"]);
    expect(outcome(await refund(randomUUID()))).toEqual([404, "subscription_not_found"]);
    for (const amount_cents of [0, -1, 0.5, "500", null])
      expect(outcome(await refund(given.id, { amount_cents }))).toEqual([400, "invalid_input"]);
    expect((await rowOf(given.id)).status).toBe("active");
  });

  test("without the permission, and without a fresh proof", async () => {
    const { id } = await recorded();
    const body = { id: randomUUID() };
    const other = await treasurer("subscriptions.edit", "subscriptions.create", "donations.refund");
    expect((await other.send("POST", `/${id}/refund`, body)).status).toBe(403);
    const late = await treasurer("subscriptions.cancel");
    await sql("update sessions set authenticated_at = now() - interval '16 minutes' where id = $1", [late.session_id]);
    expect(outcome(await late.send("POST", `/${id}/refund`, body))).toEqual([403, "reauthentication_required"]);
    expect(await reversalsOf({ id })).toEqual([]);
  });
});
