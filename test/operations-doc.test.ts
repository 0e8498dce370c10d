import { globSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../local/settings.ts";
import { EVENT_TYPES } from "../src/stripe-events/event-types.ts";

test("the events that Stripe's endpoint is to be set up for are those that we act on", async () => {
  const doc = await readFile(join(ROOT, "docs/deploying.md"), "utf8");
  const step = doc.slice(doc.indexOf("\n## 5. Stripe"), doc.indexOf("\n## 6. "));
  const named = [...step.matchAll(/`([a-z_]+(?:\.[a-z_]+)+)`/g)].map(([, type]) => type);
  expect(named.toSorted()).toEqual([...EVENT_TYPES].toSorted());
});

/** Every call of Stripe's API in the code, such as `refunds.create`. The others that the SDK has make no request. */
const calls = new Set(
  globSync("src/**/*.ts", { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(join(ROOT, file), "utf8").matchAll(/\bstripe\s*\.((?:\w+\.)+\w+)\(/g)].flatMap(([, call = ""]) =>
      call.startsWith("webhooks.") ? [] : [call],
    ),
  ),
);

test("a restricted key gets the rights for what we call at Stripe, and no others", async () => {
  const doc = await readFile(join(ROOT, "docs/operations.md"), "utf8");
  const rows = doc
    .slice(doc.indexOf("**The key.**"), doc.indexOf("## The database role"))
    .split("\n")
    .filter((line) => line.includes("`") && line.startsWith("|"))
    .map((line) => ({
      writes: line.includes("| write |"),
      named: [...line.matchAll(/`([\w.]+)`/g)].map(([, call = ""]) => call),
    }));
  expect(rows.flatMap(({ named }) => named).toSorted()).toEqual([...calls].toSorted());
  const reads = (call: string) => /\.(list|retrieve\w*)$/.test(call);
  for (const { writes, named } of rows) expect([named, !named.every(reads)]).toEqual([named, writes]);
});
