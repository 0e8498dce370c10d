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
