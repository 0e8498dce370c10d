import { toPerson } from "../accounts/address.ts";
import type { SignedInContext } from "../http/context.ts";
import { changeStatus } from "../people/status.ts";
import { users } from "../tables/people.ts";
import { selectUser } from "./find.ts";
import { guardOthersApplication } from "./own-application.ts";
import { mailPaymentPrompt } from "./payment-prompt.ts";
import type { User } from "./schemas.ts";

/**
 * Approves an applicant, and mails a welcome and the plans. 404 without such a person, 409 unless they are waiting, 403 for
 * one's own application.
 */
export const approveUser = (ctx: SignedInContext, user_id: string): Promise<User> =>
  ctx.transact((t) => {
    guardOthersApplication(t, ctx, user_id);
    changeStatus(t, "approve", user_id, "Only someone who is waiting for approval can be approved.");
    t.mail("approval", { ...toPerson(user_id), data: { first_name: users.first_name } });
    mailPaymentPrompt(t, user_id);
    return t.one(selectUser(user_id));
  });
