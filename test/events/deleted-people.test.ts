import { expect, test } from "vitest";
import { linkFor } from "../harness/accounts.ts";
import { outcome, post } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { importing } from "../harness/imports.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

/** The platform that all tests share. */
const shared = { sql, insert: async (...row: Parameters<typeof insert>) => (await insert(...row)).id, person };
interface Platform extends Pick<Awaited<ReturnType<typeof ownPlatform>>, "sql" | "insert"> {
  person(status: "active"): Promise<{ id: string; email: string }>;
}

/** An event with one seat, which somebody has, and a member who waits for it. */
async function fullEvent(taken_by: { id: string }, platform: Platform = shared) {
  const hour = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  const event_id = await platform.insert("events", {
    title: "Picnic",
    location: "The park",
    start_at: hour(24),
    end_at: hour(25),
    published: true,
    capacity: 1,
    waiting_list: true,
  });
  const waiting = await platform.person("active");
  await platform.insert("event_rsvps", { event_id, user_id: taken_by.id, rsvp_status: "yes" });
  await platform.insert("event_rsvps", { event_id, user_id: waiting.id, rsvp_status: "waitlisted" });
  return {
    expectPromoted: async () => {
      expect(
        await platform.sql("select user_id, rsvp_status from event_rsvps where event_id = $1", [event_id]),
      ).toEqual([{ user_id: waiting.id, rsvp_status: "yes" }]);
      expect(await platform.sql("select template from emails where to_email = $1", [waiting.email])).toEqual([
        { template: "event_promoted" },
      ]);
    },
  };
}

test("the seat of a registration that its address's owner removes goes to the first in line", async () => {
  const stranger = await person("pending_email");
  const full = await fullEvent(stranger);
  const token = await linkFor(stranger.id, "verify_email");
  expect((await post("/api/auth/verify-email/not-me", { token })).status).toBe(200);
  expect(await sql("select from users where id = $1", [stranger.id])).toEqual([]);
  await full.expectPromoted();
});

test("the seats of old registrations, and of those whose address an erased person had, go to the first in line", async () => {
  const platform = await ownPlatform();
  const unconfirmed = (columns: object = {}) => platform.person("pending_email", { email_verified: false, ...columns });
  const [old, erased] = [await unconfirmed(), await platform.person("inactive")];
  await platform.sql("update users set status_since = now() - interval '38 days' where id = $1", [old.id]);
  await platform.sql("update users set erase_at = now() - interval '1 minute' where id = $1", [erased.id]);
  const other = await unconfirmed({ email: erased.email });
  const both = [await fullEvent(old, platform), await fullEvent(other, platform)];
  for (const cron of ["17 * * * *", "17 3 * * *"]) await platform.fire(cron);
  expect(await platform.sql("select from users where id = any($1)", [[old.id, other.id]])).toEqual([]);
  for (const full of both) await full.expectPromoted();
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
  await full.expectPromoted();
  await insert("event_rsvps", { event_id: await event({ starts_in: -2 }), user_id: came.id, attended: true });
  expect(outcome(await desk.ask("POST", `/import-jobs/${came.job_id}/undo`))).toEqual([409, "import_in_use"]);
});
