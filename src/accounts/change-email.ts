import { and, eq, gt, ne, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { lockPerson } from "../people/person.ts";
import { account_tokens } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { addressHasOwner, issueLink } from "./account-token.ts";
import { mailAlreadyRegistered, toPeople } from "./address.ts";
import { notBeforeFloor } from "./floor.ts";
import type { ChangeEmail } from "./schemas.ts";

const REQUESTS_A_DAY = 5;

/**
 * Asks for another address. It takes effect when the link that we mail to it is opened; the old address gets a notice. The
 * answer does not tell whether someone already owns the new address: the owner gets a mail instead of a link.
 */
export async function changeEmail(ctx: SignedInContext, { new_email }: ChangeEmail): Promise<Message> {
  const me = eq(users.id, ctx.user_id);
  const isVerified = sql`exists (select from ${users} where ${and(me, users.email_verified)})`;
  const isAnother = sql`exists (select from ${users} where ${and(me, ne(users.email, new_email))})`;
  await notBeforeFloor(() =>
    ctx.transact((t) => {
      lockPerson(t, ctx.user_id);
      t.guard(isVerified, 409, "address_not_verified", "Please confirm your current address first.");
      t.guard(isAnother, 409, "address_unchanged", "This is already your address.");
      mailAddressChange(t, ctx.user_id, new_email, "email_change_requested");
    }),
  );
  return { message: "Please open the link that we sent to your new address. Until then, your old address stays." };
}

/**
 * If this is another address than the person's, mails a link to it, and a notice to the confirmed one. If somebody owns
 * the new address, they are told instead. 429 after five requests a day. Lock the person first.
 */
export function mailAddressChange(
  t: Plan,
  user_id: string,
  new_email: string,
  notice: "email_change_requested" | "email_change_by_volunteer",
): void {
  const changes = sql`${eq(users.id, user_id)} and ${users.email_verified} and ${ne(users.email, new_email)}`;
  const isTaken = addressHasOwner(new_email);
  const requestsToday = query.$count(
    account_tokens,
    and(
      eq(account_tokens.user_id, user_id),
      eq(account_tokens.purpose, "change_email"),
      gt(account_tokens.created_at, sql`now() - interval '1 day'`),
    ),
  );
  const personChanges = sql`exists (select from ${users} where ${changes})`;
  t.guard(
    sql`${REQUESTS_A_DAY} > ${requestsToday} or not ${personChanges}`,
    429,
    "too_many_requests",
    "A new address was requested too often today. Please try again tomorrow.",
  );
  const link = issueLink(t, "change_email", changes, { new_email });
  t.mail("email_change_confirmation", {
    ...link,
    to: account_tokens.new_email,
    data: {},
    from: sql`${link.from} and not ${isTaken}`,
  });
  t.mail(notice, { ...toPeople(changes), data: { first_name: users.first_name } });
  mailAlreadyRegistered(t, new_email, personChanges);
}
