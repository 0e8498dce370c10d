import { and, asc, eq, sql } from "drizzle-orm";
import { query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { mail } from "../mail/outbox.ts";
import { isOnOffer, saysItsTerm } from "../plans/on-offer.ts";
import { subscription_plans } from "../plans/tables.ts";
import { selectUser } from "./find.ts";
import type { User } from "./schemas.ts";
import { changeStatus } from "./status.ts";
import { users } from "./tables.ts";

/** What the payment prompt tells of each plan that a checkout takes. */
const offeredPlans = sql`coalesce((${query
  .select({
    plans: sql`jsonb_agg(jsonb_build_object('name', ${subscription_plans.name}, 'price_cents', ${subscription_plans.price_cents}, 'billing_cycle', ${subscription_plans.billing_cycle}, 'term_end_month', ${subscription_plans.term_end_month}, 'term_end_day', ${subscription_plans.term_end_day}) order by ${asc(subscription_plans.position)}, ${asc(subscription_plans.id)})`,
  })
  .from(subscription_plans)
  .where(and(isOnOffer, saysItsTerm))}), '[]'::jsonb)`;

/** Accepts an applicant, who is now asked to pay: two mails, one welcoming, one with the plans. */
export async function approve(ctx: SignedInContext, user_id: string): Promise<User> {
  const applicant = {
    to: users.email,
    user_id: users.id,
    from: sql`from ${users} where ${eq(users.id, user_id)}`,
  };
  const [user] = await ctx.transact(
    ...changeStatus("approve", user_id, "Only someone who is waiting to be validated can be approved."),
    mail("approval", { ...applicant, data: { first_name: users.first_name } }),
    mail("payment_prompt", { ...applicant, data: { first_name: users.first_name, plans: offeredPlans } }),
    selectUser(user_id),
  );
  return user;
}
