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

Written by \`npm run docs:permissions\` from the routes' declarations; do not edit it. \`npm test\` holds this page to the
declarations, and every cell of the matrix to what the platform does (\`test/generated/access.test.ts\`).

## The matrix

| in a cell | means |
|---|---|
| yes | allowed, as far as access goes: what is not there, or somebody else's, is still 404 |
| 401 | refused: not signed in |
| status | refused: 403 \`status_not_allowed\` |
| permission | refused: 403 \`permission_missing\` |

A column named for a status is somebody who has it and no role but what comes with it. The last three are active: somebody
with a role that holds only the permission that the route needs, somebody with one that holds all others, and a superadmin.
Where a route needs no permission, they show that permissions make no difference. Who holds the permission is let in with
the statuses ${PERMITTED_STATUSES.map((status) => `\`${status}\``).join(", ")}, and no other.

*Proof*: the password or second factor was given within 15 minutes, else 403 \`reauthentication_required\`. *Enrolling*: may
also be called by those whose role requires a second factor that they have not set up; everything else that needs signing in
answers them 403 \`second_factor_required\`, where second factors are enforced.

${[...new Set(routes.map(({ tag }) => tag))].map(section).join("\n\n")}

## Permissions

Each with the system roles that hold it, and the routes that need it. There are ${ALL_PERMISSIONS.length}.

${table(
  ["permission", "lets somebody", ...SYSTEM_ROLES.map(({ code }) => code), "routes"],
  ALL_PERMISSIONS.map((permission) => [
    `\`${permission}\``,
    PERMISSIONS[permission],
    ...SYSTEM_ROLES.map((role) => (role.permissions.includes(permission) ? "yes" : "")),
    usesOf(permission).map(nameOf).join("<br>"),
  ]),
)}

## System roles

${SYSTEM_ROLES.map(describeRole).join("\n\n")}

## Not used by a route yet

${listed(ALL_PERMISSIONS.filter((permission) => usesOf(permission).length === 0))}
`;

function section(tag: string): string {
  const rows = routes
    .filter((route) => route.tag === tag)
    .map((route) => [
      nameOf(route),
      route.access.kind === "permitted" ? `\`${route.access.permission}\`` : "",
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
  routes.filter(({ access }) => access.kind === "permitted" && access.permission === permission);

const describeRole = ({
  code,
  name,
  description,
  permissions,
  second_factor_required,
}: (typeof SYSTEM_ROLES)[number]) =>
  `### ${name} (\`${code}\`)

${description}. ${second_factor_required ? "Requires a second factor, where they are enforced" : "Requires no second factor"}.

${permissions.length} of ${ALL_PERMISSIONS.length} permissions: ${listed(permissions)}`;

const listed = (permissions: readonly Permission[]): string =>
  permissions.length === 0 ? "none." : `${permissions.map((permission) => `\`${permission}\``).join(", ")}.`;

await asCommand(import.meta, async () => {
  await writeFile(PERMISSIONS_DOC, describePermissions());
  console.log("Wrote docs/permissions.md.");
});
