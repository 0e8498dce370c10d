import { errors, jwtVerify, SignJWT } from "jose";
import type { Settings } from "../env.ts";
import type { ErrorCode } from "../http/error-codes.ts";
import { Refusal } from "../http/errors.ts";
import type { Identity } from "./access.ts";
import { signingKeys } from "./keys.ts";

const ALGORITHM = "HS256";
const TYPE = "at+jwt"; // RFC 9068
const ISSUER = "loaf";
const AUDIENCE = "loaf-api";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A signed access token. `user_id` and `sid` identify; `sub` (the email address) and `role` are for display. */
export async function issueAccessToken(
  settings: Settings,
  now: Date,
  { user_id, session_id, email, role }: Identity & { email: string; role: string },
): Promise<string> {
  const [key] = await signingKeys(settings);
  const issued = Math.floor(now.getTime() / 1000);
  return new SignJWT({ user_id, sid: session_id, role })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
    .setSubject(email)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(issued)
    .setExpirationTime(issued + settings.ACCESS_TOKEN_EXPIRE_MINUTES * 60)
    .sign(key);
}

/** Who an `Authorization` header speaks for. No I/O: the transaction checks that the session is still live. */
export async function authenticate(settings: Settings, now: Date, header: string | undefined): Promise<Identity> {
  const token = header?.match(/^Bearer +([^ ]+)$/i)?.[1];
  if (!token) throw unauthenticated("not_signed_in", "Please sign in.");
  for (const key of await signingKeys(settings)) {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ["exp", "sub", "iss", "aud"],
        currentDate: now,
      });
      // Our tokens have no other headers. A token must not choose its own key.
      if (Object.keys(protectedHeader).some((name) => name !== "alg" && name !== "typ")) break;
      const { user_id, sid } = payload;
      if (typeof user_id !== "string" || typeof sid !== "string" || !UUID.test(user_id) || !UUID.test(sid)) break;
      return { user_id, session_id: sid };
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw unauthenticated("token_expired", "The access token has expired. Please refresh it.");
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
    }
  }
  throw unauthenticated("invalid_token", "The access token is not valid. Please sign in.");
}

const unauthenticated = (code: ErrorCode, sentence: string) => new Refusal(401, code, sentence);
