import { enrolling, fresh, open, signedIn } from "../../access/access.ts";
import { route } from "../../http/route.ts";
import { Message } from "../../http/schemas.ts";
import { reauthenticate } from "../reauthenticate.ts";
import { SignIn } from "../schemas.ts";
import { confirmSecondFactor } from "./confirm.ts";
import { removeSecondFactor } from "./remove.ts";
import { renewRecoveryCodes } from "./renew-recovery-codes.ts";
import {
  CodeInput,
  Enrollment,
  Reauthentication,
  RecoveryCodes,
  SecondFactorSignIn,
  SecondFactorStatus,
} from "./schemas.ts";
import { signInWithSecondFactor } from "./sign-in.ts";
import { startSecondFactor } from "./start.ts";
import { getMySecondFactor } from "./status.ts";

const tag = "Accounts";

/** Everyone who verified their address and was not rejected, even before their role lets them do anything else. */
const mayEnroll = enrolling(
  fresh(signedIn("pending_validation", "pre_validated", "payment_pending", "active", "inactive")),
);

export const secondFactorRoutes = [
  route({
    method: "post",
    path: "/api/auth/mfa/sign-in",
    tag,
    operationId: "signInWithSecondFactor",
    summary: "Sign in, second step",
    description:
      "Takes the mfa_token from signing in, and a code from the authenticator app or a recovery code; each code works once. After five wrong codes the password is needed again, and after ten within 24 hours only a recovery code works.",
    access: open,
    credentials: true,
    round_trips: 2, // the code is checked between reading the stored secret and recording the result
    request: { body: SecondFactorSignIn },
    response: { 200: SignIn },
    errors: [401, 429],
    handle: (ctx, { body }) => signInWithSecondFactor(ctx, body),
  }),
  route({
    method: "get",
    path: "/api/auth/mfa",
    tag,
    operationId: "getMySecondFactor",
    summary: "My second factor",
    access: enrolling(signedIn()),
    response: { 200: SecondFactorStatus },
    handle: (ctx) => getMySecondFactor(ctx),
  }),
  route({
    method: "post",
    path: "/api/auth/mfa/totp",
    tag,
    operationId: "startSecondFactor",
    summary: "Start to set up a second factor",
    description: "Returns the secret for an authenticator app (TOTP). The factor counts once a code confirms it.",
    access: mayEnroll,
    response: { 201: Enrollment },
    errors: [409],
    handle: (ctx) => startSecondFactor(ctx),
  }),
  route({
    method: "post",
    path: "/api/auth/mfa/totp/confirm",
    tag,
    operationId: "confirmSecondFactor",
    summary: "Turn on my second factor",
    description:
      "Takes a code from the app. Returns the recovery codes, which are shown only now, and ends all my other sessions.",
    access: mayEnroll,
    credentials: true,
    round_trips: 2, // the code is checked between reading the stored secret and recording the result
    request: { body: CodeInput },
    response: { 200: RecoveryCodes },
    errors: [409, 429],
    handle: (ctx, { body }) => confirmSecondFactor(ctx, body),
  }),
  route({
    method: "delete",
    path: "/api/auth/mfa/totp",
    tag,
    operationId: "removeSecondFactor",
    summary: "Remove my second factor",
    description:
      "Also removes its recovery codes and ends all my other sessions. Refused if a role of mine requires it.",
    access: fresh(signedIn()),
    response: { 200: Message },
    errors: [409],
    handle: (ctx) => removeSecondFactor(ctx),
  }),
  route({
    method: "post",
    path: "/api/auth/mfa/recovery-codes",
    tag,
    operationId: "renewRecoveryCodes",
    summary: "Get new recovery codes",
    description: "They are shown only now. The old ones stop working.",
    access: fresh(signedIn()),
    response: { 201: RecoveryCodes },
    errors: [409],
    handle: (ctx) => renewRecoveryCodes(ctx),
  }),
  route({
    method: "post",
    path: "/api/auth/reauthenticate",
    tag,
    operationId: "reauthenticate",
    summary: "Confirm that it is me",
    description:
      "Takes a code of the second factor, or the password if there is none. A request that got reauthentication_required then works.",
    access: enrolling(signedIn()),
    credentials: true,
    round_trips: 2, // the proof is checked between reading what is stored and recording the result
    request: { body: Reauthentication },
    response: { 200: Message },
    errors: [429],
    handle: (ctx, { body }) => reauthenticate(ctx, body),
  }),
];
