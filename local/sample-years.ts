import type { drizzle } from "drizzle-orm/node-postgres";
import { donations } from "../src/tables/donations.ts";
import { event_rsvps, events } from "../src/tables/events.ts";
import { payments, reversals } from "../src/tables/ledger.ts";
import { users } from "../src/tables/people.ts";
import type { subscription_plans } from "../src/tables/plans.ts";
import { subscriptions } from "../src/tables/subscriptions.ts";
import { calendarYears, hoursAfter, monthsFromNow, onTheClock } from "./sample-dates.ts";

export type Transaction = Parameters<Parameters<ReturnType<typeof drizzle>["transaction"]>[0]>[0];
type Plan = typeof subscription_plans.$inferSelect;

const FIRST_NAMES =
  "Alba Bo Cleo Dara Eli Fern Gil Hana Ivo Jun Kit Lia Max Nia Ode Pax Quin Rae Sol Tao Una Val Wren Xan Yui Zed".split(
    " ",
  );
const LAST_NAMES = "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Juniper Linden Maple Oak".split(" ");
const HOW_MANY = 156;
const MONTHS = 24;
/** The status of every twelfth person, so that most are members and every step of an application has some. */
const STATUSES = [
  "active",
  "active",
  "active",
  "inactive",
  "active",
  "active",
  "pending_validation",
  "active",
  "payment_pending",
  "active",
  "pre_validated",
  "active",
] as const;
const MONTHS_OF = { monthly: 1, quarterly: 3, yearly: 12, lifetime: 0, custom: 0 };
const METHODS = ["cash", "cheque", "cash", "complimentary"] as const;
const GATHERINGS = ["Potluck", "Film night", "Walk in the park", "Book club", "Bike repair", "Board games"];
const PLACES = ["Community center", "Library, room 2", "Riverside park", "Corner café"];

/**
 * Two years of an organization: members of every plan who paid by hand, term after term, former ones, a queue of
 * applicants, events with full waiting lists, and donations. Who applied first is first.
 */
export async function fillTwoYears(tx: Transaction, plans: Plan[], password_hash: string): Promise<void> {
  const made = await tx
    .insert(users)
    .values(
      Array.from({ length: HOW_MANY }, (_, index) => {
        const first_name = FIRST_NAMES[index % FIRST_NAMES.length] ?? "";
        const last_name = LAST_NAMES[index % LAST_NAMES.length] ?? "";
        const status = STATUSES[index % STATUSES.length] ?? "active";
        const applies_now = status !== "active" && status !== "inactive";
        const since = applies_now ? hoursAfter(monthsFromNow(0), -8 * (HOW_MANY - index)) : joinedAt(index);
        return {
          first_name,
          last_name,
          email: `${first_name}.${last_name}.${index + 1}@loaf.test`.toLowerCase(),
          status,
          password_hash,
          email_verified: true,
          joined_at: since,
          created_at: since,
          ...(status !== "inactive" && { status_since: since }),
          in_directory: index % 2 === 0,
          newsletter_consent_at: index % 3 === 0 ? since : null,
        };
      }),
    )
    .returning({ id: users.id, email: users.email, status: users.status, joined_at: users.joined_at });
  const members = made.filter(({ status }) => status === "active");
  await fillTerms(tx, plans, made);
  await fillEvents(
    tx,
    members.map(({ id }) => id),
  );
  await fillDonations(tx, members);
}

/** Members came one after the other, the last of them a month ago. */
const joinedAt = (index: number) => monthsFromNow(-MONTHS + Math.floor((index * (MONTHS - 1)) / HOW_MANY));

type Person = { id: string; email: string | null; status: string; joined_at: string };

/** A subscription for each member, current or former, and a payment for each of its terms. */
async function fillTerms(tx: Transaction, plans: Plan[], people: Person[]): Promise<void> {
  const subscribers = people.filter(({ status }) => status === "active" || status === "inactive");
  const terms = subscribers.map(({ id, status, joined_at }, index) => {
    const plan = status === "inactive" ? plans[0] : plans[index % plans.length];
    if (!plan) throw new Error("No plan to subscribe to");
    const months = MONTHS_OF[plan.billing_cycle];
    const joined = Math.round((Date.parse(joined_at) - Date.now()) / (30.44 * 24 * 3_600_000));
    // Former members paid for one term. Everybody else paid until now.
    const count = months === 0 || status === "inactive" ? 1 : Math.floor(-joined / months) + 1;
    const bounds =
      plan.billing_cycle === "custom"
        ? calendarYears(joined_at)
        : Array.from({ length: count }, (_, term) => ({
            term_start: monthsFromNow(joined + term * months),
            term_end: months === 0 ? null : monthsFromNow(joined + (term + 1) * months),
          }));
    const last = bounds.at(-1);
    const ended = status === "inactive" && last?.term_end ? Date.parse(last.term_end) < Date.now() : false;
    const payment_method = METHODS[Math.floor(index / plans.length) % METHODS.length] ?? "cash";
    const free = payment_method === "complimentary";
    const row = {
      user_id: id,
      plan_id: plan.id,
      status: status === "active" ? ("active" as const) : ended ? ("expired" as const) : ("cancelled" as const),
      billing_cycle: plan.billing_cycle,
      base_subscription_cents: free ? 0 : (plan.suggested_price_cents ?? plan.price_cents),
      donation_cents: free ? 0 : (index % 3) * 250,
      payment_method,
      current_term_start: last?.term_start ?? joined_at,
      current_term_end: last?.term_end ?? null,
      ...(status === "inactive" && !ended && { cancelled_at: monthsFromNow(0), cancel_reason: "Moved away." }),
      created_at: joined_at,
    };
    return { row, bounds };
  });
  const made = await tx
    .insert(subscriptions)
    .values(terms.map(({ row }) => row))
    .returning({ id: subscriptions.id, user_id: subscriptions.user_id });
  const idOf = new Map(made.map(({ id, user_id }) => [user_id, id]));
  await tx.insert(payments).values(
    terms.flatMap(({ row, bounds }) =>
      bounds.map((bound) => ({
        ...bound,
        subscription_id: idOf.get(row.user_id) ?? null,
        user_id: row.user_id,
        payment_method: row.payment_method,
        base_subscription_cents: row.base_subscription_cents,
        donation_cents: row.donation_cents,
        paid_at: bound.term_start,
        created_at: bound.term_start,
      })),
    ),
  );
}

/** One event a month, two years back and three months ahead. Every other one is full, and people wait. */
async function fillEvents(tx: Transaction, members: string[]): Promise<void> {
  const months = Array.from({ length: MONTHS + 3 }, (_, index) => index - MONTHS + 1);
  const made = await tx
    .insert(events)
    .values(
      months.map((month, index) => {
        const start_at = onTheClock(hoursAfter(monthsFromNow(month), -72), 18);
        const title = GATHERINGS[index % GATHERINGS.length] ?? "";
        return {
          title,
          location: PLACES[index % PLACES.length] ?? "",
          description: `${title}, open to all members.`,
          start_at,
          end_at: hoursAfter(start_at, 3),
          capacity: index % 2 === 0 ? 12 : 40,
          waiting_list: true,
          published: true,
          created_at: hoursAfter(start_at, -24 * 30),
          ...(index % 9 === 4 && { cancelled_at: hoursAfter(start_at, -48) }),
        };
      }),
    )
    .returning();
  await tx.insert(event_rsvps).values(
    made.flatMap(({ id, capacity, start_at, cancelled_at }, index) =>
      members.slice(index, index + 18).map((user_id, place) => {
        const waits = capacity !== null && place >= capacity;
        const came = !waits && !cancelled_at && Date.parse(start_at) < Date.now() && place % 5 !== 4;
        const answered_at = hoursAfter(start_at, -24 * 20 + place);
        return {
          event_id: id,
          user_id,
          rsvp_status: waits ? ("waitlisted" as const) : ("yes" as const),
          answered_at: Date.parse(answered_at) < Date.now() ? answered_at : new Date().toISOString(),
          attended: came,
          attended_at: came ? start_at : null,
        };
      }),
    ),
  );
}

/** Four donations a month, from members and others, all given by hand. Some were given back a day later. */
async function fillDonations(tx: Transaction, members: Person[]): Promise<void> {
  const made = await tx
    .insert(donations)
    .values(
      Array.from({ length: MONTHS * 4 }, (_, index) => {
        const given = hoursAfter(monthsFromNow(-MONTHS + Math.floor(index / 4)), index % 4);
        const member = index % 2 === 0 ? members[index % members.length] : undefined;
        return {
          donation_type: member ? ("member" as const) : ("public" as const),
          user_id: member?.id ?? null,
          donor_name: member ? null : "A neighbor",
          donor_email: member ? null : `neighbor.${(index % 7) + 1}@loaf.test`,
          amount_cents: 1000 + (index % 9) * 750,
          anonymous: index % 11 === 3,
          status: index % 16 === 5 ? ("refunded" as const) : ("completed" as const),
          payment_method: index % 3 === 0 ? ("cheque" as const) : ("cash" as const),
          completed_at: given,
          created_at: given,
        };
      }),
    )
    .returning();
  const paid = await tx
    .insert(payments)
    .values(
      made.map(({ id, user_id, amount_cents, payment_method, completed_at, created_at }) => ({
        donation_id: id,
        user_id,
        donation_cents: amount_cents,
        payment_method,
        paid_at: completed_at ?? created_at,
        created_at,
      })),
    )
    .returning({ id: payments.id, donation_id: payments.donation_id, paid_at: payments.paid_at });
  const gifts = new Map(made.map((gift) => [gift.id, gift]));
  await tx.insert(reversals).values(
    paid.flatMap(({ id, donation_id, paid_at }) => {
      const gift = gifts.get(donation_id ?? "");
      if (gift?.status !== "refunded") return [];
      const occurred_at = hoursAfter(paid_at, 24);
      return [
        {
          payment_id: id,
          kind: "refund" as const,
          status: "succeeded",
          amount_cents: gift.amount_cents,
          reason: "Given twice.",
          occurred_at,
          created_at: occurred_at,
        },
      ];
    }),
  );
}
