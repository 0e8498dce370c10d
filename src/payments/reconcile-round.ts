import type Stripe from "stripe";
import * as z from "zod";
import type { Yielding } from "../database/statements.ts";
import type { Transact } from "../database/transact.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { ask } from "../stripe/client.ts";
import { effectsOf } from "./effects-of.ts";
import type { Agreement } from "./from-stripe.ts";
import { verdict } from "./inbox.ts";

/** What a round does, in this order. */
export const STAGES = ["events", "subscriptions", "checkouts", "refunds", "balance"] as const;
export type Stage = (typeof STAGES)[number];

/** Where a round goes on: the stage, and what it is through with. */
const Progress = z.object({ stage: z.enum(STAGES), after: z.string().nullable() });
export type Progress = z.infer<typeof Progress>;

/** What a later run has to know of the one before it. */
export const Position = z.object({
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  /** Null: the round is through. */
  next: Progress.nullable(),
  /** Something could not be asked or written: the next round looks at the same time again. */
  incomplete: z.boolean(),
});
export type Position = z.infer<typeof Position>;

type Facts = Record<string, unknown>;

/** A difference between Stripe and us that was mended: what our row said, and what it says now. */
export interface Repair {
  kind: "event" | "subscription" | "checkout" | "refund";
  object_id: string;
  before: Facts | null;
  after: Facts | null;
}

/** Something that a person has to look at. */
export interface Concern {
  kind: Repair["kind"] | "day";
  object_id: string;
  reason: string;
}

/** A movement that one side knows and the other does not, or not with the same amount. Cents, signed. */
export interface Unmatched {
  id: string;
  amount_cents: number;
  /** Stripe's type for the booking; `ours` where Stripe has none. */
  type: string;
}

/** A day in UTC: what our ledger says came in and went out through Stripe, and what Stripe's balance says. Gross: no fees. */
export interface Day {
  day: string;
  ours_cents: number;
  stripe_cents: number;
  /** What moved on the same account and has nothing to do with us. */
  others_cents: number;
  unmatched: Unmatched[];
}

export interface ReconciliationReport extends Position {
  repaired: number;
  /** Concerns, and movements that match nothing. */
  unexplained: number;
  repairs: Repair[];
  concerns: Concern[];
  days: Day[];
  [field: string]: unknown;
}

/** So many failures of Stripe or the database in a row are an outage, and no fault of one object. */
const OUTAGE = 3;

/** Of these a round looks at all there are, whatever time it is about: a failure is no reason to look at that again. */
const IN_EVERY_ROUND = new Set<Concern["kind"]>(["subscription", "refund"]);

/** One run of reconciliation: what it may still do, and what it has found so far. */
export class Round {
  readonly ctx: Context;
  readonly since: Date;
  readonly until: Date;
  readonly repairs: Repair[] = [];
  readonly concerns: Concern[] = [];
  readonly days: Day[] = [];
  next: Progress | null;
  #incomplete: boolean;
  #calls = 0;
  #failures = 0;
  readonly #most: number;
  readonly #stop: () => void;

  /** @param most calls of Stripe and the database after which it stops; a Worker may make 1,000 */
  constructor(ctx: Context, { since, until, next, incomplete }: Position, most: number) {
    const count = () => {
      this.#calls += 1;
    };
    const transact: Transact = (...statements) => {
      count();
      return ctx.transact(...statements);
    };
    this.ctx = { ...ctx, transact };
    this.since = new Date(since);
    this.until = new Date(until);
    this.next = next;
    this.#incomplete = incomplete;
    this.#most = most;
    ctx.stripe.on("request", count);
    this.#stop = () => ctx.stripe.off("request", count);
  }

  /** Keeps where it is, and says whether there is room for one object more. */
  goesOn(stage: Stage, after: string | null): boolean {
    this.next = { stage, after };
    return this.#calls < this.#most;
  }

  /** Does something about one object. A failure is written down and does not stop the others, unless it is an outage. */
  async attempt(kind: Concern["kind"], object_id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#failures = 0;
    } catch (error) {
      if (!IN_EVERY_ROUND.has(kind)) this.#incomplete = true;
      if (error instanceof Refusal && error.status === 503) {
        this.#failures += 1;
        if (this.#failures >= OUTAGE) throw error;
      }
      this.concerns.push({ kind, object_id, reason: reasonOf(error) });
    }
  }

  concern(kind: Concern["kind"], object_id: string, reason: string): void {
    this.concerns.push({ kind, object_id, reason });
  }

  /** Makes our rows agree about one object, and writes down what it changed and what stands in its way. */
  async agree(
    kind: Repair["kind"],
    object_id: string,
    agreement: Agreement,
    selectState: (object_id: string) => Yielding<Facts | undefined>,
  ): Promise<void> {
    const [before] = await this.ctx.transact(selectState(object_id));
    const effects = await effectsOf(this.ctx, agreement);
    const [after, { status, reason }] = await this.ctx.transact(
      ...effects,
      selectState(object_id),
      verdict(agreement.outcome),
    );
    this.changed(kind, object_id, before ?? null, after ?? null);
    if (status === "parked") this.concern(kind, object_id, reason ?? "parked");
  }

  /** Writes down a repair, where there was one. */
  changed(kind: Repair["kind"], object_id: string, before: Facts | null, after: Facts | null): void {
    if (JSON.stringify(before) !== JSON.stringify(after)) this.repairs.push({ kind, object_id, before, after });
  }

  end(): void {
    this.#stop();
  }

  report(): ReconciliationReport {
    const { repairs, concerns, days } = this;
    return {
      since: this.since.toISOString(),
      until: this.until.toISOString(),
      next: this.next,
      incomplete: this.#incomplete,
      repaired: repairs.length,
      unexplained: concerns.length + days.reduce((count, { unmatched }) => count + unmatched.length, 0),
      repairs,
      concerns,
      days,
    };
  }
}

/** What may be shown of a failure: its kind, and never what it quotes. */
function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  return error instanceof Error ? error.name : "unknown";
}

/** The pages of one of Stripe's lists, 100 objects each, from the one after `after` on. */
export async function* pages<Item extends { id: string }>(
  list: (page: { limit: number; starting_after?: string }) => Promise<Stripe.ApiList<Item>>,
  after?: string | null,
): AsyncGenerator<Item[], void> {
  let last = after ?? undefined;
  for (;;) {
    const { data, has_more } = await ask(list({ limit: 100, ...(last && { starting_after: last }) }));
    yield data;
    last = data.at(-1)?.id;
    if (!has_more || !last) return;
  }
}

/** Stripe counts seconds. */
export const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);
