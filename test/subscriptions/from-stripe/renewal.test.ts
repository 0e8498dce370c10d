import { describe, expect, test } from "vitest";
import { checkout, inboxOf, pendingOf } from "../../harness/payments.ts";
import type { Person } from "../../harness/people.ts";
import { CUSTOM, plan } from "../../harness/plans.ts";
import { sql, stripe } from "../../harness/platform.ts";
import { lettersTo, offlineMember, rowOf, statusOf, treasurer } from "../../harness/subscriptions.ts";

/** A member whose term runs, and whose checkout for the next one is open; Stripe tells of it when told to. */
async function renewing() {
  const { member, subscription_id: before } = await offlineMember();
  const { status, body } = await checkout(member, await plan(CUSTOM));
  if (status !== 200) throw new Error(`The checkout was answered ${status}`);
  const pending = await pendingOf(member);
  for (const match of [member.email, pending.id]) await stripe.deliveryMode("manual", match);
  return { member, before, renewal: pending.id, session_id: body.session_id, term: await termOf(pending.id) };
}

const termOf = async (id: string) => {
  const { current_term_start, current_term_end } = await rowOf(id);
  return { current_term_start, current_term_end };
};

/** Pays the checkout, and has Stripe tell us of it twice; returns what became of its event. */
async function pay({ member, session_id }: { member: Person; session_id: string }) {
  const { event_ids } = await stripe.pay(session_id, { email: member.email });
  await stripe.deliver(event_ids);
  await stripe.deliver(event_ids);
  return (await inboxOf(event_ids)).find(({ type }) => type === "checkout.session.completed");
}

const paymentsFor = (subscription_id: string) =>
  sql<{ base_subscription_cents: number; term_start: Date; term_end: Date }>(
    "select base_subscription_cents, term_start, term_end from payments where subscription_id = $1",
    [subscription_id],
  );

const templates = async (member: Person) => (await lettersTo(member)).map(({ template }) => template);

describe.concurrent("a renewal that is paid", () => {
  test.for([
    { when: "while the term runs", happens: async () => {}, ends: "expired" },
    {
      when: "after the term was cancelled, as it was when no volunteer was held up by an open checkout",
      happens: async (id: string) => {
        await sql("update subscriptions set status = 'cancelled', cancelled_at = now() where id = $1", [id]);
        await sql("update users set status = 'inactive' where id = (select user_id from subscriptions where id = $1)", [
          id,
        ]);
      },
      ends: "cancelled",
    },
    {
      when: "after the term had expired",
      happens: async (id: string) => {
        await sql("update subscriptions set status = 'expired' where id = $1", [id]);
        await sql("update users set status = 'inactive' where id = (select user_id from subscriptions where id = $1)", [
          id,
        ]);
      },
      ends: "expired",
    },
    {
      when: "after grace had begun",
      happens: async (id: string) => {
        await sql(
          "update subscriptions set status = 'past_due', current_term_end = now() - interval '1 day', grace_ends_at = now() + interval '9 days' where id = $1",
          [id],
        );
      },
      ends: "expired",
    },
  ])("$when makes a member for the term that was paid, once", async ({ happens, ends }) => {
    const begun = await renewing();
    const { member, before, renewal, term } = begun;
    await happens(before);
    expect(await pay(begun)).toMatchObject({ status: "applied", reason: null });
    expect(await statusOf(member)).toBe("active");
    expect(await rowOf(before)).toMatchObject({ status: ends });
    expect(await rowOf(renewal)).toMatchObject({ status: "active", ...term });
    expect(await paymentsFor(renewal)).toEqual([
      { base_subscription_cents: 6000, term_start: term.current_term_start, term_end: term.current_term_end },
    ]);
    expect((await templates(member)).filter((template) => template === "thank_you")).toHaveLength(1);
  });

  test("though its checkout was cancelled here waits for a person, with its payment in the ledger", async () => {
    const begun = await renewing();
    await sql("update subscriptions set status = 'cancelled' where id = $1", [begun.renewal]);
    expect(await pay(begun)).toMatchObject({
      status: "parked",
      reason: "the checkout was cancelled before it was paid",
    });
    expect(await rowOf(begun.renewal)).toMatchObject({ status: "cancelled" });
    expect(await rowOf(begun.before)).toMatchObject({ status: "active" });
    expect(await paymentsFor(begun.renewal)).toHaveLength(1);
  });

  test("and cancelled later is not begun again by what Stripe tells once more: the term before it runs", async () => {
    const begun = await renewing();
    const { event_ids } = await stripe.pay(begun.session_id, { email: begun.member.email });
    await stripe.deliver(event_ids);
    const { send } = await treasurer("subscriptions.cancel");
    await send("POST", `/${begun.renewal}/cancel`, { at_period_end: false });
    await stripe.deliver(event_ids);
    expect(await rowOf(begun.renewal)).toMatchObject({ status: "cancelled" });
    expect(await rowOf(begun.before)).toMatchObject({ status: "active" });
    expect(await statusOf(begun.member)).toBe("active");
    const [event] = (await inboxOf(event_ids)).filter(({ type }) => type === "checkout.session.completed");
    expect(event).toMatchObject({ status: "applied", reason: null });
  });
});
