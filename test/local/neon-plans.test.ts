import { expect, onTestFinished, test } from "vitest";
import { startNeonOnPostgres } from "./neon-endpoint.ts";

test("an endpoint that keeps plans answers the same each time, after a failure, and when a table has other columns", async () => {
  const { sql, stop } = await startNeonOnPostgres({ keep_plans: true });
  onTestFinished(stop);
  const tenBy = (by: number) => sql`select 10 / ${by}::int as result`;
  for (const round of [1, 2, 3]) {
    expect(await sql.transaction([tenBy(2), tenBy(5), tenBy(round)])).toEqual([
      [{ result: 5 }],
      [{ result: 2 }],
      [{ result: Math.floor(10 / round) }],
    ]);
    await expect(sql.transaction([tenBy(0), tenBy(2), sql`select ${"a"} || 'b' as word`])).rejects.toMatchObject({
      code: "22012",
    });
    expect(await sql`select ${"a"} || 'b' as word`).toEqual([{ word: "ab" }]);
  }
  // Plans belong to a connection, and the next request may open another one. One transaction has one connection.
  const [, found] = await sql.transaction([tenBy(2), sql`select count(*)::int as kept from pg_prepared_statements`]);
  expect(found?.[0]?.kept).toBeGreaterThan(0);

  await sql`create table members (id int)`;
  await sql`insert into members values (1)`;
  const all = () => sql.transaction([sql`select * from members`, sql`update members set id = id + 1 returning *`]);
  expect([await all(), await all()]).toEqual([
    [[{ id: 1 }], [{ id: 2 }]],
    [[{ id: 2 }], [{ id: 3 }]],
  ]);
  await sql`alter table members add column name text default 'Robin'`;
  expect(await all()).toEqual([[{ id: 3, name: "Robin" }], [{ id: 4, name: "Robin" }]]);
});
