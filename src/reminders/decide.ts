import { type SQL, sql } from "drizzle-orm";
import { reminders } from "../tables/mail.ts";
import type { Kind } from "./kind.ts";

/** How long after it became too late we still write down that a reminder was. */
const REMEMBERED = sql`interval '30 days'`;

/**
 * Reminders of a kind that are true now, that were not decided yet, and that are due by `by`; with what we would decide
 * about each, and why. Of several for one subject that are due, only the last goes out.
 */
export const selectUndecided = (kind: Kind, now: SQL, by: SQL = now, whom?: SQL): SQL => sql`
  with candidate as materialized (${kind.selectTrue(now)})
  select due.subject_id, due.user_id, due.due_at, due.waits, case
      when due.overtaken or exists (${laterOne(kind)}) then 'moot'
      when due.until <= ${now} then 'too_late'
      when not due.reachable then 'suppressed'
      when not due.wanted then 'opted_out'
      else 'sent' end as outcome
  from (
    select candidate.*,
      coalesce(lead(due_at) over (partition by subject_id, user_id order by due_at) <= ${now}, false) as overtaken
    from candidate
    where due_at <= ${by} and until > ${now} - ${REMEMBERED}${whom ? sql` and user_id = ${whom}` : sql``}) as due
  where ${decidedOne(kind)} is null
  order by due.due_at, due.subject_id, due.user_id`;

/** A subquery with a limit is asked by the index for each row; a join was planned as one over all reminders of the kind. */
const decidedOne = ({ name }: Kind): SQL => sql`(
  select decided.id from ${reminders} as decided where decided.kind = ${name} and decided.subject_id = due.subject_id
    and decided.user_id = due.user_id and decided.due_at = due.due_at limit 1)`;

/** A reminder that went out although it was due later: this one was moved back by a change of the settings, or missed. */
const laterOne = ({ name, same_within }: Kind): SQL => sql`
  select from ${reminders} as later where later.kind = ${name} and later.subject_id = due.subject_id
    and later.user_id = due.user_id and later.outcome = 'sent'
    and later.due_at > due.due_at - ${same_within}::interval`;

/** Why a reminder did not go out, in words. */
export const REASONS = {
  sent: null,
  moot: "It was no longer true, or a later one took its place",
  too_late: "It was noticed too late",
  suppressed: "There is no confirmed address that takes mail",
  opted_out: "The person does not want such mail",
} as const;
