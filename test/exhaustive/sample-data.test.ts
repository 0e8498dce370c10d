import { expect, test } from "vitest";
import { contextOf } from "../../cli/job-context.ts";
import { readSettings } from "../../src/env.ts";
import { reconcile } from "../../src/stripe-events/reconcile/run.ts";
import { samplePlatform } from "../harness/sample-platform.ts";

const DAYS = 800;

test("every day of the sample data's two years is explained, and reconciliation repairs nothing", async () => {
  const { all_vars, sql } = await samplePlatform();
  const since = new Date(Date.now() - DAYS * 86_400_000);
  const report = await reconcile(contextOf(readSettings(all_vars), new Date()), { since });
  expect(report).toMatchObject({ repairs: [], concerns: [], unexplained: 0, customers_updated: 0, next: null });
  const [ours] = await sql(
    "select sum(base_subscription_cents + donation_cents)::int as cents from ledger where payment_method = 'stripe'",
  );
  const total = (key: "ours_cents" | "stripe_cents") => report.days.reduce((cents, day) => cents + day[key], 0);
  expect({ cents: total("ours_cents") }).toEqual(ours);
  expect({ cents: total("stripe_cents") }).toEqual(ours);
  expect(report.days.length).toBeGreaterThan(100);
});
