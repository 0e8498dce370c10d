import { and, asc, eq, gt, gte, inArray, isNull, lte, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { personHolds } from "../access/holds.ts";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { eventSeatsTaken } from "../events/seats.ts";
import { monthIn, type Sums, sumsOver } from "../ledger/figures.ts";
import { anybodyMatches } from "../members/list.ts";
import { storageLevel } from "../storage/level.ts";
import { paymentIsFirst } from "../subscriptions/joining.ts";
import { type RenewalOutcome, selectEndedTerms } from "../subscriptions/renewal.ts";
import { event_rsvps, events } from "../tables/events.ts";
import { ledger, payments } from "../tables/ledger.ts";
import { storage_usage } from "../tables/organisation.ts";
import { users } from "../tables/people.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { type Days, endsOnDays, instantOf, isOnDays, lastMomentOf, localDay } from "../time/days.ts";

// Without the permission, PostgreSQL reads nothing and there is no row.

/** Which money a block shows: who sees it, and who may export its movements. */
export const MONEY = {
  dues: {
    seen: "subscriptions.stats",
    exported: "subscriptions.export",
    kind: "dues",
    cents: ledger.base_subscription_cents,
  },
  donations: { seen: "donations.stats", exported: "donations.export", kind: "donation", cents: ledger.donation_cents },
} as const;

/** How many events the dashboard names, and how many months of renewals it looks ahead. */
const NEXT_EVENTS = 5;
const MONTHS_AHEAD = 6;

const thisMonth = sql`date_trunc('month', ${localDay(sql`now()`)}::timestamp)`;

/** From the first day of this month to the last one of the fifth after it. */
export const DAYS_AHEAD: Days = {
  from: sql`${thisMonth}::date`,
  to: sql`(${thisMonth} + ${MONTHS_AHEAD} * interval '1 month' - interval '1 day')::date`,
};

const known = anybodyMatches({});

export const selectByStatus = () =>
  query
    .select({ status: users.status, people: sql<number>`count(*)::int` })
    .from(users)
    .where(known)
    .groupBy(users.status);

/** Who came to their status this month, and still has it. */
export const selectEntered = () =>
  query
    .select({ status: users.status, people: sql<number>`count(*)::int` })
    .from(users)
    .where(and(known, gte(users.status_since, instantOf(thisMonth))))
    .groupBy(users.status);

const perMonth = (instant: SQLWrapper) => ({ month: monthIn(instant).as("month"), count: sql<number>`count(*)::int` });

/** Whoever never confirmed their address may be a typo or a robot, and is deleted soon. */
export const selectApplied = (days: Days) =>
  query
    .select(perMonth(users.joined_at))
    .from(users)
    .where(and(anybodyMatches({ email_verified: true }), isOnDays(users.joined_at, days)))
    .groupBy(sql`1`);

export const selectJoined = (user_id: string, days: Days) =>
  query
    .select(perMonth(payments.paid_at))
    .from(payments)
    .innerJoin(subscriptions, eq(subscriptions.id, payments.subscription_id))
    .innerJoin(users, eq(users.id, subscriptions.user_id))
    .where(and(personHolds(user_id, "subscriptions.view"), isOnDays(payments.paid_at, days), paymentIsFirst))
    .groupBy(sql`1`);

/** A term that ends at midnight ends on the day before. */
const lastMoment = lastMomentOf(sql`${subscriptions.current_term_end}`);

export const selectRenewals = (user_id: string) =>
  query
    .select(perMonth(lastMoment))
    .from(subscriptions)
    .where(
      and(
        personHolds(user_id, "subscriptions.view"),
        eq(subscriptions.status, "active"),
        endsOnDays(subscriptions.current_term_end, DAYS_AHEAD),
      ),
    )
    .groupBy(sql`1`);

/** The statuses of memberships that ended. A term that somebody recorded another one after has expired too. */
const ENDED = ["cancelled", "expired"] as const;

export const selectEnded = (user_id: string, days: Days) =>
  query
    .select({ status: subscriptions.status, ...perMonth(lastMoment) })
    .from(subscriptions)
    .where(
      and(
        personHolds(user_id, "subscriptions.view"),
        inArray(subscriptions.status, [...ENDED]),
        endsOnDays(subscriptions.current_term_end, days),
      ),
    )
    .groupBy(subscriptions.status, sql`2`);

/** What became of the terms that ended in each month. A subscription counts once in a month, as its last term there says. */
export function selectRenewed(user_id: string, days: Days) {
  const ended = selectEndedTerms((end) => and(endsOnDays(end, days), lte(end, sql`now()`))).as("ended");
  const month = monthIn(lastMomentOf(ended.ended_at)).as("month");
  // Only the last term of a subscription has another outcome than `renewed`.
  const last = query
    .select({
      month,
      outcome:
        sql<RenewalOutcome>`coalesce(max(${ended.outcome}) filter (where ${ended.outcome} <> 'renewed'), 'renewed')`.as(
          "outcome",
        ),
    })
    .from(ended)
    .groupBy(ended.subscription_id, sql`month`)
    .as("last");
  return query
    .select({ month: last.month, outcome: last.outcome, count: sql<number>`count(*)::int` })
    .from(last)
    .where(personHolds(user_id, "subscriptions.view"))
    .groupBy(last.month, last.outcome);
}

const isUpcoming: SQL | undefined = and(events.published, isNull(events.cancelled_at), gt(events.end_at, sql`now()`));

export const countUpcoming = (user_id: string) =>
  query
    .select({ count: sql<number>`counted.count` })
    .from(sql`(select count(*)::int as count from ${events} where ${isUpcoming}) as counted`)
    .where(personHolds(user_id, "events.view"));

const countAnswers = (status: "yes" | "waitlisted") => sql<number>`(select count(*)::int from ${event_rsvps}
  where ${event_rsvps.event_id} = ${events.id} and ${event_rsvps.rsvp_status} = ${status})`;

export const selectNext = (user_id: string) =>
  query
    .select({
      id: events.id,
      title: events.title,
      start_at: events.start_at,
      capacity: events.capacity,
      coming: eventSeatsTaken,
      said_yes: countAnswers("yes"),
      waiting: countAnswers("waitlisted"),
    })
    .from(events)
    .where(and(personHolds(user_id, "events.view"), isUpcoming))
    .orderBy(asc(events.start_at), asc(events.id))
    .limit(NEXT_EVENTS);

/** What moved in each month. */
export function readMoney(
  t: Plan,
  user_id: string,
  block: keyof typeof MONEY,
  days: Days,
): Handle<(Sums & { month: string })[]> {
  const { seen, cents } = MONEY[block];
  return t.many(
    query
      .select({ month: monthIn(ledger.occurred_at), ...sumsOver(cents) })
      .from(ledger)
      .where(and(personHolds(user_id, seen), isOnDays(ledger.occurred_at, days), sql`${cents} <> 0`))
      .groupBy(sql`1`),
  );
}

export const selectStorage = (user_id: string) =>
  query
    .select({ used_bytes: storage_usage.used_bytes, limit_bytes: storage_usage.limit_bytes, level: storageLevel })
    .from(storage_usage)
    .where(personHolds(user_id, "settings.storage"));
