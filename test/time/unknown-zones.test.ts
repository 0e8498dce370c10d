import { describe, expect, test } from "vitest";
import { outcome, post, put, refusal } from "../harness/client.ts";
import { answered, event, eventDetails } from "../harness/events.ts";
import { importing } from "../harness/imports.ts";
import { outboxOf } from "../harness/outbox.ts";
import { anyEmail, onPaper, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

/** Zones of JavaScript that PostgreSQL has not had since 2017 and 2020. */
const UNKNOWN = "Canada/East-Saskatchewan";
const UNKNOWN_TOO = "US/Pacific-New";

const message = "must be a time zone such as America/New_York";

describe.concurrent("a time zone that only JavaScript knows", () => {
  test("is refused wherever one is given", async () => {
    const desk = await volunteer("users.create", "users.edit", "events.create", "events.edit", "settings.edit");
    const paper = await onPaper();
    const event_id = await event();
    for (const time_zone of [UNKNOWN, UNKNOWN_TOO])
      for (const answer of [
        await put("/api/members/profile", { time_zone }, await person()),
        await put(`/api/admin/users/${paper.id}`, { time_zone }, desk),
        await post("/api/admin/users", { first_name: "Kim", time_zone }, desk),
        await post("/api/admin/events", eventDetails({ published: false, time_zone }), desk),
        await put(`/api/admin/events/${event_id}`, { time_zone }, desk),
        await put("/api/admin/settings", { time_zone }, desk),
      ])
        expect(refusal(answer)).toEqual([400, "invalid_input", [{ path: "time_zone", message }]]);
  });

  test("is what is wrong with a row of an import", async () => {
    const desk = importing(await volunteer("users.import"));
    const [one, other] = [anyEmail("zone"), anyEmail("zone")];
    const { id, outcomes } = await desk.dryRun(
      `first_name,email,time_zone\nKim,${one},${UNKNOWN}\nSam,${other},Europe/Madrid\nAri,,`,
    );
    expect(outcomes).toMatchObject({ create: 2, problem: 1 });
    expect((await desk.rows(id, "outcome=problem"))[0]?.problems).toEqual([{ field: "time_zone", message }]);
    // The server knew the name when the file was checked.
    await sql("update import_rows set outcome = 'create', problems = '[]' where job_id = $1 and outcome = 'problem'", [
      id,
    ]);
    await desk.ask("POST", `/import-jobs/${id}/apply`);
    expect(await desk.until(id, { status: "completed" })).toMatchObject({ created_people: 2, failed_rows: 1 });
    expect(await sql("select email, time_zone from users where email = any($1)", [[one, other]])).toEqual([
      { email: other, time_zone: "Europe/Madrid" },
    ]);
  });

  test("counts as the organization's where somebody still has it, and keeps no mail from anybody", async () => {
    const host = await volunteer("events.rsvps", "events.create");
    const { event_id, guest } = await answered("yes", { time_zone: UNKNOWN });
    await sql("update users set time_zone = $2 where id = $1", [guest.id, UNKNOWN_TOO]);
    const body = { id: crypto.randomUUID(), to: ["yes"], subject: "About Sunday", body: "See you!", count: 1 };
    expect(outcome(await post(`/api/admin/events/${event_id}/messages`, body, host))).toEqual([200, undefined]);
    expect(await outboxOf(guest.email)).toHaveLength(1);
    const start_at = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const copy = await post<{ time_zone: string }>(`/api/admin/events/${event_id}/duplicate`, { start_at }, host);
    expect([copy.status, copy.body.time_zone]).toEqual([201, "America/New_York"]);
  });
});

test("every zone that the database knows counts as known", async () => {
  expect(await sql("select name from pg_timezone_names where known_time_zone(name) is distinct from name")).toEqual([]);
  expect(await sql("select known_time_zone(null) as none, known_time_zone($1) as unknown", [UNKNOWN])).toEqual([
    { none: null, unknown: null },
  ]);
});
