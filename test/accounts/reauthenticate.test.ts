import { describe, expect, test } from "vitest";
import { login, PASSWORD, personWithPassword } from "../harness/accounts.ts";
import { get, outcome, post } from "../harness/client.ts";
import { type Person, person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { codeOf, enrolled, pendingSignIn, secondStep, wrongCode } from "../harness/second-factor.ts";

const reauthenticate = ({ token }: Pick<Person, "token">, given: { password: string } | { code: string }) =>
  post<{ code?: string }>("/api/auth/reauthenticate", given, { token });

const WRONG = [403, "invalid_credentials"];

/** As if they had signed in yesterday. */
const grow = (someone: Person) =>
  sql(
    "update sessions set authenticated_at = now() - interval '1 day', second_factor_at = second_factor_at - interval '1 day' where user_id = $1",
    [someone.id],
  );

/** Whether what is sensitive may be done: some route that wants a fresh proof. */
const isFresh = async (someone: Person) =>
  (await post<{ code?: string }>("/api/auth/mfa/totp", undefined, { token: someone.token })).body.code !==
  "reauthentication_required";

const attempts = ({ id }: Person) =>
  sql("select purpose, succeeded, wrong_codes, source from login_attempts where user_id = $1 order by created_at", [
    id,
  ]);

describe.concurrent("proving that it is still me", () => {
  test("by the password, which opens what is sensitive in this session alone", async () => {
    const someone = await personWithPassword();
    const other = await login(someone.email);
    await grow(someone);
    expect(await isFresh(someone)).toBe(false);
    expect((await reauthenticate(someone, { password: PASSWORD })).status).toBe(200);
    expect(await isFresh(someone)).toBe(true);
    expect(await isFresh({ ...someone, token: other.body.access_token })).toBe(false);
    expect((await attempts(someone)).at(-1)).toEqual({
      purpose: "reauthentication",
      succeeded: true,
      wrong_codes: 0,
      source: `session:${someone.session_id}`,
    });
  });

  test("by a code of the second factor, which works once", async () => {
    const someone = await enrolled();
    await grow(someone);
    const code = codeOf(someone.secret);
    expect((await reauthenticate(someone, { code })).status).toBe(200);
    expect(await isFresh(someone)).toBe(true);
    const [session] = await sql(
      "select second_factor_at > now() - interval '1 minute' as given from sessions where id = $1",
      [someone.session_id],
    );
    expect(session).toEqual({ given: true });
    expect(outcome(await reauthenticate(someone, { code }))).toEqual(WRONG);
    expect((await secondStep(await pendingSignIn(someone), { code })).status).toBe(401);
  });

  test("a code works once of several at the same time", async () => {
    const someone = await enrolled();
    const code = codeOf(someone.secret);
    const answers = await Promise.all(Array.from({ length: 4 }, () => reauthenticate(someone, { code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403]);
  });

  test("what is wrong changes nothing, and does not sign out", async () => {
    const someone = await enrolled();
    await grow(someone);
    const password = "not the password";
    expect(outcome(await reauthenticate(await personWithPassword(), { password }))).toEqual(WRONG);
    // Whoever stole a session and a password does not have the app.
    for (const given of [{ password }, { password: PASSWORD }])
      expect(outcome(await reauthenticate(someone, given))).toEqual([403, "code_required"]);
    expect(outcome(await reauthenticate(someone, { code: wrongCode(someone.secret) }))).toEqual(WRONG);
    expect(outcome(await reauthenticate(await person(), { password: PASSWORD }))).toEqual(WRONG);
    expect(outcome(await reauthenticate(await personWithPassword(), { code: "123456" }))).toEqual(WRONG);
    expect(await isFresh(someone)).toBe(false);
    expect((await get("/api/auth/me", { token: someone.token })).status).toBe(200);
    expect((await attempts(someone)).map(({ succeeded, wrong_codes }) => [succeeded, wrong_codes])).toEqual([
      // What was not looked at does not count.
      [false, 1],
    ]);
  });

  test("either a password or a code is asked for", async () => {
    const someone = await personWithPassword();
    for (const given of [{}, { password: PASSWORD, code: "123456" }, { password: PASSWORD, recovery_code: "x" }])
      expect((await post("/api/auth/reauthenticate", given, { token: someone.token })).status).toBe(400);
    expect(await attempts(someone)).toEqual([]);
  });
});

describe.concurrent("guessing", () => {
  test("ten times makes this session wait, and no other", async () => {
    const someone = await personWithPassword();
    const other = await login(someone.email);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => reauthenticate(someone, { password: "not the password" })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(403), 429, 429]);
    const locked = await reauthenticate(someone, { password: PASSWORD });
    expect(outcome(locked)).toEqual([429, "too_many_attempts"]);
    expect(Number(locked.headers.get("Retry-After"))).toBeGreaterThan(800);
    expect((await reauthenticate({ token: other.body.access_token }, { password: PASSWORD })).status).toBe(200);
    expect((await login(someone.email)).status).toBe(200);
  });

  test("codes counts with those at signing in: ten in all", async () => {
    const someone = await enrolled();
    const code = wrongCode(someone.secret);
    const mfa_token = await pendingSignIn(someone);
    for (let guess = 0; guess < 4; guess += 1) expect((await secondStep(mfa_token, { code })).status).toBe(401);
    const answers = await Promise.all(Array.from({ length: 8 }, () => reauthenticate(someone, { code })));
    const codes = answers.map(({ body }) => body.code).sort();
    expect(codes).toEqual([...Array(6).fill("invalid_credentials"), "too_many_codes", "too_many_codes"]);
    const right = codeOf(someone.secret);
    expect(outcome(await reauthenticate(someone, { code: right }))).toEqual([429, "too_many_codes"]);
    expect(outcome(await secondStep(mfa_token, { code: right }))).toEqual([429, "too_many_codes"]);
  });
});
