import { expect } from "vitest";
import type { ImportRow } from "../../src/members/import/schemas.ts";
import { failDatabase } from "./faults.ts";
import { badFile, importing } from "./imports.ts";
import { ownPlatform } from "./own-platform.ts";

/** A point at which an import is killed: the so many-th request about it, before or after it took effect. */
export interface Kill {
  mode: "before" | "after_commit" | "status";
  skip: number;
}

const known = { external_id: "known-1", email: "known@example.org", treasurer: "known-2" };

/** Imports a file with every kind of bad row, killed at these points and gone on with. Returns all that became of it. */
export async function importedWithKills(count: number, kills: readonly Kill[], timeout = 30_000) {
  const platform = await ownPlatform();
  const someone = await platform.volunteer("users.import", "users.export");
  const someday = new Date("2020-01-01T12:00:00Z");
  for (const [index, [external_id, email]] of [
    ["known-1", "known-one@example.org"],
    [null, known.email],
    ["known-2", "treasurer@example.org"],
  ].entries()) {
    const id = await platform.insert("users", {
      id: `00000000-0000-4000-9000-00000000000${index}`,
      external_id,
      email,
      email_verified: true,
      first_name: "Known",
      last_name: "Person",
      joined_at: someday,
      status: "active",
    });
    if (external_id === known.treasurer)
      await platform.sql(
        "insert into user_role_assignments (user_id, role_id) select $1, id from roles where code = 'finance'",
        [id],
      );
  }
  const desk = importing({ url: platform.url, token: someone.token });
  const { body, status, text } = await desk.upload(badFile(count, known));
  expect(status, text).toBe(201);
  const hurt = async () => {
    for (const { mode, skip } of kills)
      await failDatabase({ match: body.id, mode, skip, ...(mode === "status" && { status: 500 }) });
  };
  const goOn = async (what: { status: "ready" | "completed" }) => {
    const deadline = Date.now() + timeout;
    for (;;) {
      const { body: now } = await desk.ask("GET", `/import-jobs/${body.id}`);
      if (now.status === what.status) return now;
      if (Date.now() > deadline) throw new Error(`The import is still ${now.status}`);
      // What a lost message left, the hourly cron picks up.
      await platform.fire("17 * * * *");
    }
  };
  await hurt();
  await goOn({ status: "ready" });
  const applied = await desk.ask("POST", `/import-jobs/${body.id}/apply`);
  if (applied.status !== 200) await desk.ask("POST", `/import-jobs/${body.id}/apply`);
  await hurt();
  const job = await goOn({ status: "completed" });
  const rows = await platform.sql<Pick<ImportRow, "row" | "outcome" | "problems" | "warnings">>(
    "select row, outcome, problems, warnings, user_id is not null as has_person, applied_at is not null as applied from import_rows where job_id = $1 order by row",
    [body.id],
  );
  const people = await platform.sql(
    `select id, external_id, email, email_verified, first_name, last_name, phone, birthday::text, bio, status, role, origin,
       password_hash, array(select tag from user_tags where user_id = u.id order by tag) as tags
     from users u where id <> $1 order by id`,
    [someone.id],
  );
  const counts = [job.applied_rows, job.failed_rows, job.created_people, job.updated_people, job.total_rows];
  // People without an id in the file get another one each time.
  const made = people.map((one) => (String(one.id).startsWith("00000000-0000-4000") ? one : { ...one, id: null }));
  return { counts, outcomes: job.outcomes, rows, people: made.map((one) => JSON.stringify(one)).sort() };
}
