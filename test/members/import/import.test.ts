import { describe, expect, test } from "vitest";
import { importing } from "../../harness/imports.ts";
import { volunteer } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";

const clerk = async () => importing(await volunteer("users.import"));
const anyWord = () => `w${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;

describe.concurrent("an import", () => {
  test("makes the people of a file, after a dry run that changes nothing", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const ready = await desk.dryRun(
      `First name;Last name;E-mail;Phone;Status;Member since;Tags;Shoe size\r\nÄda;${word};ADA.${word}@Example.org;212 555 0123;active;2019-05-01;Choir, board;41\r\n`,
    );
    expect(ready).toMatchObject({
      separator: ";",
      total_rows: 1,
      checked_rows: 1,
      unknown_columns: ["Shoe size"],
      outcomes: { create: 1, update: 0, unchanged: 0, problem: 0, warned: 0 },
    });
    expect(await sql("select from users where last_name = $1", [word])).toHaveLength(0);
    await desk.ask("POST", `/import-jobs/${ready.id}/apply`);
    const done = await desk.until(ready.id, { status: "completed" });
    expect(done).toMatchObject({ applied_rows: 1, failed_rows: 0, created_people: 1, updated_people: 0 });
    const [made] = await sql(
      `select first_name, email, email_verified, origin, phone, status, role, joined_at at time zone 'America/New_York' as joined,
         array(select tag from user_tags t where t.user_id = u.id order by tag) as tags from users u where last_name = $1`,
      [word],
    );
    expect(made).toMatchObject({
      first_name: "Äda",
      email: `ada.${word}@example.org`,
      email_verified: false,
      origin: "import",
      phone: "+12125550123",
      status: "active",
      role: "member",
      tags: ["board", "choir"],
    });
  });
});
