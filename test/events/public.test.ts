import { describe, expect, test } from "vitest";
import { get, outcome } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { everythingIn } from "../harness/pages.ts";
import { sql } from "../harness/platform.ts";

type When = "upcoming" | "past" | "all";

/** Those of these that a list shows, in its order. */
const listed = async (when: When | undefined, ids: string[], limit = 100): Promise<string[]> =>
  (await everythingIn<{ id: string }>(`/api/events${when ? `?when=${when}` : ""}`, limit))
    .map(({ id }) => id)
    .filter((id) => ids.includes(id));

describe.concurrent("the list of events", () => {
  test("shows what is to come and what is running, soonest first, unless asked for more", async () => {
    const [later, soon, running, over, long_ago] = await Promise.all([
      event({ starts_in: 48 }),
      event({ starts_in: 2 }),
      event({ starts_in: -1, lasts: 3 }),
      event({ starts_in: -2, lasts: 1 }),
      event({ starts_in: -2000 }),
    ]);
    const all = [later, soon, running, over, long_ago];
    expect(await listed(undefined, all)).toEqual([running, soon, later]);
    expect(await listed("upcoming", all)).toEqual([running, soon, later]);
    expect(await listed("past", all)).toEqual([over, long_ago]);
    expect(await listed("all", all)).toEqual([long_ago, over, running, soon, later]);
  });

  test("never shows a draft", async () => {
    const drafts = await Promise.all([event({ published: false }), event({ published: false, starts_in: -50 })]);
    for (const when of ["upcoming", "past", "all"] as const) expect(await listed(when, drafts)).toEqual([]);
    const [first] = drafts;
    await sql("update events set published = true where id = $1", [first]);
    expect(await listed("upcoming", drafts)).toEqual([first]);
  });

  test("shows each event on one page and in order, whatever the pages' size and however many start together", async () => {
    const now = Date.now();
    const days = [-3, -3, -3, -2, -2, 2, 2, 2, 3].map((day) => day * 24 * 3_600_000);
    const events = await Promise.all(
      days.map(async (at) => ({
        at,
        id: await event({ start_at: new Date(now + at), end_at: new Date(now + at + 1000) }),
      })),
    );
    const ids = events.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
    for (const limit of [2, 3]) {
      expect(await listed("all", ids, limit)).toEqual(ids);
      expect(await listed("past", ids, limit)).toEqual(ids.slice(0, 5).reverse());
      expect(await listed("upcoming", ids, limit)).toEqual(ids.slice(5));
    }
  });

  test.for(["limit=0", "limit=101", "limit=x", "when=tomorrow", "cursor=nonsense"])("refuses ?%s", async (search) => {
    const answer = await get(`/api/events?${search}`);
    expect(outcome(answer)).toEqual([400, "invalid_input"]);
    expect(answer.body.errors).toMatchObject([{ path: search.split("=")[0] }]);
  });

  test("refuses the cursor of another of its orders", async () => {
    await Promise.all([event({ starts_in: -5 }), event({ starts_in: -5 })]);
    const { body } = await get<{ next_cursor: string }>("/api/events?when=past&limit=1");
    expect((await get(`/api/events?when=past&cursor=${body.next_cursor}`)).status).toBe(200);
    expect((await get(`/api/events?when=upcoming&cursor=${body.next_cursor}`)).status).toBe(400);
  });
});

describe.concurrent("one event", () => {
  test("is what anybody may know of it, in UTC to the millisecond", async () => {
    const id = await event({
      title: "Potluck",
      description: "Bring something.",
      location: "12 Elm Street",
      start_at: "2031-05-01T20:30:00.123+02:00",
      end_at: "2031-05-02T00:00:00+02:00",
      capacity: 12,
      time_zone: "Europe/Berlin",
    });
    expect((await get(`/api/events/${id}`)).body).toEqual({
      id,
      cover_url: null,
      cover_thumbnail_url: null,
      title: "Potluck",
      description: "Bring something.",
      location: "12 Elm Street",
      start_at: "2031-05-01T18:30:00.123Z",
      end_at: "2031-05-01T22:00:00.000Z",
      time_zone: "Europe/Berlin",
      online_url: null,
      place_audience: "everybody",
      tags: [],
      cancelled_at: null,
      capacity: 12,
      seats_left: 12,
      guests_limit: 0,
      waiting_list: false,
      answers_open_at: null,
      answers_close_at: null,
      welcome_statuses: ["active"],
      contact_email: null,
      coming: 0,
      maybe: 0,
      waiting: 0,
      questions: [],
      my_rsvp: null,
    });
  });

  test("is 404 for a draft as for none", async () => {
    const draft = await get(`/api/events/${await event({ published: false })}`);
    const none = await get(`/api/events/${crypto.randomUUID()}`);
    for (const answer of [draft, none])
      expect([answer.status, answer.body.code, answer.body.detail]).toEqual([
        404,
        "event_not_found",
        "There is no such event.",
      ]);
  });

  test.for(["1", "not-an-id", "00000000-0000-0000-0000", "%00", "%E0%A4%A", "..%2f..%2fetc%2fpasswd"])(
    "is 404 for %s, which is no id",
    async (id) => {
      const answer = await get(`/api/events/${id}`);
      expect(outcome(answer)).toEqual([404, "not_found"]);
    },
  );
});
