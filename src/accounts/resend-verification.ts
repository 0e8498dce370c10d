import { and, desc, eq, sql } from "drizzle-orm";
import { query } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { users } from "../members/tables.ts";
import { issueVerification } from "./account-token.ts";
import { notBeforeFloor } from "./floor.ts";
import { lockAddress } from "./lock.ts";
import type { ResendVerification } from "./schemas.ts";
import { account_tokens } from "./tables.ts";

/** At most one link a minute and five a day for one person. The first came with the registration. */
const notTroubled = sql`not exists (
    select from ${account_tokens} where ${account_tokens.user_id} = ${users.id} and ${account_tokens.created_at} > now() - interval '1 minute'
  ) and 5 > (
    select count(*) from ${account_tokens} where ${account_tokens.user_id} = ${users.id} and ${account_tokens.created_at} > now() - interval '1 day'
  )`;

/** Mails another link to whoever registered last with the address and has not verified it. The answer is the same for all. */
export async function resendVerification(ctx: Context, { email }: ResendVerification): Promise<Message> {
  await notBeforeFloor(() => mailLink(ctx, email));
  return { message: "If a registration waits for this address to be confirmed, a new link is on its way." };
}

async function mailLink(ctx: Context, email: string): Promise<void> {
  const newest = query
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.email, email), eq(users.status, "pending_email")))
    .orderBy(desc(users.created_at), desc(users.id))
    .limit(1);
  const hasOwner = sql`exists (select from ${users} as owner where owner.email = ${email} and owner.email_verified)`;
  await ctx.transact(
    lockAddress(email),
    ...issueVerification(sql`${users.id} = ${newest} and not ${hasOwner} and ${notTroubled}`),
  );
}
