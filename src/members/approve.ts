import type { SQL } from "drizzle-orm";
import { toPeople } from "../accounts/address.ts";
import type { Plan } from "../database/plan.ts";
import type { SignedInContext } from "../http/context.ts";
import { idsOf, isOneOf } from "../people/person.ts";
import { changeStatus } from "../people/status.ts";
import { users } from "../tables/people.ts";
import { transactUser } from "./find.ts";
import { guardOthersApplication } from "./own-application.ts";
import { payablePlans } from "./payment-prompt.ts";
import type { User } from "./schemas.ts";

/**
 * Approves an applicant, and mails a welcome and the plans. 404 without such a person, 409 unless they are waiting, 403 for
 * one's own application.
 */
export const approveUser = (ctx: SignedInContext, user_id: string): Promise<User> =>
  transactUser(ctx, user_id, (t) => {
    guardOthersApplication(t, ctx, user_id);
    changeStatus(t, "approve", user_id, NOT_WAITING);
    mailApproved(t, idsOf(user_id));
  });

export const NOT_WAITING = "Only someone who is waiting for approval can be approved.";

/** Mails these people a welcome and the plans. */
export const mailApproved = (t: Plan, ids: SQL): void =>
  t.mail("approval", { ...toPeople(isOneOf(ids)), data: { first_name: users.first_name, plans: payablePlans } });
