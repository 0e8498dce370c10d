import { fresh, open, permitted } from "../../access/access.ts";
import { linkLifetimeInWords } from "../../access/link-lifetime.ts";
import { LinkQuery } from "../../accounts/schemas.ts";
import { Notice, page } from "../../http/page.ts";
import { route } from "../../http/route.ts";
import { ById } from "../../http/schemas.ts";
import { acceptInvitation, openInvitation } from "./accept.ts";
import { askToAccept } from "./accept-page.ts";
import { listInvitations } from "./find.ts";
import { invite } from "./invite.ts";
import { resendInvitation, revokeInvitation } from "./manage.ts";
import { Acceptance, Invitation, InvitationFilters, InvitationPage, NewInvitation, OpenInvitation } from "./schemas.ts";

const tag = "Invitations (admin)";
const lifetime = linkLifetimeInWords("accept_invitation");

export const invitationRoutes = [
  route({
    method: "get",
    path: "/api/admin/invitations",
    tag,
    operationId: "listInvitations",
    summary: "List invitations",
    description: "Newest first.",
    access: permitted("users.invite"),
    request: { query: InvitationFilters },
    response: { 200: InvitationPage },
    handle: (ctx, { query }) => listInvitations(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/admin/invitations",
    tag,
    operationId: "invite",
    summary: "Invite somebody",
    description: `Emails a link that works for ${lifetime}. Whoever accepts becomes \`pre_validated\` and gets the role, if you may still give it then. The answer and its timing do not reveal whether the address has an account: its owner gets an email to sign in instead. An address gets at most five invitations a day.`,
    access: fresh(permitted("users.invite")),
    request: { body: NewInvitation },
    response: { 201: Invitation },
    errors: [404, 409, 429],
    handle: (ctx, { body }) => invite(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/admin/invitations/{id}/resend",
    tag,
    operationId: "resendInvitation",
    summary: "Send an invitation again",
    description: `The new link and the invitation work for another ${lifetime}. Only an open invitation can be sent again.`,
    access: permitted("users.invite"),
    request: { params: ById },
    response: { 200: Invitation },
    errors: [404, 409, 429],
    handle: (ctx, { params }) => resendInvitation(ctx, params.id),
  }),
  route({
    method: "delete",
    path: "/api/admin/invitations/{id}",
    tag,
    operationId: "revokeInvitation",
    summary: "Revoke an invitation",
    description: "Its links stop working. It stays in the list. Repeating it changes nothing.",
    access: permitted("users.invite"),
    repeatable: true,
    request: { params: ById },
    response: { 200: Invitation },
    errors: [404, 409],
    handle: (ctx, { params }) => revokeInvitation(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/auth/accept-invitation",
    tag: "Accounts",
    operationId: "openInvitation",
    summary: "Open the link in an invitation",
    description:
      "Changes nothing. Shows a page that asks for the name and a password. For a client whose Accept header names `application/json`, 200 means that the invitation can be accepted.",
    access: open,
    credentials: true,
    request: { query: LinkQuery },
    response: { 200: OpenInvitation },
    errors: [409],
    ask: (ctx, { query }) => askToAccept(ctx, query),
    handle: (ctx, { query }) => openInvitation(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/auth/accept-invitation",
    tag: "Accounts",
    operationId: "acceptInvitation",
    summary: "Accept an invitation",
    description: "Works once. The link verifies the address. Does not sign in.",
    access: open,
    credentials: true,
    round_trips: 2, // the password is compared with the invited address before it is written
    request: { body: Acceptance, form: true },
    response: { 200: Notice },
    errors: [409],
    page,
    handle: (ctx, { body }) => acceptInvitation(ctx, body),
  }),
];
