import { desc, isNotNull } from "drizzle-orm";
import { newsletter_archives } from "../src/tables/documents.ts";
import { event_rsvps, events } from "../src/tables/events.ts";
import { payments } from "../src/tables/ledger.ts";
import { users } from "../src/tables/people.ts";
import { subscriptions } from "../src/tables/subscriptions.ts";
import { daysFromNow, eveningIn, hoursAfter } from "./sample-dates.ts";
import { SAMPLE } from "./sample-ids.ts";
import type { Transaction } from "./sample-years.ts";

const { person, plan, event } = SAMPLE;

/**
 * Those who get the sample mails that nothing else in the sample data causes, with what those mails speak of: Robin, a member
 * with answers to events, Paula, whom a volunteer entered, and Dana, who applied twice and has no password yet.
 */
export async function fillReaders(tx: Transaction, password_hash: string): Promise<void> {
  const came = (days: number) => ({
    joined_at: daysFromNow(days),
    created_at: daysFromNow(days),
    status_since: daysFromNow(days),
  });
  await tx.insert(users).values([
    {
      id: person.robin,
      email: "reader@loaf.test",
      first_name: "Robin",
      last_name: "Reader",
      status: "active",
      password_hash,
      email_verified: true,
      newsletter_consent_at: daysFromNow(-50),
      ...came(-50),
    },
    {
      id: person.paula,
      email: "example+paula@loaf.test",
      first_name: "Paula",
      last_name: "Paper",
      status: "payment_pending",
      origin: "paper",
      activation_sent_at: daysFromNow(-6),
      ...came(-6),
    },
    {
      id: person.dana,
      email: "example+dana@loaf.test",
      first_name: "Dana",
      last_name: "Double",
      status: "pending_validation",
      email_verified: true,
      ...came(-1),
    },
  ]);
  await fillTerm(tx);
  await fillAnswers(tx);
  await tx.insert(newsletter_archives).values({
    id: SAMPLE.newsletter.sent,
    title: "News from the garden",
    body: "Dear friends,\n\nthe garden sleeps, and **we meet indoors**. Come and see us!",
    recipients: { statuses: ["active"] },
    send_status: "sent",
    send_at: daysFromNow(-9),
    sent_by: person.sam,
    published_at: daysFromNow(-9),
    created_at: daysFromNow(-10),
  });
}

/** A year that Robin paid in cash. */
async function fillTerm(tx: Transaction): Promise<void> {
  const paid = { user_id: person.robin, base_subscription_cents: 6000, payment_method: "cash" as const };
  const [term_start, term_end] = [daysFromNow(-48), daysFromNow(317)];
  const dates = { current_term_start: term_start, current_term_end: term_end, created_at: term_start };
  await tx.insert(subscriptions).values({
    id: SAMPLE.subscription.robin,
    plan_id: plan.yearly,
    status: "active",
    billing_cycle: "yearly",
    ...paid,
    ...dates,
  });
  await tx
    .insert(payments)
    .values({ subscription_id: SAMPLE.subscription.robin, ...paid, paid_at: term_start, term_start, term_end });
}

/** What Robin answered to events of every sort: tomorrow's, later ones, one that was full, and one that was canceled. */
async function fillAnswers(tx: Transaction): Promise<void> {
  const gathering = (start_at: string) => ({ start_at, end_at: hoursAfter(start_at, 3), published: true });
  await tx.insert(events).values([
    {
      id: event.walk,
      title: "Walk by the river",
      description: "Open to all members.",
      location: "Riverside park",
      ...gathering(eveningIn(1)),
    },
    {
      id: event.pottery,
      title: "Pottery for beginners",
      description: "Open to all members.",
      location: "Community center",
      capacity: 10,
      waiting_list: true,
      ...gathering(eveningIn(-4)),
    },
  ]);
  const [cancelled] = await tx
    .select({ id: events.id })
    .from(events)
    .where(isNotNull(events.cancelled_at))
    .orderBy(desc(events.start_at))
    .limit(1);
  const answers = [
    ...([event.walk, event.board_games, event.cooking, event.book_club] as const).map((id) => [id, "yes"] as const),
    [event.pottery, "waitlisted"] as const,
    ...(cancelled ? [[cancelled.id, "yes"] as const] : []),
  ];
  await tx.insert(event_rsvps).values(
    answers.map(([event_id, rsvp_status]) => ({
      event_id,
      user_id: person.robin,
      rsvp_status,
      answered_at: daysFromNow(event_id === cancelled?.id ? -46 : -12),
    })),
  );
}
