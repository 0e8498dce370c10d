import { describe, expect, test } from "vitest";
import { get, outcome } from "../../harness/client.ts";
import { parseCsv } from "../../harness/csv.ts";
import { importing } from "../../harness/imports.ts";
import { onPaper, person, volunteer } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";

const anyWord = () => `w${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
const csv = (...records: string[][]) => records.map((cells) => cells.join(",")).join("\n");
const BCRYPT = `$2b$12$${"a".repeat(53)}`;

const readingsOf = (id: string) =>
  sql("select actor_id from audit_log where action = 'users.read_sensitive' and subject_ids @> array[$1::uuid]", [id]);

const historySince = (job: { id: string }, id: string) =>
  sql(
    "select action, changes from audit_log where subject_id = $1 and created_at > (select created_at from import_jobs where id = $2)",
    [id, job.id],
  );

describe.concurrent("the cells of an import", () => {
  async function uploaded() {
    const uploader = await volunteer("users.import");
    const [desk, word] = [importing(uploader), anyWord()];
    const someone = await person("active", { external_id: word });
    const header = ["external_id", "pronouns", "legal_name", "phone", "password_hash", "Notes", "status"];
    const { id } = await desk.dryRun(
      csv(
        header,
        [word, "they", "Sealed", "+12125550177", BCRYPT, "Secret", "great"],
        [word, "Shifted", "they", "Sealed", "", "", "great", "Secret"],
      ),
    );
    const cellsOf = async (token: string) => (await importing({ token }).rows(id)).map(({ cells }) => cells);
    const fileOf = async (token: string) => {
      const { text } = await importing({ token }).ask("GET", `/import-jobs/${id}/problems.csv`);
      return parseCsv(text)
        .slice(1)
        .map((record) => record.slice(0, header.length));
    };
    return { id, word, someone, uploader, cellsOf, fileOf };
  }
  const blank = (count: number) => Array.from({ length: count }, () => "");

  test("are shown to whoever uploaded it, which is no reading", async () => {
    const { word, someone, uploader, cellsOf, fileOf } = await uploaded();
    const cells = [word, "they", "Sealed", "'+12125550177", BCRYPT, "Secret", "great"];
    expect((await cellsOf(uploader.token))[0]).toEqual(cells.with(3, "+12125550177").with(4, ""));
    expect((await fileOf(uploader.token))[0]).toEqual(cells);
    expect(await readingsOf(someone.id)).toEqual([]);
  });

  test("are blank for others where a column may hold what people hide, or cells are out of place", async () => {
    const { word, someone, cellsOf, fileOf } = await uploaded();
    const { token } = await volunteer("users.import");
    const open = [word, "they", "", "", "", "", "great"];
    expect(await cellsOf(token)).toEqual([open, blank(8)]);
    expect(await fileOf(token)).toEqual([open, blank(7)]);
    expect(await readingsOf(someone.id)).toEqual([]);
  });

  test("are shown to who may see sensitive details, but for password hashes, and the person's access log says so", async () => {
    const { word, someone, cellsOf, fileOf } = await uploaded();
    const reader = await volunteer("users.import", "users.view_sensitive");
    const cells = [word, "they", "Sealed", "'+12125550177", "", "Secret", "great"];
    expect((await cellsOf(reader.token))[0]).toEqual(cells.with(3, "+12125550177"));
    expect(await readingsOf(someone.id)).toEqual([{ actor_id: reader.id }]);
    expect((await fileOf(reader.token))[0]).toEqual(cells);
    expect(await readingsOf(someone.id)).toHaveLength(2);
    const { body } = await get<{ items: { action: string }[] }>("/api/members/access-log", someone);
    expect(body.items.map(({ action }) => action)).toEqual(["users.read_sensitive", "users.read_sensitive"]);
  });

  test("cannot be opened by saying that their column fills something else", async () => {
    const { id } = await uploaded();
    const map = async (...permissions: "users.view_sensitive"[]) => {
      const { token } = await volunteer("users.import", ...permissions);
      const columns = [{ header: "external_id", field: null }];
      return outcome(await importing({ token }).ask("PUT", `/import-jobs/${id}/columns`, { body: { columns } }));
    };
    expect(await map()).toEqual([403, "not_your_import"]);
    expect(await map("users.view_sensitive")).toEqual([400, "invalid_input"]);
  });
});

describe.concurrent("what a person hides", () => {
  const hidden = { legal_name: "Sealed", phone: "+12125550177", phone_audience: "nobody" };
  const now = async (id: string) => (await sql("select legal_name, phone, pronouns from users where id = $1", [id]))[0];
  const LEFT_OUT = "is left out: only people who may see sensitive details can change what a person hides";

  test("is left out of an import by somebody who may not see it, whether the file is right about it or not", async () => {
    const desk = importing(await volunteer("users.import"));
    const seen = [];
    for (const [legal_name, phone] of [
      ["Sealed", "+12125550177"],
      ["Guess", "+12125550178"],
    ] as const) {
      const word = anyWord();
      const { id } = await person("active", { external_id: word, ...hidden });
      const done = await desk.all(csv(["external_id", "legal_name", "phone"], [word, legal_name, phone]));
      const [row] = await desk.rows(done.id);
      const changes = await historySince(done, id);
      seen.push([done.outcomes, row?.outcome, row?.problems, row?.warnings, changes, await now(id)]);
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]).toEqual([
      { create: 0, update: 0, unchanged: 1, problem: 0, warned: 1 },
      "unchanged",
      [],
      [
        { field: "legal_name", message: LEFT_OUT },
        { field: "phone", message: LEFT_OUT },
      ],
      [],
      { legal_name: "Sealed", phone: "+12125550177", pronouns: null },
    ]);
  });

  test("is changed by who may see it, and of who has no account", async () => {
    const word = anyWord();
    const known = await person("active", { external_id: word, ...hidden });
    const file = csv(["external_id", "legal_name", "phone"], [word, "New", "+12125550178"]);
    const done = await importing(await volunteer("users.import", "users.view_sensitive")).all(file);
    expect(await now(known.id)).toMatchObject({ legal_name: "New", phone: "+12125550178" });
    expect(await historySince(done, known.id)).toHaveLength(1);
    const paper = await onPaper("active", { external_id: `p-${word}`, ...hidden });
    await importing(await volunteer("users.import")).all(file.replace(word, `p-${word}`));
    expect(await now(paper.id)).toMatchObject({ legal_name: "New", phone: "+12125550178" });
  });

  test("is left out if it is hidden, or the permission is gone, by the time the import is applied", async () => {
    const word = anyWord();
    const uploader = await volunteer("users.import", "users.view_sensitive");
    const known = await person("active", { external_id: word, ...hidden });
    const desk = importing(uploader);
    const { id, outcomes } = await desk.dryRun(
      csv(["external_id", "legal_name", "phone", "pronouns"], [word, "New", "+12125550178", "they"]),
    );
    expect(outcomes).toMatchObject({ update: 1, warned: 0 });
    await sql(
      "delete from role_permissions where permission_id = (select id from permissions where code = 'users.view_sensitive') and role_id in (select role_id from user_role_assignments a join roles r on r.id = a.role_id where user_id = $1 and r.code <> 'member')",
      [uploader.id],
    );
    await desk.ask("POST", `/import-jobs/${id}/apply`);
    await desk.until(id, { status: "completed", updated_people: 1 });
    expect(await now(known.id)).toEqual({ legal_name: "Sealed", phone: "+12125550177", pronouns: "they" });
    expect((await desk.rows(id)).map(({ warnings }) => warnings)).toEqual([
      [
        { field: "legal_name", message: LEFT_OUT },
        { field: "phone", message: LEFT_OUT },
      ],
    ]);
  });
});
