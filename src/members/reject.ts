import { and, eq, sql } from "drizzle-orm";
import { guardSuperadmin, isSuperadmin } from "../access/superadmin.ts";
import { maybe } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import { mail } from "../mail/outbox.ts";
import { cancelUnopened, endRejectedCheckout, selectRejectedCheckout } from "../subscriptions/rejected-checkout.ts";
import { selectUser } from "./find.ts";
import type { Rejection, User } from "./schemas.ts";
import { changeStatus } from "./status.ts";
import { users } from "./tables.ts";

/**
 * Turns an applicant down and tells them why. An address that was never verified gets no mail, it may be a stranger's,
 * until it is verified. A checkout of theirs is ended, so that they do not pay for what they cannot have; the rejection
 * stands although Stripe does not answer, and the reconciliation ends it then. One round trip; two where one is open.
 * 404 without such a person, 409 when they are a member or were one, 403 when they are a superadmin, of whom it takes all
 * powers, and the actor is none.
 */
export async function reject(ctx: SignedInContext, user_id: string, { reason }: Rejection): Promise<User> {
  const [lock, ...change] = changeStatus("reject", user_id, "Only someone who is not a member yet can be rejected.", {
    rejection_reason: reason,
    rejected_at: sql`now()`,
    rejected_by: ctx.user_id,
  });
  const [user, checkout] = await ctx.transact(
    lock,
    guardSuperadmin(ctx.user_id, isSuperadmin(user_id), "Only a superadmin can turn down a superadmin."),
    ...change,
    mail("rejection", {
      to: users.email,
      user_id: users.id,
      data: { first_name: users.first_name, reason: users.rejection_reason },
      from: sql`from ${users} where ${and(eq(users.id, user_id), users.email_verified)}`,
    }),
    cancelUnopened(user_id),
    selectUser(user_id),
    maybe(selectRejectedCheckout(user_id)),
  );
  if (checkout)
    await endRejectedCheckout(ctx, checkout).catch((error: unknown) =>
      log({ level: "error", event: "checkout_not_ended", request_id: ctx.request_id, ...describe(error) }),
    );
  return user;
}
