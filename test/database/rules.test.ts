import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UserStatus } from "../../src/people/schemas.ts";
import { STATUS_FLOW } from "../../src/people/status.ts";
import { userrole, userstatus } from "../../src/tables/people.ts";
import { outcome, put } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { database, insert, sql } from "../harness/platform.ts";

const UNIQUE = "23505";
const CHECK = "23514";
const FOREIGN_KEY = "23503";
const MISSING = "23502";

describe.concurrent("a guard", () => {
  test("raises its status as SQLSTATE, its sentence as the message, and its code as the detail", async () => {
    for (const status of [400, 401, 403, 404, 409])
      await expect(sql("select ensure(false, $1, 'no_such_thing', 'There is none.')", [status])).rejects.toMatchObject({
        code: `LF${status}`,
        message: "There is none.",
        detail: "no_such_thing",
      });
  });

  test("holds only for what is true: what is unknown does not", async () => {
    await expect(sql("select ensure(null, 404, 'unknown', 'Unknown.')")).rejects.toMatchObject({ code: "LF404" });
    expect(await sql("select ensure(true, 404, 'fine', 'Fine.') is null as nothing")).toHaveLength(1);
  });

  test("undoes what stood before it in its transaction", async () => {
    const client = await database.connect();
    const { id } = await person();
    try {
      await client.query("begin");
      await client.query("update users set bio = 'changed' where id = $1", [id]);
      await expect(client.query("select ensure(false, 409, 'too_late', 'Too late.')")).rejects.toMatchObject({
        code: "LF409",
      });
      await client.query("rollback");
    } finally {
      client.release();
    }
    expect(await sql("select bio from users where id = $1", [id])).toEqual([{ bio: null }]);
  });
});

describe.concurrent("a member has one running subscription, and one that is being paid for", () => {
  const RUNNING = ["active", "past_due", "paused"];
  const subscribe = (user_id: string, plan_id: string, status: string) =>
    sql(
      "insert into subscriptions (user_id, plan_id, status, billing_cycle, base_subscription_cents, current_term_end) values ($1, $2, $3, 'yearly', 100, now() + interval '1 year')",
      [user_id, plan_id, status],
    );

  test("whatever the statuses of two; those that ended do not count", async () => {
    const plan_id = await plan();
    for (const first of ["pending", ...RUNNING, "cancelled", "expired"])
      for (const second of ["pending", "active", "expired"]) {
        const collide = first === "pending" ? second === "pending" : RUNNING.includes(first) && second === "active";
        const { id } = await person();
        await subscribe(id, plan_id, first);
        if (collide) await expect(subscribe(id, plan_id, second)).rejects.toMatchObject({ code: UNIQUE });
        else await subscribe(id, plan_id, second);
      }
  });

  test("even when ten try at once", async () => {
    const [{ id }, plan_id] = await Promise.all([person(), plan()]);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => subscribe(id, plan_id, "active")));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("and neither can the member nor the plan be deleted under it", async () => {
    const [{ id }, plan_id] = await Promise.all([person(), plan()]);
    await subscribe(id, plan_id, "cancelled");
    const restricted = { code: expect.stringMatching(/^2350[13]$|^23001$/) };
    await expect(sql("delete from users where id = $1", [id])).rejects.toMatchObject(restricted);
    await expect(sql("delete from subscription_plans where id = $1", [plan_id])).rejects.toMatchObject(restricted);
  });
});

describe.concurrent("the database refuses", () => {
  const nobody = randomUUID();
  const into = (table: string, row: Record<string, unknown>) => ({ table, row });
  const aUser = { first_name: "R", last_name: "E" };
  const aPlan = { billing_cycle: "yearly" };

  test.for<[string, string, () => { table: string; row: Record<string, unknown> }]>([
    ["an address in capitals", CHECK, () => into("users", { ...aUser, email: "Robin@Example.org" })],
    [
      "somebody validated whose address is not",
      CHECK,
      () => into("users", { ...aUser, email: anyEmail(), status: "pre_validated" }),
    ],
    [
      "a rejection without a reason",
      CHECK,
      () => into("users", { ...aUser, email: anyEmail(), status: "rejected", rejected_at: new Date() }),
    ],
    [
      "a rejection without a date",
      CHECK,
      () => into("users", { ...aUser, email: anyEmail(), status: "rejected", rejection_reason: "none" }),
    ],
    ["a status there is not", "22P02", () => into("users", { ...aUser, email: anyEmail(), status: "retired" })],
    ["somebody without a name", MISSING, () => into("users", { email: anyEmail() })],
    [
      "an event that ends as it starts",
      CHECK,
      () => into("events", { title: "E", location: "L", start_at: new Date(0), end_at: new Date(0) }),
    ],
    [
      "a draft that is canceled",
      CHECK,
      () =>
        into("events", {
          title: "E",
          location: "L",
          start_at: new Date(0),
          end_at: new Date(1),
          cancelled_at: new Date(0),
        }),
    ],
    [
      "guests of somebody who does not come",
      CHECK,
      () => into("event_rsvps", { event_id: nobody, user_id: nobody, rsvp_status: "no", guests: 1 }),
    ],
    [
      "an answer that is none, of somebody who did not come",
      CHECK,
      () => into("event_rsvps", { event_id: nobody, user_id: nobody }),
    ],
    [
      "an event without a seat",
      CHECK,
      () => into("events", { title: "E", location: "L", start_at: new Date(0), end_at: new Date(1), capacity: 0 }),
    ],
    [
      "a price below the least there may be",
      CHECK,
      () => into("subscription_plans", { ...aPlan, name: randomUUID(), price_cents: 1, minimum_price_cents: 2 }),
    ],
    [
      "a negative price",
      CHECK,
      () => into("subscription_plans", { ...aPlan, name: randomUUID(), price_cents: -1, minimum_price_cents: -1 }),
    ],
    [
      "a suggested price below the least there may be",
      CHECK,
      () =>
        into("subscription_plans", {
          ...aPlan,
          name: randomUUID(),
          price_cents: 5,
          minimum_price_cents: 2,
          suggested_price_cents: 1,
        }),
    ],
    ["a donation of nothing", CHECK, () => into("donations", { donation_type: "public", amount_cents: 0 })],
    [
      "a donation that is complete and has no date",
      CHECK,
      () => into("donations", { donation_type: "public", amount_cents: 1, status: "completed" }),
    ],
    ["a mail that was sent at no time", CHECK, () => into("emails", { template: "t", to_email: "e", status: "sent" })],
    [
      "an event of Stripe's in a state there is not",
      CHECK,
      () => into("stripe_events", { id: randomUUID(), type: "t", status: "lost", stripe_created_at: new Date() }),
    ],
    [
      "an audit entry that is no object",
      CHECK,
      () => into("audit_log", { action: "a", subject_type: "s", changes: "[]" }),
    ],
    [
      "an answer to no event",
      FOREIGN_KEY,
      () => into("event_rsvps", { event_id: nobody, user_id: nobody, rsvp_status: "yes" }),
    ],
    ["a session of nobody", FOREIGN_KEY, () => into("sessions", { user_id: nobody, expires_at: new Date() })],
    [
      "an import that applied more rows than there are",
      CHECK,
      () => into("import_jobs", { file_name: "f", total_rows: 1, applied_rows: 1, failed_rows: 1 }),
    ],
    [
      "a report of a year that cannot be",
      CHECK,
      () => into("financial_reports", { title: "T", year: 20_260, document_type: "link", document_location: "x" }),
    ],
  ])("%s", async ([, code, made]) => {
    const { table, row } = made();
    await expect(insert(table, row)).rejects.toMatchObject({ code });
  });

  test("a second owner of a verified address, and not a second applicant with an unverified one", async () => {
    const email = anyEmail("twice");
    await person("pending_email", { email });
    await person("pending_email", { email });
    await person("active", { email });
    await expect(person("active", { email })).rejects.toMatchObject({ code: UNIQUE });
  });

  test("a second plan of a name in other letters, unless the first is archived", async () => {
    const name = `Plan ${randomUUID()}`;
    const first = await plan({ name });
    await expect(plan({ name: name.toUpperCase() })).rejects.toMatchObject({ code: UNIQUE });
    await sql("update subscription_plans set archived_at = now() where id = $1", [first]);
    await plan({ name: name.toUpperCase() });
  });

  test("colours that are none", async () => {
    for (const colour of ["red", "#FFFFFF", "#fff", "#12345g", "#123456;} body {"])
      await expect(sql("update organisation_settings set primary_colour = $1", [colour])).rejects.toMatchObject({
        code: CHECK,
      });
  });

  test("a revocation without a reason", async () => {
    const { session_id } = await person();
    await expect(sql("update sessions set revoked_at = now() where id = $1", [session_id])).rejects.toMatchObject({
      code: CHECK,
    });
  });
});

test.concurrent("updated_at moves with each change, and cannot be set", async () => {
  const id = await event();
  const at = async () =>
    (await sql<{ updated_at: Date }>("select updated_at from events where id = $1", [id]))[0]?.updated_at;
  await sql("update events set created_at = '2020-01-01', updated_at = '2020-01-01' where id = $1", [id]);
  const first = await at();
  expect(first?.getTime()).toBeGreaterThan(Date.UTC(2021, 0));
  await sql("select pg_sleep(0.005)");
  await sql("update events set title = 'Other' where id = $1", [id]);
  expect((await at())?.getTime()).toBeGreaterThan(first?.getTime() ?? Number.POSITIVE_INFINITY);
});

describe.concurrent("roles", () => {
  const roleOf = async (id: string) =>
    (await sql<{ role: string }>("select role from users where id = $1", [id]))[0]?.role;
  const give = (user_id: string, code: string) =>
    sql(
      "insert into user_role_assignments (user_id, role_id) select $1, id from roles where code = $2 on conflict do nothing",
      [user_id, code],
    );
  const take = (user_id: string, code: string) =>
    sql("delete from user_role_assignments where user_id = $1 and role_id = (select id from roles where code = $2)", [
      user_id,
      code,
    ]);

  test("what is displayed is the highest that is held, whatever is given and taken", async () => {
    const order: readonly string[] = userrole.enumValues;
    const step = fc.tuple(fc.boolean(), fc.constantFrom("member", "admin", "finance", "superadmin"));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { id } = await person("payment_pending");
        const held = new Set<string>();
        for (const [given, code] of steps) {
          await (given ? give : take)(id, code);
          if (given) held.add(code);
          else held.delete(code);
          const highest = [...held].sort((a, b) => order.indexOf(b) - order.indexOf(a))[0] ?? "guest";
          expect(await roleOf(id)).toBe(highest);
        }
      }),
      { numRuns: 15 },
    );
  });

  test("of one's own making are not displayed", async () => {
    const { id } = await volunteer("users.view");
    expect(await roleOf(id)).toBe("member");
  });

  test("writing the display by hand gives nobody a role", async () => {
    const pretender = await person("active");
    await sql("update users set role = 'superadmin' where id = $1", [pretender.id]);
    const applicant = await person("pending_validation");
    const answer = await put(`/api/admin/users/${applicant.id}/approve`, undefined, pretender);
    expect(outcome(answer)).toEqual([403, "permission_missing"]);
  });

  test("member is held by exactly those who are active, whatever becomes of them", async () => {
    const isMember = async (id: string) =>
      (
        await sql(
          "select from user_role_assignments a join roles r on r.id = a.role_id where a.user_id = $1 and r.code = 'member'",
          [id],
        )
      ).length === 1;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...userstatus.enumValues),
        fc.array(fc.constantFrom(...userstatus.enumValues), { maxLength: 5 }),
        async (first, statuses) => {
          const { id } = await person(first, { email_verified: true });
          expect(await isMember(id)).toBe(first === "active");
          for (const status of statuses) {
            await sql("update users set status = $2, rejection_reason = 'x', rejected_at = now() where id = $1", [
              id,
              status,
            ]);
            expect(await isMember(id)).toBe(status === "active");
            expect(await roleOf(id)).toBe(status === "active" ? "member" : "guest");
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test("others stay when somebody stops being a member", async () => {
    const { id } = await person("active");
    await give(id, "finance");
    await sql("update users set status = 'inactive' where id = $1", [id]);
    expect(await roleOf(id)).toBe("finance");
  });
});

describe.concurrent("the status flow", () => {
  test("begins where an applicant begins and leads to every status that the platform sets by itself", () => {
    const changes: { from: readonly UserStatus[]; to: UserStatus }[] = Object.values(STATUS_FLOW);
    const reached = new Set<UserStatus>(["pending_email"]);
    for (const _ of userstatus.enumValues)
      for (const { from, to } of changes) if (from.some((status) => reached.has(status))) reached.add(to);
    expect(reached).toEqual(
      new Set([
        "pending_email",
        "pending_validation",
        "pre_validated",
        "payment_pending",
        "active",
        "rejected",
        "inactive",
      ]),
    );
    for (const { from, to } of changes) expect(from).not.toContain(to);
  });
});
