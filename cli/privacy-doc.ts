import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getTableColumns, getTableName, is } from "drizzle-orm";
import { PgColumn } from "drizzle-orm/pg-core";
import { PERMISSIONS } from "../src/access/permissions.ts";
import { SYSTEM_ROLES } from "../src/access/roles.ts";
import { Me } from "../src/accounts/me.ts";
import { OPENING } from "../src/members/access-log/schemas.ts";
import { sensitiveColumns } from "../src/members/admin/sensitive-schemas.ts";
import { directoryColumns } from "../src/members/directory/schemas.ts";
import { THEIR_ROWS } from "../src/members/erasure/forget.ts";
import { FIELDS } from "../src/members/export/schemas.ts";
import { userExportColumns } from "../src/members/export.ts";
import { myProfileColumns } from "../src/members/my/schemas.ts";
import { userColumns } from "../src/members/schemas.ts";
import { ERASED, KEPT_COLUMNS } from "../src/people/erased.ts";
import { AUDIENCE_OF } from "../src/people/privacy.ts";
import { users } from "../src/tables/people.ts";
import { asCommand } from "./command.ts";

/** Written by `npm run docs:privacy`. */
export const PRIVACY_DOC = join(import.meta.dirname, "../docs/privacy.md");

/** docs/privacy.md: who sees what about a person, what is erased, and what stays where. */
export const describePrivacy = (): string => `# Who sees what about a person

\`npm run docs:privacy\` writes this page from the code. Do not edit it. \`npm test\` checks that the page matches the code.

## What a person tells about themselves

Each row is a column of \`users\` that an answer shows. If a column has a setting, people choose for themselves who sees it
(\`PUT /api/members/privacy\`): \`members\` (the directory and volunteers), \`admins\` (volunteers) or \`nobody\`.

- **Members** are active people who look at the directory. They find only people who want to be found (\`in_directory\`, false
  by default). The search there looks at names alone.
- **Volunteers** hold \`users.view\`. A person's access log shows each time a volunteer opened their record, or got it as the answer to a change.
  It does not show looks at the list of people.
- **Sealed** columns are for holders of \`users.view_sensitive\` alone. The access log shows each look.

${table(
  ["column", "the person", "members", "volunteers", "sealed", "setting", "default"],
  Object.keys(getTableColumns(users)).flatMap(rowOf),
)}

Somebody whom volunteers entered from paper or imported cannot choose yet. Until they open their account, volunteers see what was
entered, as if every setting that is \`nobody\` were \`admins\`; the legal name stays sealed. From the moment they open the
account, the settings hold, and they are the defaults above: volunteers no longer see birthday, address and bio, unless the
person shows them. Members see nothing of it, before or after.

A change of the settings takes effect with the next request. Only links to a photo that were given out before work for up to two
more hours. Deleting or replacing the photo ends them at once.

Whoever has the address of an account can open it, with all that is sealed. So only holders of \`users.view_sensitive\` can
enter another address for somebody who has an account, and the old address is told before anything changes.

The table leaves out the settings themselves, and the platform's own columns, which no answer shows. Volunteers always see email
addresses, because they work with them. The file that holders of \`users.export\` download also has
${listed(Object.keys(userExportColumns).filter((name) => name in users && !(name in userColumns)))}.
Legal names are in no list, search or file, not even for holders of \`users.view_sensitive\`: they open one record at a time, so
each person's access log says who saw theirs. An import of a file without that column leaves them as they are.
Money is separate: holders of \`donations.view\` and \`subscriptions.view\` see who paid it
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

\`GET /api/members/access-log\` shows each person which volunteers opened or exported their data, by name, and how many people
hold each role that could. A file of donations, subscriptions or the ledger is in the log of everybody whom it names, also by an
address that they have confirmed. Looks at lists are not in it.

\`users.import\` and \`users.create\` reveal whether somebody is known. An import shows its cells to whoever uploaded the file.
Of what people can hide, only holders of \`users.view_sensitive\` see the cells of other people's files, and each look is logged.

## What a person can take with them

\`GET /api/members/export\` is what the platform keeps about a person, as one JSON file: \`profile\`, \`privacy\`,
${listed([...Object.keys(FIELDS), "access_log"])}.
It includes what volunteers wrote in notes about the person, even the sensitive ones, because people have a right to know what
is kept about them. It includes whether a member said that they know the person. It does not say who wrote a note or who that
member was: that is about somebody else. It leaves out the bookkeeping notes of payments and donations. People get those if they
ask. Until somebody confirms their address, the file leaves out their emails and reminders: these could tell a stranger whether the
address belongs to a member.

## Erasing

A person asks for it with \`POST /api/members/erase\`, or a volunteer who holds \`users.delete\` does. Seven days later, the
hourly job \`erase_people\` takes these steps, for one person at a time:

1. It ends the person's open checkouts and subscriptions at Stripe. If Stripe does not answer, it stops there: nothing is deleted
   here, the run fails and names the person's id, and the next run tries again.
2. It deletes the customer at Stripe.
3. It erases everything in the table below, in one transaction.
4. For one day, each run repeats step 3, in case a request was still under way.

During the seven days, the request can be taken back: by the person if the person asked, and by a volunteer if a volunteer asked.
If both asked, both must take it back.
The last superadmin cannot be erased.

| what | what happens to it |
|---|---|
| ${listed(Object.keys(ERASED).filter((name) => name !== "erased_at"))} of \`users\` | reset. The row stays, so that money has an owner |
| ${listed(KEPT_COLUMNS)} of \`users\` | kept. Without a name, they do not say who the person was |
| their rows of ${listed(THEIR_ROWS.map(getTableName))}, and \`vouchings\` | deleted |
| emails to them, and the emails of the invitations that they sent | deleted |
| invitations to them | deleted. If they sent an invitation, its message is deleted |
| their photo | deleted, in R2 too. If R2 fails, the hourly job \`remove_files\` deletes it there |
| their seats at coming events | go to those who are next in line |
| photos of events that they uploaded | deleted in the same way if no volunteer has accepted them. Others stay, without the name |
| photos that they had taken down | stay hidden. Nobody can show them again, or upload the same files. We keep the SHA-256 of each, without a name |
| the rows of imports that are about them, or have their address | the cells are emptied |
| donations | name, address, message and notes are emptied. Amount, day, method, receipt number and Stripe's ids stay |
| payments, refunds, disputes | amount, day, method, receipt number and Stripe's ids stay. The reason for a refund is emptied |
| subscriptions | they end. Terms, amounts and Stripe's ids stay; notes, reasons and the card are emptied |
| the audit log | stays. It has ids and the names of columns, but no personal values |
| what others wrote in free text, such as the name of a friend in their application | stays |

If they confirmed their address, everything with that address is theirs. So donations that they gave without signing in lose
name and address too, and we delete invitations to the address, attempts to sign in with it, and other registrations with it,
which nobody could ever confirm. An address that nobody confirmed may be another person's. Then we erase only what belongs to
their own row.

We do not keep former addresses. So a donation that they gave without signing in, with an address that they had before or have
besides, stays as it is. If they tell you the address, find the donation with \`GET /api/admin/donations?search=\` and take its
name and address away with \`PUT /api/admin/donations/{id}\`.

## What stays out of our reach

- **Backups.** Neon can restore the database to any time within its history window, at most 30 days
  ([Neon](https://neon.com/docs/introduction/restore-window)). After you restore an older state, the hourly job
  erases those who had asked by then, and \`npm run erase:again\` those who asked or were erased later
  ([operations.md](operations.md#restoring)). The same goes for files that \`npm run backup\` made.
- **Stripe** keeps records of payments after the customer is deleted, as the law requires
  ([Stripe](https://docs.stripe.com/api/customers/delete)). The owner of the account can remove more with a redaction job
  ([Stripe](https://docs.stripe.com/privacy/redaction)).
- **The mail provider** keeps a log of the emails that it sent. Its plan says for how long. We keep hashes of addresses that
  bounced, which only we can compare with an address. They stay when the person is erased.

[security.md](security.md#logs-and-privacy) says how long everything else is kept.
`;

/** Where an answer selects a column: under its own name, except for the photo. */
const fieldOf = (name: string) => (name === "photo_id" ? "photo_key" : name);

function rowOf(name: string): string[][] {
  const setting = settingOf(name);
  const toThem = fieldOf(name) in myProfileColumns || name in FIELDS.application || name in Me.shape;
  const sealed = name !== "id" && fieldOf(name) in sensitiveColumns;
  if (!toThem && !sealed && ![directoryColumns, userColumns].some((columns) => fieldOf(name) in columns)) return [];
  const standard = setting && Object.values(getTableColumns(users)).find((column) => column.name === setting)?.default;
  return [
    [
      `\`${name}\``,
      toThem ? "yes" : "",
      shownBy(directoryColumns, name, "`members`"),
      shownBy(userColumns, name, "`members`, `admins`"),
      sealed ? "yes" : "",
      setting ? `\`${setting}\`` : "",
      typeof standard === "string" ? `\`${standard}\`` : "",
    ],
  ];
}

function settingOf(name: string): string | undefined {
  const audiences: Record<string, string> = AUDIENCE_OF;
  return audiences[name];
}

/** A part with a setting that an answer computes follows the setting. Everything else is always shown. */
function shownBy(columns: Record<string, unknown>, name: string, when: string): string {
  const column = columns[fieldOf(name)];
  if (column === undefined) return "";
  return settingOf(name) === undefined || is(column, PgColumn) ? "always" : when;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

await asCommand(import.meta, async () => {
  await writeFile(PRIVACY_DOC, describePrivacy());
  console.log("Wrote docs/privacy.md.");
});
