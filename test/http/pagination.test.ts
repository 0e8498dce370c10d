import { sql as raw } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import fc from "fast-check";
import { base64url } from "jose";
import { describe, expect, test } from "vitest";
import { after, by, type Order, toPage } from "../../src/http/pagination.ts";
import { get } from "../harness/client.ts";
import { everythingIn, pagesOf } from "../harness/pages.ts";
import { person, volunteer } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";

interface Row {
  at: string;
  number: number;
  word: string;
  id: string;
}

const dialect = new PgDialect();

/** Walks rows that exist in no table, as a list does: one statement for each page. */
async function walk(order: Order<Row>, rows: Row[], limit: number): Promise<Row[]> {
  const seen: Row[] = [];
  for (let cursor: string | undefined; ; ) {
    const statement = dialect.sqlToQuery(raw`
      select at, number, word, id::text as id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (at timestamptz(3), number int, word text, id uuid)
      where ${after(order, cursor)} order by ${raw.join(by(order), raw`, `)} limit ${limit + 1}`);
    const found = await sql<Omit<Row, "at"> & { at: Date }>(statement.sql, statement.params);
    const page = toPage(
      order,
      found.map((row) => ({ ...row, at: row.at.toISOString() })),
      limit,
    );
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items);
    if (page.next_cursor === null) return seen;
    expect(page.items).toHaveLength(limit);
    cursor = page.next_cursor;
  }
}

const KEYS: Record<keyof Row, Order<Row>["keys"][number]> = {
  at: { expression: raw`at`, type: "timestamptz", of: (row) => row.at },
  number: { expression: raw`number`, type: "integer", of: (row) => String(row.number) },
  word: { expression: raw`word`, type: "text", of: (row) => row.word },
  id: { expression: raw`id`, type: "uuid", of: (row) => row.id },
};

describe.concurrent("pages", () => {
  test("give every row exactly once and in order: any rows, any columns, any size, up or down", async () => {
    // Few values for each column, so that many rows share them.
    const row = fc.record({
      at: fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z", "0001-06-01T00:00:00.000Z"),
      number: fc.constantFrom(0, -1, 7, 2_147_483_647, -2_147_483_648),
      word: fc.oneof(fc.constantFrom("", "a", "A", "ä", "'; drop table users; --", '"}]'), fc.string({ maxLength: 5 })),
      id: fc.uuid(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 12 }),
        fc.shuffledSubarray(["at", "number", "word"] as const),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        async (rows, columns, descending, limit) => {
          fc.pre(rows.every(({ word }) => !word.includes("\0")));
          const order: Order<Row> = {
            name: "any",
            descending,
            keys: [...columns.map((column) => KEYS[column]), KEYS.id],
          };
          const seen = await walk(order, rows, limit);
          expect(seen).toEqual(await walk(order, rows, 100));
          expect(seen.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  test("end where the rows end, even when the last page is full", () => {
    const order: Order<Row> = { name: "any", descending: false, keys: [KEYS.id] };
    const rows = ["a", "b", "c"].map((id) => ({ id, at: "", number: 0, word: "" }));
    expect(toPage(order, rows.slice(0, 2), 2).next_cursor).toBeNull();
    expect(toPage(order, [], 2)).toEqual({ items: [], next_cursor: null });
    expect(toPage(order, rows, 2).items).toEqual(rows.slice(0, 2));
    expect(toPage(order, rows, 2).next_cursor).not.toBeNull();
  });
});

describe.concurrent("the list of people", () => {
  // Letters whose order differs between a dictionary and their bytes are among them.
  const FIRST_NAMES = ["Ada", "ada", "Żaneta", "Émile"];
  const LAST_NAMES = ["İbrahim", "ibrahim", "ΟΔΥΣΣΕΑΣ", "Öztürk", "O'Neil", "zander", "Zander"];

  test.for(["newest", "oldest", "name"] as const)(
    "by %s gives each of them once and in order, and how many they are",
    async (sort) => {
      const mark = crypto.randomUUID().slice(0, 13);
      const people = await Promise.all(
        Array.from({ length: 14 }, (_, index) =>
          person("active", {
            first_name: FIRST_NAMES[index % 4],
            last_name: LAST_NAMES[index % 7],
            email: `${index}.${mark}@example.org`,
            created_at: new Date(Date.UTC(2020, 0, 1 + (index % 3))),
          }),
        ),
      );
      const admin = await volunteer("users.view");
      const order = {
        newest: "created_at desc, id desc",
        oldest: "created_at, id",
        name: `ltrim(last_name || ' ' || first_name) collate "und-x-icu", id`,
      };
      const expected = await sql<{ id: string }>(`select id from users where email like $1 order by ${order[sort]}`, [
        `%.${mark}@example.org`,
      ]);
      expect(expected).toHaveLength(people.length);
      for (const limit of [1, 3, 100]) {
        const pages = await pagesOf<{ id: string }>(`/api/admin/users?search=${mark}&sort=${sort}`, limit, admin);
        expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(expected.map(({ id }) => id));
        expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([people.length]));
      }
    },
  );

  test("goes on where it was when somebody joins between two pages", async () => {
    const mark = crypto.randomUUID().slice(0, 13);
    const admin = await volunteer("users.view");
    const named = (last_name: string) => person("active", { last_name, email: `${last_name}.${mark}@example.org` });
    for (const name of ["b", "d", "f"]) await named(name);
    const path = `/api/admin/users?search=${mark}&sort=name&limit=2`;
    const first = await get<{ items: { last_name: string }[]; next_cursor: string }>(path, admin);
    await Promise.all([named("a"), named("e")]);
    const second = await get<{ items: { last_name: string }[] }>(`${path}&cursor=${first.body.next_cursor}`, admin);
    expect(first.body.items.map(({ last_name }) => last_name)).toEqual(["b", "d"]);
    expect(second.body.items.map(({ last_name }) => last_name)).toEqual(["e", "f"]);
  });
});

describe.concurrent("a cursor that was made up", () => {
  const forged = (values: unknown) => base64url.encode(JSON.stringify(values));

  test("is refused or understood, and never breaks the list", async () => {
    const id = await plan();
    const instant = fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom(
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z",
        "2026-02-30T00:00:00Z",
        `2026-01-01T00:00:00.${"1".repeat(200)}Z`,
        "infinity",
        "now",
      ),
    );
    const part = fc.oneof(
      fc.string(),
      instant,
      fc.uuid(),
      fc.constantFrom(id, "99999999999", "-0", "1e3", ""),
      fc.integer(),
    );
    const cursor = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json().map((json) => base64url.encode(json)),
      fc.tuple(fc.constantFrom("soonest", "latest", "position"), part, part).map(forged),
      fc.tuple(fc.constantFrom("soonest", "latest"), instant, fc.uuid()).map(forged),
      fc.tuple(fc.constant("position"), fc.integer().map(String), fc.uuid()).map(forged),
      fc.tuple(fc.constant("position"), fc.bigInt().map(String), fc.uuid()).map(forged),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("events?when=all&", "events?when=past&", "plans?"),
        cursor,
        async (list, given) => {
          const answer = await get(`/api/${list}limit=1&cursor=${encodeURIComponent(given)}`);
          expect([200, 400]).toContain(answer.status);
          if (answer.status === 400) expect(answer.body.errors).toMatchObject([{ path: "cursor" }]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("for the list of people is refused or understood as well", async () => {
    const admin = await volunteer("users.view");
    const name = fc.string({ unit: "binary", maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(fc.constantFrom("name", "newest"), name, name, fc.uuid()).map(forged),
        async (given) => {
          const answer = await get(`/api/admin/users?sort=name&limit=1&cursor=${encodeURIComponent(given)}`, admin);
          expect([200, 400]).toContain(answer.status);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("cannot reach what the list does not show", async () => {
    const [hidden, position] = [await plan({ active: false, position: 41 }), "41"];
    const before = forged(["position", position, "00000000-0000-4000-8000-000000000000"]);
    const { body } = await get<{ items: { id: string }[] }>(`/api/plans?limit=100&cursor=${before}`);
    expect(body.items.map(({ id }) => id)).not.toContain(hidden);
    expect(await everythingIn<{ id: string }>("/api/plans", 100)).not.toContainEqual(
      expect.objectContaining({ id: hidden }),
    );
  });
});
