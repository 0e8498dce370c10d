import { eq } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { listPageWithTotal, newestFirst } from "../../http/pagination.ts";
import { user_invitations } from "../../tables/accounts.ts";
import { type InvitationFilters, type InvitationPage, invitationColumns, invitationStatus } from "./schemas.ts";

const selectInvitations = () => query.select(invitationColumns).from(user_invitations);

export const selectInvitation = (id: string) => selectInvitations().where(eq(user_invitations.id, id));

/** A page of invitations, the newest first. */
export const listInvitations = (
  ctx: SignedInContext,
  { status, ...paging }: InvitationFilters,
): Promise<InvitationPage> =>
  ctx.transact((t) =>
    listPageWithTotal(
      t,
      newestFirst(user_invitations),
      selectInvitations,
      paging,
      status && eq(invitationStatus, status),
    ),
  );
