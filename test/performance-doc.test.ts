import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { BUDGETS } from "../bench/budgets.ts";

const read = (path: string) => readFile(path, "utf8");

test.for(Object.entries(BUDGETS))("docs/performance.md names the limit %s with its value", async ([name, limit]) => {
  const value = typeof limit === "number" ? limit : limit.budget;
  const rows = (await read("docs/performance.md")).split("\n").filter((line) => line.includes(`\`${name}\``));
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row).toMatch(new RegExp(`\`${name}\` ${value}\\b`));
});

test("each command of docs/performance.md runs a part of the bench", async () => {
  const [page, bench] = await Promise.all([read("docs/performance.md"), read("bench/measure.ts")]);
  const titles = [...bench.matchAll(/test\("([^"]+)"/g)].map(([, title = ""]) => title);
  const named = [...page.matchAll(/npm run bench -- -t "([^"]+)"/g)].map(([, part = ""]) => part);
  expect(named.filter((part) => titles.filter((title) => title.includes(part)).length !== 1)).toEqual([]);
});
