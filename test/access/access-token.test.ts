import { createHmac } from "node:crypto";
import { base64url, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { sign } from "../../src/access/signatures.ts";
import { refreshTokenOf, register } from "../harness/accounts.ts";
import { get, outcome } from "../harness/client.ts";
import { type Person, person } from "../harness/people.ts";
import { settings, sql, startWorker } from "../harness/platform.ts";

const key = (secret = settings.JWT_SECRET) => new TextEncoder().encode(secret);
const me = (token: string, url?: string) => get("/api/auth/me", { token, ...(url && { url }) });
const seconds = () => Math.floor(Date.now() / 1000);

const claims = ({ id, session_id }: Person, more: Record<string, unknown> = {}) => {
  const now = seconds();
  return { user_id: id, sid: session_id, sub: "x", iss: "loaf", aud: "loaf-api", iat: now, exp: now + 600, ...more };
};
const forge = (payload: Record<string, unknown>, header: Record<string, unknown> = {}, secret = key()) =>
  new SignJWT(payload).setProtectedHeader({ alg: "HS256", typ: "at+jwt", ...header }).sign(secret);

const encode = (value: unknown) => base64url.encode(JSON.stringify(value));

/** Signed with our own secret, whatever the header claims: what no library would make. */
function signedByHand(header: Record<string, unknown>, payload: unknown, digest = "sha256"): string {
  const signed = `${encode({ alg: "HS256", typ: "at+jwt", ...header })}.${encode(payload)}`;
  return `${signed}.${createHmac(digest, settings.JWT_SECRET).update(signed).digest("base64url")}`;
}

/** Holds each token to being refused as one that is not ours. */
async function expectRefused(tokens: Record<string, string>): Promise<void> {
  for (const [name, token] of Object.entries(tokens)) {
    const { status, body, headers } = await me(token);
    expect([name, status, body.code]).toEqual([name, 401, "invalid_token"]);
    expect(headers.get("WWW-Authenticate")).toBe("Bearer");
  }
}

describe.concurrent("an access token", () => {
  test("as we make it is let in, by a library or by hand", async () => {
    const someone = await person();
    expect((await me(await forge(claims(someone)))).status).toBe(200);
    expect((await me(signedByHand({}, claims(someone)))).status).toBe(200);
  });

  test("that is signed with no algorithm, another or another key is refused", async () => {
    const someone = await person();
    const good = claims(someone);
    const [head, body, signature] = (await forge(good)).split(".");
    const unsigned = (alg: string) => `${encode({ alg, typ: "at+jwt" })}.${encode(good)}`;
    await expectRefused({
      "alg none": `${unsigned("none")}.`,
      "alg None": `${unsigned("None")}.`,
      "alg NONE": `${unsigned("NONE")}.`,
      "alg none with the signature of a good one": `${unsigned("none")}.${signature}`,
      "alg none without a last part": unsigned("none"),
      "no alg": signedByHand({ alg: undefined }, good),
      "an empty signature": `${head}.${body}.`,
      "no signature": `${head}.${body}`,
      "someone else's signature": `${head}.${body}.${(await forge(claims(await person()))).split(".")[2]}`,
      "HS512 with the same key": await forge(good, { alg: "HS512" }),
      "HS384 with the same key": await forge(good, { alg: "HS384" }),
      "HS256 that was signed as HS512": signedByHand({}, good, "sha512"),
      "RS256 with the secret as its key": signedByHand({ alg: "RS256" }, good),
      "hs256 in small letters": signedByHand({ alg: "hs256" }, good),
      "another key": await forge(good, {}, key("another secret that is long enough to be used as a key")),
      nonsense: "nonsense",
      "five parts": `${head}.${body}.${signature}.${body}.${signature}`,
    });
  });

  test("that was made for something else is refused", async () => {
    const someone = await person();
    const good = claims(someone);
    await expectRefused({
      "another type": await forge(good, { typ: "JWT" }),
      "no type": signedByHand({ typ: undefined }, good),
      "another issuer": await forge(claims(someone, { iss: "elsewhere" })),
      "another audience": await forge(claims(someone, { aud: "elsewhere" })),
      "a refresh token": await refreshTokenOf(someone),
      "the token of a verification link": (await register()).token,
      "the token of a reset link": await sign(settings, "reset_password", crypto.randomUUID()),
      "what stands for a second factor that is missing": await sign(
        settings,
        "second_factor",
        `${crypto.randomUUID()}.${seconds() + 600}`,
      ),
    });
  });

  test("that lacks a claim, or has another sort of value for it, is refused", async () => {
    const someone = await person();
    const good = claims(someone);
    const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([claim]) => claim !== name));
    const odd: Record<string, unknown[]> = {
      exp: [String(good.exp), null, {}, "soon"],
      nbf: [seconds() + 60, String(seconds()), null],
      sid: ["'; drop table users; --", null, 7, [someone.session_id]],
      user_id: [(await person()).id.slice(1), null, { $ne: "" }],
    };
    await expectRefused({
      ...Object.fromEntries(
        ["exp", "sub", "iss", "aud", "sid", "user_id"].map((name) => [`no ${name}`, signedByHand({}, without(name))]),
      ),
      ...Object.fromEntries(
        Object.entries(odd).flatMap(([name, values]) =>
          values.map((value) => [`${name} ${JSON.stringify(value)}`, signedByHand({}, { ...good, [name]: value })]),
        ),
      ),
      "claims that are no object": signedByHand({}, [good]),
    });
  });

  test("that brings or names a key is refused, even when it is signed with ours", async () => {
    const good = claims(await person());
    const jwk = { kty: "oct", k: base64url.encode(settings.JWT_SECRET) };
    await expectRefused({
      kid: signedByHand({ kid: "1" }, good),
      "kid that is a path": signedByHand({ kid: "../../dev/null" }, good),
      "kid that is SQL": signedByHand({ kid: "x' union select 'key" }, good),
      jku: signedByHand({ jku: "https://attacker.example/keys.json" }, good),
      jwk: signedByHand({ jwk }, good),
      x5u: signedByHand({ x5u: "https://attacker.example/cert.pem" }, good),
      x5c: signedByHand({ x5c: ["MIIB"] }, good),
      x5t: signedByHand({ x5t: "x" }, good),
      crit: signedByHand({ crit: ["exp"], exp: good.exp }, good),
      "crit b64": signedByHand({ crit: ["b64"], b64: true }, good),
      b64: signedByHand({ b64: true }, good),
      zip: signedByHand({ zip: "DEF" }, good),
      cty: signedByHand({ cty: "JWT" }, good),
    });
  });

  test("that expired a second ago says so, and that it can be refreshed", async () => {
    const someone = await person();
    const answer = await me(await forge(claims(someone, { exp: seconds() - 1 })));
    expect(outcome(answer)).toEqual([401, "token_expired"]);
  });

  test("of someone else's session, or of one that was ended, is good for nothing", async () => {
    const [someone, other, ended] = await Promise.all([person(), person(), person()]);
    await sql("update sessions set revoked_at = now(), revoked_reason = 'logout' where id = $1", [ended.session_id]);
    for (const token of [
      await forge(claims(someone, { sid: other.session_id })),
      await forge(claims(someone, { user_id: other.id })),
      await forge(claims(someone, { sid: crypto.randomUUID() })),
      await forge(claims(ended)),
      ended.token,
    ]) {
      const answer = await me(token);
      expect(outcome(answer)).toEqual([401, "session_ended"]);
    }
  });

  test("is taken from the Authorization header alone, as a Bearer", async () => {
    const { token } = await person();
    for (const [headers, path] of [
      [{ Authorization: token }, "/api/auth/me"],
      [{ Authorization: `Basic ${token}` }, "/api/auth/me"],
      [{ Cookie: `access_token=${token}; token=${token}` }, "/api/auth/me"],
      [{}, `/api/auth/me?access_token=${token}&token=${token}`],
    ] as const) {
      const answer = await get(path, { headers });
      expect(outcome(answer)).toEqual([401, "not_signed_in"]);
    }
  });
});

test("while the secret is rotated, tokens of the previous one are good and new ones are signed with the new one", async () => {
  const someone = await person();
  const next = "the next secret, which is long enough to be one, and then some more of it";
  const { url, stop } = await startWorker({ JWT_SECRET: next, JWT_SECRET_PREVIOUS: settings.JWT_SECRET });
  try {
    expect((await me(someone.token, url)).status).toBe(200);
    expect((await me(await forge(claims(someone), {}, key(next)), url)).status).toBe(200);
    expect((await me(await forge(claims(someone), {}, key(next)))).status).toBe(401);
  } finally {
    await stop();
  }
});
