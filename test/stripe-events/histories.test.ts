import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkHistories, histories } from "../harness/money-histories.ts";
import { checkOrders } from "../harness/money-orders.ts";
import { moneyPlatform } from "../harness/money-platform.ts";

// Samples of what test/exhaustive runs in full.

test("money is the same, in whichever order we hear of it", { timeout: 60_000 }, async () => {
  const orders = await checkOrders(await moneyPlatform(), {
    purpose: "dues",
    means: "card",
    happenings: ["renew", "refund_part", "cancel_now"],
    types: ["checkout.session.completed", "invoice.paid", "charge.refunded", "customer.subscription.deleted"],
  });
  expect(orders).toBe(24);
});

test("money is the same, whatever we hear of it", { timeout: 60_000 }, async () => {
  await checkHistories(await moneyPlatform(), fc.sample(histories({ minLength: 3, maxLength: 8 }), 6));
});
