import { inArray, sql } from "drizzle-orm";
import { hashPassword } from "../src/accounts/passwords.ts";
import { roles, user_role_assignments } from "../src/tables/access.ts";
import { donations } from "../src/tables/donations.ts";
import { event_rsvps, events } from "../src/tables/events.ts";
import { payments } from "../src/tables/ledger.ts";
import { users } from "../src/tables/people.ts";
import { subscription_plans } from "../src/tables/plans.ts";
import { subscriptions } from "../src/tables/subscriptions.ts";
import { daysFromNow, eveningIn, hoursAfter } from "./sample-dates.ts";
import { SAMPLE } from "./sample-ids.ts";
import { SAMPLE_ADMIN, SAMPLE_PASSWORD } from "./sample-sign-in.ts";
import type { Transaction } from "./sample-years.ts";

/** At least one person per status. Their addresses say who they are. All share the sample password. */
const PEOPLE = [
  { id: SAMPLE.person.sam, email: SAMPLE_ADMIN, first_name: "Sam", last_name: "Superadmin", status: "active" },
  {
    id: SAMPLE.person.uma,
    email: "unverified@loaf.test",
    first_name: "Uma",
    last_name: "Unverified",
    status: "pending_email",
  },
  {
    id: SAMPLE.person.wim,
    email: "waiting@loaf.test",
    first_name: "Wim",
    last_name: "Waiting",
    status: "pending_validation",
  },
  {
    id: SAMPLE.person.wanda,
    email: "waiting.too@loaf.test",
    first_name: "Wanda",
    last_name: "Waiting",
    status: "pending_validation",
    referred_by: "Ada Active",
    partner_first_name: "Pat",
    partner_last_name: "Partner",
  },
  { id: SAMPLE.person.mo, email: "met@loaf.test", first_name: "Mo", last_name: "Metalready", status: "pre_validated" },
  {
    id: SAMPLE.person.appa,
    email: "approved@loaf.test",
    first_name: "Appa",
    last_name: "Approved",
    status: "payment_pending",
  },
  { id: SAMPLE.person.ada, email: "active@loaf.test", first_name: "Ada", last_name: "Active", status: "active" },
  {
    id: SAMPLE.person.axel,
    email: "active.too@loaf.test",
    first_name: "Axel",
    last_name: "Active",
    status: "active",
    in_directory: true,
  },
  { id: SAMPLE.person.fin, email: "finance@loaf.test", first_name: "Fin", last_name: "Finance", status: "active" },
  {
    id: SAMPLE.person.vera,
    email: "volunteer@loaf.test",
    first_name: "Vera",
    last_name: "Volunteer",
    status: "active",
  },
  {
    id: SAMPLE.person.remy,
    email: "rejected@loaf.test",
    first_name: "Remy",
    last_name: "Rejected",
    status: "rejected",
    rejection_reason: "We could not reach you to say hello.",
    rejected_at: daysFromNow(-20),
  },
  { id: SAMPLE.person.flo, email: "former@loaf.test", first_name: "Flo", last_name: "Former", status: "inactive" },
] satisfies (typeof users.$inferInsert)[];

/** The role that each person holds. */
const HOLDERS: Record<string, string> = {
  superadmin: SAMPLE_ADMIN,
  admin: "volunteer@loaf.test",
  finance: "finance@loaf.test",
};

const PLANS = [
  {
    id: SAMPLE.plan.yearly,
    name: "Yearly",
    description: "A year of membership.",
    price_cents: 6000,
    minimum_price_cents: 6000,
    suggested_price_cents: 6000,
    billing_cycle: "yearly",
    position: 1,
  },
  {
    id: SAMPLE.plan.monthly,
    name: "Monthly",
    description: "Month by month.",
    price_cents: 600,
    minimum_price_cents: 600,
    suggested_price_cents: 600,
    billing_cycle: "monthly",
    position: 2,
  },
  {
    id: SAMPLE.plan.supporter,
    name: "Supporter",
    description: "For those who can give more.",
    price_cents: 3000,
    minimum_price_cents: 1500,
    suggested_price_cents: 4500,
    billing_cycle: "quarterly",
    position: 3,
  },
  {
    id: SAMPLE.plan.lifetime,
    name: "Lifetime",
    description: "Once and for all.",
    price_cents: 90_000,
    minimum_price_cents: 90_000,
    billing_cycle: "lifetime",
    position: 4,
  },
  {
    name: "Calendar year",
    description: "Until the end of December.",
    price_cents: 5500,
    minimum_price_cents: 5500,
    billing_cycle: "custom",
    term_end_month: 12,
    term_end_day: 31,
    position: 5,
  },
] satisfies (typeof subscription_plans.$inferInsert)[];

const event = (title: string, location: string, day: number, more: Partial<typeof events.$inferInsert> = {}) => ({
  title,
  location,
  description: `${title}, open to all members.`,
  start_at: eveningIn(day),
  end_at: hoursAfter(eveningIn(day), 3),
  published: true,
  ...more,
});

const EVENTS = [
  event("Summer picnic", "Riverside park", -120, { id: SAMPLE.event.picnic }),
  event("Film night", "Community center", -30, { id: SAMPLE.event.film_night, capacity: 40 }),
  event("Potluck dinner", "Community center", -7, { id: SAMPLE.event.potluck, capacity: 25 }),
  event("Board game evening", "Library, room 2", 6, { id: SAMPLE.event.board_games, capacity: 12 }),
  event("Newcomers' coffee", "Corner café", 13, {
    id: SAMPLE.event.coffee,
    description: "For members, and for those who want to meet us.",
    welcome_statuses: ["active", "pre_validated", "pending_validation"],
  }),
  event("Winter hike", "Station forecourt", 27, { id: SAMPLE.event.hike, capacity: 30 }),
  event("Spring gala (draft)", "To be found", 90, { id: SAMPLE.event.gala, published: false }),
];

/** A registration that nobody verifies is deleted after 30 days. Members came before their terms began. */
const DAYS_HERE: Partial<Record<(typeof PEOPLE)[number]["status"], number>> = {
  pending_email: -4,
  active: -92,
  inactive: -502,
};

const cameOn = (day: string) => ({ joined_at: day, created_at: day, status_since: day });

/** Somebody in every status, with roles, and plans and events. Returns the plans, and the hash of the password that all share. */
export async function fillPeople(tx: Transaction) {
  const password_hash = hashPassword(SAMPLE_PASSWORD);
  const people = await tx
    .insert(users)
    .values(
      PEOPLE.map((person, index) => ({
        ...person,
        password_hash,
        email_verified: person.status !== "pending_email",
        ...cameOn(daysFromNow(DAYS_HERE[person.status] ?? index - 60)),
      })),
    )
    .returning({ id: users.id, email: users.email });
  const idOf = (email: string) => people.find((person) => person.email === email)?.id ?? "";

  const given = await tx
    .select({ id: roles.id, code: roles.code })
    .from(roles)
    .where(inArray(roles.code, Object.keys(HOLDERS)));
  await tx
    .insert(user_role_assignments)
    .values(given.map(({ id, code }) => ({ role_id: id, user_id: idOf(HOLDERS[code] ?? "") })));

  const plans = await tx.insert(subscription_plans).values(PLANS).returning();
  const [yearly] = plans;
  if (!yearly) throw new Error("No plan to subscribe to");
  const running = await tx
    .insert(subscriptions)
    .values(
      (["ada", "axel", "fin", "vera"] as const).map((name, index) => ({
        id: SAMPLE.subscription[name],
        user_id: SAMPLE.person[name],
        plan_id: yearly.id,
        status: "active" as const,
        billing_cycle: yearly.billing_cycle,
        base_subscription_cents: yearly.price_cents,
        donation_cents: index * 500,
        payment_method: "cash" as const,
        current_term_start: daysFromNow(-90 + index),
        current_term_end: daysFromNow(275 + index),
        created_at: daysFromNow(-90 + index),
      })),
    )
    .returning();
  const ended = await tx
    .insert(subscriptions)
    .values({
      id: SAMPLE.subscription.flo,
      user_id: SAMPLE.person.flo,
      plan_id: yearly.id,
      status: "expired",
      billing_cycle: yearly.billing_cycle,
      base_subscription_cents: 5000,
      payment_method: "cheque",
      current_term_start: daysFromNow(-500),
      current_term_end: daysFromNow(-135),
      created_at: daysFromNow(-500),
    })
    .returning();
  await tx.insert(payments).values(
    [...running, ...ended].map(({ id, current_term_start, current_term_end, ...paid }) => ({
      subscription_id: id,
      user_id: paid.user_id,
      payment_method: paid.payment_method,
      base_subscription_cents: paid.base_subscription_cents,
      donation_cents: paid.donation_cents,
      paid_at: current_term_start ?? daysFromNow(-1),
      term_start: current_term_start,
      term_end: current_term_end,
    })),
  );

  const [picnic, film] = await tx.insert(events).values(EVENTS).returning({ id: events.id });
  for (const past of [picnic, film]) {
    if (!past) continue;
    await tx.insert(event_rsvps).values(
      ["active@loaf.test", "met@loaf.test"].map((email) => ({
        event_id: past.id,
        user_id: idOf(email),
        rsvp_status: "yes" as const,
        attended: true,
        attended_at: sql`now()`,
      })),
    );
  }

  const gifts = await tx
    .insert(donations)
    .values([
      {
        id: SAMPLE.donation.ada,
        donation_type: "member",
        user_id: SAMPLE.person.ada,
        amount_cents: 2500,
        status: "completed",
        payment_method: "cash",
        completed_at: daysFromNow(-40),
      },
      {
        id: SAMPLE.donation.friend,
        donation_type: "public",
        donor_name: "A friend",
        donor_email: "friend@loaf.test",
        amount_cents: 10_000,
        status: "completed",
        payment_method: "cash",
        completed_at: daysFromNow(-12),
      },
      {
        id: SAMPLE.donation.anonymous,
        donation_type: "public",
        amount_cents: 1500,
        anonymous: true,
        status: "completed",
        payment_method: "cash",
        completed_at: daysFromNow(-3),
      },
      {
        id: SAMPLE.donation.failed,
        donation_type: "public",
        donor_email: "friend@loaf.test",
        amount_cents: 5000,
        status: "failed",
      },
    ])
    .returning();
  await tx
    .insert(payments)
    .values(
      gifts.flatMap(({ id, user_id, amount_cents, payment_method, completed_at }) =>
        completed_at
          ? [{ donation_id: id, user_id, donation_cents: amount_cents, payment_method, paid_at: completed_at }]
          : [],
      ),
    );

  return { plans, password_hash };
}
