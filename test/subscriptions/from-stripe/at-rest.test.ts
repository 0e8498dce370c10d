import { describe, expect, test, vi } from "vitest";
import { outcome } from "../../harness/client.ts";
import { type HeardMember, hear, heardMember } from "../../harness/heard-member.ts";
import { checkout, startedCheckout, stripeApi, subscriptionsOf } from "../../harness/payments.ts";
import { plan } from "../../harness/plans.ts";
import { sql, stripe } from "../../harness/platform.ts";
import { rowOf, statusOf, treasurer } from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.pause", "subscriptions.cancel", "subscriptions.edit");
const sync = (id: string) => clerk.send("POST", `/${id}/sync`);

/** Their renewal fails, and Stripe pauses the subscription, as the account asks for. */
async function failedRenewal(policy: "pause_first" | "pause_first_and_resume" | "pause_final"): Promise<HeardMember> {
  const member = await heardMember();
  await stripe.paymentFailures(policy, member.stripe_subscription_id);
  await stripe.decline({ customer: member.customer }, true);
  await stripe.advance(32, member.customer);
  if (policy === "pause_final") await stripe.advance(20, member.customer);
  return member;
}

const atStripe = ({ stripe_subscription_id }: HeardMember) => stripeApi.subscriptions.retrieve(stripe_subscription_id);
const invoicesOf = async ({ stripe_subscription_id }: HeardMember) =>
  (await stripeApi.invoices.list({ subscription: stripe_subscription_id })).data;

/** The grace period is over, or the term that was paid for. */
const lapse = ({ subscription_id }: HeardMember) =>
  sql("update subscriptions set grace_ends_at = now() - interval '1 minute' where id = $1", [subscription_id]);

describe.concurrent("a subscription that Stripe paused because dues were not paid", () => {
  test.for(["pause_first", "pause_final"] as const)("is past due, with a grace period (%s)", async (policy) => {
    const member = await failedRenewal(policy);
    await hear(member.customer);
    expect((await atStripe(member)).status).toBe("paused");
    const row = await rowOf(member.subscription_id);
    expect(row).toMatchObject({ status: "past_due", paused_at: null });
    expect(row.grace_ends_at?.getTime()).toBe((row.current_term_end?.getTime() ?? 0) + 14 * 86_400_000);
    expect((await sync(member.subscription_id)).body).toMatchObject({ status: "past_due", changes: [] });
  });

  test("is no pause that a volunteer could end: that would bill a new term, and leave the old dues open", async () => {
    const member = await failedRenewal("pause_first");
    await hear(member.customer);
    // Stripe's clock is ahead of ours: here, the term is over too.
    await sql(
      "update subscriptions set current_term_end = now() - interval '1 day', current_term_start = now() - interval '31 days' where id = $1",
      [member.subscription_id],
    );
    const refused = await clerk.send("POST", `/${member.subscription_id}/resume`, {});
    expect(outcome(refused)).toEqual([409, "nothing_to_resume"]);
    expect(refused.body).toMatchObject({
      detail:
        "This subscription is past due, not paused. It goes on when its dues are paid: the member can pay them in the billing portal.",
    });
    expect(await invoicesOf(member)).toHaveLength(2);
  });

  test("is not ended, nor sold again, if its dues come in while a new checkout ends it", async () => {
    const member = await failedRenewal("pause_final");
    await hear(member.customer);
    await lapse(member);
    const plan_id = await plan({ billing_cycle: "monthly", price_cents: 2000 });
    const [open] = await invoicesOf(member);
    const { stripe_subscription_id } = member;
    await stripe.fault({ mode: "delay", ms: 1500, match: `${stripe_subscription_id}?cancellation_details` });
    const asking = checkout(member.member, plan_id);
    await vi.waitFor(
      async () =>
        expect((await stripe.requests(stripe_subscription_id)).map(({ method }) => method)).toContain("DELETE"),
      { timeout: 10_000 },
    );
    // A smart retry succeeds, or they pay on the invoice's page.
    await stripe.payInvoice(open?.id ?? "");
    const refused = await asking;
    expect(outcome(refused)).toEqual([409, "already_subscribed"]);
    expect(refused.body).toMatchObject({ detail: expect.stringContaining("Your dues have just come in") });
    const paid = await rowOf(member.subscription_id);
    expect(paid).toMatchObject({ status: "active", cancel_at_period_end: true });
    expect(paid.current_term_end?.getTime()).toBe((open?.lines.data[0]?.period.end ?? 0) * 1000);
    await hear(member.customer);
    expect(await rowOf(member.subscription_id)).toMatchObject({ status: "active", cancel_at_period_end: true });
    expect(await statusOf(member.member)).toBe("active");
  });

  test("no longer makes a member after that: they can then pay for a new one, and pay once", async () => {
    const member = await failedRenewal("pause_final");
    await hear(member.customer);
    const plan_id = await plan({ billing_cycle: "monthly", price_cents: 2000 });
    expect(outcome(await checkout(member.member, plan_id))).toEqual([409, "already_subscribed"]);
    await lapse(member);
    const { status, body } = await checkout(member.member, plan_id);
    expect(status).toBe(200);
    expect((await atStripe(member)).status).toBe("canceled");
    expect((await invoicesOf(member)).map((invoice) => invoice.status)).toEqual(["void", "paid"]);
    await stripe.pay(body.session_id, { email: member.member.email });
    await hear(member.customer);
    expect((await subscriptionsOf(member.member)).map((row) => row.status)).toEqual(["cancelled", "active"]);
    expect(await statusOf(member.member)).toBe("active");
  });

  test("goes on when the dues are paid on the invoice's page and the account resumes by itself", async () => {
    const member = await failedRenewal("pause_first_and_resume");
    await hear(member.customer);
    const [invoice] = await invoicesOf(member);
    await stripe.payInvoice(invoice?.id ?? "");
    await hear(member.customer);
    expect(await rowOf(member.subscription_id)).toMatchObject({ status: "active", grace_ends_at: null });
  });

  test("lasts for the term that was paid on the invoice's page, where the account does not resume it", async () => {
    const member = await failedRenewal("pause_first");
    await hear(member.customer);
    const [invoice] = await invoicesOf(member);
    await stripe.payInvoice(invoice?.id ?? "");
    await hear(member.customer);
    const row = await rowOf(member.subscription_id);
    expect(row.status).toBe("paused");
    expect(row.grace_ends_at).toEqual(row.current_term_end);
    expect(row.current_term_end?.getTime()).toBe((invoice?.lines.data[0]?.period.end ?? 0) * 1000);
  });
});

describe.concurrent("a subscription that its member paused in the portal", () => {
  async function paused(): Promise<HeardMember> {
    const member = await heardMember();
    await stripe.pause(member.stripe_subscription_id);
    await hear(member.customer);
    return member;
  }

  test("makes a member only until the paid term is over", async () => {
    const member = await paused();
    const { body } = await sync(member.subscription_id);
    expect(body).toMatchObject({ status: "paused", renews: false, changes: [] });
    expect(body.grace_ends_at).toBe(body.current_term_end);
    expect(await statusOf(member.member)).toBe("active");
    await stripe.advance(40, member.customer);
    await lapse(member);
    expect((await checkout(member.member, await plan())).status).toBe(200);
    expect((await atStripe(member)).status).toBe("canceled");
  });

  test("ends with the paid term when a volunteer cancels it, and can be kept", async () => {
    const member = await paused();
    const { current_term_end } = await rowOf(member.subscription_id);
    const ended = await clerk.send("POST", `/${member.subscription_id}/cancel`, {});
    expect(ended.body).toMatchObject({ status: "paused", cancel_at_period_end: true });
    expect(new Date(ended.body.current_term_end ?? "")).toEqual(current_term_end);
    const kept = await clerk.send("POST", `/${member.subscription_id}/resume`, { undo: "cancellation" });
    expect(kept.body).toMatchObject({ status: "paused", cancel_at_period_end: false });
  });

  test("is resumed in its term, which is not paid again", async () => {
    const member = await paused();
    const answer = await clerk.send("POST", `/${member.subscription_id}/resume`, {});
    expect(answer.body).toMatchObject({ status: "active", renews: true, grace_ends_at: null });
    expect(await invoicesOf(member)).toHaveLength(1);
    await stripe.advance(32, member.customer);
    await hear(member.customer);
    expect((await invoicesOf(member)).map(({ amount_paid }) => amount_paid)).toEqual([2500, 2500]);
  });

  test("begins a new term when it is resumed after its term, and says so if that cannot be paid", async () => {
    const member = await paused();
    await sql(
      "update subscriptions set current_term_end = now() - interval '1 day', current_term_start = now() - interval '31 days' where id = $1",
      [member.subscription_id],
    );
    await stripe.advance(40, member.customer);
    await stripe.decline({ customer: member.customer }, true);
    const refused = await clerk.send("POST", `/${member.subscription_id}/resume`, {});
    expect(outcome(refused)).toEqual([409, "not_resumed"]);
    expect((await atStripe(member)).status).toBe("paused");
    const [invoice] = await invoicesOf(member);
    await stripe.payInvoice(invoice?.id ?? "");
    await hear(member.customer);
    const row = await rowOf(member.subscription_id);
    expect(row).toMatchObject({ status: "active", grace_ends_at: null });
    expect(row.current_term_end?.getTime()).toBe((invoice?.lines.data[0]?.period.end ?? 0) * 1000);
  });

  test("begins a new term when it is resumed after its term, and says so while a bank is being asked", async () => {
    const attempt = await startedCheckout({ columns: { billing_cycle: "monthly", price_cents: 2000 } });
    const { member: somebody, session_id, subscription_id } = attempt;
    for (const match of [somebody.email, subscription_id]) await stripe.deliveryMode("manual", match);
    await stripe.pay(session_id, { email: somebody.email, later: true });
    await stripe.settle(session_id, true);
    const { customer, subscription } = await stripeApi.checkout.sessions.retrieve(session_id);
    await stripe.deliveryMode("manual", String(customer));
    await stripe.pause(String(subscription));
    await hear(somebody.email);
    await hear(String(customer));
    await sql(
      "update subscriptions set current_term_end = now() - interval '1 day', current_term_start = now() - interval '31 days' where id = $1",
      [subscription_id],
    );
    await stripe.advance(40, String(customer));
    const refused = await clerk.send("POST", `/${subscription_id}/resume`, {});
    expect(outcome(refused)).toEqual([409, "payment_in_progress"]);
    expect(refused.body).toMatchObject({ detail: expect.stringContaining("The bank is processing the dues") });
    expect((await rowOf(subscription_id)).status).toBe("paused");
    const [invoice] = (await stripeApi.invoices.list({ subscription: String(subscription) })).data;
    await stripe.settleInvoice(invoice?.id ?? "", true);
    await hear(String(customer));
    expect(await rowOf(subscription_id)).toMatchObject({ status: "active", grace_ends_at: null });
  });
});
