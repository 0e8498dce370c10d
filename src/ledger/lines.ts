import { and, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import { by, type Order } from "../http/pagination.ts";
import { ledger, payments, reversals, stripe_fees } from "../tables/ledger.ts";
import type { LedgerKind } from "./schemas.ts";

// Everything here reads rows of the view `ledger`, under its name, and the fees as more rows of it. The ledger is a union and
// has no index, so a page does not read the view: it finds what moved by the indexes on the tables.

const fee_id = sql<string>`${ledger}.fee_id`;

const paid = sql`select ${payments.paid_at} as occurred_at, 'payment' as kind, ${payments.id} as payment_id,
    null::uuid as reversal_id, '' as fee_id, ${payments.donation_id}, ${payments.payment_method},
    ${payments.base_subscription_cents}, ${payments.donation_cents}
  from ${payments}`;

/**
 * How much of a reversal was dues depends on the payment's other ones, and the view reads only those. Without `offset 0`, the
 * planner of PostgreSQL 18 would merge it into the union, and crash.
 */
const reversed = (kind: SQL, moved_at: SQLWrapper) => sql`
  select ${moved_at}, ${kind}, ${reversals.payment_id}, ${reversals.id}, '', ${ledger.donation_id},
    ${ledger.payment_method}, ${ledger.base_subscription_cents}, ${ledger.donation_cents}
  from ${reversals} cross join lateral (
    select * from ${ledger} where ${ledger.payment_id} = ${reversals.payment_id}
      and ${ledger.reversal_id} = ${reversals.id} and ${ledger.kind} = ${kind} offset 0) as ${ledger}`;

const gone = reversed(sql`${reversals.kind}`, reversals.occurred_at);
const returned = reversed(sql`${reversals.kind} || '_returned'`, reversals.returned_at);

/** A fee belongs as a whole to what the payment was for: dues, even with a donation on top, or a donation. */
const kept = sql`select ${stripe_fees.occurred_at}, 'fee', ${payments.id}, ${stripe_fees.reversal_id}, ${stripe_fees.id},
    ${payments.donation_id}, ${payments.payment_method},
    case when ${payments.donation_id} is null then -${stripe_fees.fee_cents} else 0 end,
    case when ${payments.donation_id} is null then 0 else -${stripe_fees.fee_cents} end
  from ${stripe_fees} join ${payments} on ${payments.id} = ${stripe_fees.payment_id}`;

/** A movement's dues and donation, each with its cents. */
const parts = sql`(values ('dues', ${ledger.base_subscription_cents}), ('donation', ${ledger.donation_cents})) as part (kind, cents)`;

export const lineKind = sql<LedgerKind>`part.kind`;

/** Leaves out parts of zero: most movements have only one part. A free term keeps a line, for its receipt number. */
const partIsLine = sql`(part.cents <> 0
  or part.kind = 'dues' and ${ledger.donation_cents} = 0 and ${ledger.donation_id} is null)`;

/** The payment or the reversal. */
const movement_id = sql<string>`coalesce(${ledger.reversal_id}, ${ledger.payment_id})`;

export const NEWEST_LINE: Order<{
  occurred_at: string;
  line_id: string;
  movement: string;
  kind: string;
  fee_id: string;
}> = {
  name: "ledger",
  descending: true,
  keys: [
    { expression: sql`${ledger.occurred_at}`, type: "timestamptz", of: (row) => row.occurred_at },
    { expression: movement_id, type: "uuid", of: (row) => row.line_id },
    { expression: sql`${ledger.kind}`, type: "text", of: (row) => row.movement },
    { expression: lineKind, type: "text", of: (row) => row.kind },
    { expression: fee_id, type: "text", of: (row) => row.fee_id },
  ],
};

/**
 * Whether a line is recent enough for a page of this many lines. The payments alone fill a page, so what is older than they
 * are need not be read and sorted.
 */
const lineIsNear = (which: SQL | undefined, lines: number) => sql`${ledger.occurred_at} >= coalesce((
  select ${ledger.occurred_at} from (${paid}) as ${ledger} cross join lateral ${parts}
  where ${which} order by ${ledger.occurred_at} desc offset ${lines} limit 1), '-infinity')`;

/** The newest lines of `which`, a condition on rows of `ledger` and on {@link lineKind}. */
export function linesOf(which: SQL | undefined, limit: number) {
  const lines = and(which, partIsLine);
  return query
    .select({
      occurred_at: sql`${ledger.occurred_at}`.mapWith(ledger.occurred_at).as("line_occurred_at"),
      line_id: movement_id.as("line_id"),
      movement: sql<string>`${ledger.kind}`.as("movement"),
      kind: lineKind.as("part_kind"),
      fee_id: fee_id.as("fee_id"),
      cents: sql<number>`part.cents`.as("cents"),
      payment_id: sql<string>`${ledger.payment_id}`.as("line_payment_id"),
      reversal_id: sql<string | null>`${ledger.reversal_id}`.as("line_reversal_id"),
    })
    .from(sql`(${paid} union all ${gone} union all ${returned} union all ${kept}) as ${ledger}`)
    .crossJoinLateral(parts)
    .where(and(lines, lineIsNear(lines, limit)))
    .orderBy(...by(NEWEST_LINE))
    .limit(limit)
    .as("line");
}
