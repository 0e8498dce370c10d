import { fresh, open, signedIn } from "../access/access.ts";
import { linkLifetimeInWords } from "../access/link-lifetime.ts";
import { Notice, page } from "../http/page.ts";
import { route } from "../http/route.ts";
import { Message } from "../http/schemas.ts";
import { activate, activationPage, openActivationLink } from "./activate.ts";
import { changeEmail } from "./change-email.ts";
import { changePassword } from "./change-password.ts";
import { askToConfirmEmail, confirmEmail } from "./confirm-email.ts";
import { forgotPassword } from "./forgot-password.ts";
import { askWhoForgot, forgotPage, linkSentPage } from "./forgot-password-page.ts";
import { openResetLink, resetPage, resetPassword } from "./reset-password.ts";
import {
  Activation,
  ActivationLink,
  ChangeEmail,
  ChangePassword,
  ForgotPassword,
  Link,
  LinkQuery,
  LinkSent,
  NewPasswordByLink,
  ResetLink,
} from "./schemas.ts";

const tag = "Accounts";

/** Changing what I sign in with: my password and my address. */
export const credentialRoutes = [
  route({
    method: "get",
    path: "/api/auth/forgot-password",
    tag,
    operationId: "getForgotPasswordPage",
    summary: "The page for those who forgot their password",
    description: "Used if there is no frontend. A page for browsers, JSON for other clients.",
    access: open,
    mailed: true,
    credentials: true,
    response: { 200: Notice },
    page: forgotPage,
    handle: (ctx) => askWhoForgot(ctx),
  }),
  route({
    method: "post",
    path: "/api/auth/forgot-password",
    tag,
    operationId: "forgotPassword",
    summary: "Ask for a link to choose a new password",
    description:
      "Mails the owner of a verified address. The answer and its timing do not tell whether the address is known.",
    access: open,
    credentials: true,
    request: { body: ForgotPassword, form: true },
    response: { 200: LinkSent },
    page: linkSentPage,
    handle: (ctx, { body }) => forgotPassword(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/auth/reset-password",
    tag,
    operationId: "openResetLink",
    summary: "Open the link to choose a new password",
    description: "A browser gets a page that asks for the password. For a client, 200 means that the link still works.",
    access: open,
    mailed: true,
    credentials: true,
    request: { query: LinkQuery },
    response: { 200: ResetLink },
    page: resetPage,
    handle: (ctx, { query }) => openResetLink(ctx, query.token),
  }),
  route({
    method: "post",
    path: "/api/auth/reset-password",
    tag,
    operationId: "resetPassword",
    summary: "Choose a new password with a mailed link",
    description: `The link works once, for ${linkLifetimeInWords("reset_password")}. Ends all sessions; does not sign in.`,
    access: open,
    credentials: true,
    round_trips: 2, // the password is compared with the person's name and address before it is written
    request: { body: NewPasswordByLink, form: true },
    response: { 200: Notice },
    page,
    handle: (ctx, { body }) => resetPassword(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/auth/activate",
    tag,
    operationId: "openActivationLink",
    summary: "Open the link to an account that volunteers entered",
    description:
      "Changes nothing. A browser gets a page that asks for a password. For other clients, 200 means that the link still works.",
    access: open,
    mailed: true,
    credentials: true,
    request: { query: LinkQuery },
    response: { 200: ActivationLink },
    errors: [409],
    page: activationPage,
    handle: (ctx, { query }) => openActivationLink(ctx, query.token),
  }),
  route({
    method: "post",
    path: "/api/auth/activate",
    tag,
    operationId: "activateAccount",
    summary: "Open the account that volunteers entered for me",
    description: `Confirms the address that the link was mailed to, and sets my password. The link works once, for ${linkLifetimeInWords("activate")}. 409 \`already_registered\` if I have another account with the address by now: then I sign in to that one. Does not sign in.`,
    access: open,
    credentials: true,
    round_trips: 2, // the password is compared with the person's name and address before it is written
    request: { body: Activation, form: true },
    response: { 200: Notice },
    errors: [409],
    page,
    handle: (ctx, { body }) => activate(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/auth/change-password",
    tag,
    operationId: "changePassword",
    summary: "Change my password",
    description: "Needs the current password. Ends all my other sessions.",
    access: signedIn(),
    credentials: true,
    round_trips: 2, // the current password is checked between reading its hash and writing the new one
    request: { body: ChangePassword },
    response: { 200: Message },
    errors: [403, 429],
    handle: (ctx, { body }) => changePassword(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/auth/change-email",
    tag,
    operationId: "changeEmail",
    summary: "Change my email address",
    description:
      "Mails a link to the new address and a notice to the old one. The change takes effect when the link is opened; the answer does not tell whether the new address is known.",
    access: fresh(signedIn()),
    credentials: true,
    request: { body: ChangeEmail },
    response: { 200: Message },
    errors: [409, 429],
    handle: (ctx, { body }) => changeEmail(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/auth/confirm-email",
    tag,
    operationId: "openEmailChangeLink",
    summary: "Open the link that confirms an address",
    description:
      "Shows a page that asks first, and changes nothing. If the client's Accept header names `application/json`, it confirms the address, as POST does.",
    access: open,
    credentials: true,
    changes: true,
    request: { query: LinkQuery },
    response: { 200: Notice },
    ask: (ctx, { query }) => askToConfirmEmail(ctx, query),
    handle: (ctx, { query }) => confirmEmail(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/auth/confirm-email",
    tag,
    operationId: "confirmEmail",
    summary: "Confirm an address",
    description: "Repeating it changes nothing.",
    access: open,
    credentials: true,
    repeatable: true,
    request: { body: Link, form: true },
    response: { 200: Notice },
    page,
    handle: (ctx, { body }) => confirmEmail(ctx, body),
  }),
];
