import { setTimeout as sleep } from "node:timers/promises";
import { newId } from "./ids.ts";
import type { Delivery, State } from "./state.ts";
import { postEvent } from "./webhook.ts";
import type { Event } from "./wire.ts";
import type { World } from "./world.ts";

export type Mode = "normal" | "withhold" | "reverse" | "duplicate" | "manual";

export interface Attempt {
  event_id: string;
  /** Null if there was no response. */
  status: number | null;
  body: string;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
const TRIES = 12;
/** Events go out in order, but a slow response holds up the next event for no longer than this. */
const PATIENCE_MS = 1000;

/** Signs events and sends them to the webhook endpoint, retrying until it accepts them. */
export class Deliveries {
  readonly #state: State;
  readonly #changed: () => void;
  readonly #stopping = new AbortController();
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #underway = new Set<Promise<Attempt>>();
  #url: string | undefined;
  #secret: string;
  #mode: Mode = "normal";
  #rules: { match: string; mode: Mode }[] = [];

  constructor(state: State, endpoint: { url: string | undefined; secret: string }, changed: () => void) {
    this.#state = state;
    this.#url = endpoint.url;
    this.#secret = endpoint.secret;
    this.#changed = changed;
  }

  /** Changes the endpoint. Events emitted while there was none are sent there now. */
  setEndpoint({ url, secret }: { url?: string | undefined; secret?: string | undefined }): void {
    const had = this.#url;
    this.#url = url ?? this.#url;
    this.#secret = secret ?? this.#secret;
    if (had === undefined) this.resume();
  }

  /** Sends the events that an earlier run left pending. */
  resume(): void {
    for (const delivery of this.#state.deliveries.values()) {
      if (delivery.state !== "pending") continue;
      if (delivery.next_attempt_at === null) this.#enqueue(delivery);
      else this.#schedule(delivery, Math.max(0, delivery.next_attempt_at - Date.now()));
    }
  }

  /**
   * Sets how events are delivered from now on: all events, or those whose JSON contains `match`. If several rules
   * match, the newest wins. `normal` removes a rule. A withheld event is sent as soon as no rule withholds it.
   */
  setMode(mode: Mode, match?: string): void {
    if (match === undefined) this.#mode = mode;
    else
      this.#rules = [
        ...(mode === "normal" ? [] : [{ match, mode }]),
        ...this.#rules.filter((rule) => rule.match !== match),
      ];
    for (const delivery of this.#state.deliveries.values()) {
      const event = this.#state.events.get(delivery.event_id);
      if (delivery.state !== "withheld" || !event || this.#modeOf(event) === "withhold") continue;
      delivery.state = "pending";
      this.#enqueue(delivery);
    }
  }

  /** Queues the events of one action in the order they were emitted. */
  publish(events: Event[], world: World): void {
    const burst = newId("", 8);
    const created = events.map((event): [Mode, Delivery] => {
      const mode = this.#modeOf(event);
      const delivery: Delivery = {
        event_id: event.id,
        lane: world.customerOf(event.data.object) ?? burst,
        state: mode === "withhold" ? "withheld" : mode === "manual" ? "manual" : "pending",
        copies: mode === "duplicate" ? 2 : 1,
        attempts: 0,
        last_status: null,
        last_error: null,
        next_attempt_at: null,
      };
      this.#state.deliveries.set(event.id, delivery);
      return [mode, delivery];
    });
    const straight = created.filter(([mode]) => mode !== "reverse");
    const reversed = created.filter(([mode]) => mode === "reverse").reverse();
    for (const [, delivery] of [...straight, ...reversed]) if (delivery.state === "pending") this.#enqueue(delivery);
  }

  /** Sends these events now, one after another, whatever the delivery mode. Repeats the whole list `times` times. */
  async deliver(event_ids: string[], times: number): Promise<Attempt[]> {
    const attempts: Attempt[] = [];
    for (let time = 0; time < times; time += 1) {
      for (const event_id of event_ids) {
        const delivery = this.#state.deliveries.get(event_id);
        if (delivery) attempts.push(await this.#try(delivery));
      }
    }
    return attempts;
  }

  /** Stops deliveries in progress. Events that were not accepted stay pending for the next run with the same state. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all(this.#underway);
  }

  #modeOf(event: Event): Mode {
    const json = JSON.stringify(event);
    return this.#rules.find(({ match }) => json.includes(match))?.mode ?? this.#mode;
  }

  /** Events for one customer, or for one guest purchase, are sent in sequence. Other events do not wait for them. */
  #enqueue(delivery: Delivery): void {
    const before = this.#lanes.get(delivery.lane) ?? Promise.resolve();
    const turn = before.then(async () => {
      const sent = Promise.all(Array.from({ length: delivery.copies }, () => this.#attemptUnlessDone(delivery)));
      await Promise.race([sent, sleep(PATIENCE_MS, undefined, { ref: false })]);
    });
    this.#lanes.set(delivery.lane, turn);
    void turn.then(() => {
      if (this.#lanes.get(delivery.lane) === turn) this.#lanes.delete(delivery.lane);
    });
  }

  /** Makes one automatic attempt, and schedules the next if the event was not accepted. */
  async #attemptUnlessDone(delivery: Delivery): Promise<void> {
    this.#holdBack(delivery);
    if (delivery.state !== "pending" || this.#url === undefined || this.#stopping.signal.aborted) return;
    await this.#try(delivery);
    if (delivery.state !== "pending" || this.#stopping.signal.aborted) return;
    if (delivery.attempts >= TRIES) {
      delivery.state = "failed";
      delivery.next_attempt_at = null;
    } else {
      this.#schedule(delivery, Math.min(FIRST_RETRY_MS * 2 ** (delivery.attempts - 1), LONGEST_RETRY_MS));
    }
    this.#changed();
  }

  /** A new rule also applies to events already waiting for their turn or for a retry. */
  #holdBack(delivery: Delivery): void {
    const event = this.#state.events.get(delivery.event_id);
    const mode = event && this.#modeOf(event);
    if (delivery.state !== "pending" || (mode !== "withhold" && mode !== "manual")) return;
    delivery.state = mode === "withhold" ? "withheld" : "manual";
    delivery.next_attempt_at = null;
  }

  #schedule(delivery: Delivery, ms: number): void {
    clearTimeout(this.#timers.get(delivery.event_id));
    delivery.next_attempt_at = Date.now() + ms;
    const timer = setTimeout(() => {
      this.#timers.delete(delivery.event_id);
      void this.#attemptUnlessDone(delivery);
    }, ms);
    this.#timers.set(delivery.event_id, timer.unref());
  }

  #try(delivery: Delivery): Promise<Attempt> {
    const attempt = this.#attempt(delivery);
    this.#underway.add(attempt);
    return attempt.finally(() => this.#underway.delete(attempt));
  }

  async #attempt(delivery: Delivery): Promise<Attempt> {
    const { event_id } = delivery;
    const event = this.#state.events.get(event_id);
    delivery.attempts += 1;
    delivery.next_attempt_at = null;
    const attempt = await this.#send(event).catch((error: unknown) => ({ status: null, body: reason(error) }));
    delivery.last_status = attempt.status;
    delivery.last_error = attempt.status === null ? attempt.body : null;
    if (attempt.status !== null && attempt.status >= 200 && attempt.status < 300) {
      delivery.state = "delivered";
      if (event) event.pending_webhooks = 0;
      clearTimeout(this.#timers.get(event_id));
    }
    this.#changed();
    return { event_id, ...attempt };
  }

  async #send(event: Event | undefined): Promise<{ status: number; body: string }> {
    if (this.#url === undefined || !event) throw new Error("there is no webhook endpoint, or no such event");
    return postEvent(this.#url, this.#secret, event, this.#stopping.signal);
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
