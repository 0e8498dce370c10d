import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { describePrivacy, PRIVACY_DOC } from "../cli/privacy-doc.ts";

test("docs/privacy.md says what the code does: npm run docs:privacy writes it", async () => {
  expect(await readFile(PRIVACY_DOC, "utf8")).toBe(describePrivacy());
});
