import * as z from "zod";
import { enrolling, fresh, open, signedIn } from "../access/access.ts";
import { Notice, page } from "../http/page.ts";
import { Paging } from "../http/pagination.ts";
import { route } from "../http/route.ts";
import { ById, Message } from "../http/schemas.ts";
import { changeEmail } from "./change-email.ts";
import { changePassword } from "./change-password.ts";
import { confirmEmail } from "./confirm-email.ts";
import { notBeforeFloor, SIGN_IN_FLOOR_MS } from "./floor.ts";
import { forgotPassword } from "./forgot-password.ts";
import { isForOwner, login } from "./login.ts";
import { me } from "./me.ts";
import { refresh } from "./refresh.ts";
import { register } from "./register.ts";
import { resendVerification } from "./resend-verification.ts";
import { resetPage } from "./reset-page.ts";
import { openResetLink, resetPassword } from "./reset-password.ts";
import {
  ChangeEmail,
  ChangePassword,
  Credentials,
  ForgotPassword,
  Link,
  LinkQuery,
  Me,
  NewPasswordByLink,
  RefreshToken,
  Registration,
  ResendVerification,
  ResetLink,
  SecondFactorNeeded,
  SessionPage,
  SignIn,
  SignInPage,
} from "./schemas.ts";
import { endAllSessions, endSession, listSessions, logout } from "./sessions.ts";
import { listSignIns } from "./sign-ins.ts";
import { verifyEmail } from "./verify-email.ts";

const tag = "Accounts";

export const accountRoutes = [
  route({
    method: "post",
    path: "/api/auth/register",
    tag,
    summary: "Apply for membership",
    description: "Answers the same, and as late, whether the address is known or not. A mail brings the next step.",
    access: open,
    credentials: true,
    request: { body: Registration },
    response: { 201: Message },
    handle: (ctx, { body }) => register(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/auth/resend-verification",
    tag,
    summary: "Ask for another verification mail",
    description: "Answers the same, and as late, whether the address is known or not.",
    access: open,
    credentials: true,
    request: { body: ResendVerification },
    response: { 200: Message },
    handle: (ctx, { body }) => notBeforeFloor(() => resendVerification(ctx, body)),
  }),
  route({
    method: "get",
    path: "/api/auth/verify-email",
    tag,
    summary: "Follow the link of a verification mail",
    description: "A page for a browser, JSON for a client. May be repeated without harm.",
    access: open,
    credentials: true,
    request: { query: LinkQuery },
    response: { 200: Notice },
    page,
    handle: (ctx, { query }) => verifyEmail(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/auth/verify-email",
    tag,
    summary: "Verify an address",
    description: "The same as following the link, for a frontend that the link points at. May be repeated.",
    access: open,
    credentials: true,
    repeatable: true,
    request: { body: Link },
    response: { 200: Notice },
    handle: (ctx, { body }) => verifyEmail(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/auth/login",
    tag,
    summary: "Sign in",
    description: "Whatever the status. 401 does not say whether the address is known.",
    access: open,
    credentials: true,
    round_trips: 2, // the password is checked between reading its hash and writing what came of it
    request: { body: Credentials },
    response: { 200: z.union([SignIn, SecondFactorNeeded]) },
    errors: [401, 429],
    handle: (ctx, { body }) =>
      notBeforeFloor(() => login(ctx, body), { floor_ms: SIGN_IN_FLOOR_MS, harmless: isForOwner }),
  }),
  route({
    method: "post",
    path: "/api/auth/refresh",
    tag,
    summary: "Exchange a refresh token",
    description:
      "Each token is used once; the one just before may be repeated for 30 seconds and gives the same successor. An older one ends the session.",
    access: open,
    repeatable: true,
    request: { body: RefreshToken },
    response: { 200: SignIn },
    errors: [401],
    handle: (ctx, { body }) => refresh(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/auth/forgot-password",
    tag,
    summary: "Ask for a link to choose a new password",
    description:
      "Mails the owner of a verified address. Answers the same, and as late, whether the address is known or not.",
    access: open,
    credentials: true,
    request: { body: ForgotPassword },
    response: { 200: Message },
    handle: (ctx, { body }) => forgotPassword(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/auth/reset-password",
    tag,
    summary: "Follow the link to choose a new password",
    description:
      "Whether the link can still be used: a page that asks for the password for a browser, JSON for a client.",
    access: open,
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
    summary: "Choose a new password by a mailed link",
    description: "The link works once, for an hour. Ends all sessions; does not sign in.",
    access: open,
    credentials: true,
    round_trips: 2, // the password is held against the name and address of whoever got the link before it is written
    request: { body: NewPasswordByLink, form: true },
    response: { 200: Notice },
    page,
    handle: (ctx, { body }) => resetPassword(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/auth/change-password",
    tag,
    summary: "Change my password",
    description: "Needs the current one. This session goes on, all others end.",
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
    summary: "Change my e-mail address",
    description:
      "The new address gets a link that has to be followed, the old one a notice. Does not tell whether the new one is known.",
    access: fresh(signedIn()),
    credentials: true,
    request: { body: ChangeEmail },
    response: { 200: Message },
    errors: [409, 429],
    handle: (ctx, { body }) => notBeforeFloor(() => changeEmail(ctx, body)),
  }),
  route({
    method: "get",
    path: "/api/auth/confirm-email",
    tag,
    summary: "Follow the link that confirms a new address",
    description: "A page for a browser, JSON for a client. May be repeated without harm.",
    access: open,
    credentials: true,
    request: { query: LinkQuery },
    response: { 200: Notice },
    page,
    handle: (ctx, { query }) => confirmEmail(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/auth/confirm-email",
    tag,
    summary: "Confirm a new address",
    description: "The same as following the link, for a frontend that the link points at. May be repeated.",
    access: open,
    credentials: true,
    repeatable: true,
    request: { body: Link },
    response: { 200: Notice },
    handle: (ctx, { body }) => confirmEmail(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/auth/sessions",
    tag,
    summary: "Where I am signed in",
    description: "Newest first. A session lives for 30 days, and ends when it is not used for 7.",
    access: signedIn(),
    request: { query: Paging },
    response: { 200: SessionPage },
    handle: (ctx, { query }) => listSessions(ctx, query),
  }),
  route({
    method: "delete",
    path: "/api/auth/sessions/{id}",
    tag,
    summary: "Sign out one of my devices",
    access: signedIn(),
    request: { params: ById },
    response: { 200: Message },
    errors: [404],
    handle: (ctx, { params }) => endSession(ctx, params.id),
  }),
  route({
    method: "delete",
    path: "/api/auth/sessions",
    tag,
    summary: "Sign out everywhere",
    description: "This device too.",
    access: signedIn(),
    response: { 200: Message },
    handle: (ctx) => endAllSessions(ctx),
  }),
  route({
    method: "get",
    path: "/api/auth/sign-ins",
    tag,
    summary: "My recent sign-ins, and failed attempts",
    description: "Newest first, for 90 days.",
    access: signedIn(),
    request: { query: Paging },
    response: { 200: SignInPage },
    handle: (ctx, { query }) => listSignIns(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/auth/logout",
    tag,
    summary: "Sign out of this session",
    access: enrolling(signedIn()),
    response: { 200: Message },
    handle: (ctx) => logout(ctx),
  }),
  route({
    method: "get",
    path: "/api/auth/me",
    tag,
    summary: "Who am I",
    access: enrolling(signedIn()),
    response: { 200: Me },
    handle: (ctx) => me(ctx),
  }),
];
