import { SAMPLE } from "./sample-ids.ts";
import { updateCard } from "./stripe/cards.ts";
import { closeDispute, openDispute } from "./stripe/disputing.ts";
import { existing } from "./stripe/lookup.ts";
import { pauseSubscription } from "./stripe/pausing.ts";
import { refund } from "./stripe/refunding.ts";
import { changeSubscription, endSubscription, endsWithPeriod } from "./stripe/subscribing.ts";
import type { Charge, Session, Subscription } from "./stripe/wire.ts";
import type { World } from "./stripe/world.ts";

/** What happened at Stripe some days ago, long after a session was paid. */
interface Afterwards {
  days_ago: number;
  happens: (world: World, paid: Session) => void;
}

/** Somebody who pays dues online. */
export interface Payer {
  /** Fixed where an example names them. */
  id?: string;
  subscription_id?: string;
  email: string;
  first_name: string;
  last_name: string;
  /** The name of a sample plan. */
  plan: string;
  donation_cents?: number;
  /** When they paid for the first time: so many months ago, and days before that. */
  since: [months: number, days: number];
  later?: Afterwards[];
  /** Since when their dues are paused. */
  paused_days_ago?: number;
}

/** A donation made online. Nobody paid an abandoned one. */
export interface Gift {
  /** A sample person who gives, or else a name and an address. */
  giver: { email: string; name: string | null; is_member?: true };
  amount_cents: number;
  days_ago: number;
  message?: string;
  anonymous?: true;
  abandoned?: true;
  later?: Afterwards[];
}

type Happens = Afterwards["happens"];

const subscriptionOf = ({ state }: World, { subscription }: Session): Subscription =>
  existing(state.subscriptions, "subscription", subscription ?? "");

/** The newest charge of somebody's dues, or the only one of a gift. */
function chargeOf({ state }: World, { customer, payment_intent }: Session): Charge {
  const charges = [...state.charges.values()].filter((charge) =>
    payment_intent === null ? charge.customer === customer && charge.paid : charge.payment_intent === payment_intent,
  );
  return existing(state.charges, "charge", charges.at(-1)?.id ?? "");
}

const cardFails: Happens = (world, paid) => world.state.declines.set(subscriptionOf(world, paid).id, true);

const refunded =
  (amount?: number): Happens =>
  (world, paid) => {
    refund(world, chargeOf(world, paid), { amount, metadata: {}, reason: "requested_by_customer" });
  };

const disputed: Happens = (world, paid) => {
  openDispute(world, chargeOf(world, paid), { amount: undefined, inquiry: false });
};

const disputeIsLost: Happens = (world, paid) => {
  const { id } = chargeOf(world, paid);
  for (const dispute of world.state.disputes.values()) if (dispute.charge === id) closeDispute(world, dispute, "lost");
};

const collectionIsPaused: Happens = (world, paid) =>
  changeSubscription(world, subscriptionOf(world, paid), { pause_collection: { behavior: "void", resumes_at: null } });

const pausesInPortal: Happens = (world, paid) =>
  pauseSubscription(world, subscriptionOf(world, paid), "pause_requested");

const cardFailsAndStripePauses: Happens = (world, paid) => {
  world.state.failure_rules.set(subscriptionOf(world, paid).id, "pause_first");
  cardFails(world, paid);
};

const cardExpiresNextMonth: Happens = (world, paid) => {
  const next = new Date(new Date().setUTCMonth(new Date().getUTCMonth() + 1, 1));
  updateCard(world, existing(world.state.customers, "customer", paid.customer ?? ""), {
    exp_month: next.getUTCMonth() + 1,
    exp_year: next.getUTCFullYear(),
  });
};

const endsWithTerm: Happens = (world, paid) => {
  const subscription = subscriptionOf(world, paid);
  changeSubscription(world, subscription, endsWithPeriod(world, subscription, true));
};

const isCanceled: Happens = (world, paid) =>
  endSubscription(world, subscriptionOf(world, paid), "cancellation_requested");

const payer = (
  name: string,
  first_name: string,
  last_name: string,
  dues: Omit<Payer, "email" | "first_name" | "last_name">,
): Payer => ({ email: `${name}@loaf.test`, first_name, last_name, ...dues });

/** At least one for each thing that can become of dues that are paid online. Their addresses say which. */
export const PAYERS: Payer[] = [
  {
    ...payer("monthly", "Mona", "Monthly", { plan: "Monthly", since: [24, 10] }),
    id: SAMPLE.person.mona,
    subscription_id: SAMPLE.subscription.mona,
  },
  payer("quarterly", "Quim", "Quarterly", {
    plan: "Supporter",
    donation_cents: 500,
    since: [22, 20],
    later: [{ days_ago: 15, happens: cardExpiresNextMonth }],
  }),
  payer("yearly", "Yara", "Yearly", { plan: "Yearly", donation_cents: 1000, since: [24, 35] }),
  payer("lifetime", "Lila", "Lifetime", { plan: "Lifetime", since: [17, 0] }),
  payer("new", "Nell", "New", { plan: "Monthly", since: [0, 9] }),
  payer("past.due", "Pia", "Pastdue", {
    plan: "Monthly",
    since: [12, 4],
    later: [{ days_ago: 10, happens: cardFails }],
  }),
  payer("paused", "Paz", "Paused", {
    plan: "Monthly",
    since: [9, 15],
    paused_days_ago: 40,
    later: [{ days_ago: 40, happens: collectionIsPaused }],
  }),
  payer("resting", "Rue", "Resting", {
    plan: "Supporter",
    since: [13, 0],
    paused_days_ago: 12,
    later: [{ days_ago: 12, happens: pausesInPortal }],
  }),
  payer("stopped", "Stan", "Stopped", {
    plan: "Monthly",
    since: [8, 6],
    later: [{ days_ago: 12, happens: cardFailsAndStripePauses }],
  }),
  payer("ending", "Enda", "Ending", {
    plan: "Yearly",
    since: [15, 0],
    later: [{ days_ago: 20, happens: endsWithTerm }],
  }),
  payer("canceled", "Cal", "Canceled", {
    plan: "Monthly",
    since: [14, 5],
    later: [{ days_ago: 25, happens: isCanceled }],
  }),
  // The card is declined four times, and Stripe gives up.
  payer("lapsed", "Lyle", "Lapsed", {
    plan: "Monthly",
    since: [11, 3],
    later: [{ days_ago: 80, happens: cardFails }],
  }),
  payer("refunded", "Rafi", "Refunded", {
    plan: "Monthly",
    since: [3, 12],
    later: [{ days_ago: 8, happens: refunded() }],
  }),
  payer("disputed", "Dee", "Disputed", {
    plan: "Yearly",
    since: [1, 5],
    later: [{ days_ago: 6, happens: disputed }],
  }),
  payer("taken.back", "Tam", "Takenback", {
    plan: "Monthly",
    since: [5, 18],
    later: [
      { days_ago: 9, happens: disputed },
      { days_ago: 2, happens: disputeIsLost },
    ],
  }),
];

const neighbor = (name: string) => ({ email: `${name.toLowerCase().replace(" ", ".")}@loaf.test`, name });
const member = (name: string) => ({ email: `${name}@loaf.test`, name: null, is_member: true as const });

export const GIFTS: Gift[] = [
  { giver: member("yearly"), amount_cents: 2500, days_ago: 640 },
  { giver: neighbor("Gia Guest"), amount_cents: 5000, days_ago: 430, message: "For the picnic." },
  { giver: member("monthly"), amount_cents: 1500, days_ago: 310 },
  { giver: neighbor("Gus Guest"), amount_cents: 20_000, days_ago: 205 },
  { giver: { email: "quiet.friend@loaf.test", name: null }, amount_cents: 3000, days_ago: 120, anonymous: true },
  {
    giver: neighbor("Gil Generous"),
    amount_cents: 10_000,
    days_ago: 64,
    later: [{ days_ago: 30, happens: refunded() }],
  },
  { giver: member("active"), amount_cents: 7500, days_ago: 48, later: [{ days_ago: 46, happens: refunded(2500) }] },
  {
    giver: neighbor("Dora Doubt"),
    amount_cents: 4000,
    days_ago: 38,
    later: [
      { days_ago: 27, happens: disputed },
      { days_ago: 4, happens: disputeIsLost },
    ],
  },
  { giver: member("reader"), amount_cents: 1550, days_ago: 24 },
  { giver: neighbor("Ash Absent"), amount_cents: 3000, days_ago: 14, abandoned: true },
  { giver: member("quarterly"), amount_cents: 2000, days_ago: 5 },
  { giver: neighbor("Gia Guest"), amount_cents: 5000, days_ago: 2 },
];
