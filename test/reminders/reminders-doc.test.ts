import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../local/settings.ts";
import { KINDS } from "../../src/reminders/kinds.ts";
import { organisation_settings } from "../../src/tables/organisation.ts";

test("docs/reminders.md shows the kinds as the code declares them", async () => {
  const doc = await readFile(join(ROOT, "docs/reminders.md"), "utf8");
  const rows = KINDS.map(
    ({ name, who, when, opt_out }) => `| \`${name}\` | ${who} | ${when} | ${opt_out ? `\`${opt_out}\`` : "no"} |`,
  );
  expect(doc).toContain(`|---|---|---|---|\n${rows.join("\n")}\n\n`);
});

test("every setting that a kind names is there", () => {
  const named = KINDS.flatMap(({ when }) => [...when.matchAll(/`(\w+_(?:days|hours))`/g)].map(([, name = ""]) => name));
  expect(named).toHaveLength(4);
  for (const name of named) expect(Object.keys(organisation_settings)).toContain(name);
});
