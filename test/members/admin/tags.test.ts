import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LINE, VISIBLE } from "../../../src/http/schemas.ts";
import type { TagCount, Tags } from "../../../src/members/admin/tag-schemas.ts";
import type { User } from "../../../src/members/schemas.ts";
import { get, pathsOf, put } from "../../harness/client.ts";
import { everythingIn } from "../../harness/pages.ts";
import { erased, person, volunteer } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";

const anyTag = () => `t${crypto.randomUUID().slice(0, 8)}`;
const editor = await volunteer("users.edit", "users.view");

describe.concurrent("tags", () => {
  test("are the whole set, in small letters, each once, with single spaces", async () => {
    const someone = await person();
    const path = `/api/admin/users/${someone.id}/tags`;
    const first = await put<Tags>(path, { tags: ["  Speaks   Spanish ", "speaks spanish", "PICNIC"] }, editor);
    expect(first.body).toEqual({ tags: ["picnic", "speaks spanish"] });
    const second = await put<Tags>(path, { tags: ["picnic", "Drives"] }, editor);
    expect(second.body).toEqual({ tags: ["drives", "picnic"] });
    expect((await get<User>(`/api/admin/users/${someone.id}`, editor)).body.tags).toEqual(["drives", "picnic"]);
    expect((await put<Tags>(path, { tags: [] }, editor)).body).toEqual({ tags: [] });
  });

  test("are at most 20, of at most 40 characters", async () => {
    const path = `/api/admin/users/${(await person()).id}/tags`;
    const many = (count: number) => [...Array(count).keys()].map((number) => `tag ${number}`);
    expect((await put<Tags>(path, { tags: many(20) }, editor)).body.tags).toHaveLength(20);
    expect(pathsOf(await put(path, { tags: many(21) }, editor))).toEqual(["tags"]);
    expect((await put<Tags>(path, { tags: ["x".repeat(40)] }, editor)).status).toBe(200);
    expect(pathsOf(await put(path, { tags: ["x".repeat(41)] }, editor))).toEqual(["tags.0"]);
  });

  test("have no comma or semicolon, which separate tags in a file of people", async () => {
    const path = `/api/admin/users/${(await person()).id}/tags`;
    expect(pathsOf(await put(path, { tags: ["one, two"] }, editor))).toEqual(["tags.0"]);
    expect(pathsOf(await put(path, { tags: ["one;two"] }, editor))).toEqual(["tags.0"]);
  });

  test("may be any other line of text, and find their people again", async () => {
    const someone = await person();
    const line = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 10 })
      .filter((text) => text.trim().length <= 40 && !/[,;]/.test(text) && LINE.test(text.trim()) && VISIBLE.test(text));
    await fc.assert(
      fc.asyncProperty(line, async (tag) => {
        const answer = await put<Tags>(
          `/api/admin/users/${someone.id}/tags`,
          { tags: [tag, tag.toUpperCase()] },
          editor,
        );
        expect(answer.status).toBe(200);
        const { body } = await get<{ items: User[] }>(
          `/api/admin/users?search=${someone.email}&tag=${encodeURIComponent(tag)}`,
          editor,
        );
        expect(body.items.map(({ id }) => id)).toEqual([someone.id]);
      }),
      { numRuns: 40 },
    );
  });

  test("are listed by name with how many people have them, without erased people", async () => {
    const [tag, other] = [anyTag(), anyTag()];
    const people = await Promise.all([person(), person(), person("inactive", erased)]);
    for (const { id } of people) await sql("insert into user_tags (user_id, tag) values ($1, $2)", [id, tag]);
    await sql("insert into user_tags (user_id, tag) values ($1, $2)", [people[0]?.id, other]);
    const all = await everythingIn<TagCount>("/api/admin/tags", 100, editor);
    expect(all.filter((one) => [tag, other].includes(one.tag))).toEqual(
      [
        { tag, people: 2 },
        { tag: other, people: 1 },
      ].sort((a, b) => (a.tag < b.tag ? -1 : 1)),
    );
  });

  test("are in the audit log as changed, without their words", async () => {
    const someone = await person();
    const tag = anyTag();
    await put(`/api/admin/users/${someone.id}/tags`, { tags: [tag] }, editor);
    const entries = await sql<{ actor_id: string; changes: object }>(
      "select actor_id, changes from audit_log where subject_type = 'user_tags' and subject_id = $1",
      [someone.id],
    );
    expect(entries).toEqual([{ actor_id: editor.id, changes: { user_id: [null, someone.id], tag: null } }]);
  });
});
