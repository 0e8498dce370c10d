import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DonationStats } from "../../src/donations/admin/figures-schemas.ts";
import type { Donation } from "../../src/donations/admin/schemas.ts";
import type { Subscription } from "../../src/subscriptions/admin/schemas.ts";
import { outcome, pathsOf, refusal } from "../harness/client.ts";
import { beginningOf, dayAfter, dayIn } from "../harness/days.ts";
import { handedOver } from "../harness/donations.ts";
import { untilMails } from "../harness/mailbox.ts";
import { anyEmail } from "../harness/people.ts";
import { inDays } from "../harness/subscriptions.ts";
import { platformIn, ZONES } from "../harness/zones.ts";

interface Listed {
  items: { id: string }[];
}

describe("a check that was received in Chicago at half past eight on New Year's Eve", () => {
  test("belongs to that day, month and year", async () => {
    const { send } = await platformIn("America/Chicago");
    const donor_email = anyEmail("donor");
    const check = handedOver({ donor_email, payment_method: "cheque", received_at: "2025-12-31T20:30:00-06:00" });
    const { status, body } = await send<Donation>("POST", "donations", check);
    expect([status, body.paid_at]).toEqual([201, "2026-01-01T02:30:00.000Z"]);
    expect((await untilMails(donor_email))[0]?.text).toContain("Date: December 31, 2025\n");

    const figures = async (period: string) => (await send<DonationStats>("GET", `donations/stats?${period}`)).body;
    expect((await figures("from=2025-01-01&to=2025-12-31")).received_cents).toBe(check.amount_cents);
    expect((await figures("from=2026-01-01&to=2026-12-31")).received_cents).toBe(0);
    const months = (await figures("from=2025-12-01&to=2026-01-31")).by_month;
    expect(months.map(({ month, received_cents }) => [month, received_cents])).toEqual([
      ["2025-12", check.amount_cents],
      ["2026-01", 0],
    ]);

    const listed = async (filters: string) =>
      (await send<Listed>("GET", `donations?dated_by=paid&${filters}`)).body.items.length;
    expect(await listed("from=2025-12-31&to=2025-12-31")).toBe(1);
    expect(await listed("to=2025-12-30")).toBe(0);
    expect(await listed("from=2026-01-01")).toBe(0);
  });
});

test("figures count money in the month that a clock there shows, whatever the zone and the instant", async () => {
  const { sql, moveTo, send } = await platformIn("UTC");
  const month = fc.constantFrom("2101-01", "2101-03", "2101-04", "2101-10", "2101-11", "2102-01");
  const HOUR = 3_600_000;
  const shift = fc.oneof(fc.constantFrom(-1, 0, 1, -HOUR, HOUR), fc.integer({ min: -30 * HOUR, max: 30 * HOUR }));
  const moments = fc.array(fc.tuple(month, shift), { minLength: 6, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ZONES), moments, async (zone, near) => {
      await moveTo(zone);
      const paid = near.map(([name, ms], index) => ({
        id: randomUUID(),
        cents: 2 ** index,
        paid_at: new Date(beginningOf(`${name}-01`, zone).getTime() + ms),
      }));
      await sql(
        `insert into donations (id, donation_type, amount_cents, status, completed_at)
         select id, 'public', 1, 'completed', now() from unnest($1::uuid[]) as id`,
        [paid.map(({ id }) => id)],
      );
      await sql(
        `insert into payments (donation_id, donation_cents, paid_at)
         select * from unnest($1::uuid[], $2::int[], $3::timestamptz[])`,
        [paid.map(({ id }) => id), paid.map(({ cents }) => cents), paid.map(({ paid_at }) => paid_at.toISOString())],
      );
      const { body } = await send<DonationStats>("GET", "donations/stats?from=2100-12-01&to=2102-02-28");
      await sql("delete from payments");
      await sql("delete from donations");
      expect(body.by_month.map(({ month: name, received_cents }) => [name, received_cents])).toEqual(
        body.by_month.map(({ month: name }) => [
          name,
          paid.reduce((sum, { paid_at, cents }) => sum + (dayIn(paid_at, zone).startsWith(name) ? cents : 0), 0),
        ]),
      );
      expect(body.received_cents).toBe(2 ** paid.length - 1);
    }),
    { numRuns: 15 },
  );
});

test("figures cover the months up to today, as the calendar there shows it", async () => {
  const { moveTo, send } = await platformIn("UTC");
  // Between these two it is never the same day.
  for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
    await moveTo(zone);
    for (const room of ["donations", "subscriptions"]) {
      const { body } = await send<DonationStats>("GET", `${room}/stats`);
      expect([body.to, body.by_month.length]).toEqual([dayIn(new Date(), zone), 12]);
    }
    const { headers } = await send("GET", "donations/export");
    expect(headers.get("Content-Disposition")).toContain(`donations-${dayIn(new Date(), zone)}.csv`);
  }
});

describe("a date without a time", () => {
  const ZONE = "Asia/Kolkata";

  test("is the day there on which money came in, and not a day in the future", async () => {
    const { send } = await platformIn(ZONE);
    const donor_email = anyEmail("donor");
    const body = handedOver({ donor_email, received_at: "2026-03-01" });
    const answer = await send<Donation>("POST", "donations", body);
    expect(answer.body.paid_at).toBe("2026-03-01T06:30:00.000Z");
    expect((await untilMails(donor_email))[0]?.text).toContain("Date: March 1, 2026\n");
    // The same moment in other words is the same donation.
    const again = await send<Donation>("POST", "donations", { ...body, received_at: "2026-03-01T01:30:00-05:00" });
    expect([again.status, again.body.id]).toEqual([201, answer.body.id]);
    expect(outcome(await send("POST", "donations", { ...body, received_at: "2026-03-02" }))).toEqual([
      409,
      "donation_exists",
    ]);

    const today = dayIn(new Date(), ZONE);
    expect((await send("POST", "donations", handedOver({ received_at: today }))).status).toBe(201);
    const tomorrow = await send("POST", "donations", handedOver({ received_at: dayAfter(today, 1) }));
    expect(refusal(tomorrow)).toEqual([
      400,
      "invalid_input",
      [{ path: "received_at", message: "must not be in the future" }],
    ]);
  });

  test("stays that day of money when the organization moves to a zone some hours away", async () => {
    const { send, moveTo } = await platformIn("America/New_York");
    await send("POST", "donations", handedOver({ amount_cents: 1200, received_at: "2026-01-01" }));
    const year = async (of: number) =>
      (await send<{ net_cents: number }>("GET", `donations/stats?from=${of}-01-01&to=${of}-12-31`)).body.net_cents;
    for (const zone of ["America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Europe/Madrid"]) {
      await moveTo(zone);
      expect([zone, await year(2025), await year(2026)]).toEqual([zone, 0, 1200]);
    }
  });

  test("is the first and the last day of a term that is recorded, and of what its mail says", async () => {
    const { person, plan, send, sql } = await platformIn(ZONE);
    const [member, plan_id, today] = [await person("inactive"), await plan(), dayIn(new Date(), ZONE)];
    const term = {
      id: randomUUID(),
      user_id: member.id,
      plan_id,
      payment_method: "cash",
      paid_at: "2026-01-15",
      term_start: "2026-01-16",
      term_end: "2090-12-31",
    };
    const { status, body } = await send<Subscription>("POST", "subscriptions", term);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      current_term_start: "2026-01-15T18:30:00.000Z",
      current_term_end: "2090-12-31T18:30:00.000Z",
      payments: [{ paid_at: "2026-01-15T06:30:00.000Z" }],
    });
    expect((await untilMails(member.email))[0]?.text).toMatch(
      /Date: January 15, 2026\n[\s\S]*Paid until: December 31, 2090\n/,
    );
    // Asked again, it is the same term.
    expect((await send("POST", "subscriptions", term)).status).toBe(201);
    expect(await sql("select id from payments where user_id = $1", [member.id])).toHaveLength(1);

    const other = { ...term, id: randomUUID(), user_id: (await person("inactive")).id };
    const of_one_day = { ...other, term_start: today, term_end: today };
    expect((await send("POST", "subscriptions", of_one_day)).status).toBe(201);
    for (const [wrong, path] of [
      [{ paid_at: dayAfter(today, 1) }, "paid_at"],
      [{ term_start: today, term_end: dayAfter(today, -1) }, "term_end"],
      [{ term_start: today, term_end: beginningOf(today, ZONE).toISOString() }, "term_end"],
    ] as const)
      expect(pathsOf(await send("POST", "subscriptions", { ...other, ...wrong }))).toEqual([path]);
  });

  test("is the last day of a term or a grace period, and the first day after a pause", async () => {
    const { person, plan, send, sql } = await platformIn(ZONE);
    const [member, plan_id] = [await person("inactive"), await plan()];
    const term = { id: randomUUID(), user_id: member.id, plan_id, payment_method: "cash", term_end: "2089-12-31" };
    await send("POST", "subscriptions", term);
    const path = `subscriptions/${term.id}`;
    const longer = await send<Subscription>("PUT", path, { current_term_end: "2090-12-31" });
    expect(longer.body.current_term_end).toBe("2090-12-31T18:30:00.000Z");

    const day = dayIn(inDays(30), ZONE);
    const paused = await send<Subscription>("POST", `${path}/pause`, { resumes_at: day });
    expect(paused.body.resumes_at).toBe(beginningOf(day, ZONE).toISOString());
    await send("POST", `${path}/resume`, {});
    const today = dayIn(new Date(), ZONE);
    expect(pathsOf(await send("POST", `${path}/pause`, { resumes_at: today }))).toEqual(["resumes_at"]);

    await sql("update subscriptions set status = 'past_due', grace_ends_at = now() where id = $1", [term.id]);
    const { body } = await send<Subscription>("PUT", path, { grace_ends_at: today });
    expect(body.grace_ends_at).toBe(beginningOf(dayAfter(today, 1), ZONE).toISOString());
    expect(pathsOf(await send("PUT", path, { grace_ends_at: dayAfter(today, -1) }))).toEqual(["grace_ends_at"]);
  });

  test("in a filter for term ends finds the terms that have their last day in it", async () => {
    const { person, plan, send } = await platformIn("Pacific/Auckland");
    const plan_id = await plan();
    const record = async (term_end: string) => {
      const id = randomUUID();
      const user_id = (await person("inactive")).id;
      await send("POST", "subscriptions", { id, user_id, plan_id, payment_method: "cash", term_end });
      return id;
    };
    const before = await record("2090-11-30");
    const first = await record("2090-12-01");
    const last = await record("2090-12-31");
    const after = await record("2091-01-01");
    const found = async (filters: string) =>
      (await send<Listed>("GET", `subscriptions?sort=term_end&${filters}`)).body.items.map(({ id }) => id);
    expect(await found("term_end_from=2090-12-01&term_end_to=2090-12-31")).toEqual([first, last]);
    expect(await found("term_end_to=2090-11-30")).toEqual([before]);
    expect(await found("term_end_from=2091-01-01")).toEqual([after]);
    // Midnight in Auckland in the words of another zone: from then on, and before then.
    expect(await found("term_end_from=2090-12-31T16:30:00%2B05:30")).toEqual([last, after]);
    expect(await found("term_end_to=2090-12-31T11:00:00Z")).toEqual([before, first]);
  });

  test("in a filter of the audit log or of Stripe's events covers that day there", async () => {
    const { insert, send } = await platformIn("Pacific/Auckland");
    const instants = [
      "2026-02-28T10:59:59.999Z",
      "2026-02-28T11:00:00Z",
      "2026-03-01T10:59:59.999Z",
      "2026-03-01T11:00:00Z",
    ];
    for (const created_at of instants) {
      await insert("audit_log", { action: "test.done", subject_type: "test", created_at });
      await insert("stripe_events", {
        id: `evt_${randomUUID()}`,
        type: "invoice.paid",
        status: "applied",
        stripe_created_at: created_at,
        created_at,
      });
    }
    for (const path of ["audit-log?action=test.done", "webhook-events?type=invoice.paid"]) {
      const found = async (filters: string) => (await send<{ total: number }>("GET", `${path}&${filters}`)).body.total;
      expect(await found("from=2026-03-01&to=2026-03-01"), path).toBe(2);
      expect(await found("to=2026-02-28"), path).toBe(1);
      expect(await found("from=2026-03-02"), path).toBe(1);
    }
  });
});
