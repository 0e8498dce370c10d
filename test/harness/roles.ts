import { randomUUID } from "node:crypto";
import type { Permission } from "../../src/access/permissions.ts";
import { sql } from "./platform.ts";

/** Creates a role that no one holds yet. Returns its id. */
export async function role(permissions: readonly Permission[] = []): Promise<string> {
  const [made] = await sql<{ id: string }>(
    "insert into roles (code, name, description) values ($1, 'Greeter', 'Welcomes people') returning id",
    [`test-${randomUUID()}`],
  );
  if (!made) throw new Error("The insert returned no role");
  await sql(
    "insert into role_permissions (role_id, permission_id) select $1, id from permissions where code = any($2)",
    [made.id, permissions],
  );
  return made.id;
}

/** The id of a built-in role. */
export async function systemRole(code: "superadmin" | "admin" | "finance" | "member"): Promise<string> {
  const [found] = await sql<{ id: string }>("select id from roles where code = $1", [code]);
  if (!found) throw new Error(`No role ${code}`);
  return found.id;
}

/** Gives a person a role, with no one recorded as the giver. */
export const give = (user_id: string, role_id: string) =>
  sql("insert into user_role_assignments (user_id, role_id) values ($1, $2)", [user_id, role_id]);

/** The ids of the roles that someone gave a person: all except `member`. */
export const rolesOf = async (user_id: string): Promise<string[]> =>
  (
    await sql<{ id: string }>(
      "select r.id from user_role_assignments a join roles r on r.id = a.role_id where a.user_id = $1 and r.code <> 'member' order by r.id",
      [user_id],
    )
  ).map(({ id }) => id);

/** The permissions of a role. */
export const permissionsOf = async (role_id: string): Promise<string[]> =>
  (
    await sql<{ code: string }>(
      "select p.code from role_permissions rp join permissions p on p.id = rp.permission_id where rp.role_id = $1 order by p.code",
      [role_id],
    )
  ).map(({ code }) => code);
