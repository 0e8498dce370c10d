import { describe, expect, test } from "vitest";
import { call, get, outcome, post } from "../harness/client.ts";
import { answered, event } from "../harness/events.ts";
import { everythingIn } from "../harness/pages.ts";
import { erase, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

type When = "upcoming" | "past" | "all";

/** A word that is nowhere else. */
const anyWord = () => `w${crypto.randomUUID().slice(0, 13)}`;

/** Those of these that a list shows, in its order. */
const listed = async (when: When | undefined, ids: string[], limit = 100, search = ""): Promise<string[]> =>
  (
    await everythingIn<{ id: string }>(
      `/api/events?${new URLSearchParams({ ...(when && { when }), ...(search && { search }) })}`,
      limit,
    )
  )
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
    const [now, title] = [Date.now(), anyWord()];
    const days = [-3, -3, -3, -2, -2, 2, 2, 2, 3].map((day) => day * 24 * 3_600_000);
    const events = await Promise.all(
      days.map(async (at) => ({
        at,
        id: await event({ title, start_at: new Date(now + at), end_at: new Date(now + at + 1000) }),
      })),
    );
    const ids = events.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
    for (const limit of [2, 3]) {
      expect(await listed("all", ids, limit, title)).toEqual(ids);
      expect(await listed("past", ids, limit, title)).toEqual(ids.slice(0, 5).reverse());
      expect(await listed("upcoming", ids, limit, title)).toEqual(ids.slice(5));
    }
  });

  test("is narrowed by a tag, by days, by words of a title or description, and for volunteers by a status", async () => {
    const [mark, tag, host] = [anyWord(), anyWord(), await volunteer("events.view")];
    const on = (day: string, columns: Record<string, unknown> = {}) =>
      event({ title: `${mark} Fête`, start_at: `${day}T12:00:00Z`, end_at: `${day}T13:00:00Z`, ...columns });
    const [april, first, second, third] = [
      await on("2031-04-30"),
      await on("2031-05-01", { tags: [tag, "outdoors"], location: "Lighthouse" }),
      await on("2031-05-02", { description: "With a bonfire", cancelled_at: new Date() }),
      await on("2031-05-03", { tags: [tag], published: false }),
    ];
    const found = async (path: string, filters: string, token?: string) => {
      const { body } = await get<{ items: { id: string }[]; total?: number }>(`${path}?when=all&${filters}`, {
        ...(token && { token }),
      });
      const ids = body.items.map(({ id }) => id);
      if (token) expect(body.total).toBe(ids.length);
      return ids;
    };
    for (const [filters, published, all] of [
      ["", [april, first, second], [april, first, second, third]],
      [`tag=${tag.toUpperCase()}`, [first], [first, third]],
      ["from=2031-05-01&to=2031-05-02", [first, second], [first, second]],
      ["from=2031-05-02", [second], [second, third]],
      ["to=2031-04-30", [april], [april]],
      [`search=BONFIRE%20fete%20${mark}`, [second], [second]],
      ["search=lighthouse", [], []],
    ] as const) {
      const asked = filters.startsWith("search") ? filters : `search=${mark}&${filters}`;
      expect([filters, await found("/api/events", asked)]).toEqual([filters, published]);
      expect([filters, await found("/api/admin/events", asked, host.token)]).toEqual([filters, all]);
    }
    for (const [status, ids] of [
      ["draft", [third]],
      ["published", [april, first]],
      ["cancelled", [second]],
    ] as const)
      expect(await found("/api/admin/events", `search=${mark}&status=${status}`, host.token)).toEqual(ids);
  });

  test("has what is over, too, when it is asked about days", async () => {
    const mark = anyWord();
    const over = await event({ title: mark, start_at: "2021-05-01T12:00:00Z", end_at: "2021-05-01T13:00:00Z" });
    const found = async (filters: string) => {
      const { body } = await get<{ items: { id: string }[] }>(`/api/events?search=${mark}&${filters}`);
      return body.items.map(({ id }) => id);
    };
    expect(await found("from=2021-01-01&to=2021-12-31")).toEqual([over]);
    expect(await found("to=2021-12-31")).toEqual([over]);
    expect(await found("from=2021-01-01&when=upcoming")).toEqual([]);
  });

  test("refuses days in the wrong order, to volunteers as to all", async () => {
    const { token } = await volunteer("events.view");
    for (const path of ["/api/events", "/api/admin/events"]) {
      const answer = await get(`${path}?from=2031-05-02&to=2031-05-01`, { token });
      expect(outcome(answer)).toEqual([400, "invalid_input"]);
      expect(answer.body.errors).toEqual([{ path: "to", message: "must not be before from" }]);
    }
  });

  test("says how large a page may be", async () => {
    for (const limit of ["-1", "0", "101", "1e2"])
      expect((await get(`/api/events?limit=${limit}`)).body.errors).toEqual([
        { path: "limit", message: "must be a whole number from 1 to 100" },
      ]);
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

  test("has no number of seats that are left where their number has no limit", async () => {
    const { event_id } = await answered();
    expect((await get(`/api/events/${event_id}`)).body).toMatchObject({ capacity: null, seats_left: null, coming: 1 });
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

describe.concurrent("what may be kept", () => {
  const kept = ({ headers }: { headers: Headers }) => headers.get("Cache-Control");
  const varies = ({ headers }: { headers: Headers }) => (headers.get("Vary") ?? "").split(/, */);

  test("is what strangers see, for a minute, and nothing that depends on the caller", async () => {
    const { event_id, guest } = await answered("yes", { place_audience: "members" });
    const paths = [
      "/api/events",
      `/api/events/${event_id}`,
      "/api/calendar.ics",
      `/api/events/${event_id}/calendar.ics`,
    ];
    for (const path of paths) {
      for (const headers of [{}, { Origin: "http://localhost:5173" }]) {
        const stranger = await get(path, { headers });
        expect([path, stranger.status, kept(stranger)]).toEqual([path, 200, "public, max-age=60"]);
        expect(varies(stranger)).toEqual(expect.arrayContaining(["Authorization", "Origin"]));
        expect(stranger.text).not.toMatch(/The park.*"my_rsvp":\{/s);
      }
      const member = await get(path, { token: guest.token });
      expect([path, kept(member), varies(member).includes("Authorization")]).toEqual([path, "private, no-store", true]);
      expect(kept(await call("HEAD", path))).toBe("public, max-age=60");
    }
    const { body } = await get<{ location: unknown; my_rsvp: unknown }>(`/api/events/${event_id}`);
    expect([body.location, body.my_rsvp]).toEqual([null, null]);
  });

  test("is never a refusal", async () => {
    const draft = await event({ published: false });
    for (const path of [`/api/events/${draft}`, `/api/events/${draft}/calendar.ics`, "/api/events?limit=0"])
      expect([path, kept(await get(path))]).toEqual([path, "no-store"]);
    const invalid = await get("/api/events", { token: "nonsense" });
    expect([invalid.status, kept(invalid)]).toEqual([401, "no-store"]);
  });

  test("is not sent again to a client that has it, until it changes", async () => {
    const { event_id, guest } = await answered();
    const path = `/api/events/${event_id}`;
    const ETag = (await get(path)).headers.get("ETag") ?? "";
    const again = await get(path, { headers: { "If-None-Match": `W/${ETag}` } });
    expect([again.status, again.text, kept(again)]).toEqual([304, "", "public, max-age=60"]);
    // With a token it is another answer, with another name.
    expect((await get(path, { token: guest.token, headers: { "If-None-Match": ETag } })).status).toBe(200);
    await sql("update events set title = 'Choir' where id = $1", [event_id]);
    expect((await get(path, { headers: { "If-None-Match": ETag } })).status).toBe(200);
  });
});

describe.concurrent("who comes", () => {
  interface Comers {
    items: Record<string, unknown>[];
  }
  const namesAt = async (event_id: string, token: string) =>
    (await get<Comers>(`/api/events/${event_id}/people`, { token })).body.items;

  test("is shown to active members by name, if the people agreed, and nothing else about them", async () => {
    const event_id = await event({ waiting_list: true, capacity: 2 });
    const member = await person("active");
    const [shown, hidden] = [
      await person("active", { first_name: "Robin", last_name: "Agreed" }),
      await person("active"),
    ];
    const rsvp = (show_name?: boolean, { token } = shown) =>
      post(
        `/api/events/${event_id}/rsvp`,
        { rsvp_status: "yes", ...(show_name !== undefined && { show_name }) },
        { token },
      );
    await rsvp(true);
    await rsvp(undefined, hidden);
    for (const rsvp_status of ["no", "maybe", "waitlisted"])
      await insert("event_rsvps", { event_id, user_id: (await person()).id, rsvp_status, show_name: true });
    expect(await namesAt(event_id, member.token)).toEqual([{ name: "Robin Agreed" }]);
    const path = `/api/events/${event_id}/people`;
    expect((await get(path)).status).toBe(401);
    expect((await get(path, { token: (await person("pre_validated")).token })).status).toBe(403);
    // They can think again.
    await rsvp();
    expect(await namesAt(event_id, member.token)).toHaveLength(1);
    await rsvp(false);
    expect(await namesAt(event_id, member.token)).toEqual([]);
  });

  test("is forgotten when the event is over, canceled or a draft, and when somebody is erased", async () => {
    const member = await person("active");
    const comes = async (columns: object) => {
      const { event_id, guest } = await answered("yes", { ...columns });
      await sql("update event_rsvps set show_name = true where event_id = $1", [event_id]);
      return { event_id, guest };
    };
    const [coming, over, canceled, draft] = [
      await comes({}),
      await comes({ starts_in: -3 }),
      await comes({ cancelled_at: new Date() }),
      await comes({ published: false }),
    ];
    expect(await namesAt(coming.event_id, member.token)).toHaveLength(1);
    for (const { event_id } of [over, canceled]) expect(await namesAt(event_id, member.token)).toEqual([]);
    expect(outcome(await get(`/api/events/${draft.event_id}/people`, { token: member.token }))).toEqual([
      404,
      "event_not_found",
    ]);
    await erase(coming.guest);
    expect(await namesAt(coming.event_id, member.token)).toEqual([]);
  });
});
