import { and, asc, eq, gt, inArray, isNotNull, or } from "drizzle-orm";
import type Stripe from "stripe";
import * as z from "zod";
import { batches } from "../../database/batches.ts";
import { query } from "../../database/query.ts";
import { askOrNull, pages } from "../../stripe/client.ts";
import { isPayable } from "../../stripe/open-invoices.ts";
import { isAtRest, ourStatus } from "../../stripe/subscription-status.ts";
import { toInstant } from "../../stripe/values.ts";
import { CARDS, newerCard } from "../../subscriptions/from-stripe/charged-card.ts";
import { waivedTerm } from "../../subscriptions/from-stripe/invoices.ts";
import { DUES_ARE_LATE } from "../../subscriptions/from-stripe/late-dues.ts";
import { centsOfItems, endsWithTerm, paidTermEnd } from "../../subscriptions/from-stripe/parts.ts";
import { subscriptionFromStripe } from "../../subscriptions/from-stripe/subscription.ts";
import { subscriptionIsRunning } from "../../subscriptions/standing.ts";
import { RUNNING_STATUSES, subscriptions } from "../../tables/subscriptions.ts";
import type { Round } from "./round.ts";
import { fetchKept, verdictOn } from "./settled.ts";

/** What is compared, and shown in the report if it differed. */
const STATE = {
  status: subscriptions.status,
  cancel_at_period_end: subscriptions.cancel_at_period_end,
  current_term_end: subscriptions.current_term_end,
  base_subscription_cents: subscriptions.base_subscription_cents,
  donation_cents: subscriptions.donation_cents,
};

const IDS = { id: subscriptions.id, stripe_subscription_id: subscriptions.stripe_subscription_id };

/** Both are null in a row from the old system whose payments are not here yet. Our own checkouts have an end. */
const SYNCED = {
  stripe_synced_at: subscriptions.stripe_synced_at,
  checkout_expires_at: subscriptions.checkout_expires_at,
};

type OurRow = Pick<
  typeof subscriptions.$inferSelect,
  keyof typeof STATE | keyof typeof SYNCED | "stripe_subscription_id"
>;

const EXPANDED = ["latest_invoice", ...CARDS].map((field) => `data.${field}`);

/** Repairs the subscriptions whose row differs from Stripe, and reports running ones that Stripe does not know. */
export async function reconcileSubscriptions(round: Round, after: string | null): Promise<boolean> {
  const { ctx } = round;
  const seen = new Set<string>();
  const listed = pages((page) => ctx.stripe.subscriptions.list({ ...page, status: "all", expand: EXPANDED }), after);
  let done = after;
  for await (const page of listed) {
    for (const { id } of page) seen.add(id);
    for (const { id } of await differing(round, page)) {
      if (!round.continuesAfter("subscriptions", done)) return false;
      await round.attempt("subscription", id, async () =>
        round.agree("subscription", id, await subscriptionFromStripe(ctx, id), selectState),
      );
      done = id;
    }
    done = page.at(-1)?.id ?? done;
    if (!round.continuesAfter("subscriptions", done)) return false;
  }
  // A run that started in the middle has not seen all of them.
  if (after === null) await reportUnknown(round, seen);
  return true;
}

/** The subscriptions of a page that Stripe has to be asked about. One round trip, or two if rows differ. */
async function differing(round: Round, page: Stripe.Subscription[]): Promise<Stripe.Subscription[]> {
  const { ctx } = round;
  if (page.length === 0) return [];
  const named = page.flatMap(({ metadata }) => rowIdOf(metadata) ?? []);
  const linked = inArray(
    subscriptions.stripe_subscription_id,
    page.map(({ id }) => id),
  );
  const select = query
    .select({ ...IDS, ...STATE, ...SYNCED })
    .from(subscriptions)
    .where(named.length > 0 ? or(linked, inArray(subscriptions.id, named)) : linked);
  const rows = await ctx.transact((t) => t.many(select));
  const different = page.flatMap((subscription) => {
    // The row that names it is its row, whatever its metadata says.
    const named_by = rows.find(({ stripe_subscription_id }) => stripe_subscription_id === subscription.id);
    const id = rowIdOf(subscription.metadata);
    if (!named_by && !id) return [];
    return differs(subscription, named_by ?? rows.find((row) => row.id === id)) ? [{ subscription, named_by }] : [];
  });
  const known = different.flatMap(({ named_by }) => (named_by?.stripe_synced_at ? [named_by.id] : []));
  const keptOf = known.length > 0 ? await fetchKept(ctx, known) : null;
  return different.flatMap(({ subscription, named_by }) => {
    if (
      !keptOf ||
      !named_by?.stripe_synced_at ||
      knownStatus(subscription, null) === undefined ||
      newerCard(subscription)
    )
      return [subscription];
    const verdict = verdictOn(subscription, named_by, keptOf(named_by.id), ctx.now);
    if (verdict === "unplaced") round.recordConcern("subscription", subscription.id, DUES_ARE_LATE);
    return verdict === "unsettled" ? [subscription] : [];
  });
}

/** The id of the row that its metadata names, if it is one of ours. */
const rowIdOf = ({ subscription_id }: Stripe.Metadata): string | undefined => z.uuid().safeParse(subscription_id).data;

function differs(theirs: Stripe.Subscription, ours?: OurRow): boolean {
  const { id, latest_invoice, items } = theirs;
  const latest = typeof latest_invoice === "object" ? latest_invoice : null;
  const paid = latest?.status === "paid";
  const ended = theirs.status === "canceled";
  // Nobody should be able to pay what it left open. If somebody has, a term begins, or a volunteer has to decide.
  if (ended && ours && latest && (isPayable(latest) || wasPaidLate(theirs, latest))) return true;
  const status = knownStatus(theirs, ours?.current_term_end ?? null);
  // Nothing was paid yet, so there is nothing that our row would show.
  if (status === null) return false;
  if (ours?.stripe_subscription_id !== id) return ended ? paid && !ours?.stripe_subscription_id : true;
  if (ours.stripe_synced_at === null && ours.checkout_expires_at === null) return true;
  if (ended) return RUNNING_STATUSES.some((running) => running === ours.status);
  if (ours.status !== status || newerCard(theirs)) return true;
  if (ours.cancel_at_period_end !== endsWithTerm(theirs)) return true;
  if (ours.base_subscription_cents + ours.donation_cents !== centsOfItems(items.data)) return true;
  // A pause ends the period at Stripe, but not the term that was paid for.
  if ((!paid && !(latest && waivedTerm(theirs, [latest]))) || isAtRest(theirs)) return false;
  return items.data.every(({ current_period_start, current_period_end }) => {
    const period = { start: toInstant(current_period_start), end: toInstant(current_period_end) };
    return paidTermEnd(theirs, period) !== ours.current_term_end;
  });
}

const wasPaidLate = ({ ended_at }: Stripe.Subscription, { status_transitions }: Stripe.Invoice): boolean =>
  (status_transitions.paid_at ?? 0) > (ended_at ?? Infinity);

/** Undefined for a status that we do not know. It counts as a difference, so that the attempt to agree reports it. */
function knownStatus(subscription: Stripe.Subscription, paid_until: string | null) {
  try {
    return ourStatus(subscription, paid_until);
  } catch {
    return undefined;
  }
}

const selectState = (stripe_subscription_id: string) =>
  query.select(STATE).from(subscriptions).where(eq(subscriptions.stripe_subscription_id, stripe_subscription_id));

const ROWS = 500;

/** Reports the rows that run here although Stripe does not know their subscription. */
async function reportUnknown(round: Round, seen: Set<string>): Promise<void> {
  const { stripe, transact } = round.ctx;
  const select = (from: string | null) => transact((t) => t.many(selectRunningAfter(from)));
  for await (const rows of batches(select, { size: ROWS, key: ({ id }) => id }))
    for (const { stripe_subscription_id: id } of rows) {
      if (!id || seen.has(id)) continue;
      await round.attempt("subscription", id, async () => {
        // It may have been created after the list was read.
        if (!(await askOrNull(stripe.subscriptions.retrieve(id))))
          round.recordConcern("subscription", id, "Stripe does not know it");
      });
    }
}

const selectRunningAfter = (after: string | null) =>
  query
    .select(IDS)
    .from(subscriptions)
    .where(and(after ? gt(IDS.id, after) : undefined, isNotNull(IDS.stripe_subscription_id), subscriptionIsRunning))
    .orderBy(asc(IDS.id))
    .limit(ROWS);
