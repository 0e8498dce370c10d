import { and, asc, eq, gt, inArray, isNotNull, ne, sql } from "drizzle-orm";
import { query } from "../src/database/query.ts";
import type { Context } from "../src/http/context.ts";
import { payablePlans } from "../src/members/payment-prompt.ts";
import { STATUS_FLOW } from "../src/people/status.ts";
import { event_rsvps, events } from "../src/tables/events.ts";
import { organisation_settings } from "../src/tables/organisation.ts";
import { users } from "../src/tables/people.ts";
import { subscription_plans } from "../src/tables/plans.ts";
import { subscriptions } from "../src/tables/subscriptions.ts";
import { SAMPLE } from "./sample-ids.ts";

/** Who gets a sample mail, by the beginning of their address. */
const NAMES = {
  ada: "active",
  appa: "approved",
  cal: "canceled",
  dana: "example+dana",
  enda: "ending",
  fin: "finance",
  mo: "met",
  paula: "example+paula",
  pia: "past.due",
  quim: "quarterly",
  remy: "rejected",
  robin: "reader",
  uma: "unverified",
  vera: "volunteer",
  wim: "waiting",
  yara: "yearly",
} as const;
type Name = keyof typeof NAMES;

export interface Reader {
  id: string | null;
  email: string;
  first_name: string;
}

export type Seen = Awaited<ReturnType<typeof seeSampleData>>;

/** What sample mails speak of, as the sample data have it. */
export async function seeSampleData(ctx: Context) {
  const { people, dues, ending, gatherings, cancelled, numbers } = await ctx.transact((t) => ({
    people: t.many(
      query
        .select({
          id: users.id,
          email: sql<string>`${users.email}`,
          first_name: users.first_name,
          created_at: users.created_at,
          rejection_reason: users.rejection_reason,
          rejected_at: users.rejected_at,
        })
        .from(users)
        .where(inArray(users.email, Object.values(NAMES).map(addressOf))),
    ),
    dues: t.many(selectDues().where(inArray(users.email, Object.values(NAMES).map(addressOf)))),
    ending: t.one(
      selectDues()
        .where(
          and(
            eq(users.status, "active"),
            eq(subscriptions.status, "active"),
            ne(subscriptions.payment_method, "stripe"),
            gt(subscriptions.base_subscription_cents, 0),
            gt(subscriptions.current_term_end, sql`now()`),
            sql`${subscriptions.current_term_end} - ${subscriptions.current_term_start} > interval '130 days'`,
          ),
        )
        .orderBy(asc(subscriptions.current_term_end), asc(users.email))
        .limit(1),
    ),
    gatherings: t.many(
      query
        .select(eventColumns)
        .from(events)
        .where(inArray(events.id, Object.values(SAMPLE.event))),
    ),
    cancelled: t.one(
      query
        .select({ ...eventColumns, cancelled_at: events.cancelled_at })
        .from(events)
        .innerJoin(event_rsvps, eq(event_rsvps.event_id, events.id))
        .where(and(eq(event_rsvps.user_id, SAMPLE.person.robin), isNotNull(events.cancelled_at))),
    ),
    numbers: t.one(query.select({ plans: payablePlans, overdue }).from(organisation_settings)),
  }));
  const personOf = (name: Name) => found(people, ({ email }) => email === addressOf(NAMES[name]), name);
  return {
    ...numbers,
    cancelled,
    ending,
    personOf,
    duesOf: (name: Name) => found(dues, ({ email }) => email === addressOf(NAMES[name]), name),
    eventOf: (name: keyof typeof SAMPLE.event) =>
      found(gatherings, ({ event_id }) => event_id === SAMPLE.event[name], name),
  };
}

const addressOf = (name: string) => `${name}@loaf.test`;

function found<Row>(rows: Row[], is: (row: Row) => boolean, name: string): Row {
  const row = rows.find(is);
  if (!row) throw new Error(`The sample data have no ${name}`);
  return row;
}

const overdue = sql<number>`(select count(*)::integer from ${users} as applicant
  where applicant.status = any (${sql.param(`{${STATUS_FLOW.approve.from.join(",")}}`)}::userstatus[])
    and applicant.status_since < now() - interval '7 days')`;

const eventColumns = {
  event_id: events.id,
  title: events.title,
  start_at: events.start_at,
  end_at: events.end_at,
  time_zone: events.time_zone,
  location: events.location,
  online_url: events.online_url,
};

const selectDues = () =>
  query
    .select({
      id: users.id,
      email: sql<string>`${users.email}`,
      first_name: users.first_name,
      base_subscription_cents: subscriptions.base_subscription_cents,
      donation_cents: subscriptions.donation_cents,
      current_term_start: sql<string>`${subscriptions.current_term_start}`.mapWith(subscriptions.current_term_start),
      current_term_end: sql<string>`${subscriptions.current_term_end}`.mapWith(subscriptions.current_term_end),
      grace_ends_at: subscriptions.grace_ends_at,
      cancelled_at: subscriptions.cancelled_at,
      card_brand: subscriptions.card_brand,
      card_last4: subscriptions.card_last4,
      card_exp_month: subscriptions.card_exp_month,
      card_exp_year: subscriptions.card_exp_year,
      plan_name: subscription_plans.name,
    })
    .from(subscriptions)
    .innerJoin(users, eq(users.id, subscriptions.user_id))
    .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
    .$dynamic();
