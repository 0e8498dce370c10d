import { and, desc, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { account_tokens } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { mailVerification } from "./account-token.ts";
import { lockAddress } from "./address.ts";
import { notBeforeFloor } from "./floor.ts";
import type { ResendVerification } from "./schemas.ts";

/** Whether a row of `users` may get another link: at most one a minute and five a day, counting the first one. */
const personMayGetLink = sql`not exists (
    select from ${account_tokens} where ${account_tokens.user_id} = ${users.id} and ${account_tokens.created_at} > now() - interval '1 minute'
  ) and 5 > (
    select count(*) from ${account_tokens} where ${account_tokens.user_id} = ${users.id} and ${account_tokens.created_at} > now() - interval '1 day'
  )`;

/** Mails another link to the newest unverified registration, unless the address has an owner. Answers everyone alike. */
export async function resendVerification(ctx: Context, { email }: ResendVerification): Promise<Message> {
  await notBeforeFloor(() => mailLink(ctx, email));
  return { message: "If this address is waiting to be confirmed, we have sent a new link." };
}

async function mailLink(ctx: Context, email: string): Promise<void> {
  const newest = query
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.email, email), eq(users.status, "pending_email")))
    .orderBy(desc(users.created_at), desc(users.id))
    .limit(1);
  const hasOwner = sql`exists (select from ${users} as owner where owner.email = ${email} and owner.email_verified)`;
  await ctx.transact((t) => {
    lockAddress(t, email);
    mailVerification(t, sql`${users.id} = ${newest} and not ${hasOwner} and ${personMayGetLink}`);
  });
}
