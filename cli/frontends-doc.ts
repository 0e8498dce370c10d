import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ERROR_CODES } from "../src/http/error-codes.ts";
import { asCommand } from "./command.ts";
import { ACTIONS, ALL_CODES, meaningOf } from "./error-actions.ts";

export const FRONTENDS_DOC = join(import.meta.dirname, "../docs/frontends.md");

const BEGIN = "<!-- Written by `npm run docs:errors`. -->\n";
const END = "\n<!-- End of what is written. -->";

/** docs/frontends.md with the list of codes as the source has it now. */
export function withErrors(doc: string): string {
  const begin = doc.indexOf(BEGIN);
  const end = doc.indexOf(END);
  if (begin < 0 || end < begin) throw new Error("docs/frontends.md has lost the lines between which the codes stand");
  return `${doc.slice(0, begin + BEGIN.length)}\n${describeErrors()}\n${doc.slice(end)}`;
}

const describeErrors = (): string =>
  Object.entries(ACTIONS)
    .map(([name, action]) => {
      const rows = ALL_CODES.filter((code) => ERROR_CODES[code][1] === name).map((code) => {
        const { statuses, meaning } = meaningOf(code);
        return `| \`${code}\` | ${statuses.join(", ")} | ${meaning} |`;
      });
      return `**${action}**\n\n| code | status | what it means |\n| --- | --- | --- |\n${rows.join("\n")}`;
    })
    .join("\n\n");

await asCommand(import.meta, async () => {
  await writeFile(FRONTENDS_DOC, withErrors(await readFile(FRONTENDS_DOC, "utf8")));
  console.log("Wrote the codes of docs/frontends.md.");
});
