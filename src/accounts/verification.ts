import { and, eq, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import { account_tokens } from "../tables/accounts.ts";
import { users } from "../tables/people.ts";
import { linkIsOpen } from "./account-token.ts";

/** The state of a verification link and of its address. */
export interface Standing {
  /** The link has not expired. */
  link_open: boolean;
  /** Somebody verified the address. */
  verified: boolean;
  /** The verified account is the registration that this link was mailed for. */
  by_this_one: boolean;
  /** The address has an account without a password. */
  password_needed: boolean;
  /** The address waits under more than one password, or under none. */
  in_doubt: boolean;
  /** Volunteers have decided about the account's application. */
  decided: boolean;
  /** The id of an open link to choose the password that the account lacks. */
  reset_token_id: string | null;
}

/**
 * Whether the address of a row of `users` waits under more than one password, or under none. Then no password may open the
 * account: a link proves who has the mailbox, but not who chose which password.
 */
export const passwordIsInDoubt: SQL = sql`(${users.password_hash} is null or exists (
  select from ${users} as other where other.email = ${users.email} and not other.email_verified
    and other.origin = 'registration' and other.password_hash is distinct from ${users.password_hash}))`;

/** The row of `account_tokens` that a verification link refers to. */
export const isVerificationLink = (token_id: string): SQL =>
  sql`(${and(eq(account_tokens.id, token_id), eq(account_tokens.purpose, "verify_email"))})`;

/** The id of the registration that a verification link was mailed for, and its address. Null if it is gone. */
export function registrationOf(token_id: string): { id: SQL<string>; email: SQL<string> } {
  const from = sql`from ${account_tokens} join ${users} on ${eq(users.id, account_tokens.user_id)}
    where ${isVerificationLink(token_id)}`;
  return { id: sql`(select ${users.id} ${from})`, email: sql`(select ${users.email} ${from})` };
}

/** Yields the standing of a link, or nothing if its registration is gone. */
export const selectStanding = (token_id: string) =>
  query.execute<Standing & Record<string, unknown>>(sql`
    select ${linkIsOpen} as link_open,
      account.id is not null as verified,
      account.id is not distinct from ${users.id} as by_this_one,
      account.id is not null and account.password_hash is null as password_needed,
      ${passwordIsInDoubt} as in_doubt,
      coalesce(account.status not in ('pending_email', 'pending_validation', 'pre_validated'), false) as decided,
      (select reset.id from ${account_tokens} as reset
        where ${linkIsOpen} and reset.user_id = account.id and account.password_hash is null and reset.purpose = 'reset_password'
          and reset.used_at is null and reset.expires_at > now()
        order by reset.created_at desc limit 1) as reset_token_id
    from ${account_tokens} join ${users} on ${eq(users.id, account_tokens.user_id)}
      left join ${users} as account on account.email = ${users.email} and account.email_verified
    where ${isVerificationLink(token_id)}`);
