import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../local/settings.ts";
import { linkLifetimeInWords } from "../../src/access/link-lifetime.ts";
import type { LinkPurpose } from "../../src/access/signatures.ts";

/** The rows of the tables of links. */
const ROWS: Record<string, Record<string, LinkPurpose>> = {
  "docs/sign-in.md": {
    "verify-email": "verify_email",
    "reset-password": "reset_password",
    "confirm-email": "change_email",
    "accept-invitation": "accept_invitation",
    vouch: "vouch",
    activate: "activate",
  },
  "docs/security.md": {
    "verify an address": "verify_email",
    "choose a new password": "reset_password",
    "confirm another address": "change_email",
    "accept an invitation": "accept_invitation",
    "say whether a member knows an applicant": "vouch",
    "open an account that volunteers entered": "activate",
  },
};

test.each(Object.entries(ROWS))("%s says how long each link works", async (doc, rows) => {
  const lines = (await readFile(join(ROOT, doc), "utf8")).split("\n");
  for (const [link, purpose] of Object.entries(rows)) {
    const row = lines.find((line) => line.startsWith(`| ${link} |`))?.split(" | ");
    expect([link, row?.[1]]).toEqual([link, linkLifetimeInWords(purpose)]);
  }
});
