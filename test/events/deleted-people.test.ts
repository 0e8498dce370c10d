import { expect, test } from "vitest";
import { linkFor } from "../harness/accounts.ts";
import { outcome, post } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { importing } from "../harness/imports.ts";
import { outboxOf } from "../harness/outbox.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { insert, sql, worker } from "../harness/platform.ts";

/** An event with one seat, which somebody has, and a member who waits for it. */
async function fullEvent(taken_by: { id: string }) {
  const event_id = await event({ capacity: 1, waiting_list: true });
  const waiting = await person();
  await insert("event_rsvps", { event_id, user_id: taken_by.id, rsvp_status: "yes" });
  await insert("event_rsvps", { event_id, user_id: waiting.id, rsvp_status: "waitlisted" });
  return { event_id, waiting };
}

const answers = (event_id: string) =>
  sql("select user_id, rsvp_status from event_rsvps where event_id = $1", [event_id]);

async function expectPromoted({ event_id, waiting }: { event_id: string; waiting: Person }) {
  expect(await answers(event_id)).toEqual([{ user_id: waiting.id, rsvp_status: "yes" }]);
  expect((await outboxOf(waiting.email)).map(({ template }) => template)).toEqual(["event_promoted"]);
}

test("the seat of a registration that its address's owner removes goes to the first in line", async () => {
  const stranger = await person("pending_email");
  const full = await fullEvent(stranger);
  const token = await linkFor(stranger.id, "verify_email");
  expect((await post("/api/auth/verify-email/not-me", { token })).status).toBe(200);
  expect(await sql("select from users where id = $1", [stranger.id])).toEqual([]);
  await expectPromoted(full);
});

test("the seats of old registrations, and of those whose address an erased person had, go to the first in line", async () => {
  const old = await person("pending_email");
  await sql("update users set status_since = now() - interval '38 days' where id = $1", [old.id]);
  const erased = await person("active", { erase_at: new Date(Date.now() - 60_000) });
  const other = await person("pending_email", { email: erased.email });
  const both = [await fullEvent(old), await fullEvent(other)];
  for (const cron of ["17 * * * *", "17 3 * * *"]) await worker.fire(cron);
  expect(await sql("select from users where id = any($1)", [[old.id, other.id]])).toEqual([]);
  for (const full of both) await expectPromoted(full);
});

test("the seat of somebody whose import is undone goes to the first in line, and whoever came stays", async () => {
  const desk = importing(await volunteer("users.import"));
  const made = async () => {
    const name = `w${crypto.randomUUID().slice(0, 8)}`;
    const { id } = await desk.all(`first_name,last_name\nKim,${name}`);
    const [row] = await sql<{ id: string }>("select id from users where last_name = $1", [name]);
    return { job_id: id, id: row?.id ?? "" };
  };
  const [seated, came] = [await made(), await made()];
  const full = await fullEvent(seated);
  expect((await desk.ask("POST", `/import-jobs/${seated.job_id}/undo`)).status).toBe(200);
  await desk.until(seated.job_id, { applied_rows: 0, created_people: 0 });
  await expectPromoted(full);
  await insert("event_rsvps", { event_id: await event({ starts_in: -2 }), user_id: came.id, attended: true });
  expect(outcome(await desk.ask("POST", `/import-jobs/${came.job_id}/undo`))).toEqual([409, "import_in_use"]);
});
