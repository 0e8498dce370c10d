import { describe, expect, test } from "vitest";
import { deliver, type HeardMember, hear, heardMember } from "../../harness/heard-member.ts";
import { inboxOf, stripeApi, subscribed } from "../../harness/payments.ts";
import { sql, stripe } from "../../harness/platform.ts";
import { rowOf, statusOf, treasurer } from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.cancel", "subscriptions.edit");
const invoicesOf = async ({ stripe_subscription_id }: HeardMember) =>
  (await stripeApi.invoices.list({ subscription: stripe_subscription_id })).data;

/** Their renewal has failed, and we know. */
async function overdue(): Promise<HeardMember & { invoice: string }> {
  const member = await heardMember();
  await stripe.decline({ customer: member.customer }, true);
  await stripe.advance(32, member.customer);
  await hear(member.customer);
  const [invoice] = await invoicesOf(member);
  return { ...member, invoice: invoice?.id ?? "" };
}

/** Ended at Stripe, and paid on the invoice's page before we hear of the end. */
async function paidAfterTheEnd(): Promise<HeardMember & { invoice: string }> {
  const member = await overdue();
  await stripeApi.subscriptions.cancel(member.stripe_subscription_id);
  await stripe.advance(1, member.customer);
  await stripe.payInvoice(member.invoice);
  return member;
}

const ledgerOf = ({ subscription_id }: HeardMember) =>
  sql<{ cents: number }>(
    "select base_subscription_cents + donation_cents as cents from ledger where subscription_id = $1",
    [subscription_id],
  );

describe.concurrent("what a subscription left open when it ended", () => {
  test("is voided when a volunteer cancels it", async () => {
    const member = await overdue();
    const { status, body } = await clerk.send("POST", `/${member.subscription_id}/cancel`, {});
    expect([status, body.status]).toEqual([200, "cancelled"]);
    expect((await invoicesOf(member)).map((invoice) => invoice.status)).toEqual(["void", "paid"]);
    await expect(stripe.payInvoice(member.invoice)).rejects.toThrow("409");
  });

  test("stays payable if our key may not void it, and the subscription is canceled all the same", async () => {
    const member = await overdue();
    await stripe.fault({ mode: "status", status: 403, match: `/v1/invoices/${member.invoice}/void` });
    const { status, body } = await clerk.send("POST", `/${member.subscription_id}/cancel`, {});
    expect([status, body.status]).toEqual([200, "cancelled"]);
    expect((await invoicesOf(member)).map((invoice) => invoice.status)).toEqual(["open", "paid"]);
    // It is tried again whenever we hear of the subscription.
    await hear(member.customer);
    expect((await invoicesOf(member)).map((invoice) => invoice.status)).toEqual(["void", "paid"]);
  });

  test("is voided when it was ended in the dashboard, or by Stripe after the last attempt", async () => {
    const [ended, given_up] = await Promise.all([overdue(), overdue()]);
    await stripeApi.subscriptions.cancel(ended.stripe_subscription_id);
    await stripe.advance(20, given_up.customer);
    for (const member of [ended, given_up]) {
      await hear(member.customer);
      expect((await invoicesOf(member)).map((invoice) => invoice.status)).toEqual(["void", "paid"]);
    }
    expect((await rowOf(given_up.subscription_id)).status).toBe("expired");
  });
});

describe.concurrent("dues that come in after the end", () => {
  test("make the person a member for the term that they pay for, which does not renew", async () => {
    const member = await paidAfterTheEnd();
    await hear(member.customer);
    const [invoice] = await invoicesOf(member);
    const row = await rowOf(member.subscription_id);
    expect(row).toMatchObject({ status: "active", cancel_at_period_end: true });
    expect(row.current_term_end?.getTime()).toBe((invoice?.lines.data[0]?.period.end ?? 0) * 1000);
    expect(await statusOf(member.member)).toBe("active");
    expect((await ledgerOf(member)).map(({ cents }) => cents)).toEqual([2500, 2500]);
    const { body } = await clerk.send("POST", `/${member.subscription_id}/sync`);
    expect(body).toMatchObject({ renews: false, outcome: "applied", changes: [] });
    const mails = await sql<{ template: string }>("select template from emails where user_id = $1", [member.member.id]);
    expect(mails.map(({ template }) => template)).not.toContain("membership_continues");
  });

  test("do so in whichever order we hear of it, and only once", async () => {
    const member = await paidAfterTheEnd();
    const waiting = (await stripe.deliveries(member.customer)).filter(({ state }) => state === "manual");
    await deliver([...waiting.toReversed(), ...waiting]);
    expect(await rowOf(member.subscription_id)).toMatchObject({ status: "active", cancel_at_period_end: true });
    expect((await ledgerOf(member)).map(({ cents }) => cents)).toEqual([2500, 2500]);
  });

  test("are parked, and volunteers are told once, where the person cannot be a member", async () => {
    const member = await paidAfterTheEnd();
    await sql("update users set status = 'rejected', rejection_reason = 'a test', rejected_at = now() where id = $1", [
      member.member.id,
    ]);
    const waiting = (await stripe.deliveries(member.customer)).filter(({ state }) => state === "manual");
    await deliver(waiting);
    const paid = waiting.find(({ type }) => type === "invoice.paid");
    expect(await inboxOf([paid?.event_id ?? ""])).toMatchObject([
      { status: "parked", reason: "the dues were paid after the subscription had ended" },
    ]);
    expect((await rowOf(member.subscription_id)).status).toBe("cancelled");
    const told = await sql<{ to_email: string }>(
      "select to_email from emails where template = 'payment_unplaced' and data ->> 'reason' = $1 and dedupe_key like '%' || (select stripe_payment_intent_id from payments where stripe_invoice_id = $2) || '%'",
      ["the dues were paid after the subscription had ended", member.invoice],
    );
    expect(new Set(told.map(({ to_email }) => to_email)).size).toBe(told.length);
    // Once they were given back, nothing is left to decide.
    const [payment] = await sql<{ intent: string }>(
      "select stripe_payment_intent_id as intent from payments where stripe_invoice_id = $1",
      [member.invoice],
    );
    await stripeApi.refunds.create({ payment_intent: payment?.intent ?? "" });
    await hear(member.customer);
    expect((await clerk.send("POST", `/${member.subscription_id}/sync`)).body).toMatchObject({ outcome: "applied" });
  });

  test("are parked where another subscription of theirs runs, and begin a term once that has ended", async () => {
    const member = await paidAfterTheEnd();
    await sql("update subscriptions set status = 'cancelled', grace_ends_at = null where id = $1", [
      member.subscription_id,
    ]);
    const other = await subscribed(member.member, { payment_method: "cash" });
    await hear(member.customer);
    expect((await rowOf(member.subscription_id)).status).toBe("cancelled");
    expect((await clerk.send("POST", `/${member.subscription_id}/sync`)).body).toMatchObject({
      outcome: "parked",
      reason: "the dues were paid after the subscription had ended",
    });
    await sql("update subscriptions set status = 'expired' where id = $1", [other]);
    expect((await clerk.send("POST", `/${member.subscription_id}/sync`)).body).toMatchObject({
      outcome: "applied",
      status: "active",
      cancel_at_period_end: true,
    });
    expect((await ledgerOf(member)).map(({ cents }) => cents)).toEqual([2500, 2500]);
  });

  test("begin a term that a volunteer can end at once", async () => {
    const member = await paidAfterTheEnd();
    await hear(member.customer);
    expect((await rowOf(member.subscription_id)).status).toBe("active");
    const at_end = await clerk.send("POST", `/${member.subscription_id}/cancel`, {});
    expect([at_end.status, at_end.body.status]).toEqual([200, "active"]);
    const { status, body } = await clerk.send("POST", `/${member.subscription_id}/cancel`, { at_period_end: false });
    expect([status, body.status]).toEqual([200, "cancelled"]);
    expect(await statusOf(member.member)).toBe("inactive");
  });
});
