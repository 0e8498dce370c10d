import { describe, expect, test } from "vitest";
import { type Answer, call, get, outcome, post, tripsOf } from "../harness/client.ts";
import { answered, doorOf, event } from "../harness/events.ts";
import { failDatabase } from "../harness/faults.ts";
import { person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

interface List {
  present: number;
  expected: number;
  walk_ins: number;
  walk_ins_here: number;
  just_checked_in: Record<string, unknown> | null;
  people: Record<string, unknown>[];
}

/** An event that starts in an hour, with a guest who has a seat, and a door link. */
async function openDoor(columns: Record<string, unknown> = {}) {
  const { event_id, guest, check_in_code } = await answered("yes", { starts_in: 1, ...columns });
  return { ...(await doorOf(event_id)), guest, check_in_code };
}

const closed = [404, "link_not_valid"];

describe.concurrent("a door link", () => {
  test("shows who has a seat: the names they go by, codes, guests and photos, and nothing else", async () => {
    const { event_id, path, guest, check_in_code } = await openDoor();
    await sql(
      "update users set legal_name = 'Sealed', last_name = 'Shown', photo_preference = 'members' where id = $1",
      [guest.id],
    );
    await sql("update event_rsvps set guests = 2 where user_id = $1", [guest.id]);
    for (const rsvp_status of ["maybe", "no", "waitlisted"])
      await insert("event_rsvps", { event_id, user_id: (await person()).id, rsvp_status });
    const { body, text } = await get<List>(path);
    expect(body).toMatchObject({ title: "Picnic", present: 0, expected: 3, walk_ins: 0 });
    expect(body.people).toEqual([
      {
        name: expect.stringContaining("Shown"),
        check_in_code,
        guests: 2,
        photo_preference: "members",
        attended: false,
      },
    ]);
    expect(text).not.toMatch(/@|Sealed/);
    expect(text).not.toContain(guest.id);
  });

  test("checks people in once, makes newcomers pre-validated, and can undo it", async () => {
    const { path, guest, check_in_code } = await openDoor({ welcome_statuses: "{active,pending_validation}" });
    await sql("update users set status = 'pending_validation' where id = $1", [guest.id]);
    const checkIn = (body: object) => post<List>(`${path}/check-in`, body);
    const first = await checkIn({ code: check_in_code.toLowerCase() });
    expect(first.body).toMatchObject({ present: 1, expected: 1, people: [{ attended: true }] });
    expect((await checkIn({ code: check_in_code })).body).toMatchObject({ present: 1, people: first.body.people });
    expect(await sql("select status from users where id = $1", [guest.id])).toEqual([{ status: "pre_validated" }]);
    expect(await sql("select attended_by from event_rsvps where user_id = $1", [guest.id])).toEqual([
      { attended_by: null },
    ]);
    expect((await checkIn({ code: check_in_code, attended: false })).body).toMatchObject({
      present: 0,
      just_checked_in: null,
    });
    expect(await sql("select status from users where id = $1", [guest.id])).toEqual([{ status: "pending_validation" }]);
  });

  test("says whose code was scanned, and since when it was used, at whichever door", async () => {
    const { event_id, path, guest, check_in_code } = await openDoor();
    const other = await doorOf(event_id);
    await sql("update users set last_name = 'Shown', photo_preference = 'members' where id = $1", [guest.id]);
    await sql("update event_rsvps set guests = 1 where user_id = $1", [guest.id]);
    const scan = (door: string) => post<List>(`${door}/check-in`, { code: check_in_code });
    const both = await Promise.all([scan(path), scan(other.path)]);
    const [row] = await sql<{ attended_at: Date }>("select attended_at from event_rsvps where user_id = $1", [
      guest.id,
    ]);
    const them = {
      name: expect.stringContaining("Shown"),
      check_in_code,
      guests: 1,
      photo_preference: "members",
    };
    const already = (at: unknown) => expect.objectContaining({ ...them, already_at: at });
    // Two people with the same code at two doors: exactly one of them was first.
    expect(both.map(({ body }) => body.just_checked_in)).toEqual(
      expect.arrayContaining([already(null), already(row?.attended_at.toISOString())]),
    );
    expect(both[0]?.body).toMatchObject({ present: 2, expected: 2 });
    expect((await get<List>(path)).body.just_checked_in).toBeNull();
    // An unused code, of whoever is not there, tells nothing.
    await sql("update event_rsvps set attended = false, attended_at = null where user_id = $1", [guest.id]);
    expect((await get<List>(`${path}?scanned=${check_in_code}&again=true`)).body.just_checked_in).toBeNull();
  });

  test("does not take its own lost answer for somebody else who used the code", async () => {
    const { event_id, path, check_in_code } = await openDoor();
    const { token } = await volunteer("events.attendance");
    for (const [address, headers] of [
      [`${path}/check-in`, {}],
      [`/api/admin/events/${event_id}/check-in`, { token }],
    ] as const) {
      await failDatabase({ mode: "after_commit", match: check_in_code });
      expect(outcome(await post(address, { code: check_in_code }, headers))).toEqual([503, "database_unavailable"]);
      await sql("update event_rsvps set attended = false, attended_at = null where event_id = $1", [event_id]);
    }
  });

  test("knows only the codes of its event, and of those who have a seat", async () => {
    const [here, there] = [await openDoor(), await openDoor()];
    const waiting = await insert<{ check_in_code: string }>("event_rsvps", {
      event_id: here.event_id,
      user_id: (await person()).id,
      rsvp_status: "waitlisted",
    });
    const checkIn = (code: string) => post(`${here.path}/check-in`, { code });
    expect(outcome(await checkIn(there.check_in_code))).toEqual([404, "code_not_found"]);
    expect(outcome(await checkIn(waiting.check_in_code))).toEqual([409, "no_seat"]);
    expect(outcome(await checkIn("12"))).toEqual([400, "invalid_input"]);
  });

  test("counts people without a seat, at all doors together", async () => {
    const { event_id, path } = await openDoor();
    const other = await doorOf(event_id);
    expect((await post<List>(`${path}/walk-ins`)).body).toMatchObject({ walk_ins: 1, present: 0 });
    expect((await post<List>(`${other.path}/walk-ins`)).body).toMatchObject({ walk_ins: 2, walk_ins_here: 1 });
  });

  test("and volunteers see how many came without a seat, beside those who have one", async () => {
    const { event_id, path, check_in_code } = await openDoor();
    const other = await doorOf(event_id);
    for (const door of [path, path, other.path]) await post(`${door}/walk-ins`);
    const { token } = await volunteer("events.view", "events.attendance");
    const admin = `/api/admin/events/${event_id}`;
    const counts = { walk_ins: 3, present: 1 };
    expect((await post(`${admin}/check-in`, { code: check_in_code }, { token })).body).toMatchObject(counts);
    expect((await get(admin, { token })).body).toMatchObject(counts);
    const marked = { attendees: [{ user_id: (await person()).id, attended: true }] };
    const attendance = await call("PUT", `${admin}/attendance`, { token, body: marked });
    expect(attendance.body).toMatchObject({ walk_ins: 3, present: 2 });
  });

  test("takes back a person whom it counted, and nobody whom another counted", async () => {
    const { event_id, path } = await openDoor();
    const other = await doorOf(event_id);
    await post(`${path}/walk-ins`);
    await post(`${other.path}/walk-ins`);
    const takeBack = () => call<List>("DELETE", `${path}/walk-ins`);
    expect((await takeBack()).body).toMatchObject({ walk_ins: 1 });
    expect(await takeBack()).toMatchObject({ status: 200, body: { walk_ins: 1, walk_ins_here: 0 } });
    expect((await post<List>(`${other.path}/walk-ins`, { undo: true })).body).toMatchObject({ walk_ins: 0 });
  });

  test("counts one person at a time: a number is refused, and nobody is counted", async () => {
    const { path } = await openDoor();
    expect(await post(`${path}/walk-ins`, { count: -1 })).toMatchObject({
      status: 400,
      body: { code: "invalid_input", errors: [{ path: "count", message: "is not a known field" }] },
    });
    expect((await get<List>(path)).body.walk_ins).toBe(0);
  });

  test("shows nothing before, after, for a canceled event, once revoked, and when it is not ours", async () => {
    const early = await doorOf(await event({ starts_in: 2.1 }));
    const late = await doorOf(await event({ starts_in: -8, lasts: 1.9 }));
    const canceled = await doorOf(await event({ starts_in: 1, cancelled_at: new Date() }));
    const [mine, other] = [await openDoor(), await openDoor()];
    // The signature of one event's link does not open another's.
    const mixed = mine.path.replace(mine.link_id, other.link_id);
    const { token } = await volunteer("events.attendance");
    const revoked = await openDoor();
    const address = `/api/admin/events/${revoked.event_id}/door-links/${revoked.link_id}`;
    expect((await call("DELETE", address, { token })).status).toBe(200);
    expect((await call("DELETE", address, { token })).status).toBe(200);
    const answers = await Promise.all(
      [early.path, late.path, canceled.path, mixed, revoked.path, "/api/door/x"].map((path) => get(path)),
    );
    expect(answers.map(outcome)).toEqual(answers.map(() => closed));
    expect(new Set(answers.map(({ body }) => body.detail)).size).toBe(1);
    expect(outcome(await post(`${revoked.path}/check-in`, { code: revoked.check_in_code }))).toEqual(closed);
    expect(outcome(await post(`${revoked.path}/walk-ins`))).toEqual(closed);
    expect(await sql("select attended from event_rsvps where event_id = $1", [revoked.event_id])).toEqual([
      { attended: false },
    ]);
  });

  test("works from 2 hours before the start until 6 hours after the end", async () => {
    for (const times of [{ starts_in: 1.9 }, { starts_in: -7, lasts: 1.1 }])
      expect((await get((await doorOf(await event(times))).path)).status).toBe(200);
  });

  test("is made by a volunteer, and revoked only at its own event", async () => {
    const [id, other] = [await event({ starts_in: 1 }), await event()];
    const { token } = await volunteer("events.attendance");
    const made = await post<{ id: string; url: string }>(
      `/api/admin/events/${id}/door-links`,
      { label: "Robin" },
      { token },
    );
    const { pathname } = new URL(made.body.url);
    expect((await get(pathname)).status).toBe(200);
    const revoke = (event_id: string) =>
      call("DELETE", `/api/admin/events/${event_id}/door-links/${made.body.id}`, { token });
    expect(outcome(await revoke(other))).toEqual([404, "door_link_not_found"]);
    await revoke(id);
    const list = await get<{ items: unknown[] }>(`/api/admin/events/${id}/door-links`, { token });
    expect(list.body.items).toMatchObject([{ label: "Robin", url: null, revoked_at: expect.any(String) }]);
  });

  test("is sent again only when something changed, and is not kept", async () => {
    const { path, guest, check_in_code } = await openDoor();
    const poll = (ETag: string, Accept = "application/json") =>
      get(path, { headers: { Accept, "If-None-Match": ETag } });
    const first = await poll("");
    const known = first.headers.get("ETag") ?? "";
    expect([first.status, first.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
    const same = await poll(known);
    expect([same.status, same.text, await tripsOf(same)]).toEqual([304, "", { before: 1, after: 0 }]);
    // The page has a name of its own.
    const page = await poll(known, "text/html");
    expect([page.status, (await poll(page.headers.get("ETag") ?? "", "text/html")).status]).toEqual([200, 304]);
    await post(`${path}/check-in`, { code: check_in_code });
    const changed = await poll(known);
    expect(changed.body).toMatchObject({ present: 1 });
    await sql("update users set photo_preference = 'public' where id = $1", [guest.id]);
    expect((await poll(changed.headers.get("ETag") ?? "")).status).toBe(200);
    await sql(
      "update door_links set revoked_at = now() where event_id = (select event_id from event_rsvps where user_id = $1)",
      [guest.id],
    );
    expect(outcome(await poll("*"))).toEqual(closed);
  });

  test("costs one round trip for each of 20 doors", async () => {
    const { path, check_in_code } = await openDoor();
    const polls = await Promise.all(
      Array.from({ length: 20 }, (_, door) =>
        door % 2 === 0 ? get(path) : post(`${path}/check-in`, { code: check_in_code }),
      ),
    );
    for (const poll of polls) expect([poll.status, await tripsOf(poll)]).toEqual([200, { before: 1, after: 0 }]);
  });
});

describe.concurrent("the page of a door link", () => {
  const Accept = "text/html";
  const form = (path: string, fields: Record<string, string>) =>
    call("POST", path, {
      headers: { Accept, "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString(),
    });

  test("lists names with a button for each, which checks in and undoes it without scripts", async () => {
    const { path, guest, check_in_code } = await openDoor();
    await sql("update users set first_name = '<b>Robin' where id = $1", [guest.id]);
    const { text } = await get(path, { headers: { Accept } });
    expect(text).toContain("&lt;b&gt;Robin");
    expect(text).toContain(check_in_code);
    expect(text).not.toContain("<script");
    expect(text).toContain(`action="${path}/check-in"`);
    const after = async (sent: Promise<Answer>) => {
      const { status, headers } = await sent;
      expect(status).toBe(303);
      return (await get(headers.get("Location") ?? "", { headers: { Accept } })).text;
    };
    const checkIn = (attended: string) => after(form(`${path}/check-in`, { code: check_in_code, attended }));
    const here = await checkIn("true");
    expect(here).toContain("Checked in, with guests: 1.");
    expect(here).toContain(" is checked in.");
    expect(here).not.toContain("already used");
    expect(here).toContain("Undo");
    expect(await checkIn("true")).toContain("This code was already used at");
    const undone = await checkIn("false");
    expect(undone).not.toContain("Undo");
    expect(undone).not.toContain("is checked in.");
  });

  test("counts people without a seat once, however often it is loaded again, and takes one back", async () => {
    const { path } = await openDoor();
    const shown = async () => (await get(path, { headers: { Accept } })).text;
    expect(await shown()).not.toContain("Take one back");
    const counted = await form(`${path}/walk-ins`, {});
    expect([counted.status, counted.headers.get("Location")]).toEqual([303, path]);
    for (const _ of [1, 2]) expect(await shown()).toContain("Counted without a seat: 1.");
    expect(await shown()).toContain("Take one back");
    expect((await form(`${path}/walk-ins`, { undo: "true" })).status).toBe(303);
    expect(await shown()).toContain("Counted without a seat: 0.");
  });

  test("leads back from a mistyped code", async () => {
    const { path } = await openDoor();
    const { status, text } = await form(`${path}/check-in`, { code: "00000000" });
    expect([status, text.includes(`href="${path}"`)]).toEqual([404, true]);
  });

  test("is a refusal without names when the link does not work", async () => {
    const { path, guest } = await openDoor();
    await sql(
      "update door_links set revoked_at = now() where event_id = (select event_id from event_rsvps where user_id = $1)",
      [guest.id],
    );
    const { status, text } = await get(path, { headers: { Accept } });
    expect([status, text.includes("Picnic")]).toEqual([404, false]);
  });
});
