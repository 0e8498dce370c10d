import { sql } from "drizzle-orm";
import type { Context, PersonContext } from "../../http/context.ts";
import { invalid, Refusal } from "../../http/errors.ts";
import { pageWords } from "../../http/page-words.ts";
import { centsOf } from "../../money/format.ts";
import { openInvoicePage } from "../../stripe/open-invoices.ts";
import { startSubscriptionCheckout } from "../checkout/start.ts";
import { openBillingPortal } from "../my/billing-portal.ts";
import { actForHolder } from "./holder.ts";
import { isOverdue, isPaidAhead, selectRunning } from "./running.ts";
import type { PayByLink, PayLinkToken, WhereToPay } from "./schemas.ts";
import { situationOf } from "./situation.ts";

const NOTHING_TO_PAY = [409, "nothing_to_pay", pageWords()("nothing_open")] as const;

/**
 * Leads the holder of a link to where they pay: with a plan, to a checkout for it, as a signed-in person would start it;
 * without one, to Stripe's page for overdue dues, or for a new card. Doing it twice leads to the same checkout or invoice.
 */
export async function payByLink(
  ctx: Context,
  link: PayLinkToken,
  { plan_id, donation }: PayByLink,
): Promise<WhereToPay> {
  const holder = await actForHolder(ctx, link);
  if (!plan_id) return { url: await openOwnPage(holder) };
  const { checkout_url } = await startSubscriptionCheckout(onlyWhatIsOffered(holder), {
    plan_id,
    donation_cents: donation ? centsOf(donation) : 0,
  });
  return { url: checkout_url };
}

// Signed in, people see what they have. A link says only what its mail said, and they may have paid since. And a checkout would
// end a subscription whose overdue dues have ended the membership: that is for its owner to do.
const onlyWhatIsOffered = (holder: PersonContext): PersonContext => ({
  ...holder,
  transact: (write) =>
    holder.transact((t) => {
      t.guard(sql`not ${isPaidAhead(holder.user_id)}`, ...NOTHING_TO_PAY);
      t.guard(sql`not ${isOverdue(holder.user_id)}`, 409, "already_subscribed", pageWords()("overdue_first"));
      return write(t);
    }),
});

async function openOwnPage(holder: PersonContext): Promise<string> {
  const running = await holder.transact((t) => t.maybe(selectRunning(holder.user_id)));
  switch (situationOf(running)) {
    case "choose":
      throw invalid("plan_id", pageWords()("must_be_chosen"));
    case "renews":
      return (await openBillingPortal(holder, { only_card: true })).portal_url;
    case "overdue": {
      const page = running?.stripe_subscription_id && (await openInvoicePage(holder, running.stripe_subscription_id));
      if (page) return page;
    }
  }
  throw new Refusal(...NOTHING_TO_PAY);
}
