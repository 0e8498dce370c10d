import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../local/settings.ts";

const doc = await readFile(join(ROOT, "docs/security.md"), "utf8");

/** A row of a table of measures: what it does, its requirements, the files it is in, and the tests that show it. */
type Measure = [what: string, requirements: string, where: string, tests: string];

function measures(): Measure[] {
  const tables = doc.split("\n\n").filter((block) => block.startsWith("| measure |"));
  const rows = tables.flatMap((table) => table.trimEnd().split("\n").slice(2));
  return rows.map((row) => {
    const [what = "", requirements = "", where = "", tests = "", ...more] = row.slice(2, -2).split(" | ");
    expect(more, what).toEqual([]);
    return [what, requirements, where, tests];
  });
}

const PATH = /^(src|test|bench|cli|local|docs|migrations)\/[\w./-]+$|^[\w-]+\.(toml|json|md)$/;

const pathsIn = (text: string) =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code).filter((code) => PATH.test(code));

/** The titles in a cell, each with the file it was named after. */
function titlesIn(tests: string): { file: string; title: string }[] {
  let file = "";
  return [...tests.matchAll(/`([^`]+)`|"([^"]+)"/g)].flatMap(([, path, title]) => {
    if (path) file = path;
    return title ? [{ file, title }] : [];
  });
}

const exists = (path: string) =>
  access(join(ROOT, path)).then(
    () => true,
    () => false,
  );

test("every measure has its requirements, its files and a test that shows it", () => {
  expect(measures().length).toBeGreaterThan(50);
  for (const [what, requirements, where, tests] of measures()) {
    expect(requirements, what).toMatch(/^\d{1,2}\.\d\.\d{1,2}(, \d{1,2}\.\d\.\d{1,2})*$/);
    expect(pathsIn(where), what).not.toEqual([]);
    expect(titlesIn(tests), what).not.toEqual([]);
    // Nothing is left over: no quote or backtick that was not closed, and no words that nobody checks.
    expect(tests.replaceAll(/`[^`]+`|"[^"]+"/g, "").replaceAll(/[\s,;]/g, ""), what).toBe("");
  }
});

test("every file that is named is there", async () => {
  const linked = [...doc.matchAll(/\]\(([\w./-]+)(?:#[\w-]+)?\)/g)].map(([, target]) => `docs/${target}`);
  const named = [...new Set([...pathsIn(doc), ...linked])];
  const there = await Promise.all(named.map(exists));
  expect(named.filter((_, index) => !there[index])).toEqual([]);
});

test("every test that is named is in its file, and its group too", async () => {
  const named = measures().flatMap(([, , , tests]) => titlesIn(tests));
  const missing = await Promise.all(
    named.map(async ({ file, title }) => {
      const source = await readFile(join(ROOT, file), "utf8").catch(() => "");
      // As it is written in the code, with its %s and $name.
      const isThere = title.split(" › ").every((part) => source.includes(JSON.stringify(part)));
      return isThere ? [] : [`${file}: ${title}`];
    }),
  );
  expect(missing.flat()).toEqual([]);
});
