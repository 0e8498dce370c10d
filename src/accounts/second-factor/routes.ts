import { enrolling, fresh, open, signedIn } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { Message } from "../../http/schemas.ts";
import { reauthenticate } from "../reauthenticate.ts";
import { SignIn } from "../schemas.ts";
import { confirm } from "./confirm.ts";
import { disable } from "./disable.ts";
import { enrol } from "./enrol.ts";
import { renewRecoveryCodes } from "./renew-recovery-codes.ts";
import {
  CodeInput,
  Enrolment,
  Reauthentication,
  RecoveryCodes,
  SecondFactorSignIn,
  SecondFactorStatus,
} from "./schemas.ts";
import { signInWithSecondFactor } from "./sign-in.ts";
import { status } from "./status.ts";

const tag = "Accounts";

/** Whoever proved their address and was not turned down; also before a role lets them do anything else. */
const mayEnrol = enrolling(
  fresh(signedIn("pending_validation", "pre_validated", "payment_pending", "active", "inactive")),
);

export const secondFactorRoutes = [
  route({
    method: "post",
    path: "/api/auth/mfa/sign-in",
    tag,
    summary: "Sign in, second step",
    description:
      "For whoever signing in answered with an mfa_token: a code of the authenticator app, or a recovery code. Each works once. After five wrong ones the password has to be given again; after ten within 24 hours only a recovery code helps.",
    access: open,
    credentials: true,
    round_trips: 2, // the stored secret is needed to check the code, and what came of it is written after
    request: { body: SecondFactorSignIn },
    response: { 200: SignIn },
    errors: [401, 429],
    handle: (ctx, { body }) => signInWithSecondFactor(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/auth/mfa",
    tag,
    summary: "My second factor",
    access: enrolling(signedIn()),
    response: { 200: SecondFactorStatus },
    handle: (ctx) => status(ctx),
  }),
  route({
    method: "post",
    path: "/api/auth/mfa/totp",
    tag,
    summary: "Start to set up a second factor",
    description: "The secret for an authenticator app (TOTP). It counts once a code of it was given.",
    access: mayEnrol,
    response: { 201: Enrolment },
    errors: [409],
    handle: (ctx) => enrol(ctx),
  }),
  route({
    method: "post",
    path: "/api/auth/mfa/totp/confirm",
    tag,
    summary: "Turn my second factor on",
    description: "With a code of the app. Answers the recovery codes, this once. All other sessions end.",
    access: mayEnrol,
    credentials: true,
    round_trips: 2, // the stored secret is needed to check the code, and what came of it is written after
    request: { body: CodeInput },
    response: { 200: RecoveryCodes },
    errors: [409, 429],
    handle: (ctx, { body }) => confirm(ctx, body),
  }),
  route({
    method: "delete",
    path: "/api/auth/mfa/totp",
    tag,
    summary: "Remove my second factor",
    description: "Its recovery codes too, unless a role insists on it. All other sessions end.",
    access: fresh(signedIn()),
    response: { 200: Message },
    errors: [409],
    handle: (ctx) => disable(ctx),
  }),
  route({
    method: "post",
    path: "/api/auth/mfa/recovery-codes",
    tag,
    summary: "Get new recovery codes",
    description: "Shown this once; those before are void.",
    access: fresh(signedIn()),
    response: { 201: RecoveryCodes },
    errors: [409],
    handle: (ctx) => renewRecoveryCodes(ctx),
  }),
  route({
    method: "post",
    path: "/api/auth/reauthenticate",
    tag,
    summary: "Confirm that it is me",
    description:
      "By a code of the second factor, or by password for whoever has none: what answered reauthentication_required works again.",
    access: enrolling(signedIn()),
    credentials: true,
    round_trips: 2, // what is given is checked between reading what is stored and writing what came of it
    request: { body: Reauthentication },
    response: { 200: Message },
    errors: [429],
    handle: (ctx, { body }) => reauthenticate(ctx, body),
  }),
];
