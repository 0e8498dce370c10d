import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { roles } from "../tables/access.ts";
import { ROLE_NOT_FOUND } from "./find.ts";

/** 404 unless the role exists. Others who edit, delete or assign it wait, and then see what changed. */
export const lockRole = (t: Plan, id: string): void =>
  t.guard(sql`(select ${roles.id} from ${roles} where ${eq(roles.id, id)} for update) is not null`, ...ROLE_NOT_FOUND);

/** 409 for a role that comes with the platform, unless the change `is_allowed` for it. */
export function guardSystemRole(t: Plan, id: string, sentence: string | SQL, is_allowed: SQL = sql`false`): void {
  const mayChange = sql`(not ${roles.system} or ${is_allowed})`;
  t.guard(sql`exists (select from ${roles} where ${and(eq(roles.id, id), mayChange)})`, 409, "system_role", sentence);
}
