import { and, eq, sql } from "drizzle-orm";
import { addressIsFree, linkIsOpen } from "../../accounts/account-token.ts";
import { account_tokens } from "../../tables/accounts.ts";
import { users } from "../../tables/people.ts";
import { dayBegins } from "../due.ts";
import { kind } from "../kind.ts";

const DAYS_TO_CONFIRM = 3;

/** Once per address, however often somebody registered it. It carries the newest link that still works. */
export const unverifiedAddress = kind({
  name: "unverified_address",
  who: "an address that somebody registered and did not confirm",
  when: "3 days after the registration",
  template: "verification_reminder",
  data: { expires_at: account_tokens.expires_at },
  from: () => sql`from ${users} cross join lateral (select * from ${account_tokens}
    where ${and(eq(account_tokens.user_id, users.id), eq(account_tokens.purpose, "verify_email"), linkIsOpen)}
    order by ${account_tokens.created_at} desc limit 1) as ${account_tokens}`,
  subject: users.id,
  due_at: () => dayBegins(users.created_at, sql`${DAYS_TO_CONFIRM}`),
  until: () => dayBegins(users.created_at, sql`${2 * DAYS_TO_CONFIRM}`),
  holds: () =>
    and(
      eq(users.status, "pending_email"),
      eq(users.origin, "registration"),
      addressIsFree,
      sql`not exists (select from ${users} as earlier where earlier.email = ${users.email} and earlier.status = 'pending_email'
        and earlier.origin = 'registration' and (earlier.created_at, earlier.id) < (${users.created_at}, ${users.id}))`,
    ),
  same_within: sql`interval '20 hours'`,
  to: users.email, // which it asks to confirm
  account_token_id: account_tokens.id,
});
