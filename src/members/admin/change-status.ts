import { eq, sql } from "drizzle-orm";
import { guardPowers } from "../../access/powers.ts";
import { takeBackActivation } from "../../accounts/activation.ts";
import { toPerson } from "../../accounts/address.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson, idsOf, lockPerson } from "../../people/person.ts";
import type { UserStatus } from "../../people/schemas.ts";
import { changeStatus } from "../../people/status.ts";
import { someSubscription } from "../../subscriptions/rows.ts";
import { subscriptionIsRunning } from "../../subscriptions/standing.ts";
import { emails } from "../../tables/mail.ts";
import { user_notes } from "../../tables/members.ts";
import { personIsOnPaper, users } from "../../tables/people.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { transactUser } from "../find.ts";
import { guardOthersApplication } from "../own-application.ts";
import { mailPaymentPrompt } from "../payment-prompt.ts";
import type { User } from "../schemas.ts";
import type { UserStatusChange } from "./schemas.ts";

type Change = (t: Plan, ctx: SignedInContext, user_id: string) => void;

/** Where volunteers may move somebody, along the status flow. */
const CHANGE_TO: { [status in UserStatus]?: Change } = {
  pending_validation: takeOnPaper,
  pre_validated: preValidate,
  payment_pending: renew,
  inactive: deactivate,
};

/** What to do instead for a status that volunteers do not set here. */
const COMES_FROM: { [status in UserStatus]?: string } = {
  pending_email: "Nobody can be moved back to an unconfirmed address.",
  active: "People become active when their dues are paid. Please record a subscription.",
  rejected: "Please reject the application instead. That tells the person why.",
};

/**
 * Moves somebody along the status flow, where no other route does. The reason is kept as a note. 404; 403 if they hold
 * powers that the actor lacks, and for one's own application; 409 if the flow does not allow it, or a subscription runs.
 */
export async function changeUserStatus(
  ctx: SignedInContext,
  user_id: string,
  { status, reason }: UserStatusChange,
): Promise<User> {
  return transactUser(ctx, user_id, (t) => {
    lockPerson(t, user_id);
    guardPerson(t, user_id);
    const change = CHANGE_TO[status];
    if (change) change(t, ctx, user_id);
    else t.guard(sql`false`, 409, "status_conflict", COMES_FROM[status] ?? "Nobody can be moved to this status.");
    if (reason)
      t.effect(query.insert(user_notes).values({ user_id, author_id: ctx.user_id, body: `${status}: ${reason}` }));
  });
}

/** Only for people on paper: others confirm their address themselves. */
function takeOnPaper(t: Plan, _: SignedInContext, user_id: string): void {
  t.guard(
    sql`exists (select from ${users} where ${eq(users.id, user_id)} and ${personIsOnPaper})`,
    409,
    "status_conflict",
    "Only the person can confirm their email address. To reopen a rejected application, please reconsider it instead.",
  );
  changeStatus(
    t,
    "verify",
    user_id,
    "Only someone who is waiting to confirm their email address can be moved to this status.",
  );
}

function preValidate(t: Plan, ctx: SignedInContext, user_id: string): void {
  guardOthersApplication(t, ctx, user_id);
  changeStatus(
    t,
    "pre_validate",
    user_id,
    "Only an applicant who is waiting to be validated can be moved to this status.",
  );
}

/** While a subscription runs, it alone decides on the membership. */
const guardNothingRuns = (t: Plan, user_id: string, sentence: string): void =>
  t.guard(
    sql`not ${someSubscription(eq(subscriptions.user_id, user_id), subscriptionIsRunning)}`,
    409,
    "subscription_running",
    sentence,
  );

/** Their roles count again, so the actor must hold what those give. */
function renew(t: Plan, ctx: SignedInContext, user_id: string): void {
  guardPowers(t, ctx.user_id, user_id, "bring back");
  changeStatus(
    t,
    "renew",
    user_id,
    "Only former members can be moved to this status. For an applicant, please approve the application instead.",
  );
  guardNothingRuns(
    t,
    user_id,
    "They have a subscription with overdue dues. As soon as they pay those, they are a member again.",
  );
  mailPaymentPrompt(t, idsOf(user_id));
}

/** A checkout that is open stays: former members may come back by paying. */
function deactivate(t: Plan, ctx: SignedInContext, user_id: string): void {
  guardPowers(t, ctx.user_id, user_id, "deactivate");
  changeStatus(t, "deactivate", user_id, "Only active members can be made inactive.");
  guardNothingRuns(
    t,
    user_id,
    "They have a running subscription. Please cancel it instead. Their membership then ends, now or with the term.",
  );
  takeBackActivation(t, eq(emails.user_id, user_id));
  t.mail("membership_ended", {
    ...toPerson(user_id),
    data: {
      first_name: users.first_name,
      ended_at: sql<string>`${ctx.now.toISOString()}::text`,
      overdue: sql<boolean>`false`,
    },
  });
}
