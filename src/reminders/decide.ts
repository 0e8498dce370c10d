import { type SQL, sql } from "drizzle-orm";
import { emails, reminders } from "../tables/mail.ts";
import type { Kind, Moot } from "./kind.ts";

/** How long after it became too late we still write down that a reminder was. */
const REMEMBERED = sql`interval '30 days'`;

/**
 * Reminders of a kind that are true now, that were not decided yet, and that are due by `by`; with what we would decide
 * about each, and why. Of several for one subject that are due, only the last goes out.
 */
export const selectUndecided = (kind: Kind, now: SQL, by: SQL = now, whom?: SQL): SQL => sql`
  with candidate as materialized (${kind.selectTrue(now)})
  select judged.*, ${outcomeFor(sql`judged.reason`)} as outcome
  from (
    select due.subject_id, due.user_id, due.due_at, due.waits, due.goes_at, case
      when due.overtaken then 'overtaken'
      when exists (${laterOne(kind)}) then 'already_told'
      when due.until <= ${now} then 'too_late'
      when not due.reachable then 'unreachable'
      when not due.wanted then 'opted_out' end as reason
    from (
      select candidate.*,
        coalesce(lead(due_at) over (partition by subject_id, user_id order by due_at) <= ${now}, false) as overtaken
      from candidate
      where due_at <= ${by} and until > ${now} - ${REMEMBERED}${whom ? sql` and user_id = ${whom}` : sql``}) as due
    where ${decidedOne(kind)} is null) as judged
  order by judged.due_at, judged.subject_id, judged.user_id`;

/** A subquery with a limit is asked by the index for each row; a join was planned as one over all reminders of the kind. */
const decidedOne = ({ name }: Kind): SQL => sql`(
  select decided.id from ${reminders} as decided where decided.kind = ${name} and decided.subject_id = due.subject_id
    and decided.user_id = due.user_id and decided.due_at = due.due_at limit 1)`;

/**
 * A reminder that went out although it was due later, or about as early: this one was moved since, or missed. One whose mail
 * still waits counts only if its due date is still there: otherwise that mail is withheld.
 */
const laterOne = ({ name }: Kind): SQL => sql`
  select from ${reminders} as later left join ${emails} on ${emails.id} = later.email_id
  where later.kind = ${name} and later.subject_id = due.subject_id
    and later.user_id = due.user_id and later.outcome = 'sent'
    and later.due_at > due.due_at - due.same_within
    and (${emails.status} is distinct from 'pending' or exists (select from candidate as kept
      where kept.subject_id = later.subject_id and kept.user_id = later.user_id and kept.due_at = later.due_at))`;

type Outcome = (typeof reminders.$inferSelect)["outcome"];

/** Why a reminder does not go out, as `reminders.reason` names it: what that makes of the reminder, and how we say it. */
const REASONS = {
  overtaken: ["moot", "A later one took its place"],
  already_told: ["moot", "One like it had gone out already"],
  no_longer_true: ["moot", "It was no longer true when it was to go out"],
  out_of_time: ["moot", "It could not go out in time"],
  too_late: ["too_late", "It was noticed too late"],
  unreachable: ["suppressed", "There is no confirmed address that takes mail"],
  opted_out: ["opted_out", "The person does not want such mail"],
} as const satisfies Record<string, readonly [Outcome, string]> & Record<Moot, unknown>;

/** What we said before we wrote down why. */
const UNKNOWN: Record<Outcome, string | null> = {
  sent: null,
  moot: "It was no longer true, or a later one took its place",
  too_late: REASONS.too_late[1],
  suppressed: REASONS.unreachable[1],
  opted_out: REASONS.opted_out[1],
};

/** SQL that yields the outcome for one of the reasons, and `sent` for none. */
const outcomeFor = (reason: SQL): SQL =>
  sql`case ${reason} ${sql.join(
    Object.entries(REASONS).map(([name, [outcome]]) => sql`when ${name} then ${outcome}`),
    sql` `,
  )} else 'sent' end`;

/** Why a reminder did not go out, as a sentence. Null if it did. */
export function sayWhy(outcome: Outcome, reason: string | null): string | null {
  const [decided, sentence] = Object.entries(REASONS).find(([name]) => name === reason)?.[1] ?? [];
  return (decided === outcome && sentence) || UNKNOWN[outcome];
}
