import type { SignedInContext } from "../../http/context.ts";
import { isOneOf } from "../../people/person.ts";
import { changeStatusWhere } from "../../people/status.ts";
import { mailApproved, NOT_WAITING } from "../approve.ts";
import { chooseMany } from "./choose-many.ts";
import type { Choice, ManyDecided } from "./schemas.ts";

/** Approves many applicants in one round trip, by the same rules as one. Says who could not be approved, and why. */
export const approveMany = (ctx: SignedInContext, choice: Choice): Promise<ManyDecided> =>
  ctx.transact((t) => {
    const { movable, decided } = chooseMany(t, ctx, choice, {
      change: "approve",
      sentences: { status_conflict: NOT_WAITING },
    });
    changeStatusWhere(t, "approve", isOneOf(movable));
    mailApproved(t, movable);
    return decided;
  });
