import type { Rows } from "../../database/query.ts";
import type { Transact } from "../../database/transact.ts";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { failureOf } from "../../jobs/run.ts";
import { type Agreement, agree, selectOutcome } from "../../stripe/agreement.ts";
import { mailUnplacedPayment } from "../inbox.ts";
import type { Concern, DayComparison, ReconciliationReport, Repair, RoundPosition, Stage } from "./report.ts";

/** This many failures of Stripe or the database in a row are an outage, not a problem with one object. */
const OUTAGE = 3;

/** Every round looks at all of these, whatever time it covers, so a failure is no reason to cover that time again. */
const IN_EVERY_ROUND = new Set<Concern["kind"]>(["subscription", "refund", "customer"]);

/** One run of a reconciliation: what it may still do, and what it has found so far. */
export class Round {
  /** Counts every call of Stripe and the database. */
  readonly ctx: Context;
  readonly since: Date;
  readonly until: Date;
  readonly days: DayComparison[] = [];
  readonly concerns: Concern[] = [];
  next: RoundPosition["next"];
  customers_updated = 0;
  readonly #repairs: Repair[] = [];
  #incomplete: boolean;
  #calls = 0;
  #failures = 0;
  readonly #most_calls: number;
  /** Stops counting. */
  readonly end: () => void;

  /** @param most_calls calls of Stripe and the database after which the run stops; a Worker may make 1,000 */
  constructor(ctx: Context, { since, until, next, incomplete }: RoundPosition, most_calls: number) {
    const count = () => {
      this.#calls += 1;
    };
    const transact: Transact = (write) => {
      count();
      return ctx.transact(write);
    };
    this.ctx = { ...ctx, transact };
    this.since = new Date(since);
    this.until = new Date(until);
    this.next = next;
    this.#incomplete = incomplete;
    this.#most_calls = most_calls;
    ctx.stripe.on("request", count);
    this.end = () => ctx.stripe.off("request", count);
  }

  /** Saves the position. Returns whether the run may handle another object. */
  continuesAfter(stage: Stage, after: string | null): boolean {
    this.next = { stage, after };
    return this.#calls < this.#most_calls;
  }

  /** Handles one object. A failure becomes a concern and the round goes on, unless it is an outage. */
  async attempt(kind: Concern["kind"], object_id: string, handle: () => Promise<void>): Promise<void> {
    try {
      await handle();
      this.#failures = 0;
    } catch (error) {
      if (!IN_EVERY_ROUND.has(kind)) this.#incomplete = true;
      if (error instanceof Refusal && error.status === 503) this.#failures += 1;
      if (this.#failures >= OUTAGE) throw error;
      this.recordConcern(kind, object_id, failureOf(error));
    }
  }

  /**
   * Makes our rows agree with Stripe about one object. Records what changed, and why if it could not be applied. Volunteers are
   * told of money that could not be placed: its event may never have come.
   */
  async agree(
    kind: Repair["kind"],
    object_id: string,
    agreement: Agreement,
    selectState: (object_id: string) => Rows<NonNullable<Repair["before"]>>,
  ): Promise<void> {
    const before = await this.ctx.transact((t) => t.maybe(selectState(object_id)));
    const { after, outcome } = await agree(this.ctx, agreement, (t) => {
      mailUnplacedPayment(t, agreement.outcome);
      return { after: t.maybe(selectState(object_id)), outcome: t.one(selectOutcome(agreement.outcome)) };
    });
    this.recordRepair(kind, object_id, before, after);
    if (agreement.concern) this.recordConcern(kind, object_id, agreement.concern);
    if (outcome.status === "parked") this.recordConcern(kind, object_id, outcome.reason ?? "parked");
  }

  /** Records a repair, if anything changed. */
  recordRepair(kind: Repair["kind"], object_id: string, before: Repair["before"], after: Repair["after"]): void {
    if (JSON.stringify(before) !== JSON.stringify(after)) this.#repairs.push({ kind, object_id, before, after });
  }

  recordConcern(kind: Concern["kind"], object_id: string, reason: string): void {
    this.concerns.push({ kind, object_id, reason });
  }

  report(): ReconciliationReport {
    const { concerns, days, customers_updated } = this;
    return {
      since: this.since.toISOString(),
      until: this.until.toISOString(),
      next: this.next,
      incomplete: this.#incomplete,
      repaired: this.#repairs.length,
      unexplained: concerns.length,
      repairs: this.#repairs,
      concerns,
      days,
      customers_updated,
    };
  }
}
