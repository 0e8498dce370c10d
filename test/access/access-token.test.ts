import { base64url, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { refreshTokenOf } from "../harness/accounts.ts";
import { get } from "../harness/client.ts";
import { type Person, person } from "../harness/people.ts";
import { settings, startWorker } from "../harness/platform.ts";

const key = (secret = settings.JWT_SECRET) => new TextEncoder().encode(secret);
const me = (token: string, url?: string) => get("/api/auth/me", { token, ...(url && { url }) });

const claims = ({ id, session_id }: Person, more: Record<string, unknown> = {}) => {
  const now = Math.floor(Date.now() / 1000);
  return { user_id: id, sid: session_id, sub: "x", iss: "loaf", aud: "loaf-api", iat: now, exp: now + 600, ...more };
};
const forge = (payload: Record<string, unknown>, header: Record<string, unknown> = {}, secret = key()) =>
  new SignJWT(payload).setProtectedHeader({ alg: "HS256", typ: "at+jwt", ...header }).sign(secret);

describe.concurrent("an access token", () => {
  test("as we make it is let in", async () => {
    const someone = await person();
    expect((await me(await forge(claims(someone)))).status).toBe(200);
  });

  test("that is not one of ours is refused", async () => {
    const someone = await person();
    const good = claims(someone);
    const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([claim]) => claim !== name));
    const encode = (value: unknown) => base64url.encode(JSON.stringify(value));
    const forgeries = {
      "no algorithm": `${encode({ alg: "none", typ: "at+jwt" })}.${encode(good)}.`,
      "another algorithm": await forge(good, { alg: "HS512" }),
      "another key": await forge(good, {}, key("another secret that is long enough to be used as a key")),
      "another type": await forge(good, { typ: "JWT" }),
      "another issuer": await forge(claims(someone, { iss: "elsewhere" })),
      "another audience": await forge(claims(someone, { aud: "elsewhere" })),
      "no expiry": await forge(without("exp")),
      "no subject": await forge(without("sub")),
      "no session": await forge(without("sid")),
      "a session that is no id": await forge(claims(someone, { sid: "'; drop table users; --" })),
      "someone else's session": await forge(claims(someone, { sid: (await person()).session_id })),
      "a refresh token": await refreshTokenOf(someone),
      nonsense: "nonsense",
    };
    for (const [name, token] of Object.entries(forgeries))
      expect([name, (await me(token)).status]).toEqual([name, 401]);
  });

  test("that expired a second ago says so, and that it can be refreshed", async () => {
    const someone = await person();
    const now = Math.floor(Date.now() / 1000);
    const answer = await me(await forge(claims(someone, { exp: now - 1 })));
    expect([answer.status, answer.body.code]).toEqual([401, "token_expired"]);
  });
});

test("while the secret is rotated, tokens of the previous one are good and new ones are signed with the new one", async () => {
  const someone = await person();
  const next = "the next secret, which is long enough to be one, and then some more of it";
  const { harness, url } = await startWorker({ JWT_SECRET: next, JWT_SECRET_PREVIOUS: settings.JWT_SECRET });
  try {
    expect((await me(someone.token, url)).status).toBe(200);
    expect((await me(await forge(claims(someone), {}, key(next)), url)).status).toBe(200);
    expect((await me(await forge(claims(someone), {}, key(next)))).status).toBe(401);
  } finally {
    await harness.close();
  }
});
