import { describe, expect, test } from "vitest";
import { deliver, type HeardMember, hear, heardMember } from "../../harness/heard-member.ts";
import { checkout, inboxOf, payUnheard, stripeApi, subscriptionOf } from "../../harness/payments.ts";
import { sql, stripe } from "../../harness/platform.ts";

/** A member enters a card where the link in our mails leads. Returns its id. */
async function enterCard({ customer }: HeardMember, card: "accepted" | "declined"): Promise<string> {
  const { url } = await stripeApi.billingPortal.sessions.create({ customer });
  await fetch(`${url}/card`, { method: "POST", body: new URLSearchParams({ card }), redirect: "manual" });
  const known = await stripeApi.customers.retrieve(customer);
  return known.deleted ? "" : String(known.invoice_settings.default_payment_method);
}

const chargedAtStripe = async (stripe_subscription_id: string) =>
  (await stripeApi.subscriptions.retrieve(stripe_subscription_id)).default_payment_method;

const shownHere = async ({ subscription_id }: HeardMember) =>
  (await sql("select status, card_last4 from subscriptions where id = $1", [subscription_id]))[0];

/** The changes of its card that Stripe was asked for. */
const cardChanges = async ({ stripe_subscription_id }: HeardMember) =>
  (await stripe.requests(stripe_subscription_id)).filter(
    ({ method, params }) => method === "POST" && JSON.stringify(params).includes("default_payment_method"),
  );

const waitingFor = async ({ customer }: HeardMember) =>
  (await stripe.deliveries(customer)).filter(({ state }) => state === "manual");

describe.concurrent("a card that a member enters in the portal", () => {
  test("is shown here and charged from then on, so that the next dues come in", async () => {
    const paid = await heardMember();
    await stripe.decline({ customer: paid.customer }, true);
    const card = await enterCard(paid, "accepted");
    await hear(paid.customer);
    expect(await chargedAtStripe(paid.stripe_subscription_id)).toBe(card);
    await stripe.advance(32, paid.customer);
    await hear(paid.customer);
    expect(await shownHere(paid)).toEqual({ status: "active", card_last4: "4242" });
    expect(await sql("select from payments where subscription_id = $1", [paid.subscription_id])).toHaveLength(2);

    await enterCard(paid, "declined");
    await hear(paid.customer);
    expect(await shownHere(paid)).toEqual({ status: "active", card_last4: "0002" });
  });

  test("is the one with which Stripe tries again to collect dues that are past due", async () => {
    const paid = await heardMember();
    await stripe.decline({ customer: paid.customer }, true);
    await stripe.advance(32, paid.customer);
    await hear(paid.customer);
    expect(await shownHere(paid)).toMatchObject({ status: "past_due" });
    await enterCard(paid, "accepted");
    await hear(paid.customer);
    await stripe.advance(4, paid.customer);
    await hear(paid.customer);
    expect(await shownHere(paid)).toMatchObject({ status: "active" });
  });

  test("is charged instead of one entered before it, whichever event comes first, and Stripe is told once", async () => {
    const paid = await heardMember();
    await enterCard(paid, "declined");
    await stripe.advance(1, paid.customer);
    const last = await enterCard(paid, "accepted");
    await deliver((await waitingFor(paid)).toReversed());
    await deliver(await stripe.deliveries(paid.customer));
    expect(await chargedAtStripe(paid.stripe_subscription_id)).toBe(last);
    expect(await shownHere(paid)).toEqual({ status: "active", card_last4: "4242" });
    expect(await cardChanges(paid)).toHaveLength(1);
  });

  test("does not take the place of a card that the member paid with in a later checkout", async () => {
    const paid = await heardMember();
    await enterCard(paid, "declined");
    await hear(paid.customer);
    await stripeApi.subscriptions.cancel(paid.stripe_subscription_id);
    await hear(paid.customer);
    await stripe.advance(1, paid.customer);
    const again = await checkout(paid.member, paid.plan_id);
    const [row] = await sql<{ id: string }>("select id from subscriptions where user_id = $1 and status = 'pending'", [
      paid.member.id,
    ]);
    const rejoined = await payUnheard({
      member: paid.member,
      subscription_id: row?.id ?? "",
      session_id: again.body.session_id,
    });
    const card = await chargedAtStripe(rejoined.stripe_subscription_id);
    await hear(paid.customer);
    expect(await chargedAtStripe(rejoined.stripe_subscription_id)).toBe(card);
    expect(await sql("select card_last4 from subscriptions where id = $1 and status = 'active'", [row?.id])).toEqual([
      { card_last4: "4242" },
    ]);
  });

  test("is shown here too if the subscription has no card of its own", async () => {
    const paid = await heardMember();
    await stripeApi.subscriptions.update(paid.stripe_subscription_id, { default_payment_method: "" });
    await enterCard(paid, "declined");
    await hear(paid.customer);
    expect(await shownHere(paid)).toEqual({ status: "active", card_last4: "0002" });
    expect(await chargedAtStripe(paid.stripe_subscription_id)).toBeNull();
  });

  test("that Stripe refuses to charge leaves the old one, and does not keep a payment from being booked", async () => {
    const paid = await heardMember();
    await enterCard(paid, "declined");
    await stripe.fault({
      mode: "refuse",
      match: `${paid.stripe_subscription_id}?\ndefault_payment_method=`,
      count: 100,
    });
    await stripe.advance(32, paid.customer);
    const waiting = await waitingFor(paid);
    await hear(paid.customer);
    const inbox = await inboxOf(waiting.map(({ event_id }) => event_id));
    expect(inbox.filter(({ status }) => status === "parked")).toEqual([]);
    const heard = inbox.filter(({ type }) => type === "customer.updated").map(({ status }) => status);
    expect(heard).toContain("applied");
    expect(await sql("select from payments where subscription_id = $1", [paid.subscription_id])).toHaveLength(2);
    expect(await shownHere(paid)).toEqual({ status: "active", card_last4: "4242" });
  });
});

test("a customer who changed in another way costs no call at Stripe", async () => {
  const paid = await heardMember();
  await stripeApi.customers.update(paid.customer, { phone: "+1 555 0100" });
  const before = await stripe.requests(paid.customer);
  const [event] = (await waitingFor(paid)).filter(({ type }) => type === "customer.updated").slice(-1);
  await deliver(event ? [event] : []);
  expect(await stripe.requests(paid.customer)).toHaveLength(before.length);
  expect(await inboxOf([event?.event_id ?? ""])).toMatchObject([{ status: "ignored" }]);
  expect(await subscriptionOf(paid.member)).toMatchObject({ status: "active" });
});
