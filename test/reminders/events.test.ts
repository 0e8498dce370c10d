import { beforeEach, expect, test } from "vitest";
import { lockEvent } from "../../src/events/find.ts";
import { fillSeats } from "../../src/events/seats.ts";
import { withholdUnwanted } from "../../src/mail/withhold.ts";
import { type MovedClock, movedClock } from "../harness/moved-clock.ts";

let clock: MovedClock;
beforeEach(async () => {
  clock = await movedClock();
}, 60_000);

const START = "2027-05-20T22:00:00.000Z"; // 6 PM in New York

async function picnic(columns: Record<string, unknown> = {}) {
  await clock.moveTo("2027-05-01T12:00:00Z");
  const event_id = await clock.insert("events", {
    title: "Picnic",
    location: "The park",
    start_at: START,
    end_at: "2027-05-20T23:00:00Z",
    published: true,
    ...columns,
  });
  const guest = async (rsvp_status: string, person: Record<string, unknown> = {}) => {
    const user_id = await clock.person("active", person);
    await clock.insert("event_rsvps", { event_id, user_id, rsvp_status, answered_at: "2027-05-01T12:00:00Z" });
    return user_id;
  };
  return { event_id, guest };
}

const outcomes = async () =>
  (await clock.decided("event_reminder")).map(({ user_id, due_at, outcome }) => [
    user_id,
    due_at.toISOString(),
    outcome,
  ]);

test("whoever said yes hears 48 and 3 hours before, each once; the others do not", async () => {
  const { guest } = await picnic();
  const coming = await guest("yes");
  for (const answer of ["no", "maybe", "waitlisted"]) await guest(answer);
  await clock.moveTo("2027-05-18T21:59:59Z");
  await clock.remind();
  expect(await outcomes()).toEqual([]);
  await clock.moveTo("2027-05-18T22:17:00Z");
  await Promise.all(Array.from({ length: 5 }, clock.remind));
  const first = [coming, "2027-05-18T22:00:00.000Z", "sent"];
  expect(await outcomes()).toEqual([first]);
  await clock.moveTo("2027-05-20T19:17:00Z");
  await clock.remind();
  await clock.remind();
  expect(await outcomes()).toEqual([first, [coming, "2027-05-20T19:00:00.000Z", "sent"]]);
  expect(await clock.sql("select template, user_id, data ->> 'location' as place from emails")).toEqual(
    Array(2).fill({ template: "event_reminder", user_id: coming, place: "The park" }),
  );
});

test("after an outage only the last one goes out, and none once the event has started", async () => {
  const { guest } = await picnic();
  const coming = await guest("yes");
  await clock.moveTo("2027-05-20T20:00:00Z");
  await clock.remind();
  expect(await outcomes()).toEqual([
    [coming, "2027-05-18T22:00:00.000Z", "moot"],
    [coming, "2027-05-20T19:00:00.000Z", "sent"],
  ]);
  await clock.sql("delete from reminders");
  await clock.moveTo(START);
  await clock.remind();
  expect((await outcomes()).map(([, , outcome]) => outcome)).toEqual(["moot", "too_late"]);
});

test("whoever moved up from the waiting list heard of it then, and hears again only of what is due after that", async () => {
  const { event_id, guest } = await picnic({ capacity: 1, waiting_list: true });
  const lucky = await guest("waitlisted");
  await clock.moveTo("2027-05-20T02:00:00Z");
  await clock.context().transact((t) => {
    lockEvent(t, event_id);
    fillSeats(t, event_id);
  });
  expect(await clock.sql("select user_id, template from emails")).toEqual([
    { user_id: lucky, template: "event_promoted" },
  ]);
  await clock.remind();
  expect(await outcomes()).toEqual([]);
  await clock.moveTo("2027-05-20T19:17:00Z");
  await clock.remind();
  expect(await outcomes()).toEqual([[lucky, "2027-05-20T19:00:00.000Z", "sent"]]);
});

test("an event that moved is announced again, and what is not true any more is withheld when it would go out", async () => {
  const { event_id, guest } = await picnic();
  const coming = await guest("yes");
  const staying = await guest("yes");
  await clock.moveTo("2027-05-19T00:00:00Z");
  await clock.remind();
  await clock.sql("update event_rsvps set rsvp_status = 'no' where user_id = $1", [staying]);
  await clock.withholdMoot();
  const waiting = () => clock.sql("select user_id, status, last_error from emails order by status desc, queue_number");
  expect(await waiting()).toEqual([
    { user_id: staying, status: "withheld", last_error: "moot" },
    { user_id: coming, status: "pending", last_error: null },
  ]);
  await clock.sql("update events set start_at = start_at + interval '7 days', end_at = end_at + interval '7 days'");
  await clock.withholdMoot();
  expect((await waiting()).map(({ status }) => status)).toEqual(["withheld", "withheld"]);
  // Also when a volunteer sends them again.
  await clock.sql("update emails set status = 'pending', last_error = null");
  await clock.withholdMoot();
  expect((await waiting()).map(({ status }) => status)).toEqual(["withheld", "withheld"]);
  await clock.moveTo("2027-05-25T23:00:00Z");
  await clock.remind();
  expect((await outcomes()).filter(([, , outcome]) => outcome === "sent")).toEqual([
    [coming, "2027-05-25T22:00:00.000Z", "sent"],
  ]);
  await clock.sql("update events set cancelled_at = now() where id = $1", [event_id]);
  await clock.withholdMoot();
  expect(await clock.sql("select from emails where status = 'pending'")).toEqual([]);
});

test("whoever does not want reminders gets none, even if they say so at the last moment", async () => {
  const { guest } = await picnic();
  const never = await guest("yes", { wants_reminders: false });
  const late = await guest("yes");
  const unreachable = await guest("yes", { email: null, email_verified: false, origin: "paper" });
  await clock.moveTo("2027-05-18T22:17:00Z");
  await clock.remind();
  await clock.sql("update users set wants_reminders = false where id = $1", [late]);
  const ctx = clock.context();
  await ctx.transact((t) => withholdUnwanted(t, ctx.settings));
  const found = Object.fromEntries((await outcomes()).map(([id, , outcome]) => [id, outcome]));
  expect(found).toEqual({ [never]: "opted_out", [late]: "sent", [unreachable]: "suppressed" });
  expect(await clock.sql("select user_id, status, last_error from emails")).toEqual([
    { user_id: late, status: "withheld", last_error: "unsubscribed" },
  ]);
});

test("at night what can wait goes out at 8 by the recipient's clock; 3 hours before an event cannot wait", async () => {
  // 4 AM in New York, 9 AM in London, 6 PM in Sydney.
  const { guest } = await picnic({ start_at: "2027-05-20T08:00:00Z" });
  const home = await guest("yes");
  const london = await guest("yes", { time_zone: "Europe/London" });
  const sydney = await guest("yes", { time_zone: "Australia/Sydney" });
  await clock.moveTo("2027-05-18T08:17:00Z");
  await clock.remind();
  const times = async (due: string) =>
    Object.fromEntries(
      (await clock.decided("event_reminder"))
        .filter(({ due_at }) => due_at.toISOString().startsWith(due))
        .map(({ user_id, not_before }) => [user_id, not_before?.toISOString()]),
    );
  expect(await times("2027-05-18")).toEqual({
    [home]: "2027-05-18T12:00:00.000Z",
    [london]: "2027-05-18T08:17:00.000Z",
    [sydney]: "2027-05-18T08:17:00.000Z",
  });
  await clock.moveTo("2027-05-20T05:17:00Z");
  await clock.remind();
  expect(new Set(Object.values(await times("2027-05-20")))).toEqual(new Set(["2027-05-20T05:17:00.000Z"]));
});

test("applicants are invited to one event that welcomes newcomers, and to another if that one is off", async () => {
  const { event_id } = await picnic({ welcome_statuses: "{active,pending_validation}" });
  const applicant = await clock.person("pending_validation");
  const answered = await clock.person("pending_validation");
  await clock.insert("event_rsvps", { event_id, user_id: answered, rsvp_status: "no" });
  await clock.remind();
  expect(await clock.decided("event_for_newcomers")).toEqual([]);
  await clock.moveTo("2027-05-02T15:00:00Z");
  await clock.remind();
  await clock.sql("update events set cancelled_at = now()");
  await clock.withholdMoot();
  for (const day of ["2027-06-01", "2027-06-02"])
    await clock.insert("events", {
      title: "Tea",
      location: "The house",
      start_at: `${day}T22:00:00Z`,
      end_at: `${day}T23:00:00Z`,
      published: true,
      welcome_statuses: "{pending_validation}",
    });
  await clock.sql("delete from event_rsvps");
  for (const day of ["2027-05-03", "2027-05-04", "2027-05-31"]) {
    await clock.moveTo(`${day}T15:00:00Z`);
    await clock.remind();
  }
  const mails = await clock.sql("select user_id, status, data ->> 'title' as title from emails order by queue_number");
  expect(mails.filter(({ user_id }) => user_id === applicant)).toEqual([
    { user_id: applicant, status: "withheld", title: "Picnic" },
    { user_id: applicant, status: "pending", title: "Tea" },
  ]);
  expect(mails.filter(({ user_id }) => user_id === answered)).toHaveLength(1);
});

test("an event that moves a little is not announced again, but one that moves by half a day is", async () => {
  const { guest } = await picnic();
  const coming = await guest("yes");
  const move = (by: string) =>
    clock.sql("update events set start_at = start_at + $1::interval, end_at = end_at + $1::interval", [by]);
  const sent = async () =>
    (await outcomes()).filter(([, , outcome]) => outcome === "sent").map(([, due]) => String(due).slice(5, 16));
  await clock.moveTo("2027-05-18T22:17:00Z");
  await clock.remind();
  await clock.sendAll();
  for (const by of ["15 minutes", "-30 minutes", "5 hours", "-4 hours -45 minutes"]) {
    await move(by);
    await clock.moveTo("2027-05-19T04:17:00Z");
    await clock.remind();
  }
  expect(await sent()).toEqual(["05-18T22:00"]);
  // Each of the next ones comes in its time, and the last one as well only once.
  await clock.moveTo("2027-05-20T19:17:00Z");
  await clock.remind();
  await clock.sendAll();
  await move("1 hour");
  await clock.moveTo("2027-05-20T20:17:00Z");
  await clock.remind();
  expect(await sent()).toEqual(["05-18T22:00", "05-20T19:00"]);
  await move("3 hours");
  await clock.moveTo("2027-05-20T23:17:00Z");
  await clock.remind();
  expect(await sent()).toEqual(["05-18T22:00", "05-20T19:00", "05-20T23:00"]);
  const reasons = await clock.sql("select distinct reason from reminders where user_id = $1 and outcome = 'moot'", [
    coming,
  ]);
  expect(reasons).toContainEqual({ reason: "already_told" });
});

test.each(["1 hour", "-1 hour"])(
  "an event that moves by %s while the mail waits for the morning is announced then, once",
  async (by) => {
    const { guest } = await picnic({ start_at: "2027-05-21T02:00:00Z", end_at: "2027-05-21T04:00:00Z" }); // 10 PM in New York
    await guest("yes");
    await clock.moveTo("2027-05-19T02:17:00Z");
    await clock.remind();
    const move = (interval: string) => clock.sql("update events set start_at = start_at + $1::interval", [interval]);
    await move(by);
    await clock.moveTo("2027-05-19T03:17:00Z");
    await clock.remind();
    await clock.moveTo("2027-05-19T12:00:00Z");
    await clock.withholdMoot();
    await clock.remind();
    const [{ start_at } = {}] = await clock.sql("select start_at from events");
    const mails = await clock.sql(
      "select (data ->> 'start_at')::timestamptz as start_at from emails where status = 'pending'",
    );
    expect(mails).toEqual([{ start_at }]);
  },
);

test("an event that moves away and back while the mail waits for the morning is announced then, once", async () => {
  const { guest } = await picnic({ start_at: "2027-05-21T02:00:00Z", end_at: "2027-05-21T04:00:00Z" });
  await guest("yes");
  for (const [at, by] of [
    ["02:17", "1 hour"],
    ["03:17", "-1 hour"],
    ["04:17", "0 hours"],
  ]) {
    await clock.moveTo(`2027-05-19T${at}:00Z`);
    await clock.remind();
    await clock.sql("update events set start_at = start_at + $1::interval", [by]);
  }
  await clock.moveTo("2027-05-19T12:00:00Z");
  await clock.withholdMoot();
  expect(
    await clock.sql("select (data ->> 'start_at')::timestamptz as start_at from emails where status = 'pending'"),
  ).toEqual([{ start_at: new Date("2027-05-21T02:00:00Z") }]);
});

test("reminders that lie close together all go out, whether or not the event moves a little", async () => {
  await clock.sql("update organisation_settings set event_reminder_hours = '{24,22,3,2,1}'");
  const { guest } = await picnic();
  await guest("yes");
  for (const hour of [0, 2, 21, 22, 23]) {
    await clock.moveTo(new Date(Date.parse("2027-05-19T22:17:00Z") + hour * 3_600_000));
    await clock.remind();
  }
  expect((await outcomes()).map(([, , outcome]) => outcome)).toEqual(Array(5).fill("sent"));
});

test("applicants are not invited to an event that is full, but to one with room to wait; the mail says where and until when", async () => {
  const welcome_statuses = "{active,pending_validation}";
  const full = await picnic({ title: "Full", capacity: 1, welcome_statuses });
  await full.guest("yes");
  const answers_close_at = "2027-05-20T12:00:00Z";
  await picnic({
    title: "Line",
    capacity: 1,
    waiting_list: true,
    waiting_list_limit: 1,
    welcome_statuses,
    answers_close_at,
  });
  await picnic({
    title: "Hidden",
    start_at: "2027-05-21T22:00:00Z",
    end_at: "2027-05-21T23:00:00Z",
    place_audience: "members",
    welcome_statuses,
  });
  const [line] = await clock.sql<{ id: string }>("select id from events where title = 'Line'");
  const answer = async (rsvp_status: string) =>
    clock.insert("event_rsvps", { event_id: line?.id, user_id: await clock.person(), rsvp_status });
  await answer("yes");
  await clock.person("pending_validation");
  await clock.moveTo("2027-05-02T15:00:00Z");
  await clock.remind("event_for_newcomers");
  const invitation = async () =>
    (
      await clock.sql("select status, data from emails where template = 'event_for_newcomers' order by queue_number")
    ).at(-1);
  expect(await invitation()).toMatchObject({
    data: {
      event_id: line?.id,
      title: "Line",
      location: "The park",
      answers_close_at: expect.stringMatching(/^2027-05-20T12:00/),
    },
  });
  // Somebody takes the last place in line before it goes out.
  await answer("waitlisted");
  await clock.withholdMoot();
  expect(await invitation()).toMatchObject({ status: "withheld" });
  await clock.remind("event_for_newcomers");
  expect(await invitation()).toMatchObject({
    status: "pending",
    data: { title: "Hidden", location: null, online_url: null, answers_close_at: null },
  });
});
