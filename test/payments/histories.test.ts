import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkHistories, checkOrders, histories } from "../harness/money-histories.ts";
import { ownPlatform } from "../harness/own-platform.ts";

/** A sample of what test/exhaustive/money-histories.test.ts runs in full. */

test("histories of money converge, whatever we hear of them, and when", { timeout: 60_000 }, async () => {
  const platform = await ownPlatform();
  await checkHistories(platform, fc.sample(histories(10), 10));
});

test("a story of dues is the same in every order of its events", { timeout: 60_000 }, async () => {
  const platform = await ownPlatform();
  const orders = await checkOrders(platform, {
    purpose: "dues",
    happenings: ["renew", "refund_part", "cancel_now"],
    types: ["checkout.session.completed", "invoice.paid", "charge.refunded", "customer.subscription.deleted"],
  });
  expect(orders).toBe(24);
});
