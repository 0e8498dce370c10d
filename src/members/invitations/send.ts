import { and, eq, type SQL, sql } from "drizzle-orm";
import { LINK_LIFETIME } from "../../access/link-lifetime.ts";
import { addressHasOwner } from "../../accounts/account-token.ts";
import { toPeople } from "../../accounts/address.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { account_tokens, user_invitations } from "../../tables/accounts.ts";
import { users } from "../../tables/people.ts";

/** How many invitations, new ones and those sent again, an address gets a day. */
const MOST_A_DAY = 5;

/** When an invitation that is sent now expires. */
export const expiry: SQL = sql`now() + ${LINK_LIFETIME.accept_invitation} * interval '1 hour'`;

/**
 * Mails an invitation. Whoever owns the address already gets a mail to sign in instead; all else is the same, so that the
 * inviter cannot tell. 429 if the address was mailed too often today. Lock the address first.
 */
export function sendInvitation(t: Plan, id: string): void {
  const token_id = crypto.randomUUID();
  const invitation = eq(user_invitations.id, id);
  const email = sql`(select ${user_invitations.email} from ${user_invitations} where ${invitation})`;
  t.guard(
    sql`${MOST_A_DAY} > (select count(*) from ${account_tokens}
      join ${user_invitations} as sent on sent.id = ${account_tokens.invitation_id}
      where sent.email = ${email} and ${account_tokens.created_at} > now() - interval '1 day')`,
    429,
    "invited_too_often",
    "This address cannot get more invitations today. Please try again tomorrow.",
  );
  t.effect(
    query.execute(sql`
      insert into ${account_tokens} (id, invitation_id, purpose, expires_at)
      values (${token_id}, ${id}, 'accept_invitation', ${expiry})`),
  );
  t.mail("invitation", {
    to: user_invitations.email,
    user_id: sql`null`,
    account_token_id: sql`${token_id}::uuid`,
    data: { message: user_invitations.message },
    from: sql`from ${user_invitations} where ${invitation} and not ${addressHasOwner(email)}`,
  });
  t.mail("invitation_to_owner", {
    ...toPeople(and(sql`${users.email} = ${email}`, users.email_verified)),
    data: { first_name: users.first_name },
  });
}
