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
