import { and, eq, isNotNull, ne, or, sql } from "drizzle-orm";
import { unsign } from "../access/signatures.ts";
import { effect, guard, one, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import type { Notice } from "../http/page.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { currentBranding } from "../settings/current-branding.ts";
import { closed, isOpen } from "./account-token.ts";
import type { Link } from "./schemas.ts";
import { account_tokens } from "./tables.ts";

const NOT_VALID = "This link is not valid any more. Please ask for a new one.";

/**
 * Moves an account to its new address, and tells the old one. Opening the link again does no harm and says the same. What
 * was mailed to the old address opens nothing any more.
 */
export async function confirmEmail(ctx: Context, { token }: Link): Promise<Notice> {
  const token_id = await unsign(ctx.settings, "change_email", token);
  if (!token_id) throw new Refusal(400, "link_not_valid", NOT_VALID);

  const link = and(eq(account_tokens.id, token_id), eq(account_tokens.purpose, "change_email"));
  const its = query.select({ user_id: account_tokens.user_id }).from(account_tokens).where(link);
  const newEmail = query.select({ new_email: account_tokens.new_email }).from(account_tokens).where(link);
  const person = eq(users.id, its);
  const isDone = and(isNotNull(account_tokens.used_at), eq(users.email, account_tokens.new_email));
  const isNext = and(person, ne(users.email, newEmail));

  const [organisation] = await ctx.transact(
    // Whoever owns the address by now, and whoever is about to, wait for each other.
    effect(
      query
        .select({ id: users.id })
        .from(users)
        .where(or(person, and(eq(users.email, newEmail), users.email_verified)))
        .orderBy(users.id)
        .for("no key update"),
    ),
    guard(
      sql`exists (${query
        .select({ id: users.id })
        .from(account_tokens)
        .innerJoin(users, eq(users.id, account_tokens.user_id))
        .where(and(link, or(isOpen, isDone)))})
        and not exists (select from ${users} where ${and(eq(users.email, newEmail), users.email_verified, ne(users.id, its))})`,
      400,
      "link_not_valid",
      NOT_VALID,
    ),
    mail("email_changed", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name },
      from: sql`from ${users} where ${isNext}`,
    }),
    // What was mailed to the old address: a lost mailbox must not get the account back.
    effect(
      query
        .update(account_tokens)
        .set(closed)
        .where(and(eq(account_tokens.user_id, its), ne(account_tokens.id, token_id), isOpen)),
    ),
    effect(
      query
        .update(users)
        .set({ email: sql`${newEmail}` })
        .where(isNext),
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
    title: "Your new address is confirmed",
    message: "From now on you sign in with it, and we write to you there.",
    organisation,
  };
}
