import { and, eq, lte, sql } from "drizzle-orm";
import { guardOwnPermissions } from "../../access/powers.ts";
import { guardSuperadmin } from "../../access/superadmin.ts";
import { lockAddress } from "../../accounts/address.ts";
import { notBeforeFloor } from "../../accounts/floor.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { lockRoles, roleIsAssignable } from "../../roles/assign.ts";
import { ROLE_NOT_FOUND } from "../../roles/find.ts";
import { selectGrantedCodes } from "../../roles/granted.ts";
import { roles } from "../../tables/access.ts";
import { user_invitations } from "../../tables/accounts.ts";
import { selectInvitation } from "./find.ts";
import type { Invitation, NewInvitation } from "./schemas.ts";
import { expiry, sendInvitation } from "./send.ts";

/**
 * Invites an address, for 14 days. The answer does not tell whether it has an owner. 404 without such a role, 403 for a role
 * with permissions that the actor lacks, 409 while the address has another invitation.
 */
export const invite = (
  ctx: SignedInContext,
  { email, role_id = null, message = null }: NewInvitation,
): Promise<Invitation> =>
  notBeforeFloor(() =>
    ctx.transact((t) => {
      const id = crypto.randomUUID();
      const isPending = and(eq(user_invitations.email, email), eq(user_invitations.status, "pending"));
      lockAddress(t, email);
      if (role_id) guardMayGive(t, ctx, role_id);
      // An invitation that has expired makes room.
      t.effect(
        query
          .update(user_invitations)
          .set({ status: "expired" })
          .where(and(isPending, lte(user_invitations.expires_at, sql`now()`))),
      );
      t.guard(
        sql`not exists (select from ${user_invitations} where ${isPending})`,
        409,
        "already_invited",
        "This address already has an open invitation. You can send it again or revoke it.",
      );
      t.effect(
        query
          .insert(user_invitations)
          .values({ id, email, role_id, message, invited_by: ctx.user_id, expires_at: expiry }),
      );
      sendInvitation(t, id);
      return t.one(selectInvitation(id));
    }),
  );

/** Nobody invites somebody to a role beyond their own powers. Whether they still hold them is asked again on acceptance. */
function guardMayGive(t: Plan, { user_id }: SignedInContext, role_id: string): void {
  const role = eq(roles.id, role_id);
  lockRoles(t, role);
  t.guard(sql`exists (select from ${roles} where ${role})`, ...ROLE_NOT_FOUND);
  t.valid(
    sql`exists (select from ${roles} where ${and(role, roleIsAssignable)})`,
    "role_id",
    "must not be the member role: people get it with their status",
  );
  guardSuperadmin(
    t,
    user_id,
    sql`exists (select from ${roles} where ${and(role, eq(roles.code, "superadmin"))})`,
    "Only a superadmin can invite a superadmin.",
  );
  guardOwnPermissions(
    t,
    user_id,
    sql`${selectGrantedCodes(role_id)}`,
    "You can only give permissions that you hold yourself.",
  );
}
