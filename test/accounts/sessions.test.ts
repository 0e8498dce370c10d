import { describe, expect, test, vi } from "vitest";
import { login, personWithPassword, refresh, refreshTokenOf } from "../harness/accounts.ts";
import { get, logged, post } from "../harness/client.ts";
import { person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { checkRace, checkTokens } from "../harness/token-model.ts";

const me = (token: string) => get("/api/auth/me", { token });

/** As if the last refresh were so long ago that nobody can still be waiting for its answer. */
const afterGrace = (session_id: string) =>
  sql("update sessions set rotated_at = now() - interval '31 seconds' where id = $1", [session_id]);

describe.concurrent("refreshing", () => {
  test("gives new tokens, and oneself as at sign-in", async () => {
    const someone = await personWithPassword();
    const signedIn = await login(someone.email);
    const { status, body } = await refresh(signedIn.body.refresh_token);
    expect(status).toBe(200);
    expect(body.user).toEqual(signedIn.body.user);
    expect(body.refresh_token).not.toBe(signedIn.body.refresh_token);
    expect((await me(body.access_token)).status).toBe(200);
  });

  test("twenty times at once gives one successor", async () => {
    const someone = await person();
    const token = await refreshTokenOf(someone);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
    const [session] = await sql("select generation from sessions where id = $1", [someone.session_id]);
    expect(session).toEqual({ generation: 2 });
  });

  test("with an older token is a replay: 401, and the session is dead for good", async () => {
    const someone = await person();
    const first = await refreshTokenOf(someone);
    const second = (await refresh(first)).body.refresh_token;
    const third = (await refresh(second)).body;

    const replay = await refresh(first);
    expect(replay.status).toBe(401);
    await vi.waitFor(() => expect(logged(replay.request_id).join()).toContain("refresh_token_reused"));
    expect((await refresh(third.refresh_token)).status).toBe(401);
    expect((await me(third.access_token)).status).toBe(401);
    expect((await me(someone.token)).status).toBe(401);
    const [session] = await sql("select revoked_reason from sessions where id = $1", [someone.session_id]);
    expect(session).toEqual({ revoked_reason: "token_reuse" });
  });

  test("with the token just before is a replay too, once nobody can be waiting for an answer", async () => {
    const someone = await person();
    const first = await refreshTokenOf(someone);
    const second = (await refresh(first)).body.refresh_token;
    await afterGrace(someone.session_id);
    expect((await refresh(first)).status).toBe(401);
    expect((await refresh(second)).status).toBe(401);
  });

  test("refuses what we did not make: forged, another kind of token, an access token", async () => {
    const someone = await person();
    const [id] = (await refreshTokenOf(someone)).split(".");
    for (const token of [`${id}.1.${"A".repeat(43)}`, `${id}.1`, someone.token, ".", "x"])
      expect((await refresh(token)).status).toBe(401);
    expect((await me(someone.token)).status).toBe(200);
  });

  test("refuses an expired session", async () => {
    const someone = await person();
    const token = await refreshTokenOf(someone);
    await sql("update sessions set expires_at = now() - interval '1 second' where id = $1", [someone.session_id]);
    expect((await refresh(token)).status).toBe(401);
    expect((await me(someone.token)).body.code).toBe("session_ended");
  });

  test("a session that fails over a replay does not touch the person's others", async () => {
    const someone = await personWithPassword();
    const other = await login(someone.email);
    const first = await refreshTokenOf(someone);
    await refresh(first);
    await afterGrace(someone.session_id);
    await refresh(first);
    expect((await me(someone.token)).status).toBe(401);
    expect((await me(other.body.access_token)).status).toBe(200);
  });
});

test("signing out ends the session at once, for both tokens", async () => {
  const someone = await person();
  const token = await refreshTokenOf(someone);
  expect((await post("/api/auth/logout", undefined, { token: someone.token })).status).toBe(200);
  expect((await me(someone.token)).status).toBe(401);
  expect((await refresh(token)).status).toBe(401);
});

test(
  "whatever the order of refreshing, replaying, signing out and changing the password, a token that should be dead is",
  () => Promise.all([checkTokens(5, 10), checkTokens(5, 10)]),
  60_000,
);

test("signing in or refreshing at the moment the password changes leaves nothing of the old one open", async () => {
  await Promise.all(Array.from({ length: 5 }, checkRace));
});
