import * as z from "zod";
import { enrolling, open, signedIn } from "../access/access.ts";
import { Notice, page } from "../http/page.ts";
import { route } from "../http/route.ts";
import { Message } from "../http/schemas.ts";
import { credentialRoutes } from "./credential-routes.ts";
import { disownRegistration } from "./disown-registration.ts";
import { login } from "./login.ts";
import { getMe, Me } from "./me.ts";
import { refresh } from "./refresh.ts";
import { register } from "./register.ts";
import { resendVerification } from "./resend-verification.ts";
import {
  Credentials,
  Link,
  LinkQuery,
  RefreshToken,
  Registration,
  ResendVerification,
  SecondFactorNeeded,
  SignIn,
  Verification,
} from "./schemas.ts";
import { sessionRoutes } from "./session-routes.ts";
import { askToVerify, verifiedPage } from "./verification-pages.ts";
import { verifyEmail } from "./verify-email.ts";

const tag = "Accounts";

export const accountRoutes = [
  route({
    method: "post",
    path: "/api/auth/register",
    tag,
    operationId: "registerApplicant",
    summary: "Apply for membership",
    description:
      "An email tells the applicant what to do next. The answer and its timing do not tell whether the address is known.",
    access: open,
    credentials: true,
    request: { body: Registration },
    response: { 201: Message },
    errors: [409],
    handle: (ctx, { body }) => register(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/auth/resend-verification",
    tag,
    operationId: "resendVerification",
    summary: "Ask for another verification email",
    description: "The answer and its timing do not tell whether the address is known.",
    access: open,
    credentials: true,
    request: { body: ResendVerification },
    response: { 200: Message },
    handle: (ctx, { body }) => resendVerification(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/auth/verify-email",
    tag,
    operationId: "openVerificationLink",
    summary: "Open the link in a verification email",
    description:
      "Shows a page that asks first, and changes nothing. If the client's Accept header names `application/json`, it verifies the address, as POST does.",
    access: open,
    credentials: true,
    changes: true,
    request: { query: LinkQuery },
    response: { 200: Verification },
    ask: (ctx, { query }) => askToVerify(ctx, query),
    handle: (ctx, { query }) => verifyEmail(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/auth/verify-email",
    tag,
    operationId: "verifyEmail",
    summary: "Verify an email address",
    description:
      "If the address was registered with different passwords, none of them works, and `password_needed` is true. Then send `reset_token` and a new password to auth/reset-password. We also email a link that does this. Repeating it changes nothing.",
    access: open,
    credentials: true,
    repeatable: true,
    request: { body: Link, form: true },
    response: { 200: Verification },
    page: verifiedPage,
    handle: (ctx, { body }) => verifyEmail(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/auth/verify-email/not-me",
    tag,
    operationId: "disownRegistration",
    summary: "Say that a registration was somebody else's",
    description: "Removes the registration that the link was emailed for. Repeating it changes nothing.",
    access: open,
    credentials: true,
    repeatable: true,
    request: { body: Link, form: true },
    response: { 200: Notice },
    errors: [409],
    page,
    handle: (ctx, { body }) => disownRegistration(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/auth/login",
    tag,
    operationId: "login",
    summary: "Sign in",
    description:
      "Works in every status. `mfa_required` tells the two answers apart. A 401 does not tell whether the address is known.",
    access: open,
    credentials: true,
    round_trips: 2, // the password is checked between reading its hash and recording the result
    request: { body: Credentials },
    response: { 200: z.union([SignIn, SecondFactorNeeded]) },
    errors: [401, 429],
    handle: (ctx, { body }) => login(ctx, body),
  }),
  route({
    method: "post",
    path: "/api/auth/refresh",
    tag,
    operationId: "refreshSession",
    summary: "Exchange a refresh token",
    description:
      "Each token works once. For 30 seconds the previous one gives the same successor; an older one ends the session.",
    access: open,
    repeatable: true,
    request: { body: RefreshToken },
    response: { 200: SignIn },
    errors: [401],
    handle: (ctx, { body }) => refresh(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/auth/me",
    tag,
    operationId: "getMe",
    summary: "Who am I",
    access: enrolling(signedIn()),
    response: { 200: Me },
    handle: (ctx) => getMe(ctx),
  }),
  ...credentialRoutes,
  ...sessionRoutes,
];
