import ICAL from "ical.js";
import { convertIcsCalendar } from "ts-ics";
import { describe, expect, test } from "vitest";
import { call, get, outcome, post } from "../harness/client.ts";
import { answered, answerToken, event } from "../harness/events.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

/** The events of a file, as two parsers read them: their instants in UTC. They must agree. */
function eventsIn(text: string) {
  const first = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((component) => {
    const read = new ICAL.Event(component);
    const status = component.getFirstPropertyValue("status");
    return {
      uid: read.uid,
      start: read.startDate.toJSDate().toISOString(),
      end: read.endDate.toJSDate().toISOString(),
      summary: read.summary,
      sequence: read.sequence,
      status: String(status),
    };
  });
  const second = (convertIcsCalendar(undefined, text).events ?? []).map((read) => ({
    uid: read.uid,
    start: read.start.date.toISOString(),
    end: read.end?.date.toISOString(),
    summary: read.summary,
    sequence: read.sequence ?? 0,
    status: read.status,
  }));
  expect(second).toEqual(first);
  return first;
}

/** Hours in which clocks change. */
const CLOCKS_CHANGE = [
  ["America/New_York", "2032-03-14T06:30:00.000Z", "2032-03-14T07:30:00.000Z"],
  ["Europe/London", "2032-10-31T00:30:00.000Z", "2032-10-31T01:30:00.000Z"],
  ["Australia/Sydney", "2032-04-03T15:30:00.000Z", "2032-04-03T16:30:00.000Z"],
] as const;

test("the calendar of all events has the right instants while clocks change", async () => {
  const { insert, call } = await ownPlatform();
  const made = await Promise.all(
    CLOCKS_CHANGE.map(async ([time_zone, start_at, end_at]) => ({
      uid: `${await insert("events", { title: "Tea", location: "The park", time_zone, start_at, end_at, published: true })}@events.loaf`,
      start: start_at,
      end: end_at,
    })),
  );
  const shown = eventsIn((await call("GET", "/api/calendar.ics")).text).map(({ uid, start, end }) => ({
    uid,
    start,
    end,
  }));
  expect(shown).toEqual(made.sort((a, b) => (a.start < b.start ? -1 : 1)));
});

describe.concurrent("the calendar of an event", () => {
  test.for(CLOCKS_CHANGE)("has the right instants while clocks change in %s", async ([time_zone, start_at, end_at]) => {
    const title = "Tea; cake, & \\ more";
    const id = await event({ title, time_zone, start_at, end_at });
    const { status, text } = await get(`/api/events/${id}/calendar.ics`);
    expect([status, eventsIn(text)]).toEqual([
      200,
      [{ uid: `${id}@events.loaf`, start: start_at, end: end_at, summary: title, sequence: 0, status: "CONFIRMED" }],
    ]);
  });

  test("keeps its name for a client that has it, until something changes", async () => {
    const id = await event();
    const path = `/api/events/${id}/calendar.ics`;
    const etag = (await get(path)).headers.get("ETag") ?? "";
    const again = await get(path, { headers: { "If-None-Match": `W/${etag}` } });
    expect([again.status, again.text]).toEqual([304, ""]);
    await sql("update events set cancelled_at = now(), sequence = sequence + 1 where id = $1", [id]);
    const changed = await get(path, { headers: { "If-None-Match": etag } });
    expect(eventsIn(changed.text)).toMatchObject([{ uid: `${id}@events.loaf`, sequence: 1, status: "CANCELLED" }]);
  });

  test("hides a place that is not for everybody, and a draft", async () => {
    const hidden = await event({
      place_audience: "members",
      location: "Hidden house",
      online_url: "https://hidden.example",
    });
    expect((await get(`/api/events/${hidden}/calendar.ics`)).text).not.toMatch(/hidden/i);
    expect((await get("/api/calendar.ics")).text).not.toMatch(/hidden/i);
    const draft = await event({ published: false });
    expect(outcome(await get(`/api/events/${draft}/calendar.ics`))).toEqual([404, "event_not_found"]);
    expect((await get("/api/calendar.ics")).text).not.toContain(draft);
  });
});

test("the calendar file that a mail links to has a secret place for whoever has a seat, as long as they have it", async () => {
  const { event_id, guest } = await answered("yes", { place_audience: "accepted", location: "Hidden house" });
  const path = `/api/events/calendar.ics?token=${await answerToken({ event_id, guest })}`;
  const { status, headers, text } = await get(`${path}&utm_source=mail`);
  expect([status, headers.get("Cache-Control")]).toEqual([200, "private, no-cache"]);
  expect(eventsIn(text)).toMatchObject([{ uid: `${event_id}@events.loaf`, status: "CONFIRMED" }]);
  expect(text).toContain("Hidden house");
  await sql("update event_rsvps set rsvp_status = 'maybe' where event_id = $1", [event_id]);
  const tentative = (await get(path)).text;
  expect(eventsIn(tentative)).toMatchObject([{ status: "TENTATIVE" }]);
  expect(tentative).not.toContain("Hidden");
  expect(outcome(await get(`${path}x`))).toEqual([400, "link_not_valid"]);
  await sql("update events set published = false where id = $1", [event_id]);
  expect(outcome(await get(path))).toEqual([404, "event_not_found"]);
});

describe.concurrent("my calendar", () => {
  const renew = async (token: string, body: object = {}) =>
    new URL((await post<{ url: string }>("/api/members/calendar-token", body, { token })).body.url).pathname;

  test("has what I answered and names none of it, unless I want it to", async () => {
    const { event_id, guest } = await answered("maybe", { title: "Drag brunch" });
    await event({ title: "Not mine" });
    const path = await renew(guest.token);
    const neutral = (await get(path)).text;
    expect(eventsIn(neutral)).toMatchObject([
      { uid: `${event_id}@events.loaf`, summary: "Appointment", status: "TENTATIVE" },
    ]);
    expect(neutral).not.toMatch(/brunch|park/i);
    expect(neutral).toContain("X-WR-CALNAME:Appointment");
    const named = (await get(await renew(guest.token, { show_titles: true }))).text;
    expect(eventsIn(named)).toMatchObject([{ summary: "Drag brunch" }]);
    expect(named).not.toContain("Appointment");
    const { body } = await get<{ name: string }>("/api/branding");
    expect(named).toContain(`X-WR-CALNAME:${body.name}`);
    expect((await get(path)).status).toBe(404);
  });

  test("stops when I say so, and for a token that is not ours", async () => {
    const { token } = await person();
    const path = await renew(token);
    expect((await get(path)).status).toBe(200);
    expect((await call("DELETE", "/api/members/calendar-token", { token })).status).toBe(200);
    expect((await get(path)).status).toBe(404);
    expect((await get("/api/calendar/x.ics")).status).toBe(404);
    expect((await get("/api/calendar/x")).status).toBe(404);
  });
});
