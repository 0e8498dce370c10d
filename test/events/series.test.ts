import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { occurrencesOf } from "../../src/events/series/occurrences.ts";
import { readRule } from "../../src/events/series/rule.ts";
import { anyDay, anyRule, daysByCalendar } from "../harness/calendar-rules.ts";
import { outcome, pathsOf, post } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

const host = await volunteer("events.create", "events.publish");

const repeat = (id: string, rrule: string, { token } = host) =>
  post<{ series_id: string; events: { id: string; series_position: number; start_at: string; end_at: string }[] }>(
    `/api/admin/events/${id}/repeat`,
    { rrule },
    { token },
  );

/** A two-hour event. */
const at = (start_at: string, columns: Record<string, unknown> = {}) =>
  event({ start_at, end_at: new Date(Date.parse(start_at) + 7_200_000), time_zone: "America/New_York", ...columns });

const startsOf = async (id: string, rrule: string) =>
  ((await repeat(id, rrule)).body.events ?? []).map(({ start_at }) => start_at.slice(0, 16));

describe.concurrent("a series", () => {
  test.for([
    ["America/New_York", "2027-03-09T23:30:00Z", ["2027-03-09T23:30", "2027-03-16T22:30", "2027-03-23T22:30"]],
    ["America/New_York", "2027-11-02T22:30:00Z", ["2027-11-02T22:30", "2027-11-09T23:30", "2027-11-16T23:30"]],
    ["Europe/London", "2027-03-23T18:30:00Z", ["2027-03-23T18:30", "2027-03-30T17:30", "2027-04-06T17:30"]],
    ["Europe/London", "2027-10-26T17:30:00Z", ["2027-10-26T17:30", "2027-11-02T18:30", "2027-11-09T18:30"]],
    ["Australia/Sydney", "2027-03-30T07:30:00Z", ["2027-03-30T07:30", "2027-04-06T08:30", "2027-04-13T08:30"]],
    ["Australia/Sydney", "2027-09-28T08:30:00Z", ["2027-09-28T08:30", "2027-10-05T07:30", "2027-10-12T07:30"]],
  ] as const)(
    "keeps its time by the clock when clocks change in %s, from %s",
    async ([time_zone, start_at, starts]) => {
      expect(await startsOf(await at(start_at, { time_zone }), "FREQ=WEEKLY;COUNT=3")).toEqual(starts);
    },
  );

  test("ends after it starts, also in the night when clocks skip its hours", async () => {
    const id = await at("2027-03-13T07:10:00Z", { end_at: "2027-03-13T07:50:00Z" });
    const { status, body } = await repeat(id, "FREQ=DAILY;COUNT=3");
    expect(status).toBe(201);
    for (const { start_at, end_at } of body.events) expect(Date.parse(end_at)).toBeGreaterThan(Date.parse(start_at));
  });

  test("follows the days of its rule, up to its end", async () => {
    const tuesday = "2027-01-12T15:00:00Z";
    const days = async (rrule: string) => (await startsOf(await at(tuesday), rrule)).map((start) => start.slice(5, 10));
    expect(await days("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4")).toEqual(["01-12", "01-14", "01-19", "01-21"]);
    expect(await days("FREQ=MONTHLY;BYDAY=2TU;COUNT=3")).toEqual(["01-12", "02-09", "03-09"]);
    expect(await days("FREQ=WEEKLY;INTERVAL=2;UNTIL=20270209")).toEqual(["01-12", "01-26", "02-09"]);
    expect(await days("FREQ=DAILY;BYDAY=TU,WE;COUNT=3")).toEqual(["01-12", "01-13", "01-19"]);
    expect(await days("FREQ=YEARLY;BYMONTH=1,6;BYDAY=2TU;COUNT=3")).toEqual(["01-12", "06-08", "01-11"]);
    expect(await days("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=12,-1;COUNT=3")).toEqual(["01-12", "01-31", "01-12"]);
    expect(await days("RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=4;COUNT=2")).toEqual(["01-12", "02-09"]);
    // The same moment, before and at which it starts, by the clock at the event and in UTC.
    expect(await days("FREQ=WEEKLY;UNTIL=20270119T095959")).toEqual([]);
    expect(await days("FREQ=WEEKLY;UNTIL=20270119T100000")).toEqual(["01-12", "01-19"]);
    expect(await days("FREQ=WEEKLY;UNTIL=20270119T145959Z")).toEqual([]);
    expect(await days("FREQ=WEEKLY;UNTIL=20270119T150000Z")).toEqual(["01-12", "01-19"]);
  });

  test("has events like the first, with its questions and the times of its answers, and without its answers", async () => {
    const id = await at("2027-03-09T23:30:00Z", {
      title: "Choir",
      capacity: 12,
      answers_close_at: "2027-03-09T17:00:00Z",
    });
    await insert("event_questions", { event_id: id, position: 0, question: "Voice?", purpose: "Seats", kind: "text" });
    await insert("event_rsvps", { event_id: id, user_id: host.id, rsvp_status: "yes" });
    const { body } = await repeat(id, "FREQ=WEEKLY;COUNT=2");
    expect(body.events).toMatchObject([{ id, series_position: 1 }, { series_position: 2 }]);
    const copies = await sql(
      `select title, capacity, published, series_id, answers_close_at,
         (select count(*)::int from event_questions q where q.event_id = e.id) as questions,
         (select count(*)::int from event_rsvps r where r.event_id = e.id) as answers
       from events e where id = $1`,
      [body.events[1]?.id],
    );
    expect(copies).toEqual([
      {
        title: "Choir",
        capacity: 12,
        published: true,
        series_id: body.series_id,
        answers_close_at: new Date("2027-03-16T16:00:00Z"),
        questions: 1,
        answers: 0,
      },
    ]);
  });

  test("follows every rule that it takes day by day", () => {
    fc.assert(
      fc.property(anyRule, anyDay, (rule, first) => {
        const days = daysByCalendar(rule, first, 6);
        const listed = () => occurrencesOf(readRule(`${rule};COUNT=6`), `${first}T18:30:00`, null);
        if (days.length < 6) expect(listed).toThrow();
        else expect(listed()).toEqual(days.map((day) => `${day}T18:30:00`));
      }),
      { numRuns: 400 },
    );
  });

  test("may have 60 events, and no more", async () => {
    expect(await startsOf(await at("2027-01-12T15:00:00Z"), "FREQ=DAILY;COUNT=60")).toHaveLength(60);
    const answer = await repeat(await at("2027-01-12T15:00:00Z"), "FREQ=DAILY;COUNT=61");
    expect([outcome(answer), pathsOf(answer)]).toEqual([[400, "invalid_input"], ["rrule"]]);
  });

  test.for([
    "nonsense",
    "COUNT=3",
    "FREQ=NEVER;COUNT=3",
    "FREQ=HOURLY;COUNT=3",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;COUNT=0",
    "FREQ=WEEKLY;COUNT=1",
    "FREQ=WEEKLY;COUNT=3;UNTIL=20270401",
    "FREQ=WEEKLY;COUNT=3;COUNT=4",
    "FREQ=WEEKLY;COUNT=3;INTERVAL=0",
    "FREQ=WEEKLY;COUNT=3;FOO=1",
    "FREQ=WEEKLY;COUNT=3;BYDAY=XX",
    "FREQ=WEEKLY;COUNT=3;BYDAY=WE",
    "FREQ=WEEKLY;UNTIL=20270110",
    "FREQ=WEEKLY;UNTIL=20270230",
    "FREQ=MONTHLY;COUNT=3;BYDAY=1MO;BYMONTHDAY=20",
    "FREQ=MONTHLY;COUNT=3;BYDAY=1MO;BYSETPOS=2",
    "RRULE:RRULE:FREQ=WEEKLY;COUNT=3",
    "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1;COUNT=3",
    "FREQ=YEARLY;BYDAY=2TU;COUNT=3",
    "FREQ=YEARLY;BYMONTHDAY=12;COUNT=3",
    "FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=12;COUNT=3",
    "FREQ=YEARLY;BYMONTH=1;BYDAY=2TU;BYMONTHDAY=12;COUNT=3",
    "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=31;COUNT=3",
    "FREQ=YEARLY;INTERVAL=99;BYMONTH=1;BYMONTHDAY=12;UNTIL=99991231",
    "FREQ=DAILY;INTERVAL=7;BYDAY=WE;COUNT=3",
  ])("is refused for the rule %s, and nothing changes", async (rrule) => {
    const id = await at("2027-01-12T15:00:00Z");
    const answer = await repeat(id, rrule);
    expect([outcome(answer), pathsOf(answer)]).toEqual([[400, "invalid_input"], ["rrule"]]);
    expect(await sql("select series_id from events where id = $1", [id])).toEqual([{ series_id: null }]);
  });

  test("is made once, of an event that takes place, and by who may publish it if it is published", async () => {
    const id = await at("2027-01-12T15:00:00Z");
    const rrule = "FREQ=WEEKLY;COUNT=2";
    expect(outcome(await repeat(id, rrule, await volunteer("events.create")))).toEqual([403, "permission_missing"]);
    const answers = await Promise.all([repeat(id, rrule), repeat(id, rrule)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(outcome(await repeat(id, rrule))).toEqual([409, "event_in_series"]);
    const canceled = await at("2027-01-12T15:00:00Z", { cancelled_at: new Date() });
    expect(outcome(await repeat(canceled, rrule))).toEqual([409, "event_cancelled"]);
    expect(outcome(await repeat(crypto.randomUUID(), rrule))).toEqual([404, "event_not_found"]);
  });
});
