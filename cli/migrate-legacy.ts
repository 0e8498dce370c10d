import { parseArgs } from "node:util";
import { givenDatabase, isSameDatabase } from "../local/database-url.ts";
import { asCommand } from "./command.ts";
import { agrees, type Comparison } from "./legacy/compare.ts";
import { Findings } from "./legacy/findings.ts";
import { moveLegacy, type Outcome } from "./legacy/move.ts";

const USAGE = `npm run migrate:legacy -- [--dry-run] [--report legacy-report.csv] [--from postgres://…]
Moves the database of OLD_DATABASE_URL, the old platform's, into the one of DATABASE_URL (or the local one), which must be migrated
and seeded. An address without a password may also come as --from.
One transaction: all of it, or nothing if a row cannot be moved or the sums differ. Rows that are already here are left alone.
docs/migrating.md says what comes before and after.`;

const WIDTHS = [24, 9, 9, 9, 14, 14] as const;

const line = (cells: (string | number)[]) =>
  cells
    .map((cell, at) => (at === 0 ? String(cell).padEnd(24) : String(cell).padStart(WIDTHS[at] ?? 9)))
    .join("")
    .trimEnd();

function table(comparisons: Comparison[]): string[] {
  return [
    line(["table", "old", "left out", "new", "old cents", "new cents"]),
    ...comparisons.map((each) =>
      [
        line([each.table, each.old_rows, each.left_out, each.new_rows, each.old_cents ?? "", each.new_cents ?? ""]),
        agrees(each) ? "" : "  ← differs",
      ].join(""),
    ),
  ];
}

const ENDS: Record<Outcome["outcome"], string> = {
  moved: "Moved.",
  "dry run": "A dry run: nothing was written.",
  refused:
    "Nothing was written: see the rows that are refused, or the lines that differ. Fix the old database and run this again.",
};

await asCommand(import.meta, async ({ database_url }) => {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      report: { type: "string", default: "legacy-report.csv" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  const from = givenDatabase("--from", values.from, "OLD_DATABASE_URL");
  if (!from) throw new Error(`Which database? Set OLD_DATABASE_URL to its address.\n\n${USAGE}`);
  if (isSameDatabase(from.url, database_url))
    throw new Error(`${from.name} is the new database. It must be the old one.`);
  const findings = new Findings(values.report);
  try {
    const { outcome, comparisons } = await moveLegacy(
      { from, to: database_url, dry_run: values["dry-run"] },
      findings,
      console.log,
    );
    console.log(
      ["", ...findings.lines(), "", ...(comparisons.length > 0 ? [...table(comparisons), ""] : [])].join("\n"),
    );
    console.log(`${ENDS[outcome]} All findings are in ${values.report}.`);
    if (outcome === "refused") process.exitCode = 1;
  } finally {
    await findings.close();
  }
});
