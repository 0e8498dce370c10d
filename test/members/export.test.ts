import { describe, expect, test, vi } from "vitest";
import type { Permission } from "../../src/access/permissions.ts";
import { get, outcome, tripsOf } from "../harness/client.ts";
import { rowsOfCsv } from "../harness/csv.ts";
import { failDatabase } from "../harness/faults.ts";
import { erased, person, volunteer } from "../harness/people.ts";
import { insert, sql, worker } from "../harness/platform.ts";

const PATH = "/api/admin/users/export";

/** A word that only one test's people have in their names. */
const anyWord = () => `w${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;

const clerk = (...more: Permission[]) => volunteer("users.export", ...more);

async function manyPeople(count: number): Promise<string> {
  const word = anyWord();
  await sql(
    `insert into users (first_name, last_name, email, joined_at)
     select 'Kim', $1, $1 || n || '@example.org', '2026-01-01T00:00:00Z'::timestamptz + (n % 60) * interval '1 day'
     from generate_series(1, $2::integer) n`,
    [word, count],
  );
  return word;
}

/** What the audit log has of a request: the filters, and whose data each page held. */
const entriesOf = (request_id: string) =>
  sql<{ action: string; actor_id: string; subject_ids: string[]; changes: Record<string, unknown> }>(
    "select action, actor_id, subject_ids, changes from audit_log where request_id = $1 order by created_at, changes desc",
    [request_id],
  );

describe.concurrent("an export of people", () => {
  test("has each who matches once, and each page records whose data it holds, all in one round trip a page", async () => {
    const [someone, word] = [await clerk(), await manyPeople(4500)];
    const answer = await get(`${PATH}?search=${word}&status=pending_email`, someone);
    const ids = rowsOfCsv(answer.text).map(({ id }) => id);
    const expected = await sql<{ id: string }>(
      "select id from users where last_name = $1 order by joined_at desc, id desc",
      [word],
    );
    expect(ids).toEqual(expected.map(({ id }) => id));
    expect((await tripsOf(answer)).before).toBe(3);
    const entries = await entriesOf(answer.request_id);
    expect(entries.map(({ action, actor_id, changes }) => ({ action, actor_id, changes }))).toEqual(
      [{ search: null, status: [null, ["pending_email"]] }, {}, {}].map((changes) => ({
        action: "users.exported",
        actor_id: someone.id,
        changes,
      })),
    );
    expect(entries.map(({ subject_ids }) => subject_ids.length).sort()).toEqual([2000, 2000, 500].sort());
    expect(new Set(entries.flatMap(({ subject_ids }) => subject_ids))).toEqual(new Set(ids));
  });

  test("ends after a page that is just full, and records one that is empty", async () => {
    const [someone, word] = [await clerk(), await manyPeople(2000)];
    const full = await get(`${PATH}?search=${word}`, someone);
    expect([rowsOfCsv(full.text).length, (await tripsOf(full)).before]).toEqual([2000, 1]);
    const none = await get(`${PATH}?search=${anyWord()}`, someone);
    expect(rowsOfCsv(none.text)).toEqual([]);
    expect((await entriesOf(none.request_id)).map(({ subject_ids }) => subject_ids)).toEqual([[]]);
  });

  test("is recorded once a page when the database's answer was lost and asked for again", async () => {
    const [someone, word] = [await clerk(), await manyPeople(3)];
    await failDatabase({ mode: "after_commit", match: word });
    const answer = await get(`${PATH}?search=${word}`, someone);
    expect(rowsOfCsv(answer.text)).toHaveLength(3);
    expect((await entriesOf(answer.request_id)).map(({ subject_ids }) => subject_ids.length)).toEqual([3]);
  });

  test("breaks where a page cannot be recorded", async () => {
    const [someone, word] = [await clerk(), await manyPeople(2001)];
    await failDatabase({ mode: "status", status: 500, match: word, skip: 1, count: 2 });
    const answer = await fetch(`${worker.url}${PATH}?search=${word}`, {
      headers: { Authorization: `Bearer ${someone.token}`, "CF-Connecting-IP": "10.8.7.5" },
    });
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    const entries = await entriesOf(answer.headers.get("X-Request-Id") ?? "");
    expect(entries.map(({ subject_ids }) => subject_ids.length)).toEqual([2000]);
  });

  test("has what volunteers may see, and no legal name even for those who may see it", async () => {
    const [someone, word] = [await clerk("users.view", "users.view_sensitive"), anyWord()];
    const { id, email } = await person("active", {
      last_name: word,
      legal_name: "Sealed Name",
      phone: "+12125550123",
      address: "1 Main Street",
      birthday: "1990-02-03",
      birthday_audience: "members",
      bio: "Hidden bio",
      external_id: word,
      joined_at: "2020-03-01T18:30:00.120Z",
      newsletter_consent_at: "2021-07-01T18:30:00.000Z",
      password_hash: "$argon2id$secret",
    });
    for (const tag of ["choir", "board"]) await sql("insert into user_tags (user_id, tag) values ($1, $2)", [id, tag]);
    const { text } = await get(`${PATH}?search=${word}`, someone);
    expect(rowsOfCsv(text)).toEqual([
      {
        id,
        external_id: word,
        email,
        first_name: "Robin",
        last_name: word,
        pronouns: "",
        phone: "'+12125550123",
        address: "",
        birthday: "1990-02-03",
        bio: "",
        partner_first_name: "",
        partner_last_name: "",
        partner_is_member: "false",
        referred_by: "",
        status: "active",
        role: "member",
        joined_at: "2020-03-01 13:30:00.120",
        language: "en",
        time_zone: "",
        photo_preference: "none",
        newsletter_consent_at: "2021-07-01 14:30:00.000",
        tags: "board, choir",
        plan: "",
      },
    ]);
    for (const hidden of ["Sealed", "Main Street", "Hidden bio", "argon2id"]) expect(text).not.toContain(hidden);
  });

  test("takes the filters of the list, and finds the same people", async () => {
    const [someone, word] = [await clerk("users.view"), anyWord()];
    for (const status of ["active", "pending_validation", "rejected"] as const)
      await person(status, { last_name: word });
    await insert("users", { first_name: "Paper", last_name: word, origin: "paper", status: "active" });
    await insert("users", erased);
    for (const filter of ["", "status=active", "role=guest"]) {
      const listed = await get<{ items: { id: string }[] }>(`/api/admin/users?search=${word}&${filter}`, someone);
      const { text } = await get(`${PATH}?search=${word}&${filter}`, someone);
      expect(
        rowsOfCsv(text)
          .map(({ id }) => id)
          .sort(),
        filter,
      ).toEqual(listed.body.items.map(({ id }) => id).sort());
    }
    for (const wrong of ["status=lost", "limit=5", "sort=name", "bom=yes"])
      expect((await get(`${PATH}?${wrong}`, someone)).status, wrong).toBe(400);
  });

  test("is refused to whoever only sees people, and that is recorded", async () => {
    const answer = await get(PATH, await volunteer("users.view"));
    expect(outcome(answer)).toEqual([403, "permission_missing"]);
    await vi.waitFor(async () =>
      expect((await entriesOf(answer.request_id)).map(({ action }) => action)).toEqual(["access.denied"]),
    );
  });
});
