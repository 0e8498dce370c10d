import { and, eq, sql } from "drizzle-orm";
import { networkName } from "../access/signatures.ts";
import type { Context } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { isOpen, issueToken } from "./account-token.ts";
import { notBeforeFloor } from "./floor.ts";
import { lockAddress } from "./lock.ts";
import type { ForgotPassword } from "./schemas.ts";
import { account_tokens } from "./tables.ts";
import { requireHuman } from "./turnstile.ts";

/**
 * Mails a link to whoever owns the address. The answer is the same for all. While a link of the last five minutes is open
 * there is no other, and one network causes five a day at most: nobody's mailbox is flooded, and nobody can use up what
 * the owner may ask for.
 */
export async function forgotPassword(ctx: Context, { email, turnstile_token }: ForgotPassword): Promise<Message> {
  await requireHuman(ctx, turnstile_token);
  await notBeforeFloor(() => mailLink(ctx, email));
  return { message: "If somebody has an account with this address, a link to choose a new password is on its way." };
}

async function mailLink(ctx: Context, email: string): Promise<void> {
  const network = await networkName(ctx.settings, ctx.client.network);
  const its = sql`${account_tokens.user_id} = ${users.id} and ${account_tokens.purpose} = 'reset_password'`;
  const person = and(
    eq(users.email, email),
    users.email_verified,
    sql`not exists (select from ${account_tokens} where ${its} and ${isOpen} and ${account_tokens.created_at} > now() - interval '5 minutes')`,
    sql`5 > (select count(*) from ${account_tokens} where ${its} and ${account_tokens.requested_network} = ${network} and ${account_tokens.created_at} > now() - interval '1 day')`,
  );
  const { issued, from } = issueToken("reset_password", sql`${person}`, { network });
  await ctx.transact(
    lockAddress(email),
    issued,
    mail("password_reset", {
      to: users.email,
      user_id: users.id,
      account_token_id: account_tokens.id,
      data: { first_name: users.first_name },
      from,
    }),
  );
}
