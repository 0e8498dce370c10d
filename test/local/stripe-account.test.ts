import { expect, test } from "vitest";
import { ownStripe } from "./own-stripe.ts";

const { stripe } = await ownStripe();

test("a webhook endpoint shows its secret once, when it is made", async () => {
  const made = await stripe.webhookEndpoints.create({
    url: "https://api.loaf.test/hook",
    enabled_events: ["charge.refunded"],
  });
  expect(made.secret).toMatch(/^whsec_\w{32}$/);
  const { secret: _, ...shown } = made;
  expect(await stripe.webhookEndpoints.retrieve(made.id)).toEqual(shown);
  const changed = await stripe.webhookEndpoints.update(made.id, { disabled: true, enabled_events: ["invoice.paid"] });
  expect(changed).toMatchObject({ status: "disabled", enabled_events: ["invoice.paid"] });
  await expect(stripe.webhookEndpoints.update(made.id, { api_version: "2026-10-28.endive" } as never)).rejects.toThrow(
    "unknown parameter",
  );
  await stripe.webhookEndpoints.del(made.id);
  expect((await stripe.webhookEndpoints.list()).data).toEqual([]);
});

test("the portal's default settings can be changed, and what is not named stays", async () => {
  const [saved] = (await stripe.billingPortal.configurations.list({ is_default: true })).data;
  const changed = await stripe.billingPortal.configurations.update(saved?.id ?? "", {
    features: {
      customer_update: { enabled: true, allowed_updates: ["phone"] },
      subscription_update: { enabled: false },
    },
  });
  expect(changed.features).toEqual({
    ...saved?.features,
    customer_update: { enabled: true, allowed_updates: ["phone"] },
  });
  expect((await stripe.billingPortal.configurations.list({ is_default: false })).data).toEqual([]);
});
