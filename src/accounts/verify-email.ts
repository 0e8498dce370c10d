import { and, eq, gt, inArray, ne, sql } from "drizzle-orm";
import { PERMITTED_STATUSES } from "../access/access.ts";
import { holdersOf } from "../access/holds.ts";
import { unsign } from "../access/signatures.ts";
import { effect, guard, one, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import type { Notice } from "../http/page.ts";
import { mail } from "../mail/outbox.ts";
import { may, moved } from "../members/status.ts";
import { users } from "../members/tables.ts";
import { currentBranding } from "../settings/current-branding.ts";
import type { Link } from "./schemas.ts";
import { account_tokens } from "./tables.ts";

const NOT_VALID = "This link is not valid any more. Please ask for a new one.";

/**
 * Proves an address: pending_email → pending_validation. Opening the link again does no harm and says the same. Once an
 * address has an owner, the links of other registrations with it are worth nothing.
 */
export async function verifyEmail(ctx: Context, { token }: Link): Promise<Notice> {
  const token_id = await unsign(ctx.settings, "verify_email", token);
  if (!token_id) throw new Refusal(400, "link_not_valid", NOT_VALID);

  const link = eq(account_tokens.id, token_id);
  const itsUser = query.select({ user_id: account_tokens.user_id }).from(account_tokens).where(link);
  const person = eq(users.id, itsUser);
  const sameAddress = eq(users.email, query.select({ email: users.email }).from(users).where(person));

  const [organisation] = await ctx.transact(
    effect(query.select({ id: users.id }).from(users).where(sameAddress).orderBy(users.id).for("update")),
    guard(
      sql`exists (select from ${users} where ${person})
        and not exists (select from ${users} where ${and(sameAddress, ne(users.id, itsUser), users.email_verified)})`,
      400,
      "link_not_valid",
      NOT_VALID,
    ),
    guard(
      sql`exists (select from ${users} where ${and(person, users.email_verified)})
        or exists (select from ${account_tokens} where ${and(link, gt(account_tokens.expires_at, sql`now()`))})`,
      400,
      "link_expired",
      "This link has expired. Please ask for a new one.",
    ),
    mail("application_waiting", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name },
      from: sql`from ${users} where ${and(
        inArray(users.status, [...PERMITTED_STATUSES]),
        inArray(users.id, holdersOf("users.approve")),
        inArray(itsUser, query.select({ id: users.id }).from(users).where(may("verify"))),
      )}`,
      once: sql`'application_waiting:' || ${users.id} || ':' || current_date`,
    }),
    // Turned down before the address was theirs: only now may it be told.
    mail("rejection", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name, reason: users.rejection_reason },
      from: sql`from ${users} where ${and(person, eq(users.status, "rejected"), eq(users.email_verified, false))}`,
    }),
    effect(
      query
        .update(users)
        .set({ email_verified: true, status: moved("verify") })
        .where(and(person, eq(users.email_verified, false))),
    ),
    one(currentBranding()),
  );
  return {
    title: "Your address is confirmed",
    message: "Thank you. From now on we write to you at this address.",
    organisation,
  };
}
