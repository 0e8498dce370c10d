import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { PERMITTED_STATUSES } from "../../access/access.ts";
import { personHolds } from "../../access/holds.ts";
import { personHoldsAll } from "../../access/powers.ts";
import { networkName } from "../../access/signatures.ts";
import { personIsSuperadmin } from "../../access/superadmin.ts";
import { addressHasOwner, LINK_EXPIRED, LINK_NOT_VALID, linkIsOpen, readLink } from "../../accounts/account-token.ts";
import { lockAddress } from "../../accounts/address.ts";
import { mailApprovers } from "../../accounts/newly-confirmed.ts";
import { assertGoodPassword } from "../../accounts/password-rules.ts";
import { hashPassword, saltFor } from "../../accounts/passwords.ts";
import type { Link } from "../../accounts/schemas.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import type { Notice } from "../../http/page.ts";
import { pageWords } from "../../http/page-words.ts";
import { selectBranding } from "../../organisation/organisation.ts";
import { acceptDocuments } from "../../people/acceptances.ts";
import { lockPerson, personIsKnown } from "../../people/person.ts";
import { giveRoles, lockRoles } from "../../roles/assign.ts";
import { selectGrantedCodes } from "../../roles/granted.ts";
import { roles } from "../../tables/access.ts";
import { account_tokens, user_invitations } from "../../tables/accounts.ts";
import { users } from "../../tables/people.ts";
import { type Acceptance, invitationStatus, type OpenInvitation } from "./schemas.ts";

/** An invitation that can be accepted now. 400 or 409 says why not. */
export async function openInvitation(ctx: Context, { token }: Link): Promise<OpenInvitation> {
  const token_id = await readLink(ctx.settings, "accept_invitation", token);
  const { invitation, organisation } = await ctx.transact((t) => {
    guardOpen(t, token_id);
    return { invitation: t.one(selectInvited(token_id)), organisation: t.one(selectBranding(ctx.settings)) };
  });
  const say = pageWords(organisation.name);
  return {
    title: say("welcome"),
    message: say("invited", { email: invitation.email }),
    organisation,
    email: invitation.email,
  };
}

/**
 * Accepts an invitation: makes a pre-validated person, whose address the link has verified. They get the role of the
 * invitation if the inviter may still give it. Works once. Signs nobody in.
 */
export async function acceptInvitation(
  ctx: Context,
  { token, password, accepted_documents = [], ...names }: Acceptance,
): Promise<Notice> {
  const token_id = await readLink(ctx.settings, "accept_invitation", token);
  const { email, role_id, invited_by } = await ctx.transact((t) => {
    guardOpen(t, token_id);
    return t.one(selectInvited(token_id));
  });
  assertGoodPassword(password, { ...names, email }, "password");
  const password_hash = hashPassword(password, await saltFor(ctx.settings, email));
  const used_network = await networkName(ctx.settings, ctx.client.network);
  const user_id = crypto.randomUUID();
  const organisation = await ctx.transact((t) => {
    // Of two who accept, register or verify the same address at once, the second waits.
    lockAddress(t, email);
    guardOpen(t, token_id);
    t.effect(
      query.insert(users).values({
        ...names,
        id: user_id,
        email,
        password_hash,
        origin: "invitation",
        status: "pre_validated",
        email_verified: true,
      }),
    );
    acceptDocuments(t, user_id, accepted_documents);
    t.effect(
      query.update(user_invitations).set({ status: "accepted", accepted_by: user_id }).where(isInvitationOf(token_id)),
    );
    t.effect(
      query.update(account_tokens).set({ used_at: sql`now()`, used_network }).where(eq(account_tokens.id, token_id)),
    );
    if (role_id && invited_by) giveRole(t, user_id, role_id, invited_by);
    mailApprovers(t, sql`true`);
    return t.one(selectBranding(ctx.settings));
  });
  return {
    title: pageWords()("account_ready"),
    message: pageWords()("sign_in_as", { email }),
    organisation,
  };
}

const isAcceptLink = (token_id: string) =>
  and(eq(account_tokens.id, token_id), eq(account_tokens.purpose, "accept_invitation"));

/** The invitation that a link was mailed for: a condition on `user_invitations`. */
const isInvitationOf = (token_id: string): SQL =>
  sql`${user_invitations.id} = (select ${account_tokens.invitation_id} from ${account_tokens} where ${isAcceptLink(token_id)})`;

const selectInvited = (token_id: string) =>
  query
    .select({
      email: user_invitations.email,
      role_id: user_invitations.role_id,
      invited_by: user_invitations.invited_by,
    })
    .from(user_invitations)
    .where(isInvitationOf(token_id));

function guardOpen(t: Plan, token_id: string): void {
  const some = (which?: SQL) =>
    sql`exists (select from ${user_invitations} where ${and(isInvitationOf(token_id), which)})`;
  t.guard(
    sql`not ${some(eq(user_invitations.status, "accepted"))}`,
    409,
    "invitation_accepted",
    "This invitation was already accepted. Please sign in.",
  );
  t.guard(some(inArray(user_invitations.status, ["pending", "expired"])), ...LINK_NOT_VALID);
  t.guard(
    sql`exists (select from ${account_tokens} where ${and(isAcceptLink(token_id), linkIsOpen)})
      and ${some(eq(invitationStatus, "pending"))}`,
    ...LINK_EXPIRED,
  );
  t.guard(
    sql`not ${some(addressHasOwner(sql`${user_invitations.email}`))}`,
    409,
    "address_has_account",
    "You already have an account with this address. Please sign in to it.",
  );
}

/** Gives the role of an invitation, if the inviter could give it now. Otherwise the person joins without a role. */
function giveRole(t: Plan, user_id: string, role_id: string, invited_by: string): void {
  const inviter = and(eq(users.id, invited_by), inArray(users.status, [...PERMITTED_STATUSES]), personIsKnown);
  // Until this is done, nobody can take powers from the inviter or add some to the role.
  lockPerson(t, invited_by);
  lockRoles(t, eq(roles.id, role_id));
  const inviterMay = and(
    sql`exists (select from ${users} where ${inviter})`,
    personHolds(invited_by, "users.invite"),
    personHoldsAll(invited_by, sql`${selectGrantedCodes(role_id)}`),
    sql`(${roles.code} <> 'superadmin' or ${personIsSuperadmin(invited_by)})`,
  );
  giveRoles(t, user_id, sql`(${and(eq(roles.id, role_id), inviterMay)})`, invited_by);
}
