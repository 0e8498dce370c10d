import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { query } from "../../src/database/query.ts";
import { inQuietHours, outsideQuietHours } from "../../src/mail/quiet-hours.ts";
import { upcomingReminders } from "../../src/reminders/upcoming.ts";
import { users } from "../../src/tables/people.ts";
import { beginningOf, dayAfter, dayIn } from "../harness/days.ts";
import { type MovedClock, movedClock } from "../harness/moved-clock.ts";

const ZONES = ["America/New_York", "Europe/London", "Australia/Sydney"];

/** Days around which clocks change, or months end. */
const ODD_DAYS = [
  "2027-03-14",
  "2027-11-07",
  "2027-03-28",
  "2027-10-31",
  "2027-04-04",
  "2027-10-03",
  "2028-02-29",
  "2028-03-01",
  "2027-03-01",
  "2027-12-31",
  "2027-01-31",
];

let clock: MovedClock;
beforeEach(async () => {
  clock = await movedClock();
}, 60_000);

describe.each(ZONES)("in %s", (zone) => {
  test("reminders are due when a day begins, so many days before the last one, whatever the clocks do", async () => {
    const long_before = sql`'2026-06-01T12:00:00Z'::timestamptz`;
    await clock.moveTo("2026-06-01T12:00:00Z");
    await clock.sql("update organisation_settings set time_zone = $1", [zone]);
    const user_id = await clock.person("active");
    const id = await clock.insert("subscriptions", {
      user_id,
      plan_id: await clock.plan(),
      status: "active",
      billing_cycle: "custom",
      base_subscription_cents: 6000,
      payment_method: "cash",
      current_term_start: "2025-01-01T00:00:00Z",
      current_term_end: "2027-01-01T00:00:00Z",
    });
    const near = fc.tuple(fc.constantFrom(...ODD_DAYS), fc.integer({ min: -2, max: 61 }));
    const minute = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1380 }));
    await fc.assert(
      fc.asyncProperty(near, minute, async ([odd, shift], minutes) => {
        const last = dayAfter(odd, shift);
        // At midnight a term ends with the day before.
        const ends = new Date(
          minutes === 0 ? beginningOf(dayAfter(last, 1), zone) : beginningOf(last, zone).getTime() + minutes * 60_000,
        );
        await clock.sql("update subscriptions set current_term_end = $2 where id = $1", [id, ends]);
        const { items } = await clock
          .context()
          .transact((t) =>
            upcomingReminders(t, { settings: clock.settings, now: long_before, by: sql`'2030-01-01'::timestamptz` }),
          );
        const due = items.filter(({ kind }) => kind === "term_ending").map(({ due_at }) => due_at);
        expect(due).toEqual([60, 30, 14, 7, 0].map((days) => beginningOf(dayAfter(last, -days), zone).toISOString()));
      }),
      { numRuns: 25 },
    );
  });

  test("quiet hours last from 9 PM to 8 AM by the clock there, also on the days when it changes", async () => {
    await clock.person("active", { time_zone: zone });
    const instant = fc
      .tuple(fc.constantFrom(...ODD_DAYS), fc.integer({ min: -24 * 60, max: 48 * 60 }))
      .map(([day, minutes]) => new Date(Date.parse(day) + minutes * 60_000));
    await fc.assert(
      fc.asyncProperty(instant, async (now) => {
        const at = sql`${now.toISOString()}::timestamptz`;
        const [row] = await clock.context().transact((t) =>
          t.many(
            query
              .select({
                quiet: sql<boolean>`${inQuietHours(at)}`,
                until: sql<string>`${outsideQuietHours(at)}`.mapWith(users.created_at),
              })
              .from(users),
          ),
        );
        const hourOf = (of: Date) =>
          Number(new Intl.DateTimeFormat("en", { hour: "numeric", hourCycle: "h23", timeZone: zone }).format(of));
        const hour = hourOf(now);
        expect(row?.quiet).toBe(hour >= 21 || hour < 8);
        if (!row?.quiet) return;
        const until = new Date(row.until);
        expect(hourOf(until)).toBe(8);
        expect(until.getUTCMinutes()).toBe(0);
        expect(dayIn(until, zone)).toBe(hour >= 21 ? dayAfter(dayIn(now, zone), 1) : dayIn(now, zone));
      }),
      { numRuns: 25 },
    );
  });
});
