import { randomUUID } from "node:crypto";
import type { Permission } from "../../src/access/permissions.ts";
import { sql } from "./platform.ts";

/** A role of one's own that nobody holds yet; returns its id. */
export async function role(permissions: readonly Permission[] = []): Promise<string> {
  const [made] = await sql<{ id: string }>(
    "insert into roles (code, name, description) values ($1, 'Greeter', 'Welcomes people') returning id",
    [`test-${randomUUID()}`],
  );
  if (!made) throw new Error("No role was made");
  await sql(
    "insert into role_permissions (role_id, permission_id) select $1, id from permissions where code = any($2)",
    [made.id, permissions],
  );
  return made.id;
}

/** The id of a role that came with the platform. */
export async function systemRole(code: "superadmin" | "admin" | "finance" | "member"): Promise<string> {
  const [found] = await sql<{ id: string }>("select id from roles where code = $1", [code]);
  if (!found) throw new Error(`There is no role ${code}`);
  return found.id;
}

/** Gives somebody a role, as if by nobody. */
export const give = (user_id: string, role_id: string) =>
  sql("insert into user_role_assignments (user_id, role_id) values ($1, $2)", [user_id, role_id]);

/** The ids of the roles that somebody holds by somebody's hand: all but `member`. */
export const rolesOf = async (user_id: string): Promise<string[]> =>
  (
    await sql<{ id: string }>(
      "select r.id from user_role_assignments a join roles r on r.id = a.role_id where a.user_id = $1 and r.code <> 'member' order by r.id",
      [user_id],
    )
  ).map(({ id }) => id);

/** What a role holds. */
export const permissionsOf = async (role_id: string): Promise<string[]> =>
  (
    await sql<{ code: string }>(
      "select p.code from role_permissions rp join permissions p on p.id = rp.permission_id where rp.role_id = $1 order by p.code",
      [role_id],
    )
  ).map(({ code }) => code);
