import { describe, expect, test } from "vitest";
import type { ManagedEvent, ManagedEventPage } from "../../src/events/admin/schemas.ts";
import { get, outcome, pathsOf, post, put, tripsOf } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { outboxOf } from "../harness/outbox.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

const { token } = await volunteer("events.view", "events.create", "events.edit", "events.publish");

/** A weekly series of four two-hour events in New York. The clocks change after the second. */
async function series(columns: Record<string, unknown> = {}): Promise<[string, string, string, string]> {
  const id = await event({
    start_at: "2032-03-02T23:30:00Z",
    end_at: "2032-03-03T01:30:00Z",
    time_zone: "America/New_York",
    ...columns,
  });
  const { body } = await post<{ events: { id: string }[] }>(
    `/api/admin/events/${id}/repeat`,
    { rrule: "FREQ=WEEKLY;COUNT=4" },
    { token },
  );
  const ids = body.events.map((made) => made.id);
  if (ids.length !== 4) throw new Error("There is no series");
  return ids as [string, string, string, string];
}

const edit = (id: string, body: object, scope = "?series=following") =>
  put<ManagedEvent>(`/api/admin/events/${id}${scope}`, body, { token });
const setStatus = (id: string, status: string, scope = "?series=following") =>
  put<ManagedEvent>(`/api/admin/events/${id}/status${scope}`, { status }, { token });

/** A column of events, in the order of the series. */
const each = async (ids: string[], column: string) =>
  (
    await sql<{ value: unknown }>(
      `select to_jsonb(${column}) as value from events where id = any ($1::uuid[]) order by series_position`,
      [ids],
    )
  ).map(({ value }) => value);

/** What the clock in New York shows. */
const clock = (column: string) => `to_char(${column} at time zone 'America/New_York', 'MM-DD HH24:MI')`;

const answer = async (event_id: string, rsvp_status = "yes", who?: Person, columns: object = {}) => {
  const guest = who ?? (await person());
  await insert("event_rsvps", { event_id, user_id: guest.id, rsvp_status, ...columns });
  return guest;
};

const templates = async ({ email }: { email: string }) => (await outboxOf(email)).map(({ template }) => template);

describe.concurrent("this event and those that follow", () => {
  test("move by as much as this one, by the clock, also when clocks change in between", async () => {
    const ids = await series({ answers_close_at: "2032-03-02T17:00:00Z" });
    const { status, body } = await edit(ids[1], {
      start_at: "2032-03-10T00:00:00Z",
      end_at: "2032-03-10T02:30:00Z",
      answers_close_at: "2032-03-09T16:00:00Z",
    });
    expect([status, body.start_at, body.series_position]).toEqual([200, "2032-03-10T00:00:00.000Z", 2]);
    expect(await each(ids, clock("start_at"))).toEqual(["03-02 18:30", "03-09 19:00", "03-16 19:00", "03-23 19:00"]);
    expect(await each(ids, clock("end_at"))).toEqual(["03-02 20:30", "03-09 21:30", "03-16 21:30", "03-23 21:30"]);
    expect(await each(ids, clock("answers_close_at"))).toEqual([
      "03-02 12:00",
      "03-09 11:00",
      "03-16 11:00",
      "03-23 11:00",
    ]);
    // The same again moves nothing.
    await edit(ids[1], { start_at: "2032-03-10T00:00:00Z", end_at: "2032-03-10T02:30:00Z" });
    expect(await each(ids, clock("start_at"))).toEqual(["03-02 18:30", "03-09 19:00", "03-16 19:00", "03-23 19:00"]);
  });

  test("keep the day to which one of them was moved, and take another zone by its clock", async () => {
    const ids = await series();
    await edit(ids[2], { start_at: "2032-03-17T22:30:00Z", end_at: "2032-03-18T00:30:00Z" }, "");
    await edit(ids[0], {
      start_at: "2032-03-02T19:00:00Z",
      end_at: "2032-03-02T20:00:00Z",
      time_zone: "Europe/London",
    });
    const london = "to_char(start_at at time zone 'Europe/London', 'MM-DD HH24:MI')";
    expect(await each(ids, london)).toEqual(["03-02 19:00", "03-09 19:00", "03-17 19:00", "03-23 19:00"]);
    expect(await each(ids, "extract(epoch from end_at - start_at)::int")).toEqual([3600, 3600, 3600, 3600]);
  });

  test("get the same details, in one round trip, but not those before or those that are canceled", async () => {
    const ids = await series();
    await setStatus(ids[2], "cancelled", "");
    const changed = await edit(ids[1], { title: "Choir", location: "The hall" });
    expect(await tripsOf(changed)).toMatchObject({ before: 1 });
    expect(await each(ids, "title")).toEqual(["Picnic", "Choir", "Picnic", "Choir"]);
    await edit(ids[3], { title: "Finale" }, "?series=this");
    expect(await each(ids, "title")).toEqual(["Picnic", "Choir", "Picnic", "Finale"]);
    expect((await edit(await event(), { title: "Alone" })).body.title).toBe("Alone");
  });

  test("tell those who answered about each that changed, and give new seats to those who wait at each", async () => {
    const ids = await series({ capacity: 1, waiting_list: true });
    const guest = await answer(ids[1]);
    await answer(ids[2], "yes", guest);
    const before = await answer(ids[0], "maybe");
    const waiting = await Promise.all([ids[1], ids[2], ids[3]].map((id) => answer(id, "waitlisted")));
    await answer(ids[3]);
    await edit(ids[1], { capacity: 2, location: "The hall" });
    expect(await templates(guest)).toEqual(["event_changed", "event_changed"]);
    expect(await templates(before)).toEqual([]);
    for (const each_waiting of waiting)
      expect((await templates(each_waiting)).sort()).toEqual(["event_changed", "event_promoted"]);
    expect(
      await sql(
        "select event_id, count(*)::int as seats from event_rsvps where event_id = any ($1::uuid[]) and rsvp_status = 'yes' group by 1",
        [ids.slice(1)],
      ),
    ).toHaveLength(3);
  });

  test("stay as they are when one of them cannot change, and the answer says which", async () => {
    const ids = await series({ capacity: 5, guests_limit: 3 });
    await answer(ids[2], "yes", undefined, { guests: 3 });
    await answer(ids[3], "yes", undefined, { guests: 2 });
    const refused = await edit(ids[0], { capacity: 2, title: "Small" });
    expect(outcome(refused)).toEqual([409, "capacity_below_accepted"]);
    expect(refused.body).toMatchObject({
      detail:
        "4 seats are taken on March 16, 2032, 3 seats are taken on March 23, 2032. Please remove people first, or choose a larger capacity.",
    });
    expect(await each(ids, "title")).toEqual(["Picnic", "Picnic", "Picnic", "Picnic"]);
    expect(outcome(await edit(ids[1], { published: false }))).toEqual([409, "event_answered"]);
    const backwards = await edit(ids[1], { end_at: "2032-03-01T00:00:00Z" });
    expect([outcome(backwards), pathsOf(backwards)]).toEqual([[400, "invalid_input"], ["end_at"]]);
    const editor = await volunteer("events.edit");
    const unpublished = await put(`/api/admin/events/${ids[0]}?series=following`, { published: false }, editor);
    expect(outcome(unpublished)).toEqual([403, "permission_missing"]);
    expect((await edit(ids[0], {}, "?series=all")).status).toBe(400);
  });

  test("are canceled together, with one mail for each event, and repeating changes nothing", async () => {
    const ids = await series();
    const regular = await answer(ids[1]);
    await answer(ids[2], "maybe", regular);
    const [first, once, no] = [await answer(ids[0]), await answer(ids[2]), await answer(ids[3], "no")];
    await sql("update events set published = false where id = $1", [ids[3]]);
    await setStatus(ids[2], "cancelled", "");
    expect(await templates(once)).toEqual(["event_cancelled"]);
    expect((await setStatus(ids[1], "cancelled")).body.cancelled_at).not.toBeNull();
    expect((await setStatus(ids[1], "cancelled")).status).toBe(200);
    expect(await templates(regular)).toEqual(["event_cancelled", "event_cancelled"]);
    expect([await templates(first), await templates(once), await templates(no)]).toEqual([[], ["event_cancelled"], []]);
    expect(await each(ids, "cancelled_at is not null")).toEqual([false, true, true, false]);
    // Canceling only one leaves those that follow to be canceled later.
    const others = await series();
    await setStatus(others[0], "cancelled", "");
    expect(await each(others, "cancelled_at is not null")).toEqual([true, false, false, false]);
    await setStatus(others[0], "cancelled");
    expect(await each(others, "cancelled_at is not null")).toEqual([true, true, true, true]);
  });

  test("are published together", async () => {
    const ids = await series({ published: false });
    await setStatus(ids[1], "published");
    expect(await each(ids, "published")).toEqual([false, true, true, true]);
    expect((await setStatus(ids[2], "draft")).status).toBe(200);
    expect(await each(ids, "published")).toEqual([false, true, false, false]);
  });

  test("change together when two volunteers change them at the same time", async () => {
    const ids = await series();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => edit(ids[index % 2 === 0 ? 0 : 1], { title: `Version ${index}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set((await each(ids, "title")).slice(1)).size).toBe(1);
  });
});

test("volunteers find the events of a series", async () => {
  const ids = await series();
  const { body } = await get<ManagedEvent>(`/api/admin/events/${ids[2]}`, { token });
  expect(body.series_position).toBe(3);
  const list = await get<ManagedEventPage>(`/api/admin/events?series_id=${body.series_id}`, { token });
  expect([list.body.total, list.body.items.map(({ id }) => id)]).toEqual([4, ids]);
});
