import { and, eq, isNotNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { roles, user_role_assignments } from "../../access/tables.ts";
import { query } from "../../database/statements.ts";
import type { Settings } from "../../env.ts";
import { second_factors } from "../tables.ts";

/** SQL: whether a person has a second factor, so that signing in asks for it. */
export const isEnabled = (user_id: SQLWrapper): SQL<boolean> =>
  sql<boolean>`exists (${query
    .select({ id: second_factors.id })
    .from(second_factors)
    .where(and(eq(second_factors.user_id, user_id), isNotNull(second_factors.confirmed_at)))})`;

/** SQL: whether a person holds a role that insists on a second factor, where the settings enforce it. */
export const isRequired = ({ SECOND_FACTOR }: Pick<Settings, "SECOND_FACTOR">, user_id: SQLWrapper): SQL<boolean> =>
  sql<boolean>`(${SECOND_FACTOR === "required"} and exists (${query
    .select({ id: roles.id })
    .from(user_role_assignments)
    .innerJoin(roles, eq(roles.id, user_role_assignments.role_id))
    .where(and(eq(user_role_assignments.user_id, user_id), roles.second_factor_required))}))`;
