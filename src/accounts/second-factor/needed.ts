import { and, eq, isNotNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { Settings } from "../../env.ts";
import { roles, user_role_assignments } from "../../tables/access.ts";
import { second_factors } from "../../tables/accounts.ts";

/** Whether a person has a second factor, so that signing in asks for it. */
export const personHasSecondFactor = (user_id: string | SQLWrapper): SQL<boolean> =>
  sql`exists (select from ${second_factors}
    where ${and(eq(second_factors.user_id, user_id), isNotNull(second_factors.confirmed_at))})`;

/** Whether one of a person's roles requires a second factor, and the settings enforce it. */
export const personNeedsSecondFactor = (
  { SECOND_FACTOR }: Pick<Settings, "SECOND_FACTOR">,
  user_id: string | SQLWrapper,
): SQL<boolean> =>
  sql<boolean>`(${SECOND_FACTOR === "required"} and exists (${query
    .select({ id: roles.id })
    .from(user_role_assignments)
    .innerJoin(roles, eq(roles.id, user_role_assignments.role_id))
    .where(and(eq(user_role_assignments.user_id, user_id), roles.second_factor_required))}))`;
