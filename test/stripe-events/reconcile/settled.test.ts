import { expect, test } from "vitest";
import { ownPlatform } from "../../harness/own-platform.ts";

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

async function reconcile(platform: Platform): Promise<Record<string, unknown>> {
  await platform.fire("17 * * * *");
  return (await platform.lastRun("reconcile"))?.report ?? {};
}

/** A subscription ends while dues are open, and somebody pays them on the invoice's page some days later. */
async function paysAfterTheEnd({ stripe, stripeApi }: Platform, subscription: string, days: number): Promise<void> {
  await stripe.decline({ subscription }, true);
  await stripe.advance(32, subscription);
  const [open] = (await stripeApi.invoices.list({ subscription, status: "open" })).data;
  await stripeApi.subscriptions.cancel(subscription);
  await stripe.advance(days, subscription);
  await stripe.payInvoice(open?.id ?? "");
}

test("a row that differs from Stripe for a reason that we know is not asked about again", {
  timeout: 60_000,
}, async () => {
  const platform = await ownPlatform();
  const { stripe, stripeApi, sql, call } = platform;
  const { token } = await platform.volunteer("settings.audit");
  const monthly = { billing_cycle: "monthly" };
  const [taken, late, too_late] = [
    await platform.payer(monthly),
    await platform.payer(monthly),
    await platform.payer(monthly),
  ];
  const hearAll = async () =>
    stripe.deliver((await stripe.deliveries()).flatMap(({ event_id, delivered }) => (delivered ? [] : [event_id])));
  await hearAll();
  const { customer } = await stripeApi.subscriptions.retrieve(taken.stripe_subscription_id);
  const [charge] = (await stripeApi.charges.list({ customer: String(customer) })).data;
  const { dispute } = await stripe.dispute({ charge: charge?.id ?? "" });
  await stripe.closeDispute(dispute, "lost");
  await paysAfterTheEnd(platform, late.stripe_subscription_id, 1);
  await paysAfterTheEnd(platform, too_late.stripe_subscription_id, 60);
  await hearAll();
  await reconcile(platform);

  /** How often Stripe was asked about them in the meantime. */
  const asked = async () =>
    (await stripe.requests("/v1/subscriptions/sub_")).filter(({ path }) =>
      [taken, late, too_late].some(({ stripe_subscription_id }) => path.endsWith(stripe_subscription_id)),
    ).length;
  const before = await asked();
  // Parked events are tried again in each round. These are gone.
  await stripe.forgetEvents();
  const reason = "the dues were paid after the subscription had ended";
  expect(await reconcile(platform)).toMatchObject({
    repairs: [],
    concerns: [{ object_id: too_late.stripe_subscription_id, reason }],
  });
  expect(await asked()).toBe(before);
  for (const [payer, subscription] of [
    [taken, "past_due"],
    [late, "active"],
    [too_late, "cancelled"],
  ] as const)
    expect(await platform.standingOf(payer)).toMatchObject({ subscription });

  for (const { id } of await sql<{ id: string }>("select id from stripe_events where status = 'parked'"))
    expect((await call("POST", `/api/admin/webhook-events/${id}/dismiss`, { token })).status).toBe(200);
  expect(await reconcile(platform)).toMatchObject({ repairs: [], concerns: [] });
  // What Stripe says later is still noticed: the dispute is won after all.
  await stripe.appealDispute(dispute);
  await stripe.closeDispute(dispute, "won");
  await stripe.forgetEvents();
  await reconcile(platform);
  expect(await platform.standingOf(taken)).toMatchObject({ subscription: "active" });
});
