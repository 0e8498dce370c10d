import { and, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import type { Notice } from "../http/page.ts";
import { pageWords } from "../http/page-words.ts";
import { selectBranding } from "../organisation/organisation.ts";
import { donations } from "../tables/donations.ts";
import { subscription_plans } from "../tables/plans.ts";
import { subscriptions } from "../tables/subscriptions.ts";
import { aboutDonation, aboutDues } from "./paid-words.ts";

/**
 * What was paid in a checkout session, and what comes next. It names nobody: whoever has the address of this page may see it.
 */
export async function paidNotice(ctx: Context, session_id?: string): Promise<Notice> {
  const { dues, donation, organisation } = await ctx.transact((t) => ({
    dues: t.maybe(selectDues(session_id ?? "")),
    donation: t.maybe(selectDonation(session_id ?? "")),
    organisation: t.one(selectBranding(ctx.settings)),
  }));
  const say = pageWords();
  // Only somebody who joined for free is sent here without a session.
  const otherwise = say(session_id === undefined ? "nothing_to_pay" : "payment_on_its_way");
  const message = (dues && aboutDues(dues, ctx)) ?? (donation && aboutDonation(donation, ctx)) ?? otherwise;
  return { title: say("thanks"), message, organisation };
}

const selectDues = (session_id: string) =>
  query
    .select({
      plan: subscription_plans.name,
      base_subscription_cents: subscriptions.base_subscription_cents,
      donation_cents: subscriptions.donation_cents,
      confirmed: sql<boolean>`${subscriptions.status} = 'active'`,
    })
    .from(subscriptions)
    .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
    .where(
      and(
        eq(subscriptions.stripe_checkout_session_id, session_id),
        sql`${subscriptions.status} in ('pending', 'active')`,
      ),
    )
    .limit(1);

const selectDonation = (session_id: string) =>
  query
    .select({ amount_cents: donations.amount_cents, confirmed: sql<boolean>`${donations.status} = 'completed'` })
    .from(donations)
    .where(
      and(eq(donations.stripe_checkout_session_id, session_id), sql`${donations.status} in ('pending', 'completed')`),
    );
