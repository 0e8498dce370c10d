import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { PERMITTED_STATUSES } from "../access/access.ts";
import { unsign } from "../access/signatures.ts";
import { permissions, role_permissions, user_role_assignments } from "../access/tables.ts";
import { effect, guard, one, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import type { Notice } from "../http/page.ts";
import { mail } from "../mail/outbox.ts";
import { STATUS_FLOW } from "../members/status.ts";
import { users } from "../members/tables.ts";
import { currentBranding } from "../settings/current-branding.ts";
import type { Verification } from "./schemas.ts";
import { account_tokens } from "./tables.ts";

const NOT_VALID = "This link is not valid any more. Please ask for a new one.";

/**
 * Proves an address: pending_email → pending_validation. Opening the link again does no harm and says the same. Other
 * unverified registrations with the address are removed, since it now belongs to this one.
 */
export async function verifyEmail(ctx: Context, { token }: Verification): Promise<Notice> {
  const token_id = await unsign(ctx.settings, "verify_email", token);
  if (!token_id) throw new Refusal(400, "link_not_valid", NOT_VALID);

  const link = eq(account_tokens.id, token_id);
  const itsUser = query.select({ user_id: account_tokens.user_id }).from(account_tokens).where(link);
  const person = eq(users.id, itsUser);
  const sameAddress = eq(users.email, query.select({ email: users.email }).from(users).where(person));
  const firstUse = sql`exists (select from ${account_tokens} where ${link} and ${account_tokens.used_at} is null)`;

  const [organisation] = await ctx.transact(
    effect(query.select({ id: users.id }).from(users).where(sameAddress).orderBy(users.id).for("update")),
    guard(sql`exists (select from ${users} where ${person})`, 400, "link_not_valid", NOT_VALID),
    guard(
      sql`exists (select from ${account_tokens} where ${link} and (used_at is not null or expires_at > now()))`,
      400,
      "link_expired",
      "This link has expired. Please ask for a new one.",
    ),
    effect(
      query
        .update(users)
        .set({
          email_verified: true,
          status: sql`case when ${users.status} = ${STATUS_FLOW.verify.from[0]} then ${STATUS_FLOW.verify.to}::userstatus else ${users.status} end`,
        })
        .where(and(person, eq(users.email_verified, false))),
    ),
    mail("application_waiting", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name },
      from: sql`from ${users} where ${and(inArray(users.status, [...PERMITTED_STATUSES]), inArray(users.id, approvers), firstUse)}`,
      once: sql`'application_waiting:' || ${users.id} || ':' || current_date`,
    }),
    effect(
      query
        .delete(users)
        .where(
          and(sameAddress, ne(users.id, itsUser), eq(users.email_verified, false), eq(users.status, "pending_email")),
        ),
    ),
    effect(
      query
        .update(account_tokens)
        .set({ used_at: sql`coalesce(${account_tokens.used_at}, now())` })
        .where(link),
    ),
    one(currentBranding()),
  );
  return {
    title: "Your address is confirmed",
    message: "Thank you. Our volunteers will look at your application and write to you.",
    organisation,
  };
}

const approvers = query
  .select({ user_id: user_role_assignments.user_id })
  .from(user_role_assignments)
  .innerJoin(role_permissions, eq(role_permissions.role_id, user_role_assignments.role_id))
  .innerJoin(permissions, eq(permissions.id, role_permissions.permission_id))
  .where(eq(permissions.code, "users.approve"));
