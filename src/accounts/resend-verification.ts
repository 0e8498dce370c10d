import { and, desc, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { users } from "../tables/people.ts";
import { addressCanBeMailed, mailVerification } from "./account-token.ts";
import { lockAddress, mailAlreadyRegistered } from "./address.ts";
import { notBeforeFloor } from "./floor.ts";
import type { ResendVerification } from "./schemas.ts";

/**
 * Mails another link to the newest unverified registration, at most one a minute. If the address has an owner, they get a
 * mail that says so. Answers everyone alike.
 */
export async function resendVerification(ctx: Context, { email }: ResendVerification): Promise<Message> {
  await notBeforeFloor(() => mailLink(ctx, email));
  return { message: "If this address is waiting to be confirmed, we have sent a new link." };
}

async function mailLink(ctx: Context, email: string): Promise<void> {
  // A rejected registration comes last. Whoever confirms it learns why it was rejected.
  const newest = query
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.email, email), eq(users.email_verified, false), eq(users.origin, "registration")))
    .orderBy(desc(eq(users.status, "pending_email")), desc(users.created_at), desc(users.id))
    .limit(1);
  await ctx.transact((t) => {
    lockAddress(t, email);
    mailVerification(t, sql`${users.id} = ${newest} and ${addressCanBeMailed}`);
    mailAlreadyRegistered(t, email);
  });
}
