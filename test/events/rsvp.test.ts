import { describe, expect, test } from "vitest";
import { type Call, call, get, outcome, post, put, refusal } from "../harness/client.ts";
import { event, eventDetails } from "../harness/events.ts";
import { whileChanging } from "../harness/locks.ts";
import { tokenIn, untilMails } from "../harness/mailbox.ts";
import { outboxOf, outgoing, untilSent } from "../harness/outbox.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

const del = <Body = Record<string, unknown>>(path: string, options?: Call) => call<Body>("DELETE", path, options);

type Mine = { rsvp_status: string | null; guests: number; position: number | null; check_in_code: string | null };
type Answered = {
  coming: number;
  waiting: number;
  seats_left: number | null;
  location: string | null;
  my_rsvp: Mine | null;
};

const answer = (event_id: string, { token }: Person, rsvp_status = "yes", more: Record<string, unknown> = {}) =>
  post<Mine>(`/api/events/${event_id}/rsvp`, { rsvp_status, ...more }, { token });
const said = async (...args: Parameters<typeof answer>) => (await answer(...args)).body.rsvp_status;
const withdraw = (event_id: string, { token }: Person) => del<Mine>(`/api/events/${event_id}/rsvp`, { token });
const seen = async (event_id: string, someone?: Person) =>
  (await get<Answered>(`/api/events/${event_id}`, { token: someone?.token })).body;
const people = (count: number) => Promise.all(Array.from({ length: count }, () => person()));
const templates = async ({ email }: Person) => (await outboxOf(email)).map(({ template }) => template);
const host = await volunteer(
  "events.rsvps",
  "events.edit",
  "events.publish",
  "events.create",
  "events.delete",
  "events.view",
);

describe.concurrent("an answer", () => {
  test("takes a seat for me and my guests, and is confirmed by one mail that names no event in its subject", async () => {
    const me = await person();
    const id = await event({
      title: "Drag brunch",
      capacity: 5,
      guests_limit: 2,
      time_zone: "Europe/London",
      start_at: "2031-01-05T18:00:00Z",
      end_at: "2031-01-05T20:00:00Z",
    });
    const { status, body } = await answer(id, me, "yes", { guests: 2 });
    expect([status, body]).toEqual([
      200,
      {
        rsvp_status: "yes",
        guests: 2,
        position: null,
        show_name: false,
        answers: [],
        check_in_code: expect.stringMatching(/^[0-9A-F]{8}$/),
      },
    ]);
    expect(await seen(id)).toMatchObject({ coming: 3, seats_left: 2, my_rsvp: null });
    expect((await seen(id, me)).my_rsvp).toEqual(body);
    expect(await said(id, me, "yes", { guests: 1 })).toBe("yes");
    const [mail, ...others] = await untilMails(me.email);
    expect(others).toEqual([]);
    expect(mail?.subject).not.toMatch(/drag|brunch/i);
    expect(mail?.text).toContain("January 5, 2031 at 6:00 PM GMT");
    expect(mail?.text).toContain("/api/events/calendar.ics?token=");
  });

  test("may be no or maybe, which take no seat and bring nobody", async () => {
    const [me, id] = [await person(), await event({ capacity: 1, guests_limit: 3 })];
    for (const rsvp_status of ["maybe", "no"]) {
      expect((await answer(id, me, rsvp_status, { guests: 3 })).body).toMatchObject({
        rsvp_status,
        guests: 0,
        check_in_code: null,
      });
      expect(await seen(id)).toMatchObject({ coming: 0, seats_left: 1 });
    }
    expect(await templates(me)).toEqual([]);
  });

  test("is refused with more guests than the event allows, naming the limit", async () => {
    expect(refusal(await answer(await event({ guests_limit: 2 }), await person(), "yes", { guests: 3 }))).toEqual([
      400,
      "invalid_input",
      [{ path: "guests", message: "must be at most 2" }],
    ]);
  });

  test("is for those whom the event welcomes: giving up is for everybody", async () => {
    const [newcomer, member] = [await person("pending_validation"), await person()];
    const id = await event({ welcome_statuses: "{pending_validation}" });
    expect(outcome(await answer(id, member))).toEqual([403, "status_not_welcome"]);
    expect(await said(id, newcomer)).toBe("yes");
    await sql("update users set status = 'rejected', rejection_reason = 'x', rejected_at = now() where id = $1", [
      newcomer.id,
    ]);
    expect(outcome(await answer(id, newcomer, "maybe"))).toEqual([403, "status_not_welcome"]);
    expect((await withdraw(id, newcomer)).body.rsvp_status).toBe(null);
  });

  test("is not mailed to an address that nobody verified", async () => {
    const unknown = await person("pending_email");
    const id = await event({ welcome_statuses: "{pending_email}" });
    expect(await said(id, unknown)).toBe("yes");
    expect(await templates(unknown)).toEqual([]);
  });

  test.for([
    ["a draft", { published: false }, 404, "event_not_found"],
    ["a canceled event", { cancelled_at: new Date() }, 409, "event_cancelled"],
    ["one that has started", { starts_in: -0.1 }, 409, "event_started"],
    ["one that takes no answers yet", { answers_open_at: new Date(Date.now() + 3_600_000) }, 409, "answers_not_open"],
    ["one that takes no more answers", { answers_close_at: new Date(Date.now() - 1000) }, 409, "answers_closed"],
    ["a full one without a waiting list", { capacity: 1, guests_limit: 1 }, 409, "event_full"],
  ] as const)("to %s is refused", async ([, columns, status, code]) => {
    expect(
      outcome(await answer(await event(columns), await person(), "yes", { guests: code === "event_full" ? 1 : 0 })),
    ).toEqual([status, code]);
  });

  test("keeps the guests that it leaves out, as long as it is a yes", async () => {
    const [me, waiting] = [await person(), await person()];
    const id = await event({ capacity: 3, waiting_list: true, guests_limit: 2 });
    await answer(id, me, "yes", { guests: 2, show_name: true });
    await answer(id, waiting, "yes", { guests: 1 });
    for (const someone of [me, waiting]) await answer(id, someone, "yes", { show_name: false });
    expect((await seen(id, me)).my_rsvp).toMatchObject({ rsvp_status: "yes", guests: 2, show_name: false });
    expect((await seen(id, waiting)).my_rsvp).toMatchObject({ rsvp_status: "waitlisted", guests: 1, position: 1 });
    expect((await answer(id, me, "maybe")).body).toMatchObject({ guests: 0 });
    expect((await seen(id, waiting)).my_rsvp).toMatchObject({ rsvp_status: "yes", guests: 1 });
    expect((await answer(id, me)).body).toMatchObject({ guests: 0 });
  });

  test("can bring fewer guests and hide my name although I am no longer welcome, a question is new and the limit lower", async () => {
    const [me, other] = [await person(), await person()];
    const id = await event({ guests_limit: 3, capacity: 4, waiting_list: true });
    await answer(id, me, "yes", { guests: 3, show_name: true });
    await answer(id, other);
    await sql("update events set guests_limit = 1 where id = $1", [id]);
    expect(refusal(await answer(id, me, "yes", { guests: 4 }))[2]).toEqual([
      { path: "guests", message: "must be at most 3" },
    ]);
    await insert("event_questions", {
      event_id: id,
      position: 1,
      question: "Food?",
      purpose: "Cook",
      kind: "text",
      required: true,
    });
    await sql("update users set status = 'inactive' where id = $1", [me.id]);
    expect(outcome(await answer(id, me, "yes", { guests: 4 }))).toEqual([403, "status_not_welcome"]);
    expect(outcome(await answer(id, me, "maybe"))).toEqual([403, "status_not_welcome"]);
    expect((await answer(id, me, "yes", { show_name: false })).body).toMatchObject({ guests: 3, show_name: false });
    expect((await answer(id, me, "yes", { guests: 2 })).body).toMatchObject({ rsvp_status: "yes", guests: 2 });
    expect((await seen(id, other)).my_rsvp?.rsvp_status).toBe("yes");
    await sql("update users set status = 'active' where id = $1", [me.id]);
    expect(refusal(await answer(id, await person()))[2]).toEqual([{ path: "answers", message: "must answer: Food?" }]);
  });

  test("of somebody who is being rejected waits for the rejection, and is refused", async () => {
    const applicant = await person("pending_validation");
    const id = await event({ welcome_statuses: "{pending_validation}" });
    const late = await whileChanging(
      "update users set status = 'rejected', rejection_reason = 'x', rejected_at = now() where id = $1",
      [applicant.id],
      () => answer(id, applicant),
    );
    expect(outcome(late)).toEqual([403, "status_not_welcome"]);
  });

  test("can be given up after answers closed, and not after the start", async () => {
    const [me, other, id] = [await person(), await person(), await event({ guests_limit: 2 })];
    expect((await answer(id, me, "yes", { guests: 2 })).body).toMatchObject({ rsvp_status: "yes", guests: 2 });
    expect((await answer(id, other)).body).toMatchObject({ rsvp_status: "yes" });
    await sql("update events set answers_close_at = now() where id = $1", [id]);
    expect(outcome(await answer(id, me, "maybe"))).toEqual([409, "answers_closed"]);
    expect((await answer(id, me, "yes", { guests: 1 })).body).toMatchObject({ rsvp_status: "yes", guests: 1 });
    expect(outcome(await answer(id, me, "yes", { guests: 2 }))).toEqual([409, "answers_closed"]);
    expect(await said(id, me, "no")).toBe("no");
    await sql("update events set start_at = now() where id = $1", [id]);
    expect(outcome(await answer(id, other, "no"))).toEqual([409, "event_started"]);
    expect(outcome(await withdraw(id, other))).toEqual([409, "event_started"]);
  });
});

describe.concurrent("a full event", () => {
  test("has a waiting list: who gives up a seat lets the first in line come, with one mail, and goes to its end", async () => {
    const [first, second, third] = await people(3);
    if (!first || !second || !third) throw new Error();
    const id = await event({ capacity: 1, waiting_list: true });
    expect(await said(id, first)).toBe("yes");
    expect((await answer(id, second)).body).toMatchObject({
      rsvp_status: "waitlisted",
      position: 1,
      check_in_code: null,
    });
    expect((await answer(id, third)).body).toMatchObject({ rsvp_status: "waitlisted", position: 2 });
    expect((await answer(id, second)).body).toMatchObject({ rsvp_status: "waitlisted", position: 1 });
    // A mail that still waits goes with the answer.
    await untilSent(first.email);
    await withdraw(id, first);
    expect((await seen(id, second)).my_rsvp).toMatchObject({ rsvp_status: "yes", position: null });
    expect((await seen(id, third)).my_rsvp).toMatchObject({ rsvp_status: "waitlisted", position: 1 });
    await untilSent(second.email);
    expect(await said(id, second, "no")).toBe("no");
    expect((await seen(id, third)).my_rsvp).toMatchObject({ rsvp_status: "yes" });
    expect((await answer(id, second)).body).toMatchObject({ rsvp_status: "waitlisted", position: 1 });
    expect(await templates(second)).toEqual(["event_promoted"]);
    expect(await templates(third)).toEqual(["event_promoted"]);
    expect(await templates(first)).toEqual(["event_confirmed"]);
  });

  test("passes over a party that is too large, and takes it when it fits", async () => {
    const [a, b, pair, single] = await people(4);
    if (!a || !b || !pair || !single) throw new Error();
    const id = await event({ capacity: 2, waiting_list: true, guests_limit: 1 });
    await answer(id, a);
    await answer(id, b);
    await answer(id, pair, "yes", { guests: 1 });
    await answer(id, single);
    await withdraw(id, a);
    expect((await seen(id, single)).my_rsvp?.rsvp_status).toBe("yes");
    expect((await seen(id, pair)).my_rsvp).toMatchObject({ rsvp_status: "waitlisted", position: 1 });
    await withdraw(id, b);
    expect((await seen(id, pair)).my_rsvp?.rsvp_status).toBe("waitlisted");
    await withdraw(id, single);
    expect((await seen(id, pair)).my_rsvp?.rsvp_status).toBe("yes");
  });

  test("lets nobody wait beyond the limit of its list, nor a party that could never fit", async () => {
    const [a, b, c, d] = await people(4);
    if (!a || !b || !c || !d) throw new Error();
    const id = await event({ capacity: 1, waiting_list: true, waiting_list_limit: 1, guests_limit: 5 });
    await answer(id, a);
    expect(outcome(await answer(id, b, "yes", { guests: 1 }))).toEqual([409, "event_full"]);
    expect(await said(id, c)).toBe("waitlisted");
    expect(outcome(await answer(id, d))).toEqual([409, "event_full"]);
    expect(outcome(await answer(id, a, "yes", { guests: 1 }))).toEqual([409, "event_full"]);
    expect((await seen(id, a)).my_rsvp).toMatchObject({ rsvp_status: "yes", guests: 0 });
  });

  test("tells those who wait once when a seat gets free shortly before it, and gives it to who says yes first", async () => {
    const [a, b, c] = await people(3);
    if (!a || !b || !c) throw new Error();
    const id = await event({ capacity: 1, waiting_list: true, starts_in: 11 });
    for (const someone of [a, b, c]) await answer(id, someone);
    await withdraw(id, a);
    for (const someone of [b, c]) {
      expect((await seen(id, someone)).my_rsvp?.rsvp_status).toBe("waitlisted");
      expect(await templates(someone)).toEqual(["event_seat_free"]);
    }
    expect(await said(id, c)).toBe("yes");
    expect(await templates(c)).toEqual(["event_seat_free", "event_confirmed"]);
    await withdraw(id, c);
    expect(await templates(b)).toEqual(["event_seat_free"]);
    expect(await said(id, b)).toBe("yes");
  });

  test("moves up at once when its capacity is raised or its limit is gone, and cannot shrink below who is coming", async () => {
    const [a, b, c, d] = await people(4);
    if (!a || !b || !c || !d) throw new Error();
    const id = await event({ capacity: 1, waiting_list: true });
    for (const someone of [a, b, c, d]) await answer(id, someone);
    const edit = (change: object) => put<{ coming: number; detail: string }>(`/api/admin/events/${id}`, change, host);
    expect((await edit({ capacity: 2 })).body.coming).toBe(2);
    expect((await seen(id, b)).my_rsvp?.rsvp_status).toBe("yes");
    const refused = await edit({ capacity: 1 });
    expect(outcome(refused)).toEqual([409, "capacity_below_accepted"]);
    expect(refused.body.detail).toContain("2 seats are taken");
    expect((await edit({ capacity: null })).body.coming).toBe(4);
    expect(await templates(d)).toEqual(["event_promoted"]);
  });

  test("sells a seat once to two who answer at the same moment", async () => {
    const [a, b] = await people(2);
    if (!a || !b) throw new Error();
    const id = await event({ capacity: 1 });
    const late = await whileChanging(
      "with locked as (select id from events where id = $1 for update) insert into event_rsvps (event_id, user_id, rsvp_status) select id, $2, 'yes' from locked",
      [id, a.id],
      () => answer(id, b),
    );
    expect(outcome(late)).toEqual([409, "event_full"]);
  });
});

describe.concurrent("the link in the mail of a yes", () => {
  test("asks first, and gives up the seat without signing in; twice does no harm", async () => {
    const [me, next] = await people(2);
    if (!me || !next) throw new Error();
    const id = await event({ title: "Tea <b>", capacity: 1, waiting_list: true });
    await answer(id, me);
    await answer(id, next);
    const [mail] = await untilMails(me.email);
    if (!mail) throw new Error();
    const token = tokenIn(mail);
    const page = await get(`/api/events/cannot-come?token=${token}&utm_source=mail`, {
      headers: { Accept: "text/html" },
    });
    expect([page.status, page.text]).toEqual([200, expect.stringContaining("Tea &lt;b&gt;")]);
    expect((await seen(id, me)).my_rsvp?.rsvp_status).toBe("yes");
    for (const _ of [1, 2]) {
      const form = await post("/api/events/cannot-come", `token=${token}`, {
        headers: { Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded" },
      });
      expect([form.status, form.text]).toEqual([200, expect.stringContaining("Thank you for telling us")]);
      expect((await seen(id, me)).my_rsvp?.rsvp_status).toBe("no");
    }
    expect(await templates(next)).toEqual(["event_promoted"]);
    const thanks = await post("/api/events/cannot-come", { token });
    // Their answer may be gone, for example because they were erased.
    await sql("delete from event_rsvps where event_id = $1 and user_id = $2", [id, me.id]);
    expect((await post("/api/events/cannot-come", { token })).body).toEqual(thanks.body);
    expect(await sql("select from event_rsvps where event_id = $1 and user_id = $2", [id, me.id])).toEqual([]);
    await sql("update events set start_at = now() where id = $1", [id]);
    expect(outcome(await post("/api/events/cannot-come", { token }))).toEqual([409, "event_started"]);
    expect(outcome(await post("/api/events/cannot-come", { token: `${token.slice(0, -2)}xx` }))).toEqual([
      400,
      "link_not_valid",
    ]);
    await sql("delete from events where id = $1", [id]);
    const asked = await get(`/api/events/cannot-come?token=${token}`);
    expect([asked.status, asked.text]).toEqual([404, expect.stringContaining("There is no such event.")]);
    expect(outcome(await post("/api/events/cannot-come", { token }))).toEqual([404, "event_not_found"]);
  });
});

describe.concurrent("the place of an event", () => {
  test.for([
    ["everybody", ["The park", "The park", "The park", "The park"]],
    ["members", [null, null, "The park", "The park"]],
    ["accepted", [null, null, null, "The park"]],
  ] as const)(
    "for %s is hidden from others, in the list, to a search and in a calendar too",
    async ([place_audience, places]) => {
      const [stranger, member, guest] = [
        await person("pending_validation"),
        await person(),
        await person("pending_validation"),
      ];
      const title = `Secret ${crypto.randomUUID()}`;
      const id = await event({
        title,
        place_audience,
        online_url: "https://meet.example/x",
        welcome_statuses: "{active,pending_validation}",
      });
      await answer(id, guest);
      const shown = [];
      for (const viewer of [undefined, stranger, member, guest]) {
        const one = await seen(id, viewer);
        const { body } = await get<{ items: Answered[] }>(`/api/events?search=${encodeURIComponent(title)}`, {
          token: viewer?.token,
        });
        expect(body.items[0]?.location).toBe(one.location);
        shown.push(one.location);
      }
      expect(shown).toEqual(places);
      const [mail] = await untilMails(guest.email);
      expect(mail?.text).toContain("The park");
      expect(
        (await get<{ items: object[] }>(`/api/events?search=${encodeURIComponent(title)}%20park`)).body.items,
      ).toEqual([]);
    },
  );
});

test("a mail names a place for members only to members and to those with a seat", async () => {
  const [newcomer, member] = [await person("pending_validation"), await person()];
  const id = await event({ place_audience: "members", welcome_statuses: "{active,pending_validation}" });
  for (const someone of [newcomer, member]) await answer(id, someone, "maybe");
  await put(`/api/admin/events/${id}`, { location: "The pier" }, host);
  const [[to_newcomer], [to_member]] = await Promise.all([untilMails(newcomer.email), untilMails(member.email)]);
  expect(to_newcomer?.text).not.toContain("The pier");
  expect(to_member?.text).toContain("The pier");
});

describe.concurrent("my answers", () => {
  test("are listed with their events, soonest first, and nobody else's", async () => {
    const [me, other] = await people(2);
    if (!me || !other) throw new Error();
    const [later, sooner, past] = await Promise.all([
      event({ starts_in: 9 }),
      event({ starts_in: 4 }),
      event({ starts_in: -9 }),
    ]);
    await answer(later, me);
    await answer(sooner, me, "maybe");
    await answer(sooner, other);
    await insert("event_rsvps", { event_id: past, user_id: me.id, attended: true });
    const list = async (when: string) =>
      (await get<{ items: { id: string; my_rsvp: Mine }[] }>(`/api/members/rsvps?when=${when}`, me)).body.items.map(
        ({ id, my_rsvp }) => [id, my_rsvp.rsvp_status],
      );
    expect(await list("upcoming")).toEqual([
      [sooner, "maybe"],
      [later, "yes"],
    ]);
    expect(await list("past")).toEqual([[past, null]]);
    await answer(later, me, "no");
    await put(`/api/admin/events/${later}/status`, { status: "draft" }, host);
    expect(await list("upcoming")).toEqual([[sooner, "maybe"]]);
  });
});

describe.concurrent("what volunteers do with answers", () => {
  const rsvps = (id: string) => `/api/admin/events/${id}/rsvps`;

  test("they answer for somebody, whatever the status and the times, within the seats", async () => {
    const [paper, second] = [await person("inactive"), await person()];
    const id = await event({ capacity: 1, answers_close_at: new Date() });
    const { status, body } = await post(rsvps(id), { user_id: paper.id }, host);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ user_id: paper.id, rsvp_status: "yes", recorded_by: host.id }),
    ]);
    expect(await templates(paper)).toEqual(["event_seat_given"]);
    const [mail] = await untilMails(paper.email);
    expect(mail?.text).toContain("One of our volunteers signed you up");
    expect(mail?.text).toContain("/api/events/cannot-come?token=");
    expect(outcome(await post(rsvps(id), { user_id: second.id }, host))).toEqual([409, "event_full"]);
    expect(outcome(await post(rsvps(id), { user_id: crypto.randomUUID() }, host))).toEqual([404, "user_not_found"]);
    expect(outcome(await post(rsvps(await event({ published: false })), { user_id: second.id }, host))).toEqual([
      409,
      "event_not_published",
    ]);
  });

  test("they remove an answer, with or without letting the next in line come, and choose who comes", async () => {
    const [a, b, c, d] = await people(4);
    if (!a || !b || !c || !d) throw new Error();
    const id = await event({ capacity: 1, waiting_list: true });
    for (const someone of [a, b, c, d]) await answer(id, someone);
    expect((await del(`${rsvps(id)}/${a.id}?promote=false`, host)).status).toBe(200);
    expect(await seen(id)).toMatchObject({ coming: 0, waiting: 3 });
    const promote = () => post(`${rsvps(id)}/${c.id}/promote`, undefined, host);
    const outcomes = (await Promise.all([promote(), promote()])).map(({ status, body }) => [
      status,
      body.rsvp_status ?? body.code,
    ]);
    expect(outcomes.sort()).toEqual([
      [200, "yes"],
      [409, "not_waiting"],
    ]);
    expect(outcome(await promote())).toEqual([409, "not_waiting"]);
    expect(await templates(c)).toEqual(["event_promoted"]);
    expect(outcome(await post(`${rsvps(id)}/${b.id}/promote`, undefined, host))).toEqual([409, "event_full"]);
    expect(outcome(await post(`${rsvps(id)}/${a.id}/promote`, undefined, host))).toEqual([404, "rsvp_not_found"]);
    expect((await del(`${rsvps(id)}/${c.id}`, host)).status).toBe(200);
    expect((await seen(id, b)).my_rsvp?.rsvp_status).toBe("yes");
    expect(outcome(await del(`${rsvps(id)}/${c.id}`, host))).toEqual([404, "rsvp_not_found"]);
  });

  test("they tell whoever they take off the list, in a mail without the place, unless they say not to", async () => {
    const [seated, waiting, no, quiet, late] = await people(5);
    if (!seated || !waiting || !no || !quiet || !late) throw new Error();
    const id = await event({ title: "Drag brunch", capacity: 1, waiting_list: true });
    for (const someone of [seated, waiting, quiet]) await answer(id, someone);
    await answer(id, no, "no");
    // A mail that still waits goes with the answer.
    await untilSent(seated.email);
    const remove = ({ id: user_id }: Person, event_id = id, query = "") =>
      del(`${rsvps(event_id)}/${user_id}${query}`, host);
    expect((await remove(quiet, id, "?notify=false")).status).toBe(200);
    for (const someone of [waiting, no, seated]) expect((await remove(someone)).status).toBe(200);
    const over = await event({ starts_in: -9 });
    await insert("event_rsvps", { event_id: over, user_id: late.id, rsvp_status: "yes" });
    expect((await remove(late, over)).status).toBe(200);
    expect(await Promise.all([seated, waiting, no, quiet, late].map(templates))).toEqual([
      ["event_confirmed", "event_answer_removed"],
      ["event_answer_removed"],
      [],
      [],
      [],
    ]);
    const [mail] = await untilMails(waiting.email);
    expect(mail?.subject).not.toMatch(/drag|brunch/i);
    expect(mail?.text).toContain("Drag brunch");
    expect(mail?.text).not.toContain("The park");
  });

  test("they tell whoever loses a seat or a place in line to the maybe that they record, and nobody else", async () => {
    const [seated, waiting, next, maybe] = await people(4);
    if (!seated || !waiting || !next || !maybe) throw new Error();
    const id = await event({ capacity: 1, waiting_list: true });
    for (const someone of [seated, waiting, next]) await answer(id, someone);
    for (const someone of [waiting, seated, seated, maybe]) {
      const recorded = await post(rsvps(id), { user_id: someone.id, rsvp_status: "maybe" }, host);
      expect([recorded.status, recorded.body.rsvp_status]).toEqual([200, "maybe"]);
    }
    expect(await Promise.all([seated, waiting, next, maybe].map(templates))).toEqual([
      ["event_confirmed", "event_answer_removed"],
      ["event_answer_removed"],
      ["event_promoted"],
      [],
    ]);
  });

  test("they see who comes, in line, and filter", async () => {
    const [a, b] = [await person("active", { first_name: "Zoë", photo_preference: "members" }), await person()];
    const id = await event({ capacity: 1, waiting_list: true });
    await answer(id, a);
    await answer(id, b);
    const list = async (query = "") =>
      (await get<{ total: number; items: Record<string, unknown>[] }>(`${rsvps(id)}${query}`, host)).body;
    const { total, items } = await list();
    expect([total, items.map(({ user_id, rsvp_status, position }) => [user_id, rsvp_status, position])]).toEqual([
      2,
      [
        [a.id, "yes", null],
        [b.id, "waitlisted", 1],
      ],
    ]);
    expect(items[0]).toMatchObject({ first_name: "Zoë", photo_preference: "members", email: a.email, attended: false });
    expect((await list("?search=zoe")).items.map(({ user_id }) => user_id)).toEqual([a.id]);
    expect((await list("?rsvp_status=waitlisted")).items.map(({ user_id }) => user_id)).toEqual([b.id]);
  });
});

describe.concurrent("an event that is canceled", () => {
  test("tells everyone who said yes or maybe or waits, once, and stays to be seen", async () => {
    const [yes, maybe, waiting, no] = await people(4);
    if (!yes || !maybe || !waiting || !no) throw new Error();
    const id = await event({ capacity: 1, waiting_list: true });
    await answer(id, yes);
    await answer(id, waiting);
    await answer(id, maybe, "maybe");
    await answer(id, no, "no");
    const cancel = () =>
      put<{ cancelled_at: string | null }>(`/api/admin/events/${id}/status`, { status: "cancelled" }, host);
    const [first, ...others] = [...(await Promise.all([cancel(), cancel()])), await cancel()];
    for (const { status, body } of others)
      expect([status, body.cancelled_at]).toEqual([200, first?.body.cancelled_at ?? "no date"]);
    for (const someone of [yes, maybe, waiting])
      expect((await templates(someone)).filter((key) => key === "event_cancelled")).toHaveLength(1);
    expect(await templates(no)).toEqual([]);
    expect(await seen(id)).toMatchObject({ cancelled_at: first?.body.cancelled_at });
    expect(outcome(await answer(id, no))).toEqual([409, "event_cancelled"]);
    expect(outcome(await put(`/api/admin/events/${id}`, { title: "x" }, host))).toEqual([409, "event_cancelled"]);
    await withdraw(id, yes);
    expect(await templates(waiting)).toEqual(["event_cancelled"]);
    expect((await del(`/api/admin/events/${id}`, host)).status).toBe(200);
    expect(await sql("select from event_rsvps where event_id = $1", [id])).toEqual([]);
  });

  test("takes back what waits to tell people about it", async () => {
    const [id, other] = [await event(), await event()];
    const me = await person();
    for (const event_id of [id, other]) {
      await insert("event_rsvps", { event_id, user_id: me.id, rsvp_status: "yes" });
      for (const template of ["event_message", "event_promoted"])
        await outgoing(me.email, {
          template,
          user_id: me.id,
          data: { event_id },
          next_attempt_at: new Date("2099-01-01T00:00:00Z"),
        });
    }
    for (const _ of [1, 2]) await put(`/api/admin/events/${id}/status`, { status: "cancelled" }, host);
    const left = await sql(
      "select template, data ->> 'event_id' as event_id from emails where user_id = $1 order by 1",
      [me.id],
    );
    expect(left).toEqual([
      { template: "event_cancelled", event_id: id },
      { template: "event_message", event_id: other },
      { template: "event_promoted", event_id: other },
    ]);
  });

  test("is not deleted or made a draft with answers before, and a draft is not canceled", async () => {
    const [id, draft] = [await event(), await event({ published: false })];
    await answer(id, await person());
    expect(outcome(await del(`/api/admin/events/${id}`, host))).toEqual([409, "event_answered"]);
    expect(outcome(await put(`/api/admin/events/${id}/status`, { status: "draft" }, host))).toEqual([
      409,
      "event_answered",
    ]);
    expect(outcome(await put(`/api/admin/events/${id}`, { published: false }, host))).toEqual([409, "event_answered"]);
    expect(outcome(await put(`/api/admin/events/${draft}/status`, { status: "cancelled" }, host))).toEqual([
      409,
      "event_not_published",
    ]);
    expect((await del(`/api/admin/events/${draft}`, host)).status).toBe(200);
  });

  test("can be deleted with its answers once it is over, or as a draft that somebody declined", async () => {
    const [over, declined, under_way] = await Promise.all([
      event({ starts_in: -9 }),
      event(),
      event({ starts_in: -1, lasts: 2 }),
    ]);
    for (const event_id of [over, under_way])
      await insert("event_rsvps", { event_id, user_id: (await person()).id, rsvp_status: "yes", attended: true });
    await answer(declined, await person(), "no");
    expect((await put(`/api/admin/events/${declined}/status`, { status: "draft" }, host)).status).toBe(200);
    expect(outcome(await del(`/api/admin/events/${under_way}`, host))).toEqual([409, "event_answered"]);
    for (const id of [over, declined]) {
      expect((await del(`/api/admin/events/${id}`, host)).status).toBe(200);
      expect(await sql("select from event_rsvps where event_id = $1", [id])).toEqual([]);
    }
  });
});

describe.concurrent("an event that is edited", () => {
  test("tells those who answered when its time or place is another one, and of nothing else", async () => {
    const [yes, maybe] = await people(2);
    if (!yes || !maybe) throw new Error();
    const id = await event({ place_audience: "accepted" });
    await answer(id, yes);
    await answer(id, maybe, "maybe");
    const edit = (change: object) => put(`/api/admin/events/${id}`, change, host);
    expect((await edit({ title: "Tea", description: "With cake", location: "The park" })).status).toBe(200);
    expect(await templates(maybe)).toEqual([]);
    await edit({ location: "The pier" });
    expect((await untilMails(yes.email, 2)).map(({ text }) => text).join()).toContain("The pier");
    const [told] = await untilMails(maybe.email);
    expect(told?.text).not.toContain("The pier");
    await edit({ start_at: new Date(Date.now() + 1000).toISOString() });
    expect(await templates(maybe)).toEqual(["event_changed", "event_changed"]);
  });

  test("tells nobody of a form that sends back what it was given", async () => {
    const [me, id] = [await person(), await event()];
    await answer(id, me);
    const path = `/api/admin/events/${id}`;
    const { updated_at: _, ...given } = (await get<{ updated_at: string }>(path, host)).body;
    const saved = await put(path, given, host);
    expect([saved.status, saved.body]).toEqual([200, expect.objectContaining(given)]);
    expect(await templates(me)).toEqual(["event_confirmed"]);
    expect(await sql("select sequence from events where id = $1", [id])).toEqual([{ sequence: 0 }]);
  });

  test("changes what mails say that wait, failed or were withheld, as far as each may know it", async () => {
    const [yes, maybe] = await people(2);
    if (!yes || !maybe) throw new Error();
    const [id, other] = [await event({ place_audience: "accepted" }), await event()];
    await answer(id, yes);
    await answer(id, maybe, "maybe");
    const data = { event_id: id, title: "Picnic", start_at: "2030-01-01T18:00:00Z", location: "The park" };
    const waiting = (someone: Person, columns = {}) =>
      outgoing(someone.email, {
        template: "event_reminder",
        user_id: someone.id,
        data,
        next_attempt_at: new Date("2099-01-01T00:00:00Z"),
        ...columns,
      });
    const mails = [
      await waiting(yes),
      await waiting(maybe, { template: "event_message" }),
      await waiting(yes, { data: { ...data, event_id: other } }),
      await waiting(yes, { status: "failed" }),
      await waiting(yes, { status: "withheld" }),
    ];
    await put(
      `/api/admin/events/${id}`,
      { title: "Tea", location: "The pier", start_at: "2031-01-05T18:00:00Z", end_at: "2031-01-05T20:00:00Z" },
      host,
    );
    const said = await sql<{ id: string; data: object }>("select id, data from emails where id = any($1)", [mails]);
    const told = { title: "Tea", start_at: "2031-01-05T18:00:00+00:00", end_at: "2031-01-05T20:00:00+00:00" };
    const to_guests = { ...data, ...told, time_zone: null, location: "The pier", online_url: null };
    expect(mails.map((mail) => said.find((row) => row.id === mail)?.data)).toEqual([
      to_guests,
      { ...data, ...told, time_zone: null, location: null, online_url: null },
      { ...data, event_id: other },
      to_guests,
      to_guests,
    ]);
  });

  test("tells nobody that a typo is gone if the volunteer says so, and the audit log knows", async () => {
    const [me, id] = [await person(), await event({ location: "The prak" })];
    await answer(id, me);
    const { status } = await put(`/api/admin/events/${id}?notify=false`, { location: "The park" }, host);
    expect([status, await templates(me)]).toEqual([200, ["event_confirmed"]]);
    expect(
      await sql("select actor_id from audit_log where subject_id = $1 and action = 'events.edited_without_mail'", [id]),
    ).toEqual([{ actor_id: host.id }]);
    await put(`/api/admin/events/${id}`, { location: "The pier" }, host);
    expect(await templates(me)).toEqual(["event_confirmed", "event_changed"]);
  });

  test("keeps what is left out, and is refused with times that are out of order", async () => {
    const id = await event({ tags: "{tea}", capacity: 4 });
    expect((await put(`/api/admin/events/${id}`, { title: "Tea" }, host)).body).toMatchObject({
      title: "Tea",
      tags: ["tea"],
      capacity: 4,
      published: true,
    });
    expect((await put(`/api/admin/events/${id}`, {}, host)).status).toBe(200);
    expect(refusal(await put(`/api/admin/events/${id}`, { end_at: "2020-01-01" }, host))).toEqual([
      400,
      "invalid_input",
      [{ path: "end_at", message: "must be after start_at" }],
    ]);
    expect(
      outcome(
        await put(`/api/admin/events/${id}`, { answers_open_at: "2030-01-02", answers_close_at: "2030-01-01" }, host),
      ),
    ).toEqual([400, "invalid_input"]);
  });

  test("takes answers before it starts, or is refused", async () => {
    const host = await volunteer("events.create", "events.edit", "events.publish");
    const tooLate = [400, "invalid_input", [{ path: "answers_open_at", message: "must be before start_at" }]];
    const times = { start_at: "2030-06-15T12:00:00Z", end_at: "2030-06-15T14:00:00Z" };
    const opens = (answers_open_at: string) => eventDetails({ ...times, answers_open_at, answers_close_at: null });
    for (const moment of ["2030-06-15T12:00:00Z", "2030-07-01"])
      expect(refusal(await post("/api/admin/events", opens(moment), host))).toEqual(tooLate);
    const { body } = await post<{ id: string }>("/api/admin/events", opens("2030-06-01"), host);
    const edit = (change: object) => put(`/api/admin/events/${body.id}`, change, host);
    expect(refusal(await edit({ answers_open_at: "2030-06-16" }))).toEqual(tooLate);
    expect(refusal(await edit({ start_at: "2030-05-01" }))).toEqual(tooLate);
    await sql("update events set answers_open_at = start_at + interval '1 hour' where id = $1", [body.id]);
    expect((await edit({ title: "Late tea" })).status).toBe(200);
  });
});

describe.concurrent("publishing", () => {
  test("needs its own permission, also in the body of an event", async () => {
    const author = await volunteer("events.create", "events.edit");
    const draft = await post<{ id: string; published: boolean }>(
      "/api/admin/events",
      eventDetails({ published: false }),
      author,
    );
    expect([draft.status, draft.body.published]).toEqual([201, false]);
    expect(outcome(await post("/api/admin/events", eventDetails(), author))).toEqual([403, "permission_missing"]);
    expect(outcome(await put(`/api/admin/events/${draft.body.id}`, { published: true }, author))).toEqual([
      403,
      "permission_missing",
    ]);
    expect((await put(`/api/admin/events/${draft.body.id}`, { published: false, title: "Tea" }, author)).status).toBe(
      200,
    );
    expect((await get(`/api/events/${draft.body.id}`)).status).toBe(404);
    expect((await put(`/api/admin/events/${draft.body.id}/status`, { status: "published" }, host)).status).toBe(200);
    expect((await get(`/api/events/${draft.body.id}`)).status).toBe(200);
  });

  test("a copy is a draft with the same details at another time", async () => {
    const id = await event({
      title: "Choir",
      tags: "{music}",
      capacity: 7,
      answers_close_at: new Date(Date.now() + 20 * 3_600_000),
    });
    await answer(id, await person());
    const { status, body } = await post<Record<string, unknown>>(
      `/api/admin/events/${id}/duplicate`,
      { start_at: "2031-03-01T18:00:00Z" },
      host,
    );
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        title: "Choir",
        tags: ["music"],
        capacity: 7,
        published: false,
        coming: 0,
        start_at: "2031-03-01T18:00:00.000Z",
        end_at: "2031-03-01T19:00:00.000Z",
      }),
    ]);
    expect(body.answers_close_at).toMatch(/^2031-03-01T1[34]/);
  });
});
