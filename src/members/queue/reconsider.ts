import { eq, inArray, or, sql } from "drizzle-orm";
import { guardPowers } from "../../access/powers.ts";
import { mailVerification } from "../../accounts/account-token.ts";
import { lockAddress, toPerson } from "../../accounts/address.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { deleteUnsentMails } from "../../mail/outbox.ts";
import { guardPerson, idsOf, lockPerson } from "../../people/person.ts";
import { personMay, STATUS_FLOW } from "../../people/status.ts";
import { users } from "../../tables/people.ts";
import { transactUser } from "../find.ts";
import { guardOthersApplication } from "../own-application.ts";
import type { User } from "../schemas.ts";

/** Whether a row of `users` waits for volunteers once it is reconsidered. Others verify their address first. */
const needsNoVerification = or(users.email_verified, inArray(users.origin, ["paper", "import"]));

/**
 * Takes a rejection back. The person waits again, and any powers that they had count again: the actor must hold them too.
 * Those who registered and never verified their address get a new link for that, within the daily limit. 404 without such a person,
 * 409 unless they are rejected, 403 for one's own application.
 */
export async function reconsiderUser(ctx: SignedInContext, user_id: string): Promise<User> {
  const person = eq(users.id, user_id);
  return transactUser(ctx, user_id, (t) => {
    lockAddress(t, sql`(${query.select({ email: users.email }).from(users).where(person)})`);
    lockPerson(t, user_id);
    guardOthersApplication(t, ctx, user_id);
    guardPowers(t, ctx.user_id, user_id, "reconsider");
    guardPerson(t, user_id);
    t.guard(
      sql`exists (select from ${users} where ${person} and ${personMay("reconsider")})`,
      409,
      "status_conflict",
      "Only someone who was rejected can be reconsidered.",
    );
    t.effect(
      query
        .update(users)
        .set({
          status: sql`case when ${needsNoVerification} then ${STATUS_FLOW.reconsider.to}::userstatus else ${STATUS_FLOW.reconsider_unverified.to}::userstatus end`,
          rejection_reason: null,
          rejected_at: null,
          rejected_by: null,
          taken_on_by: null,
          taken_on_at: null,
        })
        .where(person),
    );
    t.effect(deleteUnsentMails(idsOf(user_id), "rejection"));
    t.mail("reconsidered", { ...toPerson(user_id), data: { first_name: users.first_name } });
    mailVerification(t, sql`${person} and ${personMay("verify")}`);
  });
}
