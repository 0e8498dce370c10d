import { and, eq, isNull, ne, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { LINK_LIFETIME } from "../access/link-lifetime.ts";
import { type LinkPurpose, unsign } from "../access/signatures.ts";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import { Refusal } from "../http/errors.ts";
import { account_tokens } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";

/** The most mails a day that ask to confirm one address, whoever asks for them. */
const CONFIRMATIONS_A_DAY = 5;

/** For how many days after registering, or being rejected or reconsidered, people can ask for links to confirm their address. */
const DAYS_FOR_LINKS = 30;

/** After how many days a registration is deleted if nobody has confirmed its address: the last link has expired by then. */
export const DAYS_TO_REGISTER = DAYS_FOR_LINKS + LINK_LIFETIME.verify_email / 24;

/** Whether a row of `users` can get another link to confirm the address of its registration. */
export const registrationIsRecent: SQL = sql`(${users.status_since} > now() - ${DAYS_FOR_LINKS} * interval '1 day')`;

/** The answer to a link that is forged, used up, replaced by a newer one or expired. */
export const LINK_NOT_VALID = [
  400,
  "link_not_valid",
  "This link is no longer valid. Please ask for a new one.",
] as const;

/** The answer to a verification link that has expired. */
export const LINK_EXPIRED = [400, "link_expired", "This link has expired. Please ask for a new one."] as const;

/** The id of the row that a link's token refers to. 400 unless we made the token for this purpose. */
export async function readLink(settings: Settings, purpose: LinkPurpose, token: string): Promise<string> {
  const token_id = await unsign(settings, purpose, token);
  if (!token_id) throw new Refusal(...LINK_NOT_VALID);
  return token_id;
}

/** Whether a row of `account_tokens` can still be used. */
export const linkIsOpen: SQL = sql`(${and(isNull(account_tokens.used_at), sql`${account_tokens.expires_at} > now()`)})`;

/**
 * Makes a link for the person that the condition on `users` finds, if any, and addresses a mail to them. A link to change
 * the address replaces older ones. Other links do not: strangers can ask for them, and would close the owner's link.
 */
export function issueLink(
  t: Plan,
  purpose: LinkPurpose,
  person: SQL,
  {
    new_email = null,
    requested_by = null,
    network = null,
    vouching_id = sql`null`,
  }: {
    new_email?: string | SQLWrapper | null;
    requested_by?: string | null;
    network?: string | null;
    vouching_id?: SQL;
  } = {},
) {
  const token_id = crypto.randomUUID();
  const isThisOne = eq(account_tokens.id, token_id);
  t.effect(
    query.execute(sql`
      insert into ${account_tokens} (id, user_id, purpose, new_email, requested_by, requested_network, vouching_id, expires_at)
      select ${token_id}::uuid, ${users.id}, ${purpose}, ${new_email}, ${requested_by}::uuid, ${network}, ${vouching_id}::uuid,
        now() + ${LINK_LIFETIME[purpose]} * interval '1 hour'
      from ${users} where ${person}`),
  );
  if (purpose === "change_email") {
    const owner = sql`(select user_id from ${account_tokens} where ${isThisOne})`;
    closeLinks(t, owner, and(eq(account_tokens.purpose, purpose), ne(account_tokens.id, token_id)));
  }
  return {
    to: users.email,
    user_id: users.id,
    account_token_id: account_tokens.id,
    from: sql`from ${account_tokens} join ${users} on ${eq(users.id, account_tokens.user_id)} where ${isThisOne}`,
  };
}

/**
 * Closes a person's open links that match the condition. They expire as of when they were made, not as of now: a
 * transaction that began earlier and waited for this one has an earlier `now()`, and would find them still open.
 */
export const closeLinks = (t: Plan, user_id: string | SQLWrapper, which: SQL | undefined): void =>
  t.effect(
    query
      .update(account_tokens)
      .set({ expires_at: sql`${account_tokens.created_at}` })
      .where(and(eq(account_tokens.user_id, user_id), which, linkIsOpen)),
  );

/** How many confirmation links went to the address of a row of `users` in this time, for all rows with the address. */
const linksSince = (time: string): SQL => sql`(
  select count(*) from ${account_tokens} join ${users} as other on other.id = ${account_tokens.user_id}
  where other.email = ${users.email} and ${account_tokens.purpose} in ('verify_email', 'activate')
    and ${account_tokens.created_at} > now() - ${time}::interval)`;

/** Whether the address of a row of `users` may get another such mail today. */
export const addressHasMailsLeft: SQL = sql`${linksSince("1 day")} < ${CONFIRMATIONS_A_DAY}`;

/** Whether somebody verified an address. */
export const addressHasOwner = (email: SQLWrapper | string): SQL => sql`exists (
  select from ${users} as owner where owner.email = ${email} and owner.email_verified)`;

/** Nobody verified the address of a row of `users`. */
export const addressIsFree: SQL = sql`not ${addressHasOwner(users.email)}`;

/**
 * Mails a link to the registration that the condition on `users` finds, if any. Sends nothing if the address has an owner
 * or has reached its daily limit, whoever asked, and for a registration that will be deleted soon. Lock the address first.
 */
export const mailVerification = (t: Plan, registration: SQL): void =>
  t.mail("verification", {
    ...issueLink(
      t,
      "verify_email",
      sql`${registration} and ${registrationIsRecent} and ${addressIsFree} and ${addressHasMailsLeft}`,
    ),
    data: {},
  });

/** Whether the address of a row of `users` got no such link within the last minute. */
export const addressCanBeMailed: SQL = sql`${linksSince("1 minute")} = 0`;
