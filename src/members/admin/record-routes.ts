import { fresh, permitted } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { ById, Message } from "../../http/schemas.ts";
import { User } from "../schemas.ts";
import { changeUserStatus } from "./change-status.ts";
import { resendConfirmation } from "./confirmation-mail.ts";
import { createUser } from "./create.ts";
import { editUser } from "./edit.ts";
import { handOver } from "./hand-over.ts";
import { HandedOver, HandOver } from "./hand-over-schemas.ts";
import { CreatedUser, NewUser, UserChange, UserStatusChange } from "./schemas.ts";

const tag = "Members (admin)";

/** Entering people and changing what we keep about them. */
export const memberRecordRoutes = [
  route({
    method: "post",
    path: "/api/admin/users",
    tag,
    operationId: "createUser",
    summary: "Enter somebody who applied on paper",
    description:
      "People without an email address are welcome: leave `email` out. An address that a volunteer types proves nothing: nobody can sign in with it, and it gets no email except the activation, if you ask for it. The link in that email confirms the address and lets the person choose a password. 409 `address_has_owner` if somebody has confirmed the address already. `twins` names people who may be the same person, as far as they show what they have in common.",
    access: permitted("users.create"),
    request: { body: NewUser },
    response: { 201: CreatedUser },
    errors: [409, 429],
    handle: (ctx, { body }) => createUser(ctx, body),
  }),
  route({
    method: "put",
    path: "/api/admin/users/{id}",
    tag,
    operationId: "editUser",
    summary: "Edit a person",
    description:
      "Fields that are left out stay as they are. Null or an empty text clears an optional field. A new email address needs `users.view_sensitive`, because whoever has it can open the account and read everything. If somebody has an account, the address must be confirmed: we mail it a link and tell the old one, which stays until then; this also needs a proof of identity from the last 15 minutes. Without an account, the address just changes; 409 `address_has_owner` if somebody has confirmed it. You must hold every permission that the person holds. What a person shows to nobody, and their legal name, can be changed only with `users.view_sensitive`, unless volunteers entered them and they have not opened their account. What people wrote themselves in `referred_by` nobody else can change: 409 `referred_by_is_theirs`.",
    access: permitted("users.edit"),
    request: { params: ById, body: UserChange },
    response: { 200: User },
    errors: [404, 409, 429],
    handle: (ctx, { params, body }) => editUser(ctx, params.id, body),
  }),
  route({
    method: "put",
    path: "/api/admin/users/{id}/status",
    tag,
    operationId: "changeUserStatus",
    summary: "Change a person's status",
    description:
      "Along the status flow, where no other route does: `pending_validation` to `pre_validated`; `active` to `inactive`, which emails the person that the membership ended; `inactive` to `payment_pending`, which emails the plans; and, for people whom volunteers entered, `pending_email` to `pending_validation`. Anything else is 409 `status_conflict`. 409 `subscription_running` while a subscription runs: cancel it instead. To make somebody `inactive` or to bring them back, you must hold every permission that they hold. `reason` is kept as a note.",
    access: permitted("users.change_status"),
    request: { params: ById, body: UserStatusChange },
    response: { 200: User },
    errors: [404, 409],
    handle: (ctx, { params, body }) => changeUserStatus(ctx, params.id, body),
  }),
  route({
    method: "post",
    path: "/api/admin/users/{id}/resend-verification",
    tag,
    operationId: "resendConfirmation",
    summary: "Email somebody another link to confirm their address",
    description:
      "The link verifies a registration, or opens the account of somebody whom volunteers entered. 409 `no_address`, `already_verified`, or `address_has_owner` if somebody else has confirmed the address. An address gets at most five such emails a day.",
    access: permitted("users.edit"),
    request: { params: ById },
    response: { 200: Message },
    errors: [404, 409, 429],
    handle: (ctx, { params }) => resendConfirmation(ctx, params.id),
  }),
  route({
    method: "post",
    path: "/api/admin/users/{id}/hand-over",
    tag: "Roles (admin)",
    operationId: "handOver",
    summary: "End what a volunteer does",
    description:
      "Ends all their roles and sessions, and gives the applications that they look after to somebody else, who again has three days. They stay a member and can sign in again. Invitations that they sent no longer give roles; door links that they made stay, and whoever runs the event can revoke them. You must hold every permission that they hold. Only superadmins can do this to a superadmin, and one must remain. 409 `cannot_take_over` unless `to` may approve applications, and `nothing_to_hand_over` if they have neither roles nor applications. Without roles, their sessions stay.",
    access: fresh(permitted("permissions.assign")),
    request: { params: ById, body: HandOver },
    response: { 200: HandedOver },
    errors: [404, 409],
    handle: (ctx, { params, body }) => handOver(ctx, params.id, body),
  }),
];
