import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PERMITTED_STATUSES } from "../src/access/access.ts";
import { ALL_PERMISSIONS, PERMISSIONS, type Permission } from "../src/access/permissions.ts";
import { SYSTEM_ROLES } from "../src/access/roles.ts";
import type { Route } from "../src/http/route.ts";
import { routes } from "../src/routes.ts";
import { CALLERS, type Cell, cellOf } from "./access-matrix.ts";
import { asCommand } from "./command.ts";

/** Written by `npm run docs:permissions`. */
export const PERMISSIONS_DOC = join(import.meta.dirname, "../docs/permissions.md");

const WORDS: Record<Cell, string> = {
  allowed: "yes",
  "401": "401",
  "403 status": "status",
  "403 permission": "permission",
};

/** docs/permissions.md: who may call which route, and which roles and permissions exist. */
export const describePermissions = (): string => `# Who may do what

\`npm run docs:permissions\` writes this page from the routes' declarations. Do not edit it. \`npm test\` checks that the page
matches the declarations, and that the platform does what every cell says (\`test/generated/access.test.ts\`).

## The matrix

| cell | meaning |
|---|---|
| yes | allowed. Anything that does not exist or belongs to someone else is still 404 |
| 401 | denied: not signed in |
| status | denied: 403 \`status_not_allowed\` |
| permission | denied: 403 \`permission_missing\` |

A column named after a status is a person with that status and only the roles that come with it. The last three columns are
active people: one whose role has only the permission that the route needs (or only one of several that it accepts), one
whose role has all other permissions, and a superadmin. If a route needs no permission, these columns show that permissions make no difference. A permission only works
with the statuses ${PERMITTED_STATUSES.map((status) => `\`${status}\``).join(", ")}.

*Proof*: the caller must have entered their password or second factor in the last 15 minutes. Otherwise the response is 403
\`reauthentication_required\`. *Enrolling*: people whose role requires a second factor can call this route before they set one
up. Where second factors are enforced, every other route that requires signing in returns 403 \`second_factor_required\`.

${[...new Set(routes.map(({ tag }) => tag))].map(section).join("\n\n")}

## Permissions

The ${ALL_PERMISSIONS.length} permissions, the system roles that have each one, and the routes that need it.

${table(
  ["permission", "what it allows", ...SYSTEM_ROLES.map(({ code }) => code), "routes"],
  ALL_PERMISSIONS.map((permission) => [
    `\`${permission}\``,
    PERMISSIONS[permission],
    ...SYSTEM_ROLES.map((role) => (role.permissions.includes(permission) ? "yes" : "")),
    usesOf(permission).map(nameOf).join("<br>"),
  ]),
)}

The dashboard needs \`users.view\`, and each of its other blocks the permission of the list behind it. Give \`users.view\` also to roles
for money or events, or they see only the menu, with what waits for them (\`GET /api/navigation\`).

## System roles

${SYSTEM_ROLES.map(describeRole).join("\n\n")}
`;

function section(tag: string): string {
  const rows = routes
    .filter((route) => route.tag === tag)
    .map((route) => [
      nameOf(route),
      route.access.kind === "permitted"
        ? route.access.any_of.map((permission) => `\`${permission}\``).join(" or ")
        : "",
      ...CALLERS.map((caller) => WORDS[cellOf(route.access, caller)]),
      route.access.kind !== "open" && route.access.fresh ? "fresh" : "",
      route.access.kind !== "open" && route.access.enrolling ? "yes" : "",
    ]);
  return `### ${tag}\n\n${table(["route", "needs", ...CALLERS, "proof", "enrolling"], rows)}`;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const nameOf = ({ method, path }: Route): string => `\`${method.toUpperCase()} ${path}\``;

const usesOf = (permission: Permission): Route[] =>
  routes.filter(({ access }) => access.kind === "permitted" && access.any_of.includes(permission));

const describeRole = ({
  code,
  name,
  description,
  permissions,
  second_factor_required,
}: (typeof SYSTEM_ROLES)[number]) =>
  `### ${name} (\`${code}\`)

${description}. ${second_factor_required ? "Requires a second factor where they are enforced" : "Requires no second factor"}.

${permissions.length} of ${ALL_PERMISSIONS.length} permissions: ${listed(permissions)}`;

const listed = (permissions: readonly Permission[]): string =>
  permissions.length === 0 ? "none." : `${permissions.map((permission) => `\`${permission}\``).join(", ")}.`;

await asCommand(import.meta, async () => {
  await writeFile(PERMISSIONS_DOC, describePermissions());
  console.log("Wrote docs/permissions.md.");
});
