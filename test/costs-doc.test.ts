import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { PRICES, SIZES } from "../cli/cost-assumptions.ts";
import {
  cheapestPlan,
  costsOf,
  cronMinutes,
  hoursAwake,
  hoursOfCrons,
  minutesAwake,
  stripeFees,
  usageOf,
} from "../cli/cost-model.ts";
import { COSTS_DOC, describeCosts } from "../cli/costs.ts";

/** Nobody comes, and nothing happens but the crons. */
const NOTHING = {
  ...usageOf(0),
  visits: 0,
  requests: 0,
  images: 0,
  webhooks: 0,
  trips: 0,
  cpu_ms: 0,
};

test("docs/costs.md says what the assumptions come to: npm run docs:costs writes it", async () => {
  expect(await readFile(COSTS_DOC, "utf8")).toBe(describeCosts());
});

describe("the database", () => {
  test("is awake for five minutes after each cron, and crons close together count once", () => {
    expect(minutesAwake([], 0)).toBe(0);
    expect(minutesAwake([17, 77], 0)).toBe(10);
    expect(minutesAwake([197, 200, 220], 0)).toBe(8 + 5);
    expect(
      minutesAwake(
        Array.from({ length: 1440 }, (_, minute) => minute),
        0,
      ),
    ).toBe(1440);
  });

  test("is woken 25 times a day by the crons, and sleeps the rest of the time when nobody comes", () => {
    expect(cronMinutes()).toHaveLength(25);
    expect(hoursAwake(NOTHING)).toBeCloseTo(hoursOfCrons(), 6);
  });

  test("is awake longer the more people come, and never longer than a month", () => {
    const hours = [...SIZES, 10_000_000].map((people) => hoursAwake(usageOf(people)));
    expect(hours).toEqual([...hours].sort((a, b) => a - b));
    expect(hours.at(-1)).toBeLessThanOrEqual(24 * 30.4);
  });
});

describe("a month", () => {
  test("without people costs what the plan of Workers and the crons cost", () => {
    const { neon_compute, total, ...others } = costsOf(NOTHING);
    expect(neon_compute).toBeCloseTo(hoursOfCrons() * 0.25 * PRICES.neon.compute_unit_hour, 6);
    expect(total).toBeCloseTo(PRICES.workers.monthly + neon_compute, 6);
    expect(Object.values(others).filter((dollars) => dollars > 0)).toEqual([PRICES.workers.monthly]);
  });

  test("is billed for what is above the included amounts: Cloudflare's own example", () => {
    // https://developers.cloudflare.com/workers/platform/pricing/#example-1
    const usage = { ...NOTHING, requests: 15_000_000, cpu_ms: 15_000_000 * 7 };
    expect(costsOf(usage).workers).toBeCloseTo(8, 6);
  });

  test("is rounded up to whole GB and millions by R2", () => {
    expect(costsOf({ ...NOTHING, images: 10_000_001 }).r2).toBeCloseTo(PRICES.r2.class_b.per_million, 6);
  });

  test("with more mails on one day than a plan sends takes the next plan", () => {
    const plans = PRICES.resend.plans;
    expect(cheapestPlan(plans, { ...NOTHING, bulk_mails: 100 }).name).toBe("Free");
    expect(cheapestPlan(plans, { ...NOTHING, bulk_mails: 101 })).toEqual({ name: "Pro", dollars: 20 });
    // Resend's own example: 51,415 mails cost two more buckets of a thousand.
    expect(cheapestPlan(plans, { ...NOTHING, bulk_mails: 51_415 }).dollars).toBeCloseTo(21.8, 6);
  });

  test("of ten payments of $30 costs Stripe's share of each", () => {
    const { paid, fees } = stripeFees({ ...NOTHING, payments: { dues: 10, donations: 0 } });
    expect(paid).toBe(300);
    expect(fees).toBeCloseTo(10 * 0.3 + 300 * (0.029 + 0.007), 6);
  });
});
