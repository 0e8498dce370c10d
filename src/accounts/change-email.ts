import { and, eq, gt, ne, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { lockPerson } from "../people/person.ts";
import { account_tokens } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { issueLink } from "./account-token.ts";
import { mailAlreadyRegistered, toPeople } from "./address.ts";
import { notBeforeFloor } from "./floor.ts";
import type { ChangeEmail } from "./schemas.ts";

const REQUESTS_A_DAY = 5;

/**
 * Asks for another address. It takes effect when the link that we mail to it is opened; the old address gets a notice. The
 * answer does not tell whether someone already owns the new address: the owner gets a mail instead of a link.
 */
export async function changeEmail(ctx: SignedInContext, { new_email }: ChangeEmail): Promise<Message> {
  await notBeforeFloor(() => mailLink(ctx, new_email));
  return { message: "Please open the link that we sent to your new address. Until then, your old address stays." };
}

async function mailLink(ctx: SignedInContext, new_email: string): Promise<void> {
  const me = eq(users.id, ctx.user_id);
  const isVerified = sql`exists (select from ${users} where ${and(me, users.email_verified)})`;
  const isAnother = sql`exists (select from ${users} where ${and(me, ne(users.email, new_email))})`;
  const isTaken = sql`exists (select from ${users} as owner where owner.email = ${new_email} and owner.email_verified)`;
  const requestsToday = query.$count(
    account_tokens,
    and(
      eq(account_tokens.user_id, ctx.user_id),
      eq(account_tokens.purpose, "change_email"),
      gt(account_tokens.created_at, sql`now() - interval '1 day'`),
    ),
  );
  await ctx.transact((t) => {
    lockPerson(t, ctx.user_id);
    t.guard(isVerified, 409, "address_not_verified", "Please confirm your current address first.");
    t.guard(isAnother, 409, "address_unchanged", "This is already your address.");
    t.guard(
      sql`${REQUESTS_A_DAY} > ${requestsToday}`,
      429,
      "too_many_requests",
      "You have asked for this too often today. Please try again later.",
    );
    const link = issueLink(t, "change_email", me, { new_email });
    t.mail("email_change_confirmation", {
      ...link,
      to: account_tokens.new_email,
      data: {},
      from: sql`${link.from} and not ${isTaken}`,
    });
    t.mail("email_change_requested", { ...toPeople(me), data: { first_name: users.first_name } });
    mailAlreadyRegistered(t, new_email);
  });
}
