import * as z from "zod";
import { enrolling, open, signedIn } from "../access/access.ts";
import { Notice, page } from "../http/page.ts";
import { route } from "../http/route.ts";
import { Message } from "../http/schemas.ts";
import { notBeforeFloor, SIGN_IN_FLOOR_MS } from "./floor.ts";
import { isForOwner, login } from "./login.ts";
import { logout } from "./logout.ts";
import { me } from "./me.ts";
import { refresh } from "./refresh.ts";
import { register } from "./register.ts";
import { resendVerification } from "./resend-verification.ts";
import {
  Credentials,
  Me,
  RefreshToken,
  Registration,
  ResendVerification,
  SecondFactorNeeded,
  SignIn,
  Verification,
  VerificationQuery,
} from "./schemas.ts";
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
    handle: (ctx, { body }) => notBeforeFloor(() => register(ctx, body)),
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
    request: { query: VerificationQuery },
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
    request: { body: Verification },
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
