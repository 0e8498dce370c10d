import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { sign } from "../access/signatures.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { clearSuppression } from "../mail/suppression.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { personMay, statusAfter } from "../people/status.ts";
import { account_tokens, sessions } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { issueLink, LINK_EXPIRED, LINK_NOT_VALID, linkIsOpen, readLink } from "./account-token.ts";
import { lockAddress } from "./address.ts";
import { mailApprovers, mailEarlierRejection } from "./newly-confirmed.ts";
import type { Link, Verification } from "./schemas.ts";
import { endSessions } from "./session.ts";
import { isVerificationLink, passwordIsInDoubt, registrationOf, selectStanding } from "./verification.ts";
import { inWordsOf } from "./verification-pages.ts";

/**
 * Confirms an address: pending_email → pending_validation. If it waits under more than one password, the account gets none
 * of them, and the owner of the mailbox gets a link to choose one. From then on, the links of its other registrations lead
 * to the account. Repeating changes nothing.
 */
export async function verifyEmail(ctx: Context, { token }: Link): Promise<Verification> {
  const token_id = await readLink(ctx.settings, "verify_email", token);
  const { id, email } = registrationOf(token_id);
  const linkWorks = sql`exists (select from ${account_tokens} join ${users} on ${eq(users.id, account_tokens.user_id)}
    where ${isVerificationLink(token_id)} and (${linkIsOpen} or ${users.email_verified}))`;
  // The link's own registration, unless it was rejected and another one still waits.
  const chosen = sql`(select waiting.id from ${users} as waiting
    where waiting.email = ${email} and not waiting.email_verified and waiting.origin = 'registration'
      and not exists (select from ${users} as owner where owner.email = waiting.email and owner.email_verified)
    order by waiting.status = 'pending_email' desc, waiting.id = ${id} desc, waiting.created_at desc, waiting.id desc
    limit 1)`;
  const person = sql`${users.id} = ${chosen}`;
  const account = sql`(${and(eq(users.email, email), users.email_verified)})`;

  const { standing, organisation } = await ctx.transact((t) => {
    lockAddress(t, email);
    t.effect(query.select({ id: users.id }).from(users).where(eq(users.email, email)).orderBy(users.id).for("update"));
    t.guard(sql`${id} is not null`, ...LINK_NOT_VALID);
    t.guard(linkWorks, ...LINK_EXPIRED);
    mailApprovers(t, inArray(chosen, query.select({ id: users.id }).from(users).where(personMay("verify"))));
    mailEarlierRejection(t, person);
    clearSuppression(t, ctx.settings, person);
    t.effect(
      query
        .update(users)
        .set({
          email_verified: true,
          status: statusAfter("verify"),
          password_hash: sql`case when ${passwordIsInDoubt} then null else ${users.password_hash} end`,
        })
        .where(person),
    );
    endSessionsWithoutPassword(t, account);
    mailPasswordLink(t, token_id, account);
    return { standing: t.one(selectStanding(token_id)), organisation: t.one(selectBranding(ctx.settings)) };
  });
  const { reset_token_id } = standing;
  return {
    ...inWordsOf(standing),
    organisation,
    password_needed: standing.password_needed,
    reset_token: reset_token_id && (await sign(ctx.settings, "reset_password", reset_token_id)),
  };
}

/** Ends the sessions that strangers may have opened before the account lost its password. */
function endSessionsWithoutPassword(t: Plan, account: SQL): void {
  const ids = query.select({ id: users.id }).from(users).where(sql`${account} and ${users.password_hash} is null`);
  endSessions(t, "password_reset", inArray(sessions.user_id, ids));
}

/**
 * Mails a link to choose a password to an account that has none, and to an owner who follows the link of another
 * registration, whose password does not work. Sends nothing while such a link is open.
 */
function mailPasswordLink(t: Plan, token_id: string, account: SQL): void {
  const followed = sql`exists (select from ${account_tokens} where ${isVerificationLink(token_id)} and ${linkIsOpen}
    and (${users.password_hash} is null or ${account_tokens.user_id} <> ${users.id}))`;
  const hasOpenLink = sql`exists (select from ${account_tokens}
    where ${account_tokens.user_id} = ${users.id} and ${account_tokens.purpose} = 'reset_password' and ${linkIsOpen})`;
  const link = issueLink(t, "reset_password", sql`${account} and ${followed} and not ${hasOpenLink}`);
  t.mail("password_needed", { ...link, data: {}, from: sql`${link.from} and ${users.password_hash} is null` });
  t.mail("password_reset", {
    ...link,
    data: { first_name: users.first_name },
    from: sql`${link.from} and ${users.password_hash} is not null`,
  });
}
