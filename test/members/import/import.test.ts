import { describe, expect, test } from "vitest";
import { ALL_PERMISSIONS } from "../../../src/access/permissions.ts";
import type { ImportJob } from "../../../src/members/import/schemas.ts";
import { call, outcome, pathsOf } from "../../harness/client.ts";
import { parseCsv } from "../../harness/csv.ts";
import { importing } from "../../harness/imports.ts";
import { tell } from "../../harness/mail-feedback.ts";
import { listAtProvider, tokenIn, untilMails } from "../../harness/mailbox.ts";
import { ownPlatform } from "../../harness/own-platform.ts";
import { anyEmail, onPaper, person, volunteer } from "../../harness/people.ts";
import { formOf } from "../../harness/photos.ts";
import { insert, sql } from "../../harness/platform.ts";
import { role } from "../../harness/roles.ts";
import { hourIn, zoneAt } from "../../harness/zones.ts";

const clerk = async () => importing(await volunteer("users.import"));
const anyWord = () => `w${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
const csv = (...records: string[][]) => records.map((cells) => cells.join(",")).join("\n");

describe.concurrent("an import", () => {
  test("makes the people of a file, after a dry run that changes nothing", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const ready = await desk.dryRun(
      `\ufeffFirst name;Last name;E-mail;Phone;Status;Member since;Tags;Shoe size\r\nÄda;${word};ADA.${word}@Example.org;212 555 0123;active;2019-05-01;Choir, board;41\r\n`,
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
      `select first_name, email, email_verified, origin, phone, status, role,
         to_char(joined_at at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI') as joined,
         array(select tag from user_tags t where t.user_id = u.id order by tag) as tags,
         (select count(*)::int from emails e where e.user_id = u.id) as mails
       from users u where last_name = $1`,
      [word],
    );
    expect(made).toEqual({
      first_name: "Äda",
      email: `ada.${word}@example.org`,
      email_verified: false,
      origin: "import",
      phone: "+12125550123",
      status: "active",
      role: "member",
      joined: "2019-05-01 12:00",
      tags: ["board", "choir"],
      mails: 0,
    });
  });

  test("is called what its file is called, or what somebody calls it", async () => {
    const { token } = await volunteer("users.import");
    const nameOf = async (file_name: string, query = "") => {
      const form = formOf([["file", Uint8Array.from(Buffer.from("first_name\nKim")), file_name]]);
      const answer = await call<ImportJob>("POST", `/api/admin/users/import${query}`, { token, ...form });
      expect(answer.status, answer.text).toBe(201);
      return answer.body.file_name;
    };
    expect(await nameOf("W1-i.csv")).toBe("W1-i.csv");
    expect(await nameOf("W1-i.csv", "?file_name=Autumn")).toBe("Autumn");
    expect(await nameOf("x".repeat(201))).toBe("people.csv");
    const whole = await importing({ token }).upload("first_name\nKim");
    expect(whole.body.file_name).toBe("people.csv");
  });

  test("takes a number for the same whether it is in the column id or external_id", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const ready = await desk.dryRun(csv(["id", "external_id", "first_name"], [word, "", "Kim"], ["", word, "Robin"]));
    expect(ready).toMatchObject({ outcomes: { create: 0, problem: 2 } });
  });

  test("changes only the profile of somebody who is found by external_id or confirmed address", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const by_number = await person("active", { external_id: word, legal_name: "Sealed", phone: "+12125550100" });
    const by_address = await person("pending_validation");
    const unconfirmed = await person("pending_email");
    const hash = `$2b$12$${"a".repeat(53)}`;
    const done = await desk.all(
      csv(
        [
          "external_id",
          "email",
          "first_name",
          "last_name",
          "pronouns",
          "status",
          "role",
          "password_hash",
          "photo_preference",
        ],
        [word, "other@example.org", "New", "", "they/them", "rejected", "admin", hash, "public"],
        ["", by_address.email.toUpperCase(), "New", "", "", "active", "", hash, ""],
        ["", unconfirmed.email, "Else", "", "", "", "", hash, ""],
      ),
    );
    expect(done).toMatchObject({ updated_people: 2, created_people: 1, failed_rows: 0 });
    const rowOf = async (id: string) =>
      (
        await sql(
          "select first_name, last_name, legal_name, pronouns, phone, email, status, role, password_hash, photo_preference from users where id = $1",
          [id],
        )
      )[0];
    expect(await rowOf(by_number.id)).toEqual({
      first_name: "New",
      last_name: "Example",
      legal_name: "Sealed",
      pronouns: "they/them",
      phone: "+12125550100",
      email: by_number.email,
      status: "active",
      role: "member",
      password_hash: null,
      photo_preference: "none",
    });
    expect(await rowOf(by_address.id)).toMatchObject({
      first_name: "New",
      status: "pending_validation",
      password_hash: null,
    });
    expect(await rowOf(unconfirmed.id)).toMatchObject({ first_name: "Robin" });
    const rows = await desk.rows(done.id);
    expect(rows.map(({ warnings }) => warnings.map(({ field }) => field))).toEqual([
      ["email", "status", "role"],
      ["status"],
      ["email"],
    ]);
    expect(JSON.stringify(rows)).not.toContain(hash);
    expect(
      await sql("select cells from import_rows where job_id = $1 and cells::text like '%$2b$%'", [done.id]),
    ).toEqual([]);
  });

  test("never takes people for one by their name, and says who has it", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const twin = await person("active", { first_name: "Kim", last_name: word });
    const waiting = await person("pending_email", { first_name: "Sam", last_name: word });
    const { id } = await desk.dryRun(
      csv(["first_name", "last_name", "email"], ["Kim", word, ""], ["Sam", word, waiting.email]),
    );
    const [same_name, same_address] = await desk.rows(id);
    expect(same_name).toMatchObject({ outcome: "create", user_id: null });
    expect(same_name?.warnings).toEqual([
      {
        field: null,
        message: "has the name of somebody who is here already. Please check whether they are the same person.",
        people: [twin.id],
      },
    ]);
    expect(same_address).toMatchObject({ outcome: "problem", problems: [{ field: "email", people: [waiting.id] }] });
    expect(same_address?.problems[0]?.message).not.toContain(waiting.id);
  });

  test("names likely twins by the signs of a person's detail, to those who may see people", async () => {
    const [desk, blind, word] = [importing(await volunteer("users.import", "users.view")), await clerk(), anyWord()];
    const phone = `+1212${String(Math.floor(Math.random() * 1e7)).padStart(7, "0")}`;
    const known = { last_name: `O'Neill ${word}`, birthday: "1980-02-29", address: `1 Main St, ${word}` };
    const [paper, account] = await Promise.all([
      onPaper("active", { first_name: "José", ...known, phone }),
      person("active", { first_name: "Kim", ...known }),
    ]);
    const file = csv(
      ["first_name", "last_name", "birthday", "phone", "address", "email"],
      ["JOSE", `ONEILL ${word}`.toUpperCase(), "1980-02-29", "", "", ""],
      ["Jose", `O’Neill ${word}`, "1981-01-01", "", "", ""],
      ["Someone", word, "", phone, `"1 MAIN ST, ${word}"`, ""],
      ["kim", `o'neill ${word}`, "1980-02-29", "", "", ""],
      ["José", `O'Neill ${word}`, "", "", "", paper.email],
      ["Robin", word, "", "", "", paper.email],
    );
    const remarksOf = async (on: typeof desk) =>
      (await on.rows((await on.dryRun(file)).id)).map(({ warnings, problems }) =>
        [...problems, ...warnings]
          .filter(({ people }) => people)
          .map(({ field, people }) => [field, people?.map((id) => (id === paper.id ? "paper" : id === account.id))]),
      );
    expect(await remarksOf(desk)).toEqual([
      [["birthday", ["paper"]]],
      [[null, ["paper"]]],
      [
        ["phone", ["paper"]],
        ["address", ["paper"]],
      ],
      // The account's birthday is hidden, so that no file can find it out.
      [[null, [true]]],
      [["email", ["paper"]]],
      [["email", ["paper"]]],
    ]);
    expect(await remarksOf(blind)).toEqual([
      [[null, ["paper"]]],
      [[null, ["paper"]]],
      [],
      [[null, [true]]],
      [["email", ["paper"]]],
      [["email", ["paper"]]],
    ]);
  });

  test("warns of new people in one file who have the same name, and says what else is the same", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const known = await person("active", { external_id: word, first_name: "Zoe", last_name: word });
    const { id } = await desk.dryRun(
      csv(
        ["external_id", "first_name", "last_name", "birthday", "phone", "email"],
        ["", "José", word, "1980-02-29", "212 555 0123", ""],
        ["", "JOSE", word.toUpperCase(), "1980-02-29", "", ""],
        ["", " Jose", word, "1990-01-01", "+1 (212) 555-0123", `${word}@example.org`],
        ["", "José", word, "", "", ""],
        ["", "José", `${word}-Else`, "1980-02-29", "212 555 0123", `${word}@example.org`],
        [word, known.first_name, word, "", "", ""],
        ["", "Zoe", word, "", "", ""],
      ),
    );
    const rows = await desk.rows(id);
    const CHECK = ". Please check whether they are the same person.";
    expect(rows.map(({ warnings }) => warnings.map(({ message }) => message.replace(CHECK, "")))).toEqual([
      ["has the same name and birthday as row 3"],
      ["has the same name and birthday as row 2"],
      [],
      ["has the same name as row 2, 3, 4"],
      [],
      [],
      ["has the name of somebody who is here already"],
    ]);
    expect(rows.map(({ outcome }) => outcome)).toEqual([
      ...["create", "create", "problem", "create", "problem", "unchanged", "create"],
    ]);
  });

  test("refuses rows about somebody who holds a role, and roles beyond what the importer holds", async () => {
    const [desk, word] = [importing(await volunteer("users.import", "events.view")), anyWord()];
    await person("active", { external_id: word, permissions: ["events.view"] });
    const [own, beyond] = [await role(["events.view"]), await role(["events.edit"])];
    const codes = await sql<{ code: string }>("select code from roles where id = any($1) order by id = $2", [
      [own, beyond],
      beyond,
    ]);
    const ready = await desk.dryRun(
      csv(
        ["external_id", "first_name", "last_name", "role"],
        [word, "Mallory", "", ""],
        ["", "Own", word, codes[0]?.code ?? ""],
        ["", "Beyond", word, codes[1]?.code ?? ""],
        ["", "Root", word, "superadmin"],
        ["", "None", word, "no-such-role"],
      ),
    );
    expect(ready.outcomes).toMatchObject({ create: 1, problem: 4 });
    await desk.ask("POST", `/import-jobs/${ready.id}/apply`);
    const done = await desk.until(ready.id, { status: "completed" });
    expect(done).toMatchObject({ created_people: 1, updated_people: 0, failed_rows: 4 });
    const held = await sql(
      "select r.id from user_role_assignments a join roles r on r.id = a.role_id join users u on u.id = a.user_id where u.last_name = $1",
      [word],
    );
    expect(held).toEqual([{ id: own }]);
    const problems = (await desk.rows(done.id, "outcome=problem")).map((row) => row.problems[0]?.message);
    expect(problems).toEqual([
      expect.stringContaining("holds a role"),
      expect.stringContaining("permissions"),
      expect.stringContaining("permissions"),
      "is not a role",
    ]);
  });

  test("gives roles only when whoever uploaded the file applies it", async () => {
    const [desk, other] = [importing(await volunteer(...ALL_PERMISSIONS)), await clerk()];
    const { id } = await desk.dryRun(csv(["first_name", "role"], ["Kim", "Admin"]));
    expect(outcome(await other.ask("POST", `/import-jobs/${id}/apply`))).toEqual([403, "roles_of_another"]);
    const plain = await desk.dryRun(csv(["first_name", "role"], ["Kim", "Member"], ["Robin", ""]));
    expect((await other.ask("POST", `/import-jobs/${plain.id}/apply`)).status).toBe(200);
  });

  test("makes problems of rows that speak of the same person, and of whoever came in between", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const known = await person("active", { external_id: word });
    const late = `late-${word}`;
    const { id, outcomes } = await desk.dryRun(
      csv(
        ["external_id", "email", "first_name"],
        [`x-${word}`, "", "One"],
        [`X-${word}`, "", "Two"],
        ["", `${word}@example.org`, "Three"],
        ["", `${word}@EXAMPLE.org`, "Four"],
        [word, "", "Five"],
        ["", known.email, "Six"],
        [late, "", "Seven"],
      ),
    );
    expect(outcomes).toMatchObject({ problem: 6, create: 1 });
    expect((await desk.rows(id)).map((row) => row.problems[0]?.message)).toEqual([
      "is the same as in row 3",
      "is the same as in row 2",
      "is the same as in row 5",
      "is the same as in row 4",
      "is the same person as in row 7",
      "is the same person as in row 6",
      undefined,
    ]);
    await person("active", { external_id: late });
    await desk.ask("POST", `/import-jobs/${id}/apply`);
    expect(await desk.until(id, { status: "completed" })).toMatchObject({ created_people: 0, failed_rows: 7 });
  });

  test("takes rows whose people share an address, as long as it is their own already", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const shared = `${word}@example.org`;
    const first = await person("active", { external_id: word, email: shared });
    const second = await person("pending_email", { email: shared });
    const { id } = await desk.dryRun(
      csv(["id", "external_id", "email", "first_name"], ["", word, shared, "Robin"], [second.id, "", shared, "Alex"]),
    );
    expect(await desk.rows(id)).toEqual([
      expect.objectContaining({ outcome: "unchanged", user_id: first.id, problems: [], warnings: [] }),
      expect.objectContaining({ outcome: "update", user_id: second.id, problems: [], warnings: [] }),
    ]);
    const other = await person("active");
    const wrong = await desk.dryRun(csv(["id", "email"], [second.id, other.email]));
    expect((await desk.rows(wrong.id)).map((row) => row.problems[0]?.message)).toEqual([
      "has an id, an external_id or an email that belong to different people",
    ]);
  });

  test("lists a column whose field another column fills, and not as an unknown one", async () => {
    const desk = await clerk();
    expect(await desk.dryRun("first_name,first_name,Given name,Shoe size\nKim,Sam,Alex,41\n")).toMatchObject({
      columns: [{ field: "first_name" }, { field: null }, { field: null }, { field: null }],
      repeated_columns: ["first_name", "Given name"],
      unknown_columns: ["Shoe size"],
    });
  });

  test("makes a problem of a cell with a character that no database stores, and of cells that are too few", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const { id } = await desk.dryRun(`first_name,last_name,Shoe size\nK\0im,${word},41\nKim,${word},4\0\nKim\n`);
    expect((await desk.rows(id)).map(({ problems }) => problems)).toEqual([
      [{ field: "first_name", message: "has a character that cannot be read" }, expect.anything()],
      [],
      [{ field: null, message: "has 1 cell, but the header has 3" }],
    ]);
  });

  test("reads a header with a character that no database stores", async () => {
    const desk = await clerk();
    const { columns } = await desk.dryRun("first_name,sto\0ry\nKim,x\n");
    expect(columns.map(({ header }) => header)).toEqual(["first_name", "sto\ufffdry"]);
  });

  test("says of an empty file that it is empty", async () => {
    const answer = await (await clerk()).upload("");
    expect(answer.body).toMatchObject({ detail: "The file is empty." });
  });

  test("gives the rows with problems back as a file that can be corrected and uploaded as it is", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const { id } = await desk.dryRun(
      `first_name,Last name,birthday,Shoe size\r\nKim,${word},1990-13-01,=41\r\nSam,${word},1990-01-01,2\r\nKim,${word},soon,\r\n`,
    );
    const { text } = await desk.ask("GET", `/import-jobs/${id}/problems.csv`);
    expect(parseCsv(text)).toEqual([
      ["first_name", "Last name", "birthday", "Shoe size", "row", "problem"],
      ["Kim", word, "1990-13-01", "'=41", "2", expect.stringMatching(/^birthday must /)],
      ["Kim", word, "soon", "", "4", expect.stringMatching(/^birthday must /)],
    ]);
    const again = await desk.dryRun(text.replace("1990-13-01", "1990-12-01"));
    expect(again.columns.map(({ header }) => header)).toEqual(["first_name", "Last name", "birthday", "Shoe size"]);
    expect(again.outcomes).toMatchObject({ create: 1, problem: 1 });
  });

  test("reads columns as it is told to, and checks every row again", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const { id, outcomes } = await desk.dryRun(`Rufname\tlast_name\nKim\t${word}\n`);
    expect(outcomes.problem).toBe(1);
    const map = (columns: unknown) => desk.ask("PUT", `/import-jobs/${id}/columns`, { body: { columns } });
    const last = { header: "last_name", field: "last_name" };
    expect(pathsOf(await map([last]))).toEqual(["columns"]);
    expect(pathsOf(await map([{ header: "Rufname", field: "last_name" }, last]))).toEqual(["columns"]);
    expect((await map([{ header: "Rufname", field: "first_name" }, last])).body.status).toBe("validating");
    expect(await desk.until(id, { status: "ready" })).toMatchObject({ outcomes: { create: 1, problem: 0 } });
    await desk.ask("POST", `/import-jobs/${id}/apply`);
    await desk.until(id, { status: "completed" });
    expect(outcome(await map([{ header: "Rufname", field: "pronouns" }, last]))).toEqual([409, "import_not_ready"]);
    expect(outcome(await desk.ask("POST", `/import-jobs/${id}/apply`))).toEqual([409, "import_not_ready"]);
  });

  test.each([
    ["empty", "", "file"],
    ["only a header", "first_name,last_name\n", "file"],
    ["without a known column", "a,b\n1,2\n", "file"],
    ["in Latin-1", new Uint8Array([...new TextEncoder().encode("first_name\nJos"), 0xe9, 0x0a]), "file"],
    ["with an open quote", 'first_name\n"Kim\nSam\n', "file"],
    ["with a row that never ends", `first_name\n${"x".repeat(70_000)}\n`, "file"],
    ["with too many columns", `${Array.from({ length: 201 }, (_, index) => `c${index}`).join(",")}\n1\n`, "file"],
    ["with too many rows", `first_name\n${"Kim\n".repeat(20_001)}`, "file"],
  ])("refuses a file that is %s", async (_, file, path) => {
    const desk = await clerk();
    const answer = await desk.upload(file as string);
    expect(outcome(answer)).toEqual([400, "invalid_input"]);
    expect(pathsOf(answer)).toEqual([path]);
  });

  test("refuses a file of more than 20 MiB, and one that is no CSV", async () => {
    const desk = await clerk();
    const large = `first_name\n${`${"x".repeat(60_000)}\n`.repeat(360)}`;
    expect(outcome(await desk.upload(large))).toEqual([413, "file_too_large"]);
    const json = await desk.ask("POST", "/users/import", { body: [] });
    expect(outcome(json)).toEqual([415, "unsupported_media_type"]);
  });
});

describe.concurrent("undoing an import", () => {
  test("deletes whom it made, and gives the others back what it changed and they have not changed since", async () => {
    const [desk, word] = [importing(await volunteer("users.import", "users.view_sensitive")), anyWord()];
    const known = await person("active", { external_id: word, pronouns: "she/her", bio: "Old bio" });
    await sql("insert into user_tags (user_id, tag) values ($1, 'old')", [known.id]);
    const { id } = await desk.all(
      csv(
        ["external_id", "first_name", "last_name", "pronouns", "bio", "phone", "birthday", "tags"],
        [word, "New", "", "they/them", "New bio", "+12125550123", "1990-01-02", "old;new"],
        ["", "Kim", word, "", "", "", "", "new"],
      ),
    );
    await sql("update users set bio = 'My own' where id = $1", [known.id]);
    expect((await desk.ask("POST", `/import-jobs/${id}/undo`)).status).toBe(200);
    await desk.until(id, { applied_rows: 0, created_people: 0, updated_people: 0 });
    expect(await sql("select from users where last_name = $1", [word])).toEqual([]);
    const [row] = await sql(
      "select first_name, last_name, pronouns, bio, phone, birthday, array(select tag from user_tags where user_id = u.id) as tags from users u where id = $1",
      [known.id],
    );
    expect(row).toEqual({
      first_name: "Robin",
      last_name: "Example",
      pronouns: "she/her",
      bio: "My own",
      phone: null,
      birthday: null,
      tags: ["old"],
    });
    expect(outcome(await desk.ask("POST", `/import-jobs/${id}/undo`))).toEqual([409, "import_not_applied"]);
  });

  test("is refused once somebody whom it made has signed in or paid", async () => {
    const [desk, word] = [await clerk(), anyWord()];
    const { id } = await desk.all(csv(["first_name", "last_name"], ["Kim", word], ["Sam", word]));
    const [someone] = await sql<{ id: string }>("select id from users where last_name = $1", [word]);
    await insert("donations", { user_id: someone?.id, donation_type: "member", amount_cents: 500 });
    const answer = await desk.ask<{ detail: string }>("POST", `/import-jobs/${id}/undo`);
    expect(outcome(answer)).toEqual([409, "import_in_use"]);
    expect(answer.body.detail).toContain(": 1.");
  });
});

test("links to accounts go out in waves: so many a day, to nobody twice, until the wave is stopped", async () => {
  const platform = await ownPlatform();
  // By day, or the links would wait for the morning, and stopping the wave would stop them.
  await platform.sql("update organisation_settings set time_zone = $1", [zoneAt(12)]);
  const desk = importing({ url: platform.url, token: (await platform.volunteer("users.import")).token });
  const rows = Array.from({ length: 5 }, (_, index) => ["Kim", anyEmail(), `202${index}-01-01`]);
  const { id } = await desk.all(csv(["first_name", "email", "joined_at"], ...rows, ["Paper", "", ""]));
  const wave = (per_day: number) => desk.ask("POST", `/import-jobs/${id}/activation-waves`, { body: { per_day } });
  expect((await wave(2)).body).toMatchObject({
    activations_per_day: 2,
    activations_sent: 0,
    activations_waiting: 5,
    activations_impossible: 1,
  });
  const sent = async () => {
    await platform.fire("17 * * * *");
    return (await desk.ask("GET", `/import-jobs/${id}`)).body.activations_sent;
  };
  expect([await sent(), await sent()]).toEqual([2, 2]);
  const [first] = await platform.sql<{ years: string[] }>(
    "select array_agg(extract(year from joined_at)::text order by joined_at) as years from users where activation_sent_at is not null",
  );
  expect(first?.years).toEqual(["2020", "2021"]);
  await platform.sql(
    "update users set activation_sent_at = activation_sent_at - interval '1 day' where activation_sent_at is not null",
  );
  expect(await sent()).toBe(4);
  await expect.poll(() => platform.sql("select from emails where status = 'pending'")).toEqual([]);
  expect((await desk.ask("DELETE", `/import-jobs/${id}/activation-waves`)).status).toBe(200);
  await platform.sql(
    "update users set activation_sent_at = activation_sent_at - interval '1 day' where activation_sent_at is not null",
  );
  expect(await sent()).toBe(4);
  await platform.person("active", { email: rows[4]?.[1] });
  expect((await desk.ask("GET", `/import-jobs/${id}`)).body).toMatchObject({
    activations_waiting: 0,
    activations_impossible: 2,
  });
  expect(
    await platform.sql(
      "select count(*)::int as mails, count(distinct to_email)::int as people from emails where template = 'activation'",
    ),
  ).toEqual([{ mails: 4, people: 4 }]);
});

test("a wave stays behind other mail, is not sent at night, and not to addresses that are suppressed", async () => {
  const platform = await ownPlatform();
  const zone = zoneAt(2);
  await platform.sql("update organisation_settings set time_zone = $1", [zone]);
  const { token } = await platform.volunteer("users.import", "users.edit");
  const desk = importing({ url: platform.url, token });
  const [kim, sam] = [anyEmail("kim"), anyEmail("sam")];
  const complained = await platform.insert("emails", {
    template: "approval",
    to_email: sam,
    status: "sent",
    sent_at: new Date(),
  });
  await tell({ kind: "complained", email_id: complained }, { url: platform.url });
  await listAtProvider(sam);
  const { id } = await desk.all(csv(["first_name", "email"], ["Kim", kim], ["Sam", sam]));
  await desk.ask("POST", `/import-jobs/${id}/activation-waves`, { body: { per_day: 10 } });
  await platform.fire("17 * * * *");
  const links = async () => {
    const rows = await platform.sql<{ lane: number; status: string; last_error: string | null; due: Date }>(
      `select lane, status, last_error, next_attempt_at as due
       from emails where template = 'activation' order by status, lane, to_email`,
    );
    return rows.map(({ due, ...link }) => ({ ...link, hour: hourIn(zone, due) }));
  };
  const morning = { lane: 2, status: "pending", last_error: null, hour: 8 };
  expect(await links()).toEqual([morning, morning]);
  // Whoever stops the wave at night stops these, and starting it again writes them anew.
  expect((await desk.ask("DELETE", `/import-jobs/${id}/activation-waves`)).status).toBe(200);
  expect(await links()).toEqual([]);
  await desk.ask("POST", `/import-jobs/${id}/activation-waves`, { body: { per_day: 10 } });
  await platform.fire("17 * * * *");
  expect(await links()).toEqual([morning, morning]);
  await platform.sql("update emails set next_attempt_at = now() where status = 'pending'");
  await platform.look("mail");
  expect((await untilMails(kim)).map(({ text }) => tokenIn({ text }).length > 20)).toEqual([true]);
  await expect
    .poll(async () => (await links()).map(({ status, last_error }) => [status, last_error]))
    .toEqual([
      ["sent", null],
      ["withheld", "suppressed"],
    ]);
  // Somebody who waits for the link gets it at once.
  const [person] = await platform.sql("select id from users where email = $1", [sam]);
  expect((await desk.ask("POST", `/users/${person?.id}/resend-verification`)).status).toBe(200);
  expect(await untilMails(sam)).toHaveLength(1);
});

test("what a lost message left, the hourly cron picks up; an upload that broke off is given up, and old rows are forgotten", async () => {
  const platform = await ownPlatform();
  const desk = importing({ url: platform.url, token: (await platform.volunteer("users.import")).token });
  const job = async (columns: Record<string, unknown>, cells = ["Kim"]) => {
    const id = await platform.insert("import_jobs", {
      file_name: "x.csv",
      columns: JSON.stringify([{ header: "first_name", field: "first_name" }]),
      total_rows: 1,
      ...columns,
    });
    await platform.sql("insert into import_rows (job_id, row, cells) values ($1, 2, $2)", [id, JSON.stringify(cells)]);
    return id;
  };
  const lost = await job({ status: "validating" });
  const broken = await job({ status: "uploaded", updated_at: new Date(Date.now() - 7_200_000) });
  await platform.fire("17 * * * *");
  expect((await desk.ask("GET", `/import-jobs/${lost}`)).body).toMatchObject({
    status: "ready",
    outcomes: { create: 1 },
  });
  expect((await desk.ask("GET", `/import-jobs/${broken}`)).body).toMatchObject({ status: "failed", total_rows: 0 });
  await platform.sql("alter table import_rows disable trigger touch_updated_at");
  await platform.sql(
    "update import_rows set (created_at, updated_at) = (now() - interval '31 days', now() - interval '31 days')",
  );
  await platform.fire("17 3 * * *");
  expect((await desk.rows(lost)).map(({ cells }) => cells)).toEqual([[]]);
  expect(outcome(await desk.ask("POST", `/import-jobs/${lost}/apply`))).toEqual([409, "import_forgotten"]);
});

test("rows that are together more than the database sends at once are imported in smaller parts", async () => {
  const platform = await ownPlatform();
  const desk = importing({ url: platform.url, token: (await platform.volunteer("users.import")).token });
  // In an answer each of these is four characters: the cells are JSON within JSON.
  const wide = "\\".repeat(60_000);
  const people = Array.from({ length: 92 }, (_, index) =>
    index % 2 === 0 ? [`Kim ${index}`, "", wide] : [`Kim ${index}`, wide, ""],
  );
  expect(await desk.all(csv(["first_name", "email", "story"], ...people))).toMatchObject({
    total_rows: 92,
    applied_rows: 46,
    created_people: 46,
    outcomes: { problem: 46 },
  });
});

test("an import that cannot be gone on with does not slow the others", async () => {
  const platform = await ownPlatform();
  const job = async (columns: unknown, rows: number) => {
    const id = await platform.insert("import_jobs", {
      file_name: "x.csv",
      status: "validating",
      columns: JSON.stringify(columns),
      total_rows: rows,
    });
    await platform.sql(
      `insert into import_rows (job_id, row, cells) select $1, row, '["Kim"]' from generate_series(2, $2) as row`,
      [id, rows + 1],
    );
    return id;
  };
  await job({ broken: true }, 1);
  const fine = await job([{ header: "first_name", field: "first_name" }], 1200);
  await platform.fire("17 * * * *");
  expect(await platform.lastRun("import")).toMatchObject({ outcome: "failed", report: { failed: 1 } });
  expect(await platform.sql("select status, checked_rows from import_jobs where id = $1", [fine])).toEqual([
    { status: "ready", checked_rows: 1200 },
  ]);
});

test("an import whose upload was given up takes no more rows", async () => {
  const platform = await ownPlatform();
  const { token } = await platform.volunteer("users.import");
  let send: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      send = controller;
    },
  });
  const write = (text: string) => send?.enqueue(new TextEncoder().encode(text));
  write(`first_name\n${"Kim\n".repeat(1500)}`);
  const request = {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "text/csv" },
    body,
    duplex: "half",
  };
  const answer = fetch(`${platform.url}/api/admin/users/import`, request);
  const total = async () => (await platform.sql("select total_rows from import_jobs"))[0]?.total_rows;
  await expect.poll(total, { timeout: 10_000 }).toBe(1000);
  await platform.sql("alter table import_jobs disable trigger touch_updated_at");
  await platform.sql("update import_jobs set updated_at = now() - interval '2 hours'");
  await platform.fire("17 * * * *");
  write("Robin\n");
  send?.close();
  expect(await (await answer).json()).toMatchObject({ code: "upload_too_slow" });
  expect(await platform.sql("select status, total_rows from import_jobs")).toEqual([
    { status: "failed", total_rows: 0 },
  ]);
});

test("erasing somebody while an import is applied ends only their row", async () => {
  const platform = await ownPlatform();
  const desk = importing({ url: platform.url, token: (await platform.volunteer("users.import")).token });
  const [kim, robin] = [await platform.person("active"), await platform.person("active")];
  const { id } = await desk.dryRun(csv(["email", "phone"], [kim.email, "+12125550123"], [robin.email, "+12125550124"]));
  await platform.sql("update users set erase_at = now() - interval '1 minute' where id = $1", [kim.id]);
  await platform.fire("17 * * * *");
  await platform.sql("update import_jobs set status = 'applying' where id = $1", [id]);
  await platform.fire("17 * * * *");
  expect(await desk.until(id, { status: "completed" })).toMatchObject({ updated_people: 1, failed_rows: 1 });
  expect((await desk.ask("POST", `/import-jobs/${id}/undo`)).status).toBe(200);
  await desk.until(id, { applied_rows: 0 });
  expect(await platform.sql("select phone from users where id = $1", [robin.id])).toEqual([{ phone: null }]);
});
