import { and, eq, sql } from "drizzle-orm";
import { guardPowers } from "../access/powers.ts";
import type { SignedInContext } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import { deleteWaitingMails } from "../mail/outbox.ts";
import { lockPerson } from "../people/person.ts";
import { withPhotoUrls } from "../people/photo.ts";
import { changeStatus } from "../people/status.ts";
import {
  cancelUnopenedCheckout,
  endRejectedCheckout,
  selectRejectedCheckout,
} from "../subscriptions/checkout/rejected.ts";
import { users } from "../tables/people.ts";
import { selectUser } from "./find.ts";
import { guardOthersApplication } from "./own-application.ts";
import type { Rejection, User } from "./schemas.ts";

/**
 * Rejects an applicant and ends their checkout, so that they cannot pay. The rejection stands even if Stripe does not
 * answer: reconciliation then ends the checkout later. 404 if they do not exist, 409 if their status does not allow it,
 * 403 if they are the actor or hold powers that the actor lacks.
 */
export async function rejectUser(ctx: SignedInContext, user_id: string, { reason }: Rejection): Promise<User> {
  const { user, checkout } = await ctx.transact((t) => {
    lockPerson(t, user_id);
    guardOthersApplication(t, ctx, user_id);
    guardPowers(t, ctx.user_id, user_id, "reject");
    changeStatus(t, "reject", user_id, "Only someone with an open application can be rejected.", {
      rejection_reason: reason,
      rejected_at: sql`now()`,
      rejected_by: ctx.user_id,
    });
    t.effect(deleteWaitingMails(user_id, "approval", "payment_prompt"));
    // An address that was never verified may be a stranger's. Its owner gets this mail once they verify it.
    t.mail("rejection", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name, reason: sql<string>`${users.rejection_reason}` },
      from: sql`from ${users} where ${and(eq(users.id, user_id), users.email_verified)}`,
    });
    cancelUnopenedCheckout(t, user_id);
    return { user: t.one(selectUser(user_id)), checkout: t.maybe(selectRejectedCheckout(user_id)) };
  });
  if (checkout)
    await endRejectedCheckout(ctx, checkout).catch((error: unknown) =>
      log({ level: "error", event: "checkout_not_ended", request_id: ctx.request_id, ...describe(error) }),
    );
  return withPhotoUrls(ctx, user);
}
