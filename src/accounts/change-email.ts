import { and, eq, gt, ne, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Message } from "../http/schemas.ts";
import { isSuppressed } from "../mail/suppression.ts";
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
 * answer does not tell whether someone already owns the new address: the owner gets a mail instead of a link. Somebody to
 * whose address we no longer write may name it again: the link ends that.
 */
export async function changeEmail(ctx: SignedInContext, { new_email }: ChangeEmail): Promise<Message> {
  const me = eq(users.id, ctx.user_id);
  const isVerified = sql`exists (select from ${users} where ${and(me, users.email_verified)})`;
  const isAnother = sql`exists (select from ${users} where ${and(me, ne(users.email, new_email))})`;
  const isBack = sql`(${me} and ${users.email} = ${new_email} and ${isSuppressed(ctx.settings, users.email)})`;
  await notBeforeFloor(() =>
    ctx.transact((t) => {
      lockPerson(t, ctx.user_id);
      t.guard(isVerified, 409, "address_not_verified", "Please confirm your current address first.");
      t.guard(
        sql`${isAnother} or exists (select from ${users} where ${isBack})`,
        409,
        "address_unchanged",
        "This is already your address.",
      );
      mailAddressChange(t, ctx.user_id, new_email);
      mailAddressAgain(t, ctx.user_id, new_email, isBack);
    }),
  );
  return { message: "Please open the link that we sent to this address. Until then, nothing changes." };
}

/**
 * If this is another address than the person's, mails a link to it, and a notice to the confirmed one. If somebody owns
 * the new address, they are told instead. 429 after five requests a day. Lock the person first.
 *
 * @param volunteer_id who asks for it, if not the person themselves
 */
export function mailAddressChange(
  t: Plan,
  user_id: string,
  new_email: string,
  volunteer_id: string | null = null,
): void {
  const changes = sql`${eq(users.id, user_id)} and ${users.email_verified} and ${ne(users.email, new_email)}`;
  const isTaken = addressHasOwner(new_email);
  const personChanges = sql`exists (select from ${users} where ${changes})`;
  guardRequestsLeft(t, user_id, personChanges);
  const link = issueLink(t, "change_email", changes, { new_email, requested_by: volunteer_id });
  t.mail("email_change_confirmation", {
    ...link,
    to: account_tokens.new_email,
    data: {},
    from: sql`${link.from} and not ${isTaken}`,
  });
  t.mail(volunteer_id ? "email_change_by_volunteer" : "email_change_requested", {
    ...toPeople(changes),
    data: { first_name: users.first_name },
  });
  mailAlreadyRegistered(t, new_email, personChanges);
}

/** Mails a link that confirms the person's own address once more, to the row of `users` that matches. */
function mailAddressAgain(t: Plan, user_id: string, new_email: string, person: SQL): void {
  guardRequestsLeft(t, user_id, sql`exists (select from ${users} where ${person})`);
  t.mail("email_change_confirmation", {
    ...issueLink(t, "change_email", person, { new_email }),
    to: account_tokens.new_email,
    data: {},
  });
}

/** 429 after five requests a day, if this is one. */
function guardRequestsLeft(t: Plan, user_id: string, isRequest: SQL): void {
  const requestsToday = query.$count(
    account_tokens,
    and(
      eq(account_tokens.user_id, user_id),
      eq(account_tokens.purpose, "change_email"),
      gt(account_tokens.created_at, sql`now() - interval '1 day'`),
    ),
  );
  t.guard(
    sql`${REQUESTS_A_DAY} > ${requestsToday} or not ${isRequest}`,
    429,
    "too_many_requests",
    "A new address was requested too often today. Please try again tomorrow.",
  );
}
