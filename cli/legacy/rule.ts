import type { Kind } from "./findings.ts";

/** A rule of the move: SQL on the staged rows that returns the ids of those that it concerns, as `id`. */
export interface Rule {
  kind: Kind;
  table: string;
  what: string;
  sql: string;
}

export const rule = (kind: Kind, table: string, what: string, sql: string): Rule => ({ kind, table, what, sql });

/** The statuses of a subscription that runs, as SQL. */
export const RUNNING = "('active', 'past_due', 'paused')";

/** Whether an old subscription becomes a payment in the ledger, as SQL. Those at Stripe come from there. */
export const PAID_BY_HAND = "payment_method <> 'stripe' and old_paid";

/** Keeps the first row of each group in this order; the rest get `set`. */
export const allButFirst = (table: string, group: string, order: string, set: string, where = "true") =>
  `update old_${table} o set ${set} from (
     select ctid as at, row_number() over (partition by ${group} order by ${order}) as place from old_${table} where ${where}
   ) ranked where ranked.at = o.ctid and place > 1 returning o.id`;
