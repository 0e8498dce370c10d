import { describe, expect, test } from "vitest";
import { get } from "../harness/client.ts";
import { everythingIn } from "../harness/pages.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";

interface Page {
  items: { id: string; email: string; last_name: string; status: string }[];
  next_cursor: string | null;
  total: number;
}

/** A word that only one test's people have in their names. */
const anyWord = () => `w${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;

async function list(query: Record<string, string | number>) {
  const { token } = await volunteer("users.view");
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  return get<Page>(`/api/admin/users?${search}`, { token });
}

describe.concurrent("the list of people", () => {
  test("finds by part of a name, both names, or the address, whatever the case", async () => {
    const word = anyWord();
    const someone = await person("active", { first_name: `Äda${word}`, last_name: "O'Neill", email: anyEmail(word) });
    for (const search of [word, word.toUpperCase(), `äDA${word} o'neill`, someone.email.slice(2, 22)]) {
      const { body } = await list({ search });
      expect(body.items.map(({ id }) => id)).toEqual([someone.id]);
      expect(body.total).toBe(1);
    }
  });

  test("takes LIKE's own signs as what they are", async () => {
    const word = anyWord();
    const percent = await person("active", { last_name: `${word}%_\\x` });
    await person("active", { last_name: `${word}abcx` });
    const { body } = await list({ search: `${word}%_\\x` });
    expect(body.items.map(({ id }) => id)).toEqual([percent.id]);
  });

  test("filters by status and role, and counts what matches on all pages", async () => {
    const word = anyWord();
    for (const status of ["pending_validation", "pending_validation", "active"] as const)
      await person(status, { last_name: word });
    const { body } = await list({ search: word, status: "pending_validation", limit: 1 });
    expect(body.items).toHaveLength(1);
    expect(body.total).toBe(2);
    expect((await list({ search: word, role: "member" })).body.total).toBe(1);
    expect((await list({ search: word, role: "guest" })).body.total).toBe(2);
  });

  test.each([
    ["newest", ["c", "b", "a"]],
    ["oldest", ["a", "b", "c"]],
    ["name", ["a", "b", "c"]],
  ])("sorted by %s shows everyone once over all pages, with many made at the same instant", async (sort, wanted) => {
    const word = anyWord();
    for (const [index, letter] of ["a", "b", "c"].entries())
      for (const first_name of ["Kim", "kim", "Kim"])
        await person("active", {
          first_name,
          last_name: `${word}${letter}`,
          created_at: new Date(Date.UTC(2026, 0, index + 1)).toISOString(),
        });
    const seen: Page["items"] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body }: { body: Page } = await list({ search: word, sort, limit: 2, ...(cursor && { cursor }) });
      expect(body.total).toBe(9);
      seen.push(...body.items);
      cursor = body.next_cursor;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(9);
    expect(seen.map(({ last_name }) => last_name.slice(-1))).toEqual(
      wanted.flatMap((letter) => [letter, letter, letter]),
    );
  });

  test("refuses a cursor of another order, filters that do not exist and limits out of range", async () => {
    const word = anyWord();
    for (let count = 0; count < 2; count += 1) await person("active", { last_name: word });
    const { body } = await list({ search: word, limit: 1 });
    const cursor = body.next_cursor ?? "";
    expect((await list({ search: word, sort: "name", cursor })).status).toBe(400);
    for (const wrong of [{ cursor: "x" }, { status: "nobody" }, { limit: 0 }, { limit: 101 }, { sort: "shoe size" }])
      expect((await list(wrong)).status).toBe(400);
  });

  test("shows no password and no hash", async () => {
    const word = anyWord();
    const someone = await person("active", { last_name: word, password_hash: "$argon2id$secret" });
    const { token } = await volunteer("users.view");
    expect((await list({ search: word })).text).not.toContain("argon2id");
    const one = await get(`/api/admin/users/${someone.id}`, { token });
    expect(one.status).toBe(200);
    expect(one.text).not.toContain("argon2id");
  });
});

test("names are sorted as a dictionary sorts them: accents and case only decide between equal letters", async () => {
  const word = anyWord();
  const names = ["Zander", "Öztürk", "zander", "O’Neil", "Oz", "İbrahim", "ibrahim", "Émile", "Emil", "Emily", "Ärmel"];
  for (const name of names) await person("active", { first_name: word, last_name: name });
  // People with one name are among those whose last name it is.
  await person("active", { first_name: `Emilia ${word}`, last_name: "" });
  const everybody = await everythingIn<{ first_name: string; last_name: string }>(
    `/api/admin/users?search=${word}&sort=name`,
    1,
    await volunteer("users.view"),
  );
  expect(everybody.map(({ first_name, last_name }) => last_name || first_name.replace(` ${word}`, ""))).toEqual(
    "Ärmel Émile Emil Emilia Emily ibrahim İbrahim O’Neil Oz Öztürk zander Zander".split(" ").sort(dictionary),
  );
});

/** The order of a dictionary, as JavaScript's own ICU has it. */
const dictionary = new Intl.Collator("und").compare;
