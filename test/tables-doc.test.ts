import { existsSync, globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { ARCHITECTURE_DOC, describeTables, withTables } from "../cli/tables-doc.ts";

test("docs/architecture.md shows the tables of the code: npm run docs:tables writes them", async () => {
  const document = await readFile(ARCHITECTURE_DOC, "utf8");
  expect(document).toBe(withTables(document));
});

test("every file of tables has its diagram, and a reference points from the row that is referred to", () => {
  const described = describeTables();
  const areas = globSync("src/tables/*.ts").map((file) => basename(file));
  for (const area of areas.filter((file) => file !== "columns.ts" && file !== "schema.ts"))
    expect(described).toContain(`(\`src/tables/${area}\`)`);
  // Everybody may have several RSVPs, each RSVP is somebody's, and a donation has at most one payment.
  expect(described).toContain('  users ||--o{ event_rsvps : "user_id"');
  expect(described).toContain('  donations |o--o| payments : "donation_id"');
});

test("the code that docs/architecture.md quotes is the code", async () => {
  const document = await readFile(ARCHITECTURE_DOC, "utf8");
  const quotes = [...document.matchAll(/```ts\n +\/\/ (src\/\S+)\n([\s\S]*?)\n +```/g)];
  expect(quotes).toHaveLength(1);
  for (const [, file = "", quoted = ""] of quotes)
    expect(await readFile(file, "utf8")).toContain(quoted.replaceAll(/^ {3}/gm, ""));
});

test("each file and each page that docs/architecture.md names is there", async () => {
  const document = await readFile(ARCHITECTURE_DOC, "utf8");
  const files = [...document.matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map(([, file = ""]) => file);
  const pages = [...document.matchAll(/\]\(([\w./-]+\.md)/g)].map(([, page = ""]) => `docs/${page}`);
  expect([...files, ...pages].filter((path) => !existsSync(path))).toEqual([]);
});
