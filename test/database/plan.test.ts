import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { Plan, valuesOf } from "../../src/database/plan.ts";
import { prepared } from "../../src/database/prepared.ts";
import { query } from "../../src/database/query.ts";
import { Refusal } from "../../src/http/errors.ts";

const select = (number: number) => query.execute<{ number: number }>(sql`select ${number}::int as number`);
const rows = (...numbers: number[]) => ({ rows: numbers.map((number) => ({ number })) });

describe("what a plan returns", () => {
  test("has the rows in place of the handles, whatever stands between them", () => {
    const t = new Plan();
    t.effect(select(0));
    const first = t.one(select(1));
    t.guard(sql`true`, 409, "not_found", "No.");
    const shape = { first, others: { all: t.many(select(2)), none: t.maybe(select(3)) }, plain: "text" };
    expect(valuesOf(shape, [rows(9), rows(1), rows(9), rows(2, 3), rows()])).toEqual({
      first: { number: 1 },
      others: { all: [{ number: 2 }, { number: 3 }], none: null },
      plain: "text",
    });
  });

  test("may be one handle, made of several", () => {
    const t = new Plan();
    const sum = t.combine({ a: t.one(select(1)), b: t.one(select(2)) }, ({ a, b }) => a.number + b.number);
    expect(valuesOf(sum, [rows(1), rows(2)])).toBe(3);
  });

  test("refuses where a row must be", () => {
    const t = new Plan();
    const missing = t.one(select(1), new Refusal(404, "not_found", "There is no such thing."));
    expect(() => valuesOf(missing, [rows()])).toThrow("There is no such thing.");
  });

  test("is no list and no promise: their handles would never be replaced", () => {
    const t = new Plan();
    for (const shape of [[t.one(select(1))], Promise.resolve(t.one(select(1)))])
      expect(() => valuesOf(shape, [rows(1)])).toThrow("A plan returns handles");
  });
});

test("a prepared statement fills its placeholders anew for each call", () => {
  const statement = prepared(query.execute(sql`select ${sql.placeholder("a")}, ${1}, ${sql.placeholder("b")}`));
  const queryOf = (values: Record<string, unknown>) =>
    (statement(values) as unknown as { getQuery(): { sql: string; params: unknown[] } }).getQuery();
  const one = queryOf({ a: "x", b: null });
  const other = queryOf({ a: "y", b: false });
  expect(one).toEqual({ sql: "select $1, $2, $3", params: ["x", 1, null] });
  expect(other.params).toEqual(["y", 1, false]);
  expect(() => queryOf({ a: "x" })).toThrow("placeholder");
});
