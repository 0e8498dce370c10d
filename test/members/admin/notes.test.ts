import { describe, expect, test } from "vitest";
import type { UserDetail } from "../../../src/members/admin/detail-schemas.ts";
import type { UserNote, UserNotePage } from "../../../src/members/admin/note-schemas.ts";
import { call, get, outcome, post, put } from "../../harness/client.ts";
import { note } from "../../harness/notes.ts";
import { erase, type Person, person, volunteer } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";

const pathOf = (about: Person, id?: string) => `/api/admin/users/${about.id}/notes${id ? `/${id}` : ""}`;
const bodiesFor = async (about: Person, reader: Person) =>
  (await get<UserNotePage>(pathOf(about), reader)).body.items.map(({ body }) => body);
const readingsOf = async (about: Person) =>
  (
    await sql<{ action: string }>(
      "select action from audit_log where subject_id = $1 and action like 'users.read%' order by action",
      [about.id],
    )
  ).map(({ action }) => action);

describe.concurrent("notes about a person", () => {
  test("say who wrote them and when, the newest first", async () => {
    const [about, author, reader] = await Promise.all([person(), volunteer("users.edit"), volunteer("users.view")]);
    const first = await post<UserNote>(pathOf(about), { body: "Called" }, author);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      body: "Called",
      sensitive: false,
      author_id: author.id,
      author: { first_name: "Robin", last_name: "Example" },
      created_at: expect.any(String),
    });
    await post(pathOf(about), { body: "Called again" }, author);
    const { body } = await get<UserNotePage>(`${pathOf(about)}?limit=1`, reader);
    expect(body).toMatchObject({ total: 2, items: [{ body: "Called again" }] });
    const next = await get<UserNotePage>(`${pathOf(about)}?limit=1&cursor=${body.next_cursor}`, reader);
    expect(next.body.items).toEqual([first.body]);
  });

  test("stay without an author when that person was erased", async () => {
    const [about, author, reader] = await Promise.all([person(), volunteer("users.edit"), volunteer("users.view")]);
    await post(pathOf(about), { body: "Called" }, author);
    await erase(author);
    const { body } = await get<UserNotePage>(pathOf(about), reader);
    const items = [{ body: "Called", author_id: null, author: null }];
    expect(body.items).toMatchObject(items);
    const record = await get<UserDetail>(`/api/admin/users/${about.id}`, reader);
    expect(record.body.notes).toMatchObject({ total: 1, items });
  });

  test("that are sensitive are written, read, changed and deleted only by those who may see sensitive details", async () => {
    const about = await person();
    const [trusted, other] = await Promise.all([
      volunteer("users.view", "users.edit", "users.view_sensitive"),
      volunteer("users.view", "users.edit", "users.delete"),
    ]);
    const text = { body: "Not out at work", sensitive: true };
    expect(outcome(await post(pathOf(about), text, other))).toEqual([403, "note_too_sensitive"]);
    const { body } = await post<UserNote>(pathOf(about), text, trusted);
    await post(pathOf(about), { body: "Called" }, other);
    expect(await bodiesFor(about, other)).toEqual(["Called"]);
    expect(await readingsOf(about)).toEqual(["users.read"]);
    expect(await bodiesFor(about, trusted)).toEqual(["Called", "Not out at work"]);
    expect(await readingsOf(about)).toEqual(["users.read", "users.read", "users.read_sensitive"]);
    for (const answer of [
      await put(pathOf(about, body.id), { body: "Guessed" }, other),
      await call("DELETE", pathOf(about, body.id), other),
    ])
      expect(outcome(answer)).toEqual([404, "note_not_found"]);
    expect((await put<UserNote>(pathOf(about, body.id), { body: "Out now" }, trusted)).body.sensitive).toBe(false);
    expect(outcome(await put(pathOf(about, body.id), text, other))).toEqual([403, "note_too_sensitive"]);
    expect(await bodiesFor(about, other)).toEqual(["Called", "Out now"]);
  });

  test("are changed and deleted by their author and by those who can delete people, and nobody else", async () => {
    const [about, author, other, chief] = await Promise.all([
      person(),
      volunteer("users.edit"),
      volunteer("users.edit", "users.view_sensitive"),
      volunteer("users.view", "users.edit", "users.delete"),
    ]);
    const { id } = await note(about, { author_id: author.id });
    const change = (by: Person, body: string) => put<UserNote>(pathOf(about, id), { body }, by);
    expect(outcome(await change(other, "No"))).toEqual([403, "note_of_another"]);
    expect(outcome(await call("DELETE", pathOf(about, id), other))).toEqual([403, "note_of_another"]);
    expect((await change(author, "Mine")).body).toMatchObject({ body: "Mine", author_id: author.id });
    expect((await change(chief, "Theirs")).body).toMatchObject({ body: "Theirs", author_id: author.id });
    expect((await call("DELETE", pathOf(about, id), author)).status).toBe(200);
    const { id: last } = await note(about, { author_id: null });
    expect((await call("DELETE", pathOf(about, last), chief)).status).toBe(200);
    expect(await bodiesFor(about, chief)).toEqual([]);
    const deleted = await sql<{ actor_id: string; changes: { body: null } }>(
      "select actor_id, changes from audit_log where subject_type = 'user_notes' and subject_id = $1 and action = 'delete' order by created_at",
      [about.id],
    );
    expect(deleted.map(({ actor_id, changes }) => [actor_id, changes.body])).toEqual([
      [author.id, null],
      [chief.id, null],
    ]);
  });

  test("belong to one person: under another's path they are not there", async () => {
    const [about, another, chief] = await Promise.all([person(), person(), volunteer("users.edit", "users.delete")]);
    const { id } = await note(about);
    expect(outcome(await put(pathOf(another, id), { body: "Moved" }, chief))).toEqual([404, "note_not_found"]);
    expect(outcome(await call("DELETE", pathOf(another, id), chief))).toEqual([404, "note_not_found"]);
    expect(outcome(await call("DELETE", pathOf(about, crypto.randomUUID()), chief))).toEqual([404, "note_not_found"]);
    expect(await sql("select body from user_notes where id = $1", [id])).toEqual([{ body: "Called on Monday" }]);
  });
});
