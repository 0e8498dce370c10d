import { expect, test } from "vitest";
import { ownPlatform } from "../../harness/own-platform.ts";

test("a card whose event was lost is charged from the next round on; one that Stripe refuses is told of, and tried again", {
  timeout: 60_000,
}, async () => {
  const platform = await ownPlatform();
  const { stripe, stripeApi, sql, fire, lastRun } = platform;
  const reconcile = async () => {
    await fire("17 * * * *");
    return (await lastRun("reconcile"))?.report ?? {};
  };
  const [refused, lost, gone] = [await platform.payer(), await platform.payer(), await platform.payer()];
  const customerOf = async ({ stripe_subscription_id: id }: { stripe_subscription_id: string }) =>
    String((await stripeApi.subscriptions.retrieve(id)).customer);
  await stripeApi.customers.del(await customerOf(gone));
  await reconcile();
  for (const payer of [refused, lost]) {
    const { url } = await stripeApi.billingPortal.sessions.create({ customer: await customerOf(payer) });
    await fetch(`${url}/card`, { method: "POST", body: new URLSearchParams({ card: "declined" }), redirect: "manual" });
  }
  await stripe.forgetEvents();

  const { stripe_subscription_id: id } = refused;
  const changes = async () =>
    (await stripe.requests("/v1/subscriptions/sub_")).filter(({ method }) => method === "POST").length;
  await stripe.fault({ mode: "refuse", match: `${id}?\ndefault_payment_method=`, count: 100 });
  const reason = "Stripe did not accept the card that the member entered last. See new_card_not_charged in the log.";
  expect(await reconcile()).toMatchObject({ concerns: [{ kind: "subscription", object_id: id, reason }], next: null });
  const shown = async () =>
    Object.fromEntries(
      (
        await sql<{ id: string; last4: string }>(
          "select stripe_subscription_id as id, card_last4 as last4 from subscriptions where status = 'active'",
        )
      ).map((row) => [row.id, row.last4]),
    );
  expect(await shown()).toEqual({ [id]: "4242", [lost.stripe_subscription_id]: "0002" });

  await stripe.clearFaults();
  expect(await reconcile()).toMatchObject({ concerns: [] });
  expect(await shown()).toEqual({ [id]: "0002", [lost.stripe_subscription_id]: "0002" });
  const before = await changes();
  expect(before).toBe(3);
  expect(await reconcile()).toMatchObject({ concerns: [] });
  expect(await changes()).toBe(before);
});
