import { type SQL, sql } from "drizzle-orm";
import { guardPowers } from "../../access/powers.ts";
import { personIsSuperadmin } from "../../access/superadmin.ts";
import type { Plan } from "../../database/plan.ts";
import type { SignedInContext } from "../../http/context.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { subscriptionOwner } from "../lock.ts";

/**
 * 403 if the owner loses powers that the actor does not have: the roles of former members do not count. Superadmins keep
 * theirs, because they never lapse. Lock the subscription first.
 *
 * @param losesTerm condition on `subscriptions`: whether its owner loses time of membership
 * @param verb what the actor does, for the sentence: "end the membership of"
 */
export function guardOwnersPowers(t: Plan, ctx: SignedInContext, id: string, losesTerm: SQL, verb: string): void {
  const lapses = sql`(${losesTerm}) and not ${personIsSuperadmin(subscriptions.user_id)}`;
  guardPowers(t, ctx.user_id, subscriptionOwner(id, lapses), verb);
}
