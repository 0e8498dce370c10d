import { and, eq, sql } from "drizzle-orm";
import { lockAddress } from "../../accounts/address.ts";
import { notBeforeFloor } from "../../accounts/floor.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { user_invitations } from "../../tables/accounts.ts";
import { selectInvitation } from "./find.ts";
import { type Invitation, invitationStatus } from "./schemas.ts";
import { expiry, sendInvitation } from "./send.ts";

/** Sends an open invitation again, with a new link and another 14 days. 404 without one, 409 unless it is open. */
export const resendInvitation = (ctx: SignedInContext, id: string): Promise<Invitation> =>
  notBeforeFloor(() =>
    ctx.transact((t) => {
      const invitation = eq(user_invitations.id, id);
      lockInvitation(t, id);
      t.guard(
        sql`exists (select from ${user_invitations} where ${and(invitation, eq(invitationStatus, "pending"))})`,
        409,
        "invitation_not_open",
        "Only an open invitation can be sent again. Please send a new invitation.",
      );
      sendInvitation(t, id);
      t.effect(query.update(user_invitations).set({ sent_at: sql`now()`, expires_at: expiry }).where(invitation));
      return t.one(selectInvitation(id));
    }),
  );

/** Revokes an invitation: its links stop working. Repeating changes nothing. 404 without one, 409 once it was accepted. */
export const revokeInvitation = (ctx: SignedInContext, id: string): Promise<Invitation> =>
  ctx.transact((t) => {
    const invitation = eq(user_invitations.id, id);
    lockInvitation(t, id);
    t.guard(
      sql`not exists (select from ${user_invitations} where ${and(invitation, eq(user_invitations.status, "accepted"))})`,
      409,
      "invitation_accepted",
      "This invitation was accepted, so it can no longer be revoked.",
    );
    t.effect(query.update(user_invitations).set({ status: "revoked" }).where(invitation));
    return t.one(selectInvitation(id));
  });

/** 404 unless there is such an invitation. Of two who change it at once, the second waits. */
function lockInvitation(t: Plan, id: string): void {
  const invitation = eq(user_invitations.id, id);
  lockAddress(t, sql`(select ${user_invitations.email} from ${user_invitations} where ${invitation})`);
  t.guard(
    sql`exists (select from ${user_invitations} where ${invitation})`,
    404,
    "invitation_not_found",
    "There is no such invitation.",
  );
}
