import { and, eq, gt, inArray, ne, type SQL, sql } from "drizzle-orm";
import { PERMITTED_STATUSES } from "../access/access.ts";
import { holdersOf } from "../access/holds.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import type { Notice } from "../http/page.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { personMay, statusAfter } from "../people/status.ts";
import { account_tokens } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { LINK_NOT_VALID, readLink } from "./account-token.ts";
import { toPeople } from "./address.ts";
import type { Link } from "./schemas.ts";

/**
 * Confirms an address: pending_email → pending_validation. Opening the link again changes nothing and gives the same
 * answer. Once somebody has confirmed an address, the links of other registrations with that address stop working.
 */
export async function verifyEmail(ctx: Context, { token }: Link): Promise<Notice> {
  const token_id = await readLink(ctx.settings, "verify_email", token);
  const link = eq(account_tokens.id, token_id);
  const personId = query.select({ user_id: account_tokens.user_id }).from(account_tokens).where(link);
  const person = eq(users.id, personId);
  const sameAddress = eq(users.email, query.select({ email: users.email }).from(users).where(person));
  const linkCounts = sql`exists (select from ${users} where ${and(person, users.email_verified)})
    or exists (select from ${account_tokens} where ${and(link, gt(account_tokens.expires_at, sql`now()`))})`;
  const organisation = await ctx.transact((t) => {
    t.effect(query.select({ id: users.id }).from(users).where(sameAddress).orderBy(users.id).for("update"));
    t.guard(
      sql`exists (select from ${users} where ${person})
        and not exists (select from ${users} where ${and(sameAddress, ne(users.id, personId), users.email_verified)})`,
      ...LINK_NOT_VALID,
    );
    t.guard(linkCounts, 400, "link_expired", "This link has expired. Please ask for a new one.");
    mailApprovers(t, inArray(personId, query.select({ id: users.id }).from(users).where(personMay("verify"))));
    mailEarlierRejection(t, person);
    t.effect(
      query
        .update(users)
        .set({ email_verified: true, status: statusAfter("verify") })
        .where(and(person, eq(users.email_verified, false))),
    );
    return t.one(selectBranding());
  });
  return {
    title: "Your address is confirmed",
    message: "Thank you. From now on, we will write to you at this address.",
    organisation,
  };
}

/** If an application is waiting, tells everyone who may approve it. Each of them gets at most one such mail a day. */
const mailApprovers = (t: Plan, isWaiting: SQL): void =>
  t.mail("application_waiting", {
    ...toPeople(
      and(inArray(users.status, [...PERMITTED_STATUSES]), inArray(users.id, holdersOf("users.approve")), isWaiting),
    ),
    data: { first_name: users.first_name },
    once: sql`'application_waiting:' || ${users.id} || ':' || current_date`,
  });

/** Mails a rejection that we held back: until the person confirmed the address, it could have been a stranger's. */
const mailEarlierRejection = (t: Plan, person: SQL): void =>
  t.mail("rejection", {
    ...toPeople(and(person, eq(users.status, "rejected"), eq(users.email_verified, false))),
    data: { first_name: users.first_name, reason: sql<string>`${users.rejection_reason}` },
  });
