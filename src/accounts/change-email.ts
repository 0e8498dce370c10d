import { and, eq, ne, sql } from "drizzle-orm";
import { guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { mail } from "../mail/outbox.ts";
import { users } from "../members/tables.ts";
import { issueToken, replaceOlder } from "./account-token.ts";
import { notBeforeFloor } from "./floor.ts";
import { lockAccount } from "./lock.ts";
import type { ChangeEmail } from "./schemas.ts";
import { account_tokens } from "./tables.ts";

const REQUESTS_A_DAY = 5;

/**
 * Asks for another address: it becomes theirs once the link that is mailed to it was followed; the old one is told. The
 * answer does not tell whether the new one has an owner already: that owner gets a mail instead.
 */
export async function changeEmail(ctx: SignedInContext, { new_email }: ChangeEmail): Promise<Message> {
  await notBeforeFloor(() => mailLink(ctx, new_email));
  return { message: "Please follow the link that we mailed to your new address. Until then the old one stays." };
}

async function mailLink(ctx: SignedInContext, new_email: string): Promise<void> {
  const me = eq(users.id, ctx.user_id);
  const isTaken = sql`exists (select from ${users} as owner where owner.email = ${new_email} and owner.email_verified)`;
  const { issued, token_id, from } = issueToken("change_email", me, { new_email });
  await ctx.transact(
    lockAccount(ctx.user_id),
    guard(
      sql`exists (select from ${users} where ${and(me, users.email_verified)})`,
      409,
      "address_not_verified",
      "Please confirm the address you have first.",
    ),
    guard(
      sql`exists (select from ${users} where ${and(me, ne(users.email, new_email))})`,
      409,
      "address_unchanged",
      "This is your address already.",
    ),
    guard(
      sql`${REQUESTS_A_DAY} > (${query
        .select({ count: sql`count(*)` })
        .from(account_tokens)
        .where(
          and(
            eq(account_tokens.user_id, ctx.user_id),
            eq(account_tokens.purpose, "change_email"),
            sql`${account_tokens.created_at} > now() - interval '1 day'`,
          ),
        )})`,
      429,
      "too_many_requests",
      "You asked for this often enough for a day. Please try again later.",
    ),
    issued,
    replaceOlder(token_id, "change_email"),
    mail("email_change_confirmation", {
      to: account_tokens.new_email,
      user_id: users.id,
      account_token_id: account_tokens.id,
      data: {},
      from: sql`${from} and not ${isTaken}`,
    }),
    mail("email_change_requested", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name },
      from,
    }),
    mail("already_registered", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name },
      from: sql`from ${users} where ${and(eq(users.email, new_email), users.email_verified)}`,
      once: sql`'already_registered:' || ${users.id} || ':' || current_date`,
    }),
  );
}
