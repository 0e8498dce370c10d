import { sql as raw } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCents, formattedCents } from "../../src/money/format.ts";
import { MOST_CENTS } from "../../src/stripe/amounts.ts";
import { get, outcome } from "../harness/client.ts";
import { checkout } from "../harness/payments.ts";
import { person } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";

describe("money as people read it", () => {
  test("is the cents again when its digits are read back, whatever the amount", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.maxSafeInteger()), (cents) => {
        const shown = formatCents(cents, "usd");
        expect(shown).toMatch(/^-?\$\d{1,3}(,\d{3})*\.\d\d$/);
        // As integers all the way: the largest amounts have more digits than a float keeps.
        expect(BigInt(shown.replaceAll(/[$,.]/g, ""))).toBe(BigInt(cents));
      }),
      { numRuns: 1000 },
    );
  });

  test("knows every other currency by its sign", () => {
    expect(formatCents(123_456, "eur")).toBe("€1,234.56");
    expect(formatCents(5, "gbp")).toBe("£0.05");
    expect(formatCents(0, "usd")).toBe("$0.00");
    // Where a float would not do: 0.1 + 0.2, and half a cent short of a dollar.
    expect(formatCents(10 + 20, "usd")).toBe("$0.30");
    expect(formatCents(9_007_199_254_740_991, "usd")).toBe("$90,071,992,547,409.91");
  });
});

test("money in a sentence that the database words is the same", async () => {
  const cents = fc.oneof(fc.integer({ min: 0, max: MOST_CENTS }), fc.constantFrom(0, 5, 99, 100, 99_999, MOST_CENTS));
  await fc.assert(
    fc.asyncProperty(cents, fc.constantFrom("usd", "eur", "ron", "czk"), async (amount, currency) => {
      const { sql: text, params } = new PgDialect().sqlToQuery(
        raw`select ${formattedCents(raw`${amount}::int`, currency)} as shown`,
      );
      expect(await sql(text, params)).toEqual([{ shown: formatCents(amount, currency) }]);
    }),
    { numRuns: 50 },
  );
});

describe.concurrent("a member's own subscription", () => {
  const subscription = async (
    { id }: { id: string },
    status: string,
    { age = "1 day", ...columns }: Record<string, unknown> = {},
  ) => {
    const row: Record<string, unknown> = { plan_id: await plan(), ...columns };
    const [made] = await sql<{ id: string }>(
      `insert into subscriptions (user_id, status, plan_id, billing_cycle, base_subscription_cents, current_term_start, current_term_end, created_at)
       values ($1, $2, $3, 'yearly', 6000, '2030-01-01T12:00:00.123Z', '2031-01-01T12:00:00.123Z', now() - $4::interval) returning id`,
      [id, status, row.plan_id, age],
    );
    return made?.id;
  };
  const mine = ({ token }: { token: string }) => get("/api/members/subscription", { token });

  test("is 404 as long as there is none", async () => {
    const answer = await mine(await person("active"));
    expect(outcome(answer)).toEqual([404, "no_subscription"]);
  });

  test("shows amounts in cents, the currency, and instants in UTC", async () => {
    const [member, plan_id] = await Promise.all([person("active"), plan({ name: `Gold ${crypto.randomUUID()}` })]);
    const id = await subscription(member, "active", { plan_id });
    const [{ name }] = (await sql("select name from subscription_plans where id = $1", [plan_id])) as [
      { name: string },
    ];
    expect((await mine(member)).body).toEqual({
      id,
      plan_id,
      plan_name: name,
      status: "active",
      billing_cycle: "yearly",
      base_subscription_cents: 6000,
      donation_cents: 0,
      currency: "usd",
      current_term_start: "2030-01-01T12:00:00.123Z",
      current_term_end: "2031-01-01T12:00:00.123Z",
      cancel_at_period_end: false,
      cancelled_at: null,
      payment_method: "stripe",
      renews: expect.any(Boolean),
      grace_ends_at: null,
      paused_at: null,
      resumes_at: null,
      card_brand: null,
      card_last4: null,
      card_exp_month: null,
      card_exp_year: null,
      renewal: null,
      created_at: expect.stringMatching(/Z$/),
    });
  });

  test.for(["active", "past_due", "paused"])(
    "is the one that is %s rather than a newer one that ended",
    async (status) => {
      const member = await person("active");
      const running = await subscription(member, status, { age: "2 years" });
      await subscription(member, "expired");
      await subscription(member, "cancelled", { age: "1 hour" });
      expect((await mine(member)).body).toMatchObject({ id: running, status });
    },
  );

  test("is the newest when none is running, and a checkout that was just started is the newest", async () => {
    const member = await person("inactive");
    await subscription(member, "expired", { age: "3 years" });
    const newest = await subscription(member, "cancelled", { age: "1 year" });
    await subscription(member, "expired", { age: "2 years" });
    expect((await mine(member)).body.id).toBe(newest);
    await checkout(member, await plan(), 100);
    expect((await mine(member)).body).toMatchObject({ status: "pending", donation_cents: 100, current_term_end: null });
  });

  test("is nobody else's", async () => {
    const [member, other] = await Promise.all([person("active"), person("active")]);
    await subscription(member, "active");
    expect((await mine(other)).status).toBe(404);
  });
});
