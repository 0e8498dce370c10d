import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { PgColumn } from "drizzle-orm/pg-core";
import { PERMISSIONS } from "../src/access/permissions.ts";
import { SYSTEM_ROLES } from "../src/access/roles.ts";
import { OPENING } from "../src/members/access-log/schemas.ts";
import { directoryColumns } from "../src/members/directory/schemas.ts";
import { THEIR_ROWS } from "../src/members/erasure/forget.ts";
import { FIELDS } from "../src/members/export/schemas.ts";
import { myProfileColumns } from "../src/members/my/schemas.ts";
import { userColumns } from "../src/members/schemas.ts";
import { ERASED, KEPT_COLUMNS } from "../src/people/erased.ts";
import { AUDIENCE_OF } from "../src/people/privacy.ts";
import { users } from "../src/tables/people.ts";
import { asCommand } from "./command.ts";

/** Written by `npm run docs:privacy`. */
export const PRIVACY_DOC = join(import.meta.dirname, "../docs/privacy.md");

/** docs/privacy.md: who sees what of a person, what is erased, and what stays where. */
export const describePrivacy = (): string => `# Who sees what of a person

\`npm run docs:privacy\` writes this page from the code. Do not edit it. \`npm test\` checks that the page matches the code.

## What a person tells about themselves

Each row is a column of \`users\` that an answer shows. People choose for themselves who sees the columns that have a setting
(\`PUT /api/members/privacy\`). A setting is \`members\` (the directory and volunteers), \`admins\` (volunteers) or \`nobody\`.

- **Members** are active people who look into the directory. They find only those who want to be found (\`in_directory\`, at
  first false). Searching there looks at names alone.
- **Volunteers** hold \`users.view\`. Each look at a person is in that person's access log.
- **Sealed** is for holders of \`users.view_sensitive\` alone, and each look is logged as such.

${table(
  ["column", "the person", "members", "volunteers", "sealed", "setting", "at first"],
  Object.keys(getTableColumns(users)).flatMap(rowOf),
)}

The platform's own columns are not in the table: no answer shows them. Email addresses are always in the list that volunteers
work with. Money is apart: holders of \`donations.view\` and \`subscriptions.view\` see who paid it
([money.md](money.md#who-sees-donors)).

## Who could look

${table(
  ["permission", "what it allows", "system roles that have it"],
  OPENING.map((permission) => [
    `\`${permission}\``,
    PERMISSIONS[permission],
    SYSTEM_ROLES.filter(({ permissions }) => permissions.includes(permission))
      .map(({ name }) => name)
      .join(", "),
  ]),
)}

\`users.import\` and \`users.create\` show whether somebody is known. An import shows the cells of a file to whoever uploaded it;
what people can hide is in it for holders of \`users.view_sensitive\` alone besides, and each look is logged as such.

\`GET /api/members/access-log\` shows each person which volunteers read or exported their data, by name, and how many people
hold each role that could. Exports of money name no people in the audit log, so they are not in it.

## What a person can take with them

\`GET /api/members/export\` is everything about a person as one JSON file: \`profile\`, \`privacy\`,
${listed([...Object.keys(FIELDS), "access_log"])}.
It holds what volunteers wrote in notes about the person, the sensitive notes too, because
people have a right to know what is kept about them. It does not say who wrote a note or vouched for them: that is
about somebody else. The bookkeeping notes of payments and donations are not in it; people get them if they ask.

## Erasing

\`POST /api/members/erase\`, or a volunteer with \`users.delete\`. Seven days later, the hourly job \`erase_people\` does the
following, in this order, for each person by themselves:

1. It ends open checkouts and the subscription at Stripe. If Stripe does not answer, it stops: nothing is deleted, the run of
   the job fails and names the person's id, and the next run tries again.
2. It deletes the customer at Stripe.
3. It forgets the person in one transaction, and with them all their sessions and links.
4. For one day, each run does the last step again, for what was under way at that moment.

Until the seven days are over, whoever asked can take it back: the person what the person asked for, and volunteers what a
volunteer asked for. The last superadmin cannot be erased.

| what | what becomes of it |
|---|---|
| ${listed(Object.keys(ERASED).filter((name) => name !== "erased_at"))} of \`users\` | emptied. The row stays, so that money has an owner |
| ${listed(KEPT_COLUMNS)} of \`users\` | kept. They say nothing about a person without a name |
| their rows of ${listed(THEIR_ROWS.map(getTableName))}, and \`vouchings\` | deleted |
| emails to them, and the emails of invitations that they sent | deleted |
| invitations to them | deleted. Of those that they sent, the message is |
| their photo | deleted, and its objects by the job that sweeps them |
| the rows of an import that became them, and its file | the cells are emptied, and the file is deleted |
| donations | the name, address, message and notes are emptied. Amount, day, method, receipt number and Stripe's ids stay |
| payments, refunds, disputes | amount, day, method, receipt number and Stripe's ids stay. The reason of a refund is emptied |
| subscriptions | they end. Terms, amounts and Stripe's ids stay; notes, reasons and the card are emptied |
| the audit log | stays. It holds ids and the names of columns, and no personal values |
| what others wrote in free text, such as the name of a friend in their application | stays |

A confirmed address is theirs wherever it is: what they gave without signing in, invitations to it, attempts to sign in, and
applications of others with the same address, which nobody could ever confirm, go too. An address that nobody confirmed may
be another person's. Then only what belongs to their own row goes.

## What stays where we cannot reach

- **Backups.** Neon can restore the database to any time within its history window, at most 30 days
  ([Neon](https://neon.com/docs/introduction/restore-window)). After restoring an older state, the hourly job erases
  whoever had asked by then. Look up in the newer state who asked later.
- **Stripe** keeps records of payments after it deleted the customer, as the law requires
  ([Stripe](https://docs.stripe.com/api/customers/delete)). Its owner can ask for more with a redaction job
  ([Stripe](https://docs.stripe.com/privacy/redaction)).
- **The mail provider** keeps a log of the emails that it sent, for as long as its plan says.

[security.md](security.md#logs-and-privacy) says how long everything else is kept.
`;

/** A column has the name of its field in JSON, but for the photo. */
const fieldOf = (name: string) => (name === "photo_id" ? "profile_photo_url" : name);

function rowOf(name: string): string[][] {
  const setting = settingOf(name);
  const sealed = setting !== undefined || name === "legal_name";
  const shown = [myProfileColumns, directoryColumns, userColumns].some((columns) => fieldOf(name) in columns);
  if (!shown && !sealed) return [];
  const standard = setting && Object.values(getTableColumns(users)).find((column) => column.name === setting)?.default;
  return [
    [
      `\`${name}\``,
      fieldOf(name) in myProfileColumns || name in FIELDS.application ? "yes" : "",
      shownBy(directoryColumns, name, "`members`"),
      shownBy(userColumns, name, "`members`, `admins`"),
      sealed ? "yes" : "",
      setting ? `\`${setting}\`` : "",
      typeof standard === "string" ? `\`${standard}\`` : "",
    ],
  ];
}

function settingOf(name: string): string | undefined {
  const audiences: Record<string, PgColumn> = AUDIENCE_OF;
  return audiences[name]?.name;
}

/** A plain column is always shown; one that an answer computes follows the person's setting. */
function shownBy(columns: Record<string, unknown>, name: string, when: string): string {
  const column = columns[fieldOf(name)];
  if (column === undefined) return "";
  return is(column, PgColumn) ? "always" : when;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

await asCommand(import.meta, async () => {
  await writeFile(PRIVACY_DOC, describePrivacy());
  console.log("Wrote docs/privacy.md.");
});
