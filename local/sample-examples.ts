import { sessions, user_invitations } from "../src/tables/accounts.ts";
import { donations } from "../src/tables/donations.ts";
import { door_links, event_rsvps, events } from "../src/tables/events.ts";
import { payments } from "../src/tables/ledger.ts";
import { user_notes, user_tags, vouchings } from "../src/tables/members.ts";
import { users } from "../src/tables/people.ts";
import { subscription_plans } from "../src/tables/plans.ts";
import { stripe_events } from "../src/tables/stripe-events.ts";
import { subscriptions } from "../src/tables/subscriptions.ts";
import { eveningIn, hoursAfter, inDays } from "./sample-dates.ts";
import { SAMPLE, SAMPLE_STRIPE_EVENT, SAMPLE_YEAR, type SamplePerson } from "./sample-ids.ts";
import { fillPapers } from "./sample-papers.ts";
import { fillReaders } from "./sample-readers.ts";
import type { Transaction } from "./sample-years.ts";

const { person, plan, event } = SAMPLE;

/**
 * What the examples in the OpenAPI document act on (cli/examples): for everything that an example deletes, decides or sends,
 * a row of its own, so that no example spoils another.
 */
export async function fillExamples(tx: Transaction, password_hash: string): Promise<void> {
  await fillPeople(tx, password_hash);
  await fillEvents(tx);
  await fillMoney(tx);
  await fillPapers(tx);
  await fillReaders(tx, password_hash);
}

const APPLICANTS = [
  ["nia", "Nia", "Newcomer"],
  ["ned", "Ned", "Newcomer"],
  ["noa", "Noa", "Newcomer"],
  ["nell", "Nell", "Newcomer"],
  ["nils", "Nils", "Newcomer"],
  ["nico", "Nico", "Newcomer"],
  ["nora", "Nora", "Newcomer"],
] as const;

const MEMBERS = [
  ["lee", "Lee", "Leaving", "inactive"],
  ["pia", "Pia", "Paused", "active"],
  ["cleo", "Cleo", "Canceling", "active"],
  ["rex", "Rex", "Refunded", "active"],
  ["una", "Una", "Unpaid", "payment_pending"],
  ["eve", "Eve", "Everywhere", "active"],
] as const;

async function fillPeople(tx: Transaction, password_hash: string): Promise<void> {
  const people = [...APPLICANTS.map((names) => [...names, "pending_validation"] as const), ...MEMBERS];
  await tx.insert(users).values(
    people.map(([name, first_name, last_name, status], index) => ({
      id: person[name],
      email: `example+${name}@loaf.test`,
      first_name,
      last_name,
      status,
      password_hash,
      email_verified: true,
      created_at: inDays(-40 + index),
      referred_by: name === "nora" ? "Axel Active" : null,
      newsletter_consent_at: name === "eve" ? inDays(-20) : null,
    })),
  );
  await tx.insert(user_tags).values({ user_id: person.eve, tag: "choir" });
  await tx.insert(user_notes).values([
    { id: SAMPLE.note.to_edit, user_id: person.ada, author_id: person.sam, body: "Would like to help at the picnic." },
    { id: SAMPLE.note.to_delete, user_id: person.ada, author_id: person.sam, body: "Asked for a call on Monday." },
  ]);
  await tx
    .insert(vouchings)
    .values({ id: SAMPLE.vouching.about_wanda, applicant_id: person.wanda, member_id: person.ada });
  await tx.insert(user_invitations).values([
    { id: SAMPLE.invitation.to_remind, email: "ida@loaf.test", invited_by: person.sam, expires_at: inDays(10) },
    { id: SAMPLE.invitation.to_withdraw, email: "ilse@loaf.test", invited_by: person.sam, expires_at: inDays(12) },
  ]);
  await tx.insert(sessions).values({
    id: SAMPLE.session.lost_phone,
    user_id: person.sam,
    expires_at: inDays(20),
    user_agent: "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
  });
}

async function fillEvents(tx: Transaction): Promise<void> {
  await tx.insert(events).values(
    (
      [
        ["cooking", "Cooking together", 20, { capacity: 8, waiting_list: true }],
        ["open_mic", "Open mic night (draft)", 45, { published: false }],
        ["choir", "Choir concert", 10, { capacity: 60, guests_limit: 2 }],
        ["book_club", "Book club", 18, { capacity: 15 }],
        ["rehearsal", "Choir rehearsal (draft)", 9, { published: false }],
      ] as const
    ).map(([name, title, day, more]) => ({
      id: event[name],
      title,
      description: "Open to all members.",
      location: "Community center",
      start_at: eveningIn(day),
      end_at: hoursAfter(eveningIn(day), 3),
      published: true,
      ...more,
    })),
  );
  const answers: [keyof typeof event, SamplePerson, "yes" | "waitlisted", string?][] = [
    ["hike", "sam", "yes"],
    ["hike", "axel", "yes"],
    ["choir", "sam", "yes"],
    ["choir", "ada", "yes", "4F09A1C3"],
    ["cooking", "axel", "waitlisted"],
  ];
  await tx.insert(event_rsvps).values(
    answers.map(([name, who, rsvp_status, check_in_code]) => ({
      event_id: event[name],
      user_id: person[who],
      rsvp_status,
      ...(check_in_code && { check_in_code }),
    })),
  );
  await tx.insert(event_rsvps).values({
    event_id: event.potluck,
    user_id: person.sam,
    rsvp_status: "yes",
    check_in_code: "7B2E90D4",
    attended: true,
    attended_at: inDays(-7),
  });
  await tx
    .insert(door_links)
    .values({ id: SAMPLE.door_link.gate, event_id: event.choir, label: "Robin at the gate", created_by: person.sam });
}

async function fillMoney(tx: Transaction): Promise<void> {
  await tx.insert(subscription_plans).values({
    id: plan.student,
    name: "Student",
    price_cents: 2000,
    minimum_price_cents: 2000,
    billing_cycle: "yearly",
    active: false,
    position: 5,
  });
  const terms = await tx
    .insert(subscriptions)
    .values(
      (["pia", "cleo", "rex"] as const).map((name) => ({
        id: SAMPLE.subscription[name],
        user_id: person[name],
        plan_id: plan.yearly,
        status: name === "pia" ? ("paused" as const) : ("active" as const),
        paused_at: name === "pia" ? inDays(-10) : null,
        billing_cycle: "yearly" as const,
        base_subscription_cents: 6000,
        payment_method: "cash" as const,
        current_term_start: inDays(-60),
        current_term_end: inDays(305),
      })),
    )
    .returning();
  const { sam, given_twice, old_friend } = SAMPLE.donation;
  const long_ago = `${SAMPLE_YEAR}-06-14T12:00:00.000Z`;
  const given = { amount_cents: 4000, status: "completed", payment_method: "cash" } as const;
  const fromSam = { donation_type: "member", user_id: person.sam } as const;
  const fromFriend = { donation_type: "public", donor_name: "A friend", donor_email: "friend@loaf.test" } as const;
  const gifts = await tx
    .insert(donations)
    .values([
      { id: sam, ...given, ...fromSam, completed_at: long_ago },
      { id: old_friend, ...given, ...fromFriend, completed_at: long_ago },
      { id: given_twice, ...given, ...fromFriend, completed_at: inDays(-5) },
    ])
    .returning();
  await tx.insert(payments).values([
    ...terms.map(({ id, user_id, current_term_start, current_term_end }) => ({
      subscription_id: id,
      user_id,
      payment_method: "cash" as const,
      base_subscription_cents: 6000,
      paid_at: inDays(-60),
      term_start: current_term_start,
      term_end: current_term_end,
    })),
    ...gifts.map(({ id, user_id, amount_cents, completed_at }) => ({
      donation_id: id,
      user_id,
      payment_method: "cash" as const,
      donation_cents: amount_cents,
      paid_at: completed_at ?? inDays(0),
    })),
  ]);
  await tx.insert(stripe_events).values({
    id: SAMPLE_STRIPE_EVENT,
    type: "invoice.paid",
    status: "parked",
    reason: "failed: Error",
    stripe_created_at: inDays(-1),
  });
}
