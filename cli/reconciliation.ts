import { formatCents } from "../src/money/format.ts";
import type { DayComparison, ReconciliationReport } from "../src/stripe-events/reconcile/report.ts";

/** The report of a reconciliation, to read: each day's sums, what was repaired, and what needs a person. */
export function describeReconciliation(
  { since, until, repairs, concerns, days, unexplained }: ReconciliationReport,
  currency: string,
) {
  const shown = (columns: object | null) => (columns ? JSON.stringify(columns) : "nothing");
  return [
    `From ${since} to ${until}`,
    "",
    ...tableOf(days, currency),
    "",
    repairs.length === 0 ? "Nothing to repair." : `Repaired: ${repairs.length}`,
    ...repairs.map(
      ({ kind, object_id, before, after }) => `  ${kind} ${object_id}: ${shown(before)} → ${shown(after)}`,
    ),
    ...(concerns.length === 0 ? [] : ["", `Needs a person: ${concerns.length}`]),
    ...concerns.map(({ kind, object_id, reason }) => `  ${kind} ${object_id}: ${reason}`),
    "",
    unexplained === 0 ? "The database and Stripe agree." : `Unexplained: ${unexplained}`,
  ].join("\n");
}

function tableOf(days: DayComparison[], currency: string): string[] {
  const money = (cents: number) => formatCents(cents, currency).padStart(16);
  const row = (day: string, ...columns: string[]) => [day.padEnd(12), ...columns].join("");
  return [
    row("Day (UTC)", ..."Ours,Stripe,Not ours".split(",").map((title) => title.padStart(16))),
    ...days.flatMap(({ day, ours_cents, stripe_cents, others_cents, unmatched }) => [
      row(day, money(ours_cents), money(stripe_cents), money(others_cents)),
      ...unmatched.map(
        ({ id, type, amount_cents }) =>
          `  ${type === "ours" ? "only here" : `only at Stripe (${type})`}: ${id} ${formatCents(amount_cents, currency)}`,
      ),
    ]),
  ];
}
