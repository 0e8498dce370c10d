import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const DECISIONS = new URL("../docs/decisions/", import.meta.url);

test("the index of the decisions names each of them", async () => {
  const index = await readFile(new URL("README.md", DECISIONS), "utf8");
  const linked = [...index.matchAll(/\]\(([^/)]+\.md)\)/g)].map(([, file]) => file);
  const written = (await readdir(DECISIONS)).filter((file) => file !== "README.md");
  expect(linked.sort()).toEqual(written.sort());
});
