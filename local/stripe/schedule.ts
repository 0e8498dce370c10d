import { DAY } from "./calendar.ts";
import { expireSession } from "./checkout.ts";
import {
  announceRenewal,
  changeSubscription,
  collect,
  endSubscription,
  periodOf,
  renew,
  subscriptionOf,
} from "./subscribing.ts";
import type { Event } from "./wire.ts";
import { BY_ITSELF, type World } from "./world.ts";

/** How long before a renewal `invoice.upcoming` is sent. At Stripe this is an account setting. */
const ANNOUNCED_BEFORE = 7 * DAY;

interface Due {
  owner: string;
  moment: number;
  action: () => void;
}

/** Processes everything that has come due, earliest first, each as of its own time. Returns the events it emitted. */
export function catchUp(world: World): Event[] {
  const emitted: Event[] = [];
  for (;;) {
    const [next] = [...pending(world)]
      .filter(({ owner, moment }) => moment <= world.now(owner))
      .sort((one, other) => one.moment - other.moment);
    if (!next) return emitted;
    const { events } = world.clock.at(next.owner, next.moment, () => world.act(BY_ITSELF, next.action));
    emitted.push(...events);
  }
}

/**
 * What will happen automatically, and when. If two things are due at the same moment, the first in this list happens
 * first.
 */
function* pending(world: World): Generator<Due> {
  const { sessions, subscriptions, invoices, upcoming } = world.state;
  for (const session of sessions.values()) {
    if (session.status !== "open") continue;
    yield { owner: session.id, moment: session.expires_at, action: () => expireSession(world, session) };
  }
  for (const subscription of subscriptions.values()) {
    if (subscription.status === "canceled") continue;
    const { customer: owner, cancel_at, pause_collection } = subscription;
    // This can be any moment. Periods that end before it still renew: https://docs.stripe.com/billing/subscriptions/cancel
    if (cancel_at !== null) {
      const action = () => endSubscription(world, subscription, "cancellation_requested");
      yield { owner, moment: cancel_at, action };
    }
    if (pause_collection?.resumes_at) {
      const action = () => changeSubscription(world, subscription, { pause_collection: null });
      yield { owner, moment: pause_collection.resumes_at, action };
    }
    if (subscription.status === "paused") continue;
    const { start, end } = periodOf(subscription);
    const ends = cancel_at !== null && cancel_at <= end;
    if (upcoming.get(subscription.id) !== end && !ends && pause_collection === null) {
      const moment = Math.max(start, end - ANNOUNCED_BEFORE);
      yield { owner, moment, action: () => announceRenewal(world, subscription) };
    }
    yield { owner, moment: end, action: () => renew(world, subscription) };
  }
  for (const invoice of invoices.values()) {
    const subscription = subscriptions.get(subscriptionOf(invoice) ?? "");
    if (!subscription || invoice.next_payment_attempt === null) continue;
    const action = () => collect(world, subscription, invoice);
    yield { owner: subscription.customer, moment: invoice.next_payment_attempt, action };
  }
}

/**
 * Moves clocks ahead and processes what comes due. Affects all customers and open sessions, or with `match`, only those
 * whose data or subscriptions contain the text.
 */
export function advance(world: World, seconds: number, match = ""): { owners: string[]; events: Event[] } {
  const { customers, sessions, subscriptions } = world.state;
  const contains = (value: unknown) => JSON.stringify(value).includes(match);
  const owners = new Set([
    ...[...customers.values()].filter(contains).map(({ id }) => id),
    ...[...sessions.values()].filter((session) => session.status === "open" && contains(session)).map(({ id }) => id),
    ...[...subscriptions.values()].filter(contains).map(({ customer }) => customer),
  ]);
  for (const owner of owners) world.clock.advance(owner, seconds);
  return { owners: [...owners], events: catchUp(world) };
}
