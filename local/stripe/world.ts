import { Clock } from "./clock.ts";
import { newId } from "./ids.ts";
import type { State } from "./state.ts";
import { type Announced, API_VERSION, type Event, type EventType } from "./wire.ts";

/** The API request behind an action. Both fields are null for a click on a page and for scheduled work. */
export type Cause = NonNullable<Event["request"]>;

export const BY_ITSELF: Cause = { id: null, idempotency_key: null };

/** All objects and clocks, and the only way to change objects and emit events. */
export class World {
  readonly state: State;
  readonly clock: Clock;
  readonly stripe_url: string;
  readonly #publish: (events: Event[]) => void;
  #burst: Event[] | undefined;
  #cause: Cause = BY_ITSELF;

  constructor(state: State, stripe_url: string, publish: (events: Event[]) => void) {
    this.state = state;
    this.clock = new Clock(state.ahead);
    this.stripe_url = stripe_url;
    this.#publish = publish;
  }

  now(owner: string | null): number {
    return this.clock.now(owner);
  }

  /**
   * Runs one action, then publishes its events together: first the types in `order`, in that order, then the rest. An
   * action that throws publishes nothing.
   */
  act<T>(cause: Cause, action: () => T, order: readonly EventType[] = []): { result: T; events: Event[] } {
    const burst: Event[] = [];
    this.#burst = burst;
    this.#cause = cause;
    try {
      const result = action();
      const rank = (event: Event) => (order.includes(event.type) ? order.indexOf(event.type) : order.length);
      const events = burst.sort((one, other) => rank(one) - rank(other));
      for (const event of events) this.state.events.set(event.id, event);
      this.#publish(events);
      return { result, events };
    } finally {
      this.#burst = undefined;
    }
  }

  /**
   * Records an event with a snapshot of the object. With `before`, also records the previous values of changed fields.
   */
  emit<T extends EventType>(type: T, object: Announced[T], before?: Announced[T]): void {
    if (!this.#burst) throw new Error(`${type} was emitted outside an action`);
    const data: Event["data"] = { object: structuredClone(object) };
    if (before) data.previous_attributes = previousAttributes(before, object);
    this.#burst.push({
      id: newId("evt_1", 23),
      object: "event",
      api_version: API_VERSION,
      // The real time of the event, regardless of the customer's clock, so that listing events since a given time finds
      // it.
      created: this.now(null),
      data,
      livemode: false,
      pending_webhooks: 1,
      request: this.#cause,
      type,
    });
  }

  /** The customer an object belongs to. Null for a guest. */
  customerOf(object: Announced[EventType]): string | null {
    switch (object.object) {
      case "customer":
        return object.id;
      case "dispute":
        return this.state.charges.get(object.charge)?.customer ?? null;
      case "invoice_payment":
        return this.state.invoices.get(object.invoice)?.customer ?? null;
      default:
        return object.customer;
    }
  }
}

/** The previous values of changed fields, in Stripe's form: nested objects field by field, lists as a whole. */
function previousAttributes(before: object, after: object): Record<string, unknown> {
  const previous: Record<string, unknown> = {};
  const now = new Map<string, unknown>(Object.entries(after));
  for (const [key, was] of Object.entries(before)) {
    const is = now.get(key);
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    const nested = isPlainObject(was) && isPlainObject(is);
    previous[key] = structuredClone(nested ? previousAttributes(was, is) : was);
  }
  for (const key of now.keys()) if (!(key in before)) previous[key] = null;
  return previous;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
