import { type SQL, sql } from "drizzle-orm";
import { guardPowers } from "../access/powers.ts";
import { takeBackActivation } from "../accounts/activation.ts";
import { toPeople } from "../accounts/address.ts";
import type { Handle, Plan } from "../database/plan.ts";
import { MAILS_TO_GUESTS } from "../events/forget-mails.ts";
import { leaveEvents, lockToLeave } from "../events/leave.ts";
import type { Context, SignedInContext } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import { deleteUnsentMails } from "../mail/outbox.ts";
import { idsOf, isOneOf } from "../people/person.ts";
import { withPhotoUrls } from "../people/photo.ts";
import { changeStatus } from "../people/status.ts";
import {
  cancelUnopenedCheckouts,
  endRejectedCheckout,
  type RejectedCheckout,
  selectRejectedCheckouts,
} from "../subscriptions/checkout/rejected.ts";
import { emails } from "../tables/mail.ts";
import { users } from "../tables/people.ts";
import { showUser } from "./find.ts";
import { guardOthersApplication } from "./own-application.ts";
import type { Rejection, User } from "./schemas.ts";

/**
 * Rejects an applicant and ends their checkout, so that they cannot pay. What they hold at events goes to others. The rejection stands even if Stripe does not
 * answer: reconciliation then ends the checkout later. 404 if they do not exist, 409 if their status does not allow it,
 * 403 if they are the actor or hold powers that the actor lacks.
 */
export async function rejectUser(ctx: SignedInContext, user_id: string, { reason }: Rejection): Promise<User> {
  const { user, checkouts } = await ctx.transact((t) => {
    lockToLeave(t, idsOf(user_id));
    guardOthersApplication(t, ctx, user_id);
    guardPowers(t, ctx.user_id, user_id, "reject");
    changeStatus(t, "reject", user_id, NOT_OPEN, rejectedBecause(reason, ctx));
    const checkouts = followRejection(t, idsOf(user_id));
    return { user: showUser(t, ctx, user_id), checkouts };
  });
  await endCheckouts(ctx, checkouts);
  return withPhotoUrls(ctx, user);
}

export const NOT_OPEN = "Only someone with an open application can be rejected.";

/** What a rejection writes down. */
export const rejectedBecause = (reason: string, { user_id }: SignedInContext) => ({
  rejection_reason: reason,
  rejected_at: sql`now()`,
  rejected_by: user_id,
});

/** Mails whose moment is over once somebody is rejected. */
const OVERTAKEN = ["approval", "payment_prompt", "reconsidered", ...MAILS_TO_GUESTS] as const;

/**
 * Mails people who were just rejected, takes them off their events, and cancels their checkouts. Yields those that must end at
 * Stripe first. {@link lockToLeave} comes before all of it.
 */
export function followRejection(t: Plan, ids: SQL): Handle<RejectedCheckout[]> {
  t.effect(deleteUnsentMails(ids, ...OVERTAKEN));
  takeBackActivation(t, sql`${emails.user_id} = any(${ids})`);
  leaveEvents(t, ids);
  // Whoever has not confirmed their address gets this mail once they do.
  t.mail("rejection", {
    ...toPeople(isOneOf(ids)),
    data: { first_name: users.first_name, reason: sql<string>`${users.rejection_reason}` },
  });
  cancelUnopenedCheckouts(t, ids);
  return t.many(selectRejectedCheckouts(ids));
}

/** How many checkouts we end at the same time. Workers have six connections. */
const LANES = 4;

/** Ends these checkouts at Stripe. What Stripe does not end now, reconciliation ends later. */
export async function endCheckouts(ctx: Context, checkouts: readonly RejectedCheckout[]): Promise<void> {
  const waiting = [...checkouts];
  const lane = async () => {
    for (let checkout = waiting.shift(); checkout; checkout = waiting.shift())
      await endRejectedCheckout(ctx, checkout).catch((error: unknown) =>
        log({ level: "error", event: "checkout_not_ended", request_id: ctx.request_id, ...describe(error) }),
      );
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
