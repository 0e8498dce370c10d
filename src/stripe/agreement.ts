import { type SQL, sql } from "drizzle-orm";
import type { Plan, Values } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { askOrNull } from "./client.ts";
import { voidLeftOpen } from "./open-invoices.ts";

/** Money that came in, with Stripe's id of the payment or of the subscription that it belongs to. */
export interface ReceivedMoney {
  payment_kind: "dues" | "donation";
  stripe_id: string;
}

/** What becomes of an event. It is SQL where only the transaction itself can tell. */
export interface Outcome {
  status: "applied" | "ignored" | "parked" | SQL<string>;
  reason: string | SQL<string | null> | null;
  /** The money that came in, if any: when it cannot be placed, volunteers are told. */
  money?: ReceivedMoney | undefined;
}

/**
 * What Stripe says, as a part of a transaction that makes our rows agree with it. Running it again changes nothing, and an
 * answer of Stripe that is older than the last one applied is ignored. So neither the order nor the number of times matters.
 */
export interface Agreement {
  write(t: Plan): void;
  outcome: Outcome;
  /** Stripe's ids of subscriptions whose first payment the bank refused. Stripe would go on to collect them. */
  refused_subscriptions: readonly string[];
  /** Stripe's ids of invoices that ended subscriptions left open. Somebody could still pay them. */
  open_invoices: readonly string[];
  /** What a person should look into, although our rows agree. Reconciliation reports it. */
  concern?: string;
}

/** Nothing to agree on, and why. */
export const nothingToDo = (status: "ignored" | "parked", reason: string): Agreement => ({
  write: () => undefined,
  outcome: { status, reason },
  refused_subscriptions: [],
  open_invoices: [],
});

/** What Stripe spoke of has nothing to do with us: another product, or another environment, of the same account. */
export const NOT_OURS = nothingToDo("ignored", "not ours");

/** Applied, unless the transaction finds a reason against it. Then it is parked with that reason. */
export const appliedUnless = (reason: SQL, money?: ReceivedMoney): Outcome => ({
  money,
  status: sql`case when (${reason}) is null then 'applied' else 'parked' end`,
  reason: sql<string | null>`${reason}`,
});

/** Several agreements as one. It is parked if any of them is, else applied if any is. Null for none. */
export function combineAgreements(agreements: readonly Agreement[]): Agreement | null {
  if (agreements.length === 0) return null;
  const outcomes = agreements.map(({ outcome: { status, reason } }) => sql`((${status})::text, (${reason})::text)`);
  const gravest = sql`from (values ${sql.join(outcomes, sql`, `)}) as outcome (status, reason)
    order by array_position(array['parked', 'applied', 'ignored'], outcome.status), outcome.reason limit 1`;
  return {
    write: (t) => {
      for (const agreement of agreements) agreement.write(t);
    },
    outcome: {
      status: sql`(select outcome.status ${gravest})`,
      reason: sql<string | null>`(select outcome.reason ${gravest})`,
    },
    refused_subscriptions: agreements.flatMap(({ refused_subscriptions }) => refused_subscriptions),
    open_invoices: agreements.flatMap(({ open_invoices }) => open_invoices),
  };
}

/** An outcome as the transaction finds it, to be read after what the agreement writes. */
export const selectOutcome = ({ status, reason }: Outcome) =>
  query.execute<{ status: "applied" | "ignored" | "parked"; reason: string | null }>(
    sql`select (${status})::text as status, (${reason})::text as reason`,
  );

/**
 * Makes our rows agree with Stripe in one transaction, together with what `also` adds after it. First it ends the refused
 * subscriptions at Stripe, which made nobody a member, and voids what ended ones left open: nothing may be paid for them later.
 */
export async function agree<Shape>(
  ctx: Context,
  { write, refused_subscriptions, open_invoices }: Agreement,
  also: (t: Plan) => Shape,
): Promise<Values<Shape>> {
  for (const id of refused_subscriptions) await askOrNull(ctx.stripe.subscriptions.cancel(id));
  await voidLeftOpen(ctx, open_invoices);
  return ctx.transact((t) => {
    write(t);
    return also(t);
  });
}

/**
 * The context for a question to Stripe. Its answer is as of this moment, not of when the request came in, and so newer
 * than what another request heard meanwhile.
 */
export const askingNow = (ctx: Context): Context => ({ ...ctx, now: ctx.clock() });
