import { and, eq, sql } from "drizzle-orm";
import { networkName, unsign } from "../access/signatures.ts";
import { effect, guard, maybe, one, query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import type { Notice } from "../http/page.ts";
import { users } from "../members/tables.ts";
import { currentBranding } from "../settings/current-branding.ts";
import { isOpen } from "./account-token.ts";
import { lockAccount } from "./lock.ts";
import { assertGoodPassword } from "./password-rules.ts";
import { hashPassword, saltOf } from "./passwords.ts";
import type { NewPasswordByLink, ResetLink } from "./schemas.ts";
import { setPassword } from "./set-password.ts";
import { account_tokens } from "./tables.ts";

const NOT_VALID = "This link is not valid any more. Please ask for a new one.";

/** Whether a link can still be used, and the page that asks for the new password. */
export async function openResetLink(ctx: Context, token: string): Promise<ResetLink> {
  const token_id = await readLink(ctx, token);
  const [person, organisation] = await ctx.transact(maybe(selectPerson(token_id)), one(currentBranding()));
  if (!person) throw notValid();
  return { title: "Choose a new password", message: "It needs at least 8 characters.", organisation, token };
}

/**
 * Sets the password of whoever got the link, once, and ends all their sessions. It does not sign in. Two round trips: the
 * password is held against the person's name and address before it is written.
 */
export async function resetPassword(ctx: Context, { token, new_password }: NewPasswordByLink): Promise<Notice> {
  const token_id = await readLink(ctx, token);
  const [person] = await ctx.transact(maybe(selectPerson(token_id)));
  if (!person) throw notValid();
  assertGoodPassword(new_password, person, "new_password");
  const password_hash = hashPassword(new_password, await saltOf(ctx.settings, person.email));
  const used_network = await networkName(ctx.settings, ctx.client.network);
  const [organisation] = await ctx.transact(
    lockAccount(person.id),
    guard(sql`exists (${selectPerson(token_id)})`, 400, "link_not_valid", NOT_VALID),
    effect(
      query.update(account_tokens).set({ used_at: sql`now()`, used_network }).where(eq(account_tokens.id, token_id)),
    ),
    ...setPassword(ctx, person.id, password_hash, { reason: "password_reset" }),
    one(currentBranding()),
  );
  return {
    title: "Your password is changed",
    message: "All devices were signed out. Please sign in with your new password.",
    organisation,
  };
}

async function readLink(ctx: Context, token: string): Promise<string> {
  const token_id = await unsign(ctx.settings, "reset_password", token);
  if (!token_id) throw notValid();
  return token_id;
}

/** Whose password an open link may change. */
const selectPerson = (token_id: string) =>
  query
    .select({ id: users.id, email: users.email, first_name: users.first_name, last_name: users.last_name })
    .from(account_tokens)
    .innerJoin(users, eq(users.id, account_tokens.user_id))
    .where(and(eq(account_tokens.id, token_id), eq(account_tokens.purpose, "reset_password"), isOpen));

const notValid = () => new Refusal(400, "link_not_valid", NOT_VALID);
