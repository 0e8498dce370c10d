import { eq, type SQL, sql } from "drizzle-orm";
import { heldPermissions } from "../access/holds.ts";
import type { Permission } from "../access/permissions.ts";
import { permissions, roles, user_role_assignments } from "../access/tables.ts";
import { one, query } from "../database/statements.ts";
import type { Settings } from "../env.ts";
import type { SignedInContext } from "../http/context.ts";
import { users } from "../members/tables.ts";
import type { Me } from "./schemas.ts";
import { isEnabled, isRequired } from "./second-factor/needed.ts";

const roleCodes = query
  .select({ codes: sql`json_agg(${roles.code} order by ${roles.code})` })
  .from(user_role_assignments)
  .innerJoin(roles, eq(roles.id, user_role_assignments.role_id))
  .where(eq(user_role_assignments.user_id, users.id));

const permissionCodes = heldPermissions(sql`json_agg(distinct ${permissions.code})`).where(
  eq(user_role_assignments.user_id, users.id),
);

/** Whom the condition finds, as they see themselves. */
export const selectMe = (settings: Pick<Settings, "SECOND_FACTOR">, person: SQL) =>
  query
    .select({
      id: users.id,
      email: users.email,
      first_name: users.first_name,
      last_name: users.last_name,
      phone: users.phone,
      bio: users.bio,
      profile_photo_url: users.profile_photo_url,
      status: users.status,
      role: users.role,
      email_verified: users.email_verified,
      mfa_enabled: isEnabled(users.id),
      mfa_required: isRequired(settings, users.id),
      roles: sql<string[]>`coalesce((${roleCodes}), '[]')`,
      permissions: sql<Permission[]>`coalesce((${permissionCodes}), '[]')`,
    })
    .from(users)
    .where(person);

/** Whoever is signed in. */
export async function me(ctx: SignedInContext): Promise<Me> {
  const [user] = await ctx.transact(one(selectMe(ctx.settings, eq(users.id, ctx.user_id))));
  return user;
}
