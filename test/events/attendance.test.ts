import { describe, expect, test } from "vitest";
import { get, outcome, post, put } from "../harness/client.ts";
import { rowsOfCsv } from "../harness/csv.ts";
import { answered, event } from "../harness/events.ts";
import { person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

const door = await volunteer("events.attendance", "events.export", "events.view");
const mark = (event_id: string, attendees: { user_id: string; attended: boolean }[]) =>
  put<{
    code?: string;
    present: number;
    expected: number;
    attendees: { attended_at: string | null; status: string }[];
  }>(`/api/admin/events/${event_id}/attendance`, { attendees }, door);
const statusOf = async ({ id }: { id: string }) =>
  (await sql<{ status: string }>("select status from users where id = $1", [id]))[0]?.status;

/** The events of these tests are about to start. */
const SOON = { starts_in: 1 };

describe.concurrent("attendance", () => {
  test("is marked for many at once, for people without an answer too, and makes newcomers pre-validated", async () => {
    const { event_id, guest } = await answered("yes", SOON);
    const newcomer = await person("pending_validation");
    const both = [
      { user_id: guest.id, attended: true },
      { user_id: newcomer.id, attended: true },
    ];
    const [first, at_once] = await Promise.all([mark(event_id, both), mark(event_id, both)]);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ present: 2, expected: 1 });
    expect(first.body.attendees.map(({ status }) => status).sort()).toEqual(["active", "pre_validated"]);
    expect(at_once.body).toEqual(first.body);
    expect((await mark(event_id, both.toReversed())).body).toEqual(first.body);
    const audited = await sql(
      "select from audit_log where subject_id = $1 and action = 'update' and changes ? 'status'",
      [newcomer.id],
    );
    expect(audited).toHaveLength(1);
  });

  test("can be undone: who came without an answer leaves no trace, and others keep their answer", async () => {
    const { event_id, guest } = await answered("yes", SOON);
    const walk_in = await person();
    const both = (attended: boolean) =>
      mark(event_id, [
        { user_id: guest.id, attended },
        { user_id: walk_in.id, attended },
      ]);
    await both(true);
    expect((await both(false)).body).toMatchObject({ present: 0, expected: 1 });
    expect(await sql("select user_id, rsvp_status from event_rsvps where event_id = $1", [event_id])).toEqual([
      { user_id: guest.id, rsvp_status: "yes" },
    ]);
  });

  test("is refused for somebody unknown or named twice, and changes nothing then", async () => {
    const [id, someone] = [await event(SOON), await person("pending_validation")];
    const here = { user_id: someone.id, attended: true };
    expect(outcome(await mark(id, [here, { user_id: crypto.randomUUID(), attended: true }]))).toEqual([
      400,
      "invalid_input",
    ]);
    expect(outcome(await mark(id, [here, { ...here, attended: false }]))).toEqual([400, "invalid_input"]);
    expect(await statusOf(someone)).toBe("pending_validation");
  });

  test("counts guests, like the seats that are expected", async () => {
    const { event_id, guest } = await answered("yes", SOON);
    await sql("update event_rsvps set guests = 2 where user_id = $1", [guest.id]);
    const { body } = await mark(event_id, [{ user_id: guest.id, attended: true }]);
    expect(body).toMatchObject({ present: 3, expected: 3 });
    const managed = await get<{ present: number }>(`/api/admin/events/${event_id}`, door);
    expect(managed.body.present).toBe(3);
  });

  test("is refused until 12 hours before the start, and can be taken back at any time", async () => {
    const [far, near] = [await event({ starts_in: 12.1 }), await event({ starts_in: 11.9 })];
    const someone = await person("pending_validation");
    const here = { user_id: someone.id, attended: true };
    expect(outcome(await mark(far, [here]))).toEqual([409, "too_early"]);
    expect(await statusOf(someone)).toBe("pending_validation");
    expect((await mark(near, [here])).status).toBe(200);
    await insert("event_rsvps", { event_id: far, user_id: someone.id, rsvp_status: "yes", attended: true });
    expect((await mark(far, [{ ...here, attended: false }])).status).toBe(200);
    expect(await sql("select attended from event_rsvps where event_id = $1", [far])).toEqual([{ attended: false }]);
  });
});

describe.concurrent("taking back a mark that made somebody pre-validated", () => {
  const come = (event_id: string, user_id: string, attended: boolean) => mark(event_id, [{ user_id, attended }]);

  test("puts them in validation again", async () => {
    const [event_id, newcomer] = [await event(SOON), await person("pending_validation")];
    await come(event_id, newcomer.id, true);
    expect(await statusOf(newcomer)).toBe("pre_validated");
    for (const _ of [1, 2])
      expect((await come(event_id, newcomer.id, false)).body.attendees).toMatchObject([
        { attended: false, status: "pending_validation" },
      ]);
    await come(event_id, newcomer.id, true);
    expect(await statusOf(newcomer)).toBe("pre_validated");
  });

  test("leaves whoever was pre-validated otherwise, or came to another event", async () => {
    const [first, second] = [await event(SOON), await event(SOON)];
    const [known, regular] = [await person("pre_validated"), await person("pending_validation")];
    for (const event_id of [first, second]) for (const { id } of [known, regular]) await come(event_id, id, true);
    for (const { id } of [known, regular]) await come(first, id, false);
    expect(await Promise.all([known, regular].map(statusOf))).toEqual(["pre_validated", "pre_validated"]);
  });

  test("leaves whoever got further since", async () => {
    const [event_id, approved, again] = [
      await event(SOON),
      await person("pending_validation"),
      await person("pending_validation"),
    ];
    for (const { id } of [approved, again]) await come(event_id, id, true);
    await sql("update users set status = 'payment_pending' where id = $1", [approved.id]);
    for (const status of ["pending_validation", "pre_validated"])
      await sql("update users set status = $2 where id = $1", [again.id, status]);
    for (const { id } of [approved, again]) await come(event_id, id, false);
    expect(await Promise.all([approved, again].map(statusOf))).toEqual(["payment_pending", "pre_validated"]);
  });

  test("works for somebody who confirmed their address after they had come", async () => {
    const [event_id, newcomer] = [await event(SOON), await person("pending_email")];
    await come(event_id, newcomer.id, true);
    await sql("update users set status = 'pending_validation', email_verified = true where id = $1", [newcomer.id]);
    await come(event_id, newcomer.id, true);
    expect(await statusOf(newcomer)).toBe("pre_validated");
    await come(event_id, newcomer.id, false);
    expect(await statusOf(newcomer)).toBe("pending_validation");
  });
});

test("whoever marks people gets a list of them, without addresses and without what they answered to questions", async () => {
  const { event_id, guest, check_in_code } = await answered("yes", SOON);
  const question_id = (
    await insert("event_questions", { event_id, position: 0, question: "Access?", purpose: "The ramp", kind: "text" })
  ).id;
  await insert("event_answers", { question_id, event_id, user_id: guest.id, answer: "Wheelchair" });
  const walk_in = await person();
  await mark(event_id, [{ user_id: walk_in.id, attended: true }]);
  const list = (filters: string) =>
    get<{ items: object[]; total: number }>(`/api/admin/events/${event_id}/attendance?${filters}`, door);
  const { body, text } = await list("");
  expect(body.items).toMatchObject([
    { user_id: guest.id, check_in_code, rsvp_status: "yes", photo_preference: "none", attended: false },
    { user_id: walk_in.id, rsvp_status: null, attended: true },
  ]);
  expect(text).not.toMatch(/Wheelchair|@/);
  expect((await list("attended=true")).body.items).toMatchObject([{ user_id: walk_in.id }]);
});

describe.concurrent("check-in by code", () => {
  const checkIn = (event_id: string, body: object) =>
    post<{
      present: number;
      expected: number;
      already_at: string | null;
      rsvp: { attended: boolean; attended_at: string | null };
    }>(`/api/admin/events/${event_id}/check-in`, body, door);

  test("marks a person once, however it is typed and however often it is scanned, and can be undone", async () => {
    const { event_id, guest, check_in_code } = await answered("yes", SOON);
    await sql("update users set status = 'pending_validation' where id = $1", [guest.id]);
    const first = await checkIn(event_id, {
      code: ` ${check_in_code.slice(0, 4).toLowerCase()}-${check_in_code.slice(4)}`,
    });
    expect(first.body).toMatchObject({ present: 1, expected: 1, already_at: null });
    // No more than the list of whom to mark.
    expect(first.body.rsvp).toEqual({
      user_id: guest.id,
      name: "Robin Example",
      rsvp_status: "yes",
      guests: 0,
      photo_preference: "none",
      check_in_code,
      attended: true,
      attended_at: expect.any(String),
    });
    expect(await statusOf(guest)).toBe("pre_validated");
    // The second time, it says when the code was used before.
    const already_at = first.body.rsvp.attended_at;
    expect((await checkIn(event_id, { code: check_in_code })).body).toEqual({ ...first.body, already_at });
    for (const _ of [1, 2])
      expect((await checkIn(event_id, { code: check_in_code, attended: false })).body).toMatchObject({
        present: 0,
        already_at: null,
        rsvp: { attended: false, attended_at: null },
      });
    expect(await statusOf(guest)).toBe("pending_validation");
  });

  test("knows only the codes of this event, and of those who have a seat", async () => {
    const [here, waiting] = [await answered("yes", SOON), await answered("waitlisted", SOON)];
    expect(outcome(await checkIn(here.event_id, { code: waiting.check_in_code }))).toEqual([404, "code_not_found"]);
    expect(outcome(await checkIn(waiting.event_id, { code: waiting.check_in_code }))).toEqual([409, "no_seat"]);
    expect(outcome(await checkIn(here.event_id, { code: "12" }))).toEqual([400, "invalid_input"]);
    const early = await answered("yes", { starts_in: 13 });
    expect(outcome(await checkIn(early.event_id, { code: early.check_in_code }))).toEqual([409, "too_early"]);
  });

  test("does not undo the mark of somebody who came without an answer", async () => {
    const [event_id, walk_in] = [await event(SOON), await person()];
    await mark(event_id, [{ user_id: walk_in.id, attended: true }]);
    const [row] = await sql<{ check_in_code: string }>("select check_in_code from event_rsvps where event_id = $1", [
      event_id,
    ]);
    const undo = await checkIn(event_id, { code: row?.check_in_code, attended: false });
    expect(outcome(undo)).toEqual([409, "no_seat"]);
  });
});

test("the export has every answer, in line, and is in the audit log", async () => {
  const id = await event();
  const [first, second] = [await person("active", { first_name: "=cmd()" }), await person()];
  await insert("event_rsvps", { event_id: id, user_id: first.id, rsvp_status: "yes", guests: 2 });
  await insert("event_rsvps", { event_id: id, user_id: second.id, rsvp_status: "waitlisted" });
  const answer = await get(`/api/admin/events/${id}/export`, door);
  expect(answer.headers.get("Content-Disposition")).toMatch(/event_rsvps-\d{4}-\d\d-\d\d\.csv/);
  expect(rowsOfCsv(answer.text)).toMatchObject([
    { user_id: first.id, first_name: "'=cmd()", rsvp_status: "yes", guests: "2", position: "" },
    { user_id: second.id, rsvp_status: "waitlisted", position: "1" },
  ]);
  const [entry] = await sql<{ changes: object }>("select changes from audit_log where request_id = $1", [
    answer.request_id,
  ]);
  expect(entry?.changes).toMatchObject({ event_id: [null, id] });
  for (const { token } of [first, second]) {
    const { body } = await get<{ items: { action: string }[] }>("/api/members/access-log", { token });
    expect(body.items.map(({ action }) => action)).toEqual(["event_rsvps.exported"]);
  }
});
