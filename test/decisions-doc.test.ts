import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

test("the index of the decisions names each of them", async () => {
  const index = await readFile("docs/decisions/README.md", "utf8");
  const linked = [...index.matchAll(/\]\(([^/)]+\.md)\)/g)].map(([, file]) => file);
  const written = (await readdir("docs/decisions")).filter((file) => file !== "README.md");
  expect(linked.sort()).toEqual(written.sort());
});
