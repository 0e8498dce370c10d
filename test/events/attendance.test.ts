import { describe, expect, test } from "vitest";
import { get, outcome, post, put } from "../harness/client.ts";
import { rowsOfCsv } from "../harness/csv.ts";
import { answered, event } from "../harness/events.ts";
import { person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

const door = await volunteer("events.attendance", "events.export", "events.view");
const mark = (event_id: string, attendees: { user_id: string; attended: boolean }[]) =>
  put<{ present: number; expected: number; attendees: { attended_at: string | null; status: string }[] }>(
    `/api/admin/events/${event_id}/attendance`,
    { attendees },
    door,
  );

describe.concurrent("attendance", () => {
  test("is marked for many at once, for people without an answer too, and makes newcomers pre-validated", async () => {
    const { event_id, guest } = await answered();
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
    const { event_id, guest } = await answered();
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
    const [id, someone] = [await event(), await person("pending_validation")];
    const here = { user_id: someone.id, attended: true };
    expect(outcome(await mark(id, [here, { user_id: crypto.randomUUID(), attended: true }]))).toEqual([
      400,
      "invalid_input",
    ]);
    expect(outcome(await mark(id, [here, { ...here, attended: false }]))).toEqual([400, "invalid_input"]);
    expect(await sql("select status from users where id = $1", [someone.id])).toEqual([
      { status: "pending_validation" },
    ]);
  });
});

describe.concurrent("check-in by code", () => {
  const checkIn = (event_id: string, body: object) =>
    post<{
      present: number;
      expected: number;
      rsvp: { attended: boolean; attended_at: string | null; status: string };
    }>(`/api/admin/events/${event_id}/check-in`, body, door);

  test("marks a person once, however it is typed and however often it is scanned, and can be undone", async () => {
    const { event_id, guest, check_in_code } = await answered("yes");
    await sql("update users set status = 'pending_validation' where id = $1", [guest.id]);
    const first = await checkIn(event_id, {
      code: ` ${check_in_code.slice(0, 4).toLowerCase()}-${check_in_code.slice(4)}`,
    });
    expect(first.body).toMatchObject({ present: 1, expected: 1, rsvp: { attended: true, status: "pre_validated" } });
    expect((await checkIn(event_id, { code: check_in_code })).body).toEqual(first.body);
    expect((await checkIn(event_id, { code: check_in_code, attended: false })).body).toMatchObject({
      present: 0,
      rsvp: { attended: false, attended_at: null },
    });
  });

  test("knows only the codes of this event, and of those who have a seat", async () => {
    const [here, waiting] = [await answered(), await answered("waitlisted")];
    expect(outcome(await checkIn(here.event_id, { code: waiting.check_in_code }))).toEqual([404, "code_not_found"]);
    expect(outcome(await checkIn(waiting.event_id, { code: waiting.check_in_code }))).toEqual([409, "no_seat"]);
    expect(outcome(await checkIn(here.event_id, { code: "12" }))).toEqual([400, "invalid_input"]);
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
