import { eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { heldPermissions } from "../access/holds.ts";
import { ALL_PERMISSIONS, type Permission } from "../access/permissions.ts";
import { prepared } from "../database/prepared.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import type { SignedInContext } from "../http/context.ts";
import { NextStep, personsNextStep } from "../people/next-step.ts";
import { UserRole, UserStatus } from "../people/schemas.ts";
import { permissions, roles, user_role_assignments } from "../tables/access.ts";
import { knownEmail, users } from "../tables/people.ts";
import { personHasSecondFactor, personNeedsSecondFactor } from "./second-factor/needed.ts";

/** Someone who is signed in, as they see themselves. */
export const Me = z
  .object({
    id: z.uuid(),
    email: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    phone: z.string().nullable(),
    bio: z.string().nullable(),
    profile_photo_url: z.string().nullable(),
    status: UserStatus,
    role: UserRole.describe("The highest system role, for display. `permissions` says what I may do."),
    email_verified: z.boolean(),
    next_step: NextStep.nullable().describe("What I should do next. Null when all is well"),
    mfa_enabled: z.boolean().describe("I have a second factor"),
    mfa_required: z
      .boolean()
      .describe("One of my roles requires a second factor. Until I have one, I can only set one up"),
    roles: z.array(z.string()).describe("The codes of my roles"),
    permissions: z.array(z.enum(ALL_PERMISSIONS)),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

const roleCodes = query
  .select({ codes: sql`json_agg(${roles.code} order by ${roles.code})` })
  .from(user_role_assignments)
  .innerJoin(roles, eq(roles.id, user_role_assignments.role_id))
  .where(eq(user_role_assignments.user_id, users.id));

const permissionCodes = heldPermissions(sql`json_agg(distinct ${permissions.code})`).where(
  eq(user_role_assignments.user_id, users.id),
);

/** Selects {@link Me} for the person that a condition on `users` finds. */
export const selectMe = (settings: Pick<Settings, "SECOND_FACTOR">, person: SQL) =>
  query
    .select({
      id: users.id,
      email: knownEmail,
      first_name: users.first_name,
      last_name: users.last_name,
      phone: users.phone,
      bio: users.bio,
      profile_photo_url: sql<string | null>`null`,
      status: users.status,
      role: users.role,
      email_verified: users.email_verified,
      next_step: personsNextStep,
      mfa_enabled: personHasSecondFactor(users.id),
      mfa_required: personNeedsSecondFactor(settings, users.id),
      roles: sql<string[]>`coalesce((${roleCodes}), '[]')`,
      permissions: sql<Permission[]>`coalesce((${permissionCodes}), '[]')`,
    })
    .from(users)
    .where(person);

const byId = eq(users.id, sql.placeholder("user_id"));

/** The same by id. Prepared, because every page of a frontend asks for it. */
const SELECT_ME = {
  required: prepared(selectMe({ SECOND_FACTOR: "required" }, byId)),
  optional: prepared(selectMe({ SECOND_FACTOR: "optional" }, byId)),
};

export const getMe = ({ transact, settings, user_id }: SignedInContext): Promise<Me> =>
  transact((t) => t.one(SELECT_ME[settings.SECOND_FACTOR]({ user_id })));
