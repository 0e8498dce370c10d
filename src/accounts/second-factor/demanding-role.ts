import { and, eq, type SQL, sql } from "drizzle-orm";
import { roles, user_role_assignments } from "../../access/tables.ts";
import { query } from "../../database/statements.ts";
import type { Settings } from "../../env.ts";

/** SQL: whether a person holds a role that insists on a second factor, where the settings enforce it. */
export const isRequired = ({ SECOND_FACTOR }: Pick<Settings, "SECOND_FACTOR">, user_id: string): SQL<boolean> =>
  sql<boolean>`(${SECOND_FACTOR === "required"} and exists ${query
    .select({ id: roles.id })
    .from(user_role_assignments)
    .innerJoin(roles, eq(roles.id, user_role_assignments.role_id))
    .where(and(eq(user_role_assignments.user_id, user_id), roles.second_factor_required))})`;
