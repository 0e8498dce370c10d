import { and, eq, inArray, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import { account_tokens } from "../tables/accounts.ts";
import { emails } from "../tables/mail.ts";
import { users } from "../tables/people.ts";
import { MAIL_KINDS, templatesOf } from "./lanes.ts";
import { PREFERENCES } from "./preferences.ts";
import { isSuppressed } from "./suppression.ts";

/** How many of the mails that are due we look at each time. More than a claim takes. */
const LOOKED_AT = 500;

/** Whether the person of a row of `emails` unsubscribed from its kind. */
const isUnsubscribed: SQL = sql`exists (select from ${users} where ${and(
  eq(users.id, emails.user_id),
  or(...MAIL_KINDS.map((kind) => and(inArray(emails.template, templatesOf(kind)), not(PREFERENCES[kind].wanted)))),
)})`;

/** Whether the link in a row of `emails` leads nowhere: it expired, or was used or replaced, before the mail went out. */
export const hasDeadLink: SQL = sql`exists (select from ${account_tokens}
  where ${account_tokens.id} = ${emails.account_token_id}
    and (${account_tokens.used_at} is not null or ${account_tokens.expires_at} <= now()))`;

/**
 * Why a row of `emails` must not go out. Null: nothing stands in its way. Account security goes out even
 * to a suppressed address, and what somebody sends to themselves to see how it looks, whatever they unsubscribed from.
 */
const obstacleOf = (settings: Settings): SQL => sql`(case
  when ${emails.lane} > 0 and ${isSuppressed(settings, emails.to_email)} then 'suppressed'
  when not ${emails.data} ? 'is_test' and ${isUnsubscribed} then 'unsubscribed'
  when ${hasDeadLink} then 'link_expired' end)`;

/** Whether nobody objects to a row of `emails`. A claim takes no others. */
export const isWanted = (settings: Settings): SQL => isNull(obstacleOf(settings));

/** Withholds mails that would be sent next, but that nobody wants or gets. Looks at the first of those that are due. */
export function withholdUnwanted(t: Plan, settings: Settings): void {
  const obstacle = obstacleOf(settings);
  const next = query
    .select({ id: emails.id })
    .from(emails)
    .where(and(eq(emails.status, "pending"), lte(emails.next_attempt_at, sql`now()`)))
    .orderBy(emails.lane, emails.next_attempt_at, emails.queue_number)
    .limit(LOOKED_AT);
  t.effect(
    query.execute(sql`
      with next as materialized (${next}), unwanted as (
        select ${emails.id}, ${obstacle} as obstacle from ${emails}
        where ${emails.id} in (select id from next) and ${obstacle} is not null
        for update of ${emails} skip locked)
      update ${emails} set status = 'withheld', last_error = unwanted.obstacle from unwanted
      where ${emails.id} = unwanted.id and ${emails.status} = 'pending'`),
  );
}

/** Decides not to send due mails. `why` is shown to volunteers. */
export const withhold = (t: Plan, why: string, which: SQL): void =>
  t.effect(
    query
      .update(emails)
      .set({ status: "withheld", last_error: why })
      .where(and(eq(emails.status, "pending"), lte(emails.next_attempt_at, sql`now()`), which)),
  );

/** Staging has copies of real addresses. There, only those that MAIL_ALLOWED lists get mail. */
export function withholdNotAllowed(t: Plan, { MAIL_ALLOWED }: Settings): void {
  if (MAIL_ALLOWED === undefined) return;
  const address = sql`lower(${emails.to_email})`;
  const allowed = sql`(select jsonb_array_elements_text(${JSON.stringify(MAIL_ALLOWED)}::jsonb))`;
  withhold(
    t,
    "not_allowed_here",
    sql`${address} not in ${allowed} and substring(${address} from '@[^@]*$') not in ${allowed}`,
  );
}
