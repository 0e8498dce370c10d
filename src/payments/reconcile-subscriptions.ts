import { and, asc, eq, gt, inArray, isNotNull } from "drizzle-orm";
import type Stripe from "stripe";
import * as z from "zod";
import { batches } from "../database/batches.ts";
import { many, maybe, query } from "../database/statements.ts";
import { askOrNull } from "../stripe/client.ts";
import { toInstant } from "../stripe/values.ts";
import { RUNNING, runs } from "../subscriptions/standing.ts";
import { subscriptions } from "../subscriptions/tables.ts";
import { pages, type Round } from "./reconcile-round.ts";
import { subscriptionFromStripe } from "./subscription-from-stripe.ts";
import { endsWithTerm } from "./subscription-parts.ts";

/** What is compared, and shown when it differed. */
const STATE = {
  status: subscriptions.status,
  cancel_at_period_end: subscriptions.cancel_at_period_end,
  current_term_end: subscriptions.current_term_end,
};

type Ours = Pick<typeof subscriptions.$inferSelect, keyof typeof STATE | "stripe_subscription_id">;

/** Makes those subscriptions agree whose row differs from what Stripe says, and tells of rows that Stripe does not know. */
export async function agreeSubscriptions(round: Round, after: string | null): Promise<boolean> {
  const { ctx } = round;
  const seen = new Set<string>();
  const listed = pages(
    (page) => ctx.stripe.subscriptions.list({ ...page, status: "all", expand: ["data.latest_invoice"] }),
    after,
  );
  let done = after;
  for await (const page of listed) {
    for (const { id } of page) seen.add(id);
    for (const { id } of await differing(round, page)) {
      if (!round.goesOn("subscriptions", done)) return false;
      await round.attempt("subscription", id, async () =>
        round.agree("subscription", id, await subscriptionFromStripe(ctx, id), selectState),
      );
      done = id;
    }
    done = page.at(-1)?.id ?? done;
    if (!round.goesOn("subscriptions", done)) return false;
  }
  // Who began in the middle has not seen them all.
  if (after === null) await reportUnknown(round, seen);
  return true;
}

/** Those of a page whose row says something else. One trip. */
async function differing({ ctx }: Round, page: Stripe.Subscription[]): Promise<Stripe.Subscription[]> {
  const ids = page.flatMap(({ metadata }) => rowOf(metadata) ?? []);
  if (ids.length === 0) return [];
  const [rows] = await ctx.transact(
    many(
      query
        .select({ id: subscriptions.id, stripe_subscription_id: subscriptions.stripe_subscription_id, ...STATE })
        .from(subscriptions)
        .where(inArray(subscriptions.id, ids)),
    ),
  );
  const ours = new Map(rows.map(({ id, ...row }) => [id, row]));
  return page.filter((subscription) => {
    const id = rowOf(subscription.metadata);
    return id !== undefined && differs(subscription, ours.get(id));
  });
}

/** Our row's id, where the subscription is one of ours. */
const rowOf = ({ subscription_id }: Stripe.Metadata): string | undefined => z.uuid().safeParse(subscription_id).data;

function differs({ id, status, latest_invoice, ...theirs }: Stripe.Subscription, ours?: Ours) {
  const paid = typeof latest_invoice === "object" && latest_invoice?.status === "paid";
  const ended = status === "canceled";
  // Never paid: nothing that a row would show.
  if (status === "incomplete" || status === "incomplete_expired") return false;
  if (ours?.stripe_subscription_id !== id) return ended ? paid && !ours?.stripe_subscription_id : true;
  if (ended) return RUNNING.some((running) => running === ours.status);
  if (ours.status !== statusOf(status, theirs.pause_collection)) return true;
  if (ours.cancel_at_period_end !== endsWithTerm(theirs)) return true;
  const [item] = theirs.items.data;
  return paid && item !== undefined && toInstant(item.current_period_end) !== ours.current_term_end;
}

const statusOf = (
  status: Exclude<Stripe.Subscription.Status, "canceled" | "incomplete" | "incomplete_expired">,
  pause: Stripe.Subscription["pause_collection"],
): Ours["status"] => {
  if (status === "past_due" || status === "unpaid") return "past_due";
  return status === "paused" || pause ? "paused" : "active";
};

const selectState = (stripe_subscription_id: string) =>
  maybe(
    query.select(STATE).from(subscriptions).where(eq(subscriptions.stripe_subscription_id, stripe_subscription_id)),
  );

const ROWS = 500;

/** Those of ours that run here and that Stripe did not list. One that was made since then is there after all. */
async function reportUnknown(round: Round, seen: Set<string>): Promise<void> {
  const { stripe } = round.ctx;
  for await (const rows of batches((from) => running(round, from), { size: ROWS, key: ({ id }) => id }))
    for (const { stripe_subscription_id: id } of rows) {
      if (!id || seen.has(id)) continue;
      await round.attempt("subscription", id, async () => {
        if (!(await askOrNull(stripe.subscriptions.retrieve(id))))
          round.concern("subscription", id, "Stripe does not know it");
      });
    }
}

async function running({ ctx }: Round, after: string | null) {
  const [rows] = await ctx.transact(
    many(
      query
        .select({ id: subscriptions.id, stripe_subscription_id: subscriptions.stripe_subscription_id })
        .from(subscriptions)
        .where(
          and(after ? gt(subscriptions.id, after) : undefined, isNotNull(subscriptions.stripe_subscription_id), runs),
        )
        .orderBy(asc(subscriptions.id))
        .limit(ROWS),
    ),
  );
  return rows;
}
