import { and, asc, eq, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { PromptedPlan } from "../mail/templates/applications.ts";
import { withPhotoUrls } from "../people/photo.ts";
import { changeStatus } from "../people/status.ts";
import { planIsOnOffer, planTermIsKnown } from "../plans/on-offer.ts";
import { users } from "../tables/people.ts";
import { subscription_plans } from "../tables/plans.ts";
import { selectUser } from "./find.ts";
import { guardOthersApplication } from "./own-application.ts";
import type { User } from "./schemas.ts";

/** The plans that can be paid online, as the payment prompt lists them. */
const payablePlans = sql<PromptedPlan[]>`coalesce((${query
  .select({
    plans: sql`jsonb_agg(jsonb_build_object('name', ${subscription_plans.name}, 'price_cents', ${subscription_plans.price_cents}, 'billing_cycle', ${subscription_plans.billing_cycle}, 'term_end_month', ${subscription_plans.term_end_month}, 'term_end_day', ${subscription_plans.term_end_day}) order by ${asc(subscription_plans.position)}, ${asc(subscription_plans.id)})`,
  })
  .from(subscription_plans)
  .where(and(planIsOnOffer, planTermIsKnown))}), '[]'::jsonb)`;

/**
 * Approves an applicant, and mails a welcome and the plans. 404 without such a person, 409 unless they are waiting, 403 for
 * one's own application.
 */
export async function approveUser(ctx: SignedInContext, user_id: string): Promise<User> {
  const applicant = {
    to: users.email,
    user_id: users.id,
    from: sql`from ${users} where ${eq(users.id, user_id)}`,
  };
  const user = await ctx.transact((t) => {
    guardOthersApplication(t, ctx, user_id);
    changeStatus(t, "approve", user_id, "Only someone who is waiting for approval can be approved.");
    t.mail("approval", { ...applicant, data: { first_name: users.first_name } });
    t.mail("payment_prompt", { ...applicant, data: { first_name: users.first_name, plans: payablePlans } });
    return t.one(selectUser(user_id));
  });
  return withPhotoUrls(ctx, user);
}
