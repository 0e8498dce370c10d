import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { outcome, pathsOf, post, tripsOf } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { startedCheckout, stripeApi, subscriptionOf } from "../harness/payments.ts";
import { erased, giveRole, type Person, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";
import { give, systemRole } from "../harness/roles.ts";

interface Decided {
  moved: string[];
  not_moved: { id: string; code: string; detail: string }[];
}

const approve = (body: unknown, token: string) => post<Decided>("/api/admin/users/approve", body, { token });
const reject = (body: object, token: string) =>
  post<Decided>("/api/admin/users/reject", { reason: "We could not reach you.", ...body }, { token });

const idsOf = (people: Pick<Person, "id">[]) => people.map(({ id }) => id).sort();
const codesIn = ({ not_moved }: Decided) => Object.fromEntries(not_moved.map(({ id, code }) => [id, code]));

const statusesOf = async (ids: string[]) =>
  (await sql<{ status: string }>("select status from users where id = any($1) order by id", [ids])).map(
    ({ status }) => status,
  );

const mailsOf = (ids: string[]) =>
  sql(
    "select template, count(*)::int from emails where user_id = any($1) and template <> 'application_waiting' group by template order by template",
    [ids],
  );

/** Applicants whom only a search for their last name finds. */
async function applicants(count: number, columns: Record<string, unknown> = {}) {
  const last_name = `x${randomUUID()}`;
  const rows = await sql<{ id: string }>(
    `insert into users (email, first_name, last_name, status, email_verified, referred_by)
     select $1 || n || '@example.org', 'Robin', $1, 'pending_validation', true, $2 from generate_series(1, $3::int) as n
     returning id`,
    [last_name, columns.referred_by ?? null, count],
  );
  return { last_name, ids: idsOf(rows) };
}

describe.concurrent("deciding on many", () => {
  test("approves 100 people in one round trip, each with a mail, and repeating moves nobody", async () => {
    const { ids } = await applicants(100);
    const { token } = await volunteer("users.approve");
    const answer = await approve({ ids }, token);
    expect([answer.status, answer.body]).toEqual([200, { moved: ids, not_moved: [] }]);
    expect((await tripsOf(answer)).before).toBe(1);
    expect(new Set(await statusesOf(ids))).toEqual(new Set(["payment_pending"]));
    const mails = [{ template: "approval", count: 100 }];
    expect(await mailsOf(ids)).toEqual(mails);
    const again = await approve({ ids }, token);
    expect([again.body.moved, new Set(Object.values(codesIn(again.body)))]).toEqual([[], new Set(["status_conflict"])]);
    expect(await mailsOf(ids)).toEqual(mails);
  });

  test("takes those whom it rejects off their events, and nobody else, in one round trip", async () => {
    const [first, second, stays] = [await person("pre_validated"), await person("pre_validated"), await person()];
    const [one, two] = [await event({ capacity: 1, waiting_list: true }), await event()];
    const answers = [
      [one, first.id, "yes"],
      [one, second.id, "waitlisted"],
      [one, stays.id, "waitlisted"],
      [two, stays.id, "yes"],
      [two, second.id, "maybe"],
    ];
    for (const [event_id, user_id, rsvp_status] of answers)
      await insert("event_rsvps", { event_id, user_id, rsvp_status });
    const { token } = await volunteer("users.reject");
    const answer = await reject({ ids: [first.id, second.id, stays.id] }, token);
    expect([answer.body.moved, (await tripsOf(answer)).before]).toEqual([idsOf([first, second]), 1]);
    expect(
      await sql("select event_id, user_id, rsvp_status from event_rsvps where event_id = any($1)", [[one, two]]),
    ).toEqual(
      expect.arrayContaining([one, two].map((event_id) => ({ event_id, user_id: stays.id, rsvp_status: "yes" }))),
    );
    expect(await sql("select from event_rsvps where user_id = any($1)", [[first.id, second.id]])).toEqual([]);
    expect(await mailsOf([first.id, second.id])).toEqual([{ template: "rejection", count: 2 }]);
    expect(await mailsOf([stays.id])).toEqual([{ template: "event_promoted", count: 1 }]);
  });

  test("moves whoever it may, and says of everybody else why not", async () => {
    const waiting = [await person("pending_validation"), await person("pre_validated")];
    const [active, gone] = [await person("active"), await person("inactive", erased)];
    const absent = randomUUID();
    const admin = await person("pending_validation", { permissions: ["users.approve"] });
    const ids = [...idsOf([...waiting, active, gone, admin]), absent];
    const { body } = await approve({ ids: [...ids, ...ids.slice(0, 1)] }, admin.token);
    expect(body.moved).toEqual(idsOf(waiting));
    expect(codesIn(body)).toEqual({
      [active.id]: "status_conflict",
      [gone.id]: "user_not_found",
      [absent]: "user_not_found",
      [admin.id]: "own_application",
    });
    for (const { detail } of body.not_moved) expect(detail).toMatch(/^[A-Z].*\.$/);
    expect(await statusesOf([admin.id])).toEqual(["pending_validation"]);
  });

  test("mails no address that nobody verified", async () => {
    const typed = await person("pending_validation", { email_verified: false, origin: "paper" });
    const { body } = await approve({ ids: [typed.id] }, (await volunteer("users.approve")).token);
    expect([body.moved, await mailsOf([typed.id])]).toEqual([[typed.id], []]);
  });

  test("rejects many for one reason, as one would be: mails, checkouts and all", async () => {
    const { member, session_id } = await startedCheckout();
    const [verified, unverified] = [await person("pre_validated"), await person("pending_email")];
    const ids = idsOf([member, verified, unverified]);
    const admin = await volunteer("users.reject");
    const answer = await reject({ ids }, admin.token);
    expect([answer.status, answer.body]).toEqual([200, { moved: ids, not_moved: [] }]);
    expect(
      await sql("select distinct status, rejection_reason, rejected_by from users where id = any($1)", [ids]),
    ).toEqual([{ status: "rejected", rejection_reason: "We could not reach you.", rejected_by: admin.id }]);
    expect(await mailsOf([verified.id, unverified.id])).toEqual([{ template: "rejection", count: 1 }]);
    expect(await subscriptionOf(member)).toMatchObject({ status: "cancelled" });
    expect((await stripeApi.checkout.sessions.retrieve(session_id)).status).toBe("expired");
  });

  test("takes no powers that the actor lacks", async () => {
    const [plain, powerful, superadmin] = [
      await person("pre_validated"),
      await person("pre_validated"),
      await person("pre_validated"),
    ];
    await giveRole(powerful.id, ["settings.edit"]);
    await give(superadmin.id, await systemRole("superadmin"));
    const { body } = await reject(
      { ids: idsOf([plain, powerful, superadmin]) },
      (await volunteer("users.reject")).token,
    );
    expect(body.moved).toEqual([plain.id]);
    expect(codesIn(body)).toEqual({ [powerful.id]: "beyond_own_permissions", [superadmin.id]: "superadmins_only" });
    expect(await mailsOf([powerful.id, superadmin.id])).toEqual([]);
  });

  test("takes a filter with the number of people that it showed, and nobody if that has changed", async () => {
    const { last_name, ids } = await applicants(3);
    const { token } = await volunteer("users.approve", "users.view");
    const filter = { search: last_name, status: ["pending_validation"] };
    for (const count of [2, 4])
      expect(outcome(await approve({ filter, count }, token))).toEqual([409, "count_changed"]);
    expect(new Set(await statusesOf(ids))).toEqual(new Set(["pending_validation"]));
    const blind = await volunteer("users.approve");
    expect(outcome(await approve({ filter, count: 3 }, blind.token))).toEqual([403, "filter_needs_view"]);
    const answer = await approve({ filter, count: 3 }, token);
    expect([answer.body, (await tripsOf(answer)).before]).toEqual([{ moved: ids, not_moved: [] }, 1]);
    expect(outcome(await approve({ filter, count: 3 }, token))).toEqual([409, "count_changed"]);
  });

  test("by a filter never moves more than were counted, however many are found meanwhile", async () => {
    const { last_name, ids } = await applicants(2);
    const { token } = await volunteer("users.approve", "users.view");
    const more = sql(
      "insert into users (email, first_name, last_name, status, email_verified) select $1 || n || '.later@example.org', 'Robin', $1, 'pending_validation', true from generate_series(1, 5) as n",
      [last_name],
    );
    const [answer] = await Promise.all([approve({ filter: { search: last_name }, count: 2 }, token), more]);
    if (answer.status === 200) expect(answer.body.moved).toEqual(ids);
    else expect(outcome(answer)).toEqual([409, "count_changed"]);
    const approved = await sql("select from users where last_name = $1 and status = 'payment_pending'", [last_name]);
    expect(approved).toHaveLength(answer.status === 200 ? 2 : 0);
  });

  test("refuses a filter that finds more than 100", async () => {
    const { last_name } = await applicants(101);
    const { token } = await volunteer("users.approve", "users.view");
    const filter = { search: last_name };
    expect(outcome(await approve({ filter, count: 100 }, token))).toEqual([409, "count_changed"]);
    expect(pathsOf(await approve({ filter, count: 101 }, token))).toEqual(["count"]);
  });

  test.each([
    [{}, ["ids"]],
    [{ ids: [] }, ["ids"]],
    [{ ids: ["nobody"] }, ["ids.0"]],
    [{ ids: Array.from({ length: 101 }, () => randomUUID()) }, ["ids"]],
    [{ filter: {} }, ["count"]],
    [{ ids: [randomUUID()], filter: {}, count: 1 }, ["filter", "count"]],
    [{ filter: { limit: 5 }, count: 1 }, ["filter.limit"]],
    [{ filter: { status: ["gone"] }, count: 1 }, ["filter.status.0"]],
  ])("refuses %j", async (body, paths) => {
    const answer = await approve(body, (await volunteer("users.approve")).token);
    expect([answer.status, pathsOf(answer)]).toEqual([400, paths]);
  });

  test("by two at the same time moves and mails each person once", async () => {
    const { ids } = await applicants(20);
    const admins = [await volunteer("users.approve"), await volunteer("users.approve")];
    const answers = await Promise.all(
      admins.map(({ token }, index) => approve({ ids: index ? ids.toReversed() : ids }, token)),
    );
    expect(answers.flatMap(({ body }) => body.moved).sort()).toEqual(ids);
    expect(answers.flatMap(({ body }) => body.not_moved)).toHaveLength(20);
    expect(await mailsOf(ids)).toEqual([{ template: "approval", count: 20 }]);
  });

  test("while others reject ends with everybody rejected or approved, and mails what is true", async () => {
    const { ids } = await applicants(10);
    const [approver, rejecter] = [await volunteer("users.approve"), await volunteer("users.reject")];
    const [, rejected] = await Promise.all([approve({ ids }, approver.token), reject({ ids }, rejecter.token)]);
    // Rejecting may come after approving, but not the other way round.
    expect(rejected.body.moved).toEqual(ids);
    expect(new Set(await statusesOf(ids))).toEqual(new Set(["rejected"]));
    const waiting = await sql(
      "select from emails where user_id = any($1) and template <> 'rejection' and status = 'pending'",
      [ids],
    );
    expect(waiting).toEqual([]);
  });
});
