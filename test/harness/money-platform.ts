import { EVENT_TYPES } from "../../src/stripe-events/event-types.ts";
import { ownPlatform } from "./own-platform.ts";
import { payerRows } from "./payer-rows.ts";

export type MoneyPlatform = Awaited<ReturnType<typeof moneyPlatform>>;

const CARED_FOR = new Set<string>(EVENT_TYPES);

/**
 * A platform with many payments, and a person who is told what banks do with them. Its mail is written but never due,
 * because sending it is tested elsewhere.
 */
export async function moneyPlatform() {
  const platform = await ownPlatform();
  await platform.sql("alter table emails alter column next_attempt_at set default 'infinity'");
  // Nothing has happened yet, so reconciliation need not cover the last thirty days.
  const report = { since: new Date(0), until: new Date(), next: null, incomplete: false };
  await platform.insert("job_runs", {
    job: "reconcile",
    started_at: report.until,
    finished_at: report.until,
    outcome: "succeeded",
    report,
  });
  await platform.volunteer("donations.refund");
  const rows = await payerRows(platform.database_url);
  const plans = {
    dues: await platform.plan({ price_cents: 2000, billing_cycle: "monthly" }),
    term: await platform.plan({ price_cents: 2000, billing_cycle: "custom", term_end_month: 6, term_end_day: 30 }),
  };
  let last: string | undefined;

  return {
    ...platform,
    rows,
    plans,
    /** New Stripe events since the last call. They belong to one payer if nothing else happened at Stripe meanwhile. */
    news: async (): Promise<{ id: string; type: string }[]> => {
      const news = await platform.stripe.deliveries("", last);
      last = news.at(-1)?.event_id ?? last;
      return news.flatMap(({ event_id: id, type }) => (CARED_FOR.has(type) ? [{ id, type }] : []));
    },
  };
}
