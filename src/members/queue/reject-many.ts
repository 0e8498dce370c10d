import { powersInWords, powersRefusal } from "../../access/powers.ts";
import { query } from "../../database/query.ts";
import { lockToLeave } from "../../events/leave.ts";
import type { SignedInContext } from "../../http/context.ts";
import { isOneOf } from "../../people/person.ts";
import { STATUS_FLOW } from "../../people/status.ts";
import { users } from "../../tables/people.ts";
import { endCheckouts, followRejection, NOT_OPEN, rejectedBecause } from "../reject.ts";
import { chooseMany } from "./choose-many.ts";
import type { ManyDecided, ManyToReject } from "./schemas.ts";

/** Rejects many applicants for one reason, by the same rules as one. Says who could not be rejected, and why. */
export async function rejectMany(ctx: SignedInContext, { reason, ...choice }: ManyToReject): Promise<ManyDecided> {
  const { decided, checkouts } = await ctx.transact((t) => {
    const { movable, decided } = chooseMany(t, ctx, choice, {
      change: "reject",
      refusal: powersRefusal(ctx.user_id, users.id),
      sentences: { ...powersInWords("reject"), status_conflict: NOT_OPEN },
      lock: lockToLeave,
    });
    t.effect(
      query
        .update(users)
        .set({ ...rejectedBecause(reason, ctx), status: STATUS_FLOW.reject.to })
        .where(isOneOf(movable)),
    );
    return { decided, checkouts: followRejection(t, movable) };
  });
  await endCheckouts(ctx, checkouts);
  return decided;
}
