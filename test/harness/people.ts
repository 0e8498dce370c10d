import { randomUUID } from "node:crypto";
import { issueAccessToken } from "../../src/access/access-token.ts";
import type { Permission } from "../../src/access/permissions.ts";
import type { UserStatus } from "../../src/people/schemas.ts";
import { insert, settings, sql } from "./platform.ts";

export interface Person {
  id: string;
  email: string;
  first_name: string;
  session_id: string;
  /** An access token for an active session. */
  token: string;
}

/** The people that this file's tests created. */
const arrived: string[] = [];

/**
 * Removes the roles of everyone a file's tests created. Otherwise the next file's mail would go to every treasurer ever
 * created.
 */
export const stepDown = () =>
  sql("delete from user_role_assignments where user_id = any($1)", [arrived.splice(0, arrived.length)]);

export const anyEmail = (name = "person") => `${name}.${randomUUID().slice(0, 13)}@example.org`;

/** A signed-in person with a status and, if given, a role with exactly these permissions. */
export async function person(
  status: UserStatus = "active",
  { permissions = [], ...columns }: { permissions?: readonly Permission[]; [column: string]: unknown } = {},
): Promise<Person> {
  const made = await insert<{ id: string; email: string | null; first_name: string; role: string }>("users", {
    email: anyEmail(status),
    first_name: "Robin",
    last_name: "Example",
    status,
    email_verified: status !== "pending_email",
    ...(status === "rejected" && { rejection_reason: "none given", rejected_at: new Date() }),
    ...columns,
  });
  const { id, first_name, role } = made;
  // Somebody who was erased has no address.
  const email = made.email ?? "";
  arrived.push(id);
  if (permissions.length > 0) await giveRole(id, permissions);
  const session_id = await startSession(id);
  const token = await issueAccessToken(settings, new Date(), { user_id: id, session_id, email, role });
  return { id, email, first_name, session_id, token };
}

/** The columns of somebody who was erased. */
export const erased = {
  status: "inactive",
  erase_at: new Date(),
  erased_at: new Date(),
  email: null,
  email_verified: false,
  first_name: "",
  last_name: "",
  password_hash: null,
} as const;

/** Makes a person's row what it is after they were erased. */
export const erase = ({ id }: Pick<Person, "id">) =>
  sql(`update users set ${Object.keys(erased).map((column, index) => `${column} = $${index + 2}`)} where id = $1`, [
    id,
    ...Object.values(erased),
  ]);

/** Somebody whom volunteers entered, and who has not opened an account. */
export async function onPaper(
  status: UserStatus = "pending_validation",
  columns: Record<string, unknown> = {},
): Promise<{ id: string; email: string }> {
  const { id, email } = await insert<{ id: string; email: string }>("users", {
    email: anyEmail("paper"),
    first_name: "Robin",
    last_name: "Example",
    status,
    origin: "paper",
    ...(status === "rejected" && { rejection_reason: "none given", rejected_at: new Date() }),
    ...columns,
  });
  return { id, email };
}

/** An active person with exactly these permissions. */
export const volunteer = (...permissions: Permission[]) => person("active", { permissions });

/** Gives a person a new role with exactly these permissions. Returns its id. */
export async function giveRole(user_id: string, permissions: readonly Permission[]): Promise<string> {
  const [role] = await sql<{ id: string }>("insert into roles (code, name) values ($1, 'Test role') returning id", [
    `test-${randomUUID()}`,
  ]);
  if (!role) throw new Error("The insert returned no role");
  await sql(
    "insert into role_permissions (role_id, permission_id) select $1, id from permissions where code = any($2)",
    [role.id, permissions],
  );
  await sql("insert into user_role_assignments (user_id, role_id) values ($1, $2)", [user_id, role.id]);
  return role.id;
}

async function startSession(user_id: string): Promise<string> {
  const [session] = await sql<{ id: string }>(
    "insert into sessions (user_id, expires_at) values ($1, now() + interval '30 days') returning id",
    [user_id],
  );
  if (!session) throw new Error("The insert returned no session");
  return session.id;
}
