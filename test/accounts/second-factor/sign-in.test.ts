import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { sign } from "../../../src/access/signatures.ts";
import { linkFor, login, PASSWORD, refreshTokenOf } from "../../harness/accounts.ts";
import { get, logged, outcome, post } from "../../harness/client.ts";
import { failDatabase } from "../../harness/faults.ts";
import { untilBlocked } from "../../harness/locks.ts";
import { untilMails } from "../../harness/mailbox.ts";
import { database, settings, sql } from "../../harness/platform.ts";
import { codeOf, enrolled, firstStep, pendingSignIn, secondStep, wrongCode } from "../../harness/second-factor.ts";

const INVALID = [401, "invalid_code"];
const EXPIRED = [401, "sign_in_expired"];

const attemptsOf = (user_id: string) =>
  sql<{ succeeded: boolean | null; wrong_codes: number }>(
    "select succeeded, wrong_codes from login_attempts where user_id = $1 order by created_at",
    [user_id],
  );

const liveSessions = (user_id: string) =>
  sql<{ id: string; second_factor: boolean }>(
    "select id, second_factor_at is not null as second_factor from sessions where user_id = $1 and revoked_at is null order by created_at",
    [user_id],
  );

describe.concurrent("with a second factor", () => {
  test("the password alone gives nothing but the question for a code", async () => {
    const someone = await enrolled();
    const { status, body } = await login(someone.email);
    expect(status).toBe(200);
    expect(body).toEqual({ mfa_required: true, mfa_token: expect.any(String), expires_in: 600 });
    expect(await liveSessions(someone.id)).toHaveLength(1);
    expect(await attemptsOf(someone.id)).toEqual([{ succeeded: null, wrong_codes: 0 }]);
  });

  test("a code of the app signs in, in a session that says so", async () => {
    const someone = await enrolled();
    const { status, body } = await secondStep(await firstStep(someone), { code: codeOf(someone.secret) });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "bearer", expires_in: 1800, user: { id: someone.id, mfa_enabled: true } });
    expect((await get("/api/auth/me", { token: body.access_token })).body).toEqual(body.user);
    expect((await liveSessions(someone.id)).map(({ second_factor }) => second_factor)).toEqual([true, true]);
    expect(await attemptsOf(someone.id)).toEqual([{ succeeded: true, wrong_codes: 0 }]);
    const audit = await sql("select action, actor_id from audit_log where subject_id = $1 and action like 'sign_in%'", [
      someone.id,
    ]);
    expect(audit).toEqual([{ action: "sign_in.succeeded", actor_id: someone.id }]);
  });

  test("a code of the step beside counts, however it is typed, and none further off", async () => {
    const someone = await enrolled();
    const code = codeOf(someone.secret, 1).replace(/^.../, "$& ");
    expect((await secondStep(await pendingSignIn(someone), { code })).status).toBe(200);
    const other = await enrolled();
    for (const steps of [-3, 3])
      expect(outcome(await secondStep(await pendingSignIn(other), { code: codeOf(other.secret, steps) }))).toEqual(
        INVALID,
      );
  });

  test("a code works once, and none before it does any more", async () => {
    const someone = await enrolled();
    const code = codeOf(someone.secret);
    expect((await secondStep(await pendingSignIn(someone), { code })).status).toBe(200);
    expect(outcome(await secondStep(await pendingSignIn(someone), { code }))).toEqual(INVALID);
    const next = await pendingSignIn(someone);
    expect(outcome(await secondStep(next, { code: codeOf(someone.secret, -1) }))).toEqual(INVALID);
    expect((await secondStep(next, { code: codeOf(someone.secret, 1) })).status).toBe(200);
  });

  test("a code works once for many at the same time, too", async () => {
    const someone = await enrolled();
    const tokens = await Promise.all(Array.from({ length: 5 }, () => pendingSignIn(someone)));
    const code = codeOf(someone.secret);
    const answers = await Promise.all([...tokens, tokens[0] ?? ""].map((token) => secondStep(token, { code })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(await liveSessions(someone.id)).toHaveLength(2);
  });

  test("another person's code is wrong", async () => {
    const [someone, other] = [await enrolled(), await enrolled()];
    expect(outcome(await secondStep(await pendingSignIn(someone), { code: codeOf(other.secret) }))).toEqual(INVALID);
  });

  test("a sign-in is finished once", async () => {
    const someone = await enrolled();
    const mfa_token = await pendingSignIn(someone);
    expect((await secondStep(mfa_token, { code: codeOf(someone.secret) })).status).toBe(200);
    expect(outcome(await secondStep(mfa_token, { code: codeOf(someone.secret, 1) }))).toEqual(EXPIRED);
  });

  test("ten minutes after the password it has to be given again", async () => {
    const someone = await enrolled();
    const mfa_token = await pendingSignIn(someone);
    await sql("update login_attempts set created_at = now() - interval '10 minutes 1 second' where user_id = $1", [
      someone.id,
    ]);
    expect(outcome(await secondStep(mfa_token, { code: codeOf(someone.secret) }))).toEqual(EXPIRED);
  });

  test("what we did not make stands for no password", async () => {
    const someone = await enrolled();
    const [attempt_id, expires, mac] = (await pendingSignIn(someone)).split(".");
    const later = Number(expires) + 600;
    const past = Math.floor(Date.now() / 1000) - 1;
    const signed = (id: string | undefined, until: number) => sign(settings, "second_factor", `${id}.${until}`);
    const tokens = [
      `${attempt_id}.${later}.${mac}`,
      `${attempt_id}.${expires}`,
      await sign(settings, "refresh", `${attempt_id}.${expires}`),
      await refreshTokenOf(someone),
      await signed(attempt_id, past),
      await signed(randomUUID(), later),
      "x",
    ];
    for (const token of tokens)
      expect(outcome(await secondStep(token, { code: codeOf(someone.secret) }))).toEqual(EXPIRED);
  });

  test("either a code or a recovery code is asked for, each in its shape", async () => {
    const someone = await enrolled();
    const mfa_token = await pendingSignIn(someone);
    const [recovery_code = ""] = someone.recovery_codes;
    const code = codeOf(someone.secret);
    for (const given of [{ code, recovery_code }, { code: "12345" }, { code: "1234567" }, { recovery_code: "ABCD" }])
      expect((await secondStep(mfa_token, given)).status).toBe(400);
    expect(await attemptsOf(someone.id)).toEqual([{ succeeded: null, wrong_codes: 0 }]);
  });
});

describe.concurrent("guessing codes", () => {
  test("ends the attempt after five, for the right code too", async () => {
    const someone = await enrolled();
    const mfa_token = await pendingSignIn(someone);
    const code = wrongCode(someone.secret);
    for (let guess = 0; guess < 5; guess += 1) expect(outcome(await secondStep(mfa_token, { code }))).toEqual(INVALID);
    expect(outcome(await secondStep(mfa_token, { code: codeOf(someone.secret) }))).toEqual(EXPIRED);
    expect(await attemptsOf(someone.id)).toEqual([{ succeeded: false, wrong_codes: 5 }]);
    expect((await secondStep(await pendingSignIn(someone), { code: codeOf(someone.secret) })).status).toBe(200);
    const audit = await sql(
      "select action, actor_id, count(*)::int from audit_log where subject_id = $1 and action like '%failed' group by 1, 2 order by 1",
      [someone.id],
    );
    expect(audit).toEqual([
      { action: "second_factor.failed", actor_id: null, count: 5 },
      { action: "sign_in.failed", actor_id: null, count: 1 },
    ]);
  });

  test("twenty at the same time is not looked at more than five times", async () => {
    const someone = await enrolled();
    const mfa_token = await pendingSignIn(someone);
    const code = wrongCode(someone.secret);
    const answers = await Promise.all(Array.from({ length: 20 }, () => secondStep(mfa_token, { code })));
    const counts = Map.groupBy(answers, ({ body }) => body.code);
    expect([counts.get("invalid_code")?.length, counts.get("sign_in_expired")?.length]).toEqual([5, 15]);
  });

  test("ten times in a day locks codes, the right one too, but no recovery code", async () => {
    const someone = await enrolled();
    const code = wrongCode(someone.secret);
    const tokens = await Promise.all(Array.from({ length: 3 }, () => pendingSignIn(someone)));
    const answers = await Promise.all(
      tokens.flatMap((token) => Array.from({ length: 4 }, () => secondStep(token, { code }))),
    );
    const counts = Map.groupBy(answers, ({ status }) => status);
    expect([counts.get(401)?.length, counts.get(429)?.length]).toEqual([10, 2]);

    const locked = await secondStep(await pendingSignIn(someone), { code: codeOf(someone.secret) });
    expect(outcome(locked)).toEqual([429, "too_many_codes"]);
    const seconds = Number(locked.headers.get("Retry-After"));
    expect(seconds).toBeGreaterThan(86_300);
    expect(seconds).toBeLessThanOrEqual(86_400);

    const [recovery_code = ""] = someone.recovery_codes;
    expect((await secondStep(await pendingSignIn(someone), { recovery_code })).status).toBe(200);
    expect((await secondStep(await pendingSignIn(someone), { code: codeOf(someone.secret) })).status).toBe(200);
  });

  test("is forgotten after a day, and what was locked opens when the first of ten is that old", async () => {
    const someone = await enrolled();
    const wrong = (wrong_codes: number, age: string) =>
      sql(
        "insert into login_attempts (email, user_id, succeeded, wrong_codes, created_at) values ($1, $2, false, $3, now() - $4::interval)",
        [someone.email, someone.id, wrong_codes, age],
      );
    await wrong(5, "23 hours");
    await wrong(5, "1 hour");
    const locked = await secondStep(await pendingSignIn(someone), { code: codeOf(someone.secret) });
    expect(outcome(locked)).toEqual([429, "too_many_codes"]);
    const seconds = Number(locked.headers.get("Retry-After"));
    expect(seconds).toBeGreaterThan(3500);
    expect(seconds).toBeLessThanOrEqual(3600);
    await sql(
      "update login_attempts set created_at = created_at - interval '1 hour' where user_id = $1 and wrong_codes = 5",
      [someone.id],
    );
    expect((await secondStep(await pendingSignIn(someone), { code: codeOf(someone.secret) })).status).toBe(200);
  });
});

describe.concurrent("a recovery code", () => {
  test("signs in once, however it is typed, and its owner is told how many are left", async () => {
    const someone = await enrolled();
    const [first = "", second = ""] = someone.recovery_codes;
    const mfa_token = await pendingSignIn(someone);
    const { status, body } = await secondStep(mfa_token, {
      recovery_code: ` ${first.toLowerCase().replaceAll("-", " ")}`,
    });
    expect(status).toBe(200);
    expect((await get("/api/auth/me", { token: body.access_token })).status).toBe(200);
    expect((await get<object>("/api/auth/mfa", { token: body.access_token })).body).toMatchObject({
      recovery_codes_left: 2,
    });
    expect((await untilMails(someone.email, 2)).map(({ text }) => text).join()).toContain("You have 2 left");

    expect(outcome(await secondStep(await pendingSignIn(someone), { recovery_code: first }))).toEqual(INVALID);
    expect((await secondStep(await pendingSignIn(someone), { recovery_code: second })).status).toBe(200);
  });

  test("signs in once of two at the same time", async () => {
    const someone = await enrolled();
    const [recovery_code = ""] = someone.recovery_codes;
    const tokens = await Promise.all(Array.from({ length: 5 }, () => pendingSignIn(someone)));
    const answers = await Promise.all(tokens.map((token) => secondStep(token, { recovery_code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
    expect(await liveSessions(someone.id)).toHaveLength(2);
  });

  test("of somebody else is wrong, though they look alike, and wrong ones count", async () => {
    const [someone, other] = [await enrolled(), await enrolled()];
    const [recovery_code = ""] = someone.recovery_codes;
    await sql("delete from recovery_codes where user_id = $1", [other.id]);
    const mfa_token = await pendingSignIn(other);
    for (let guess = 0; guess < 5; guess += 1)
      expect(outcome(await secondStep(mfa_token, { recovery_code }))).toEqual(INVALID);
    expect(outcome(await secondStep(mfa_token, { code: codeOf(other.secret) }))).toEqual(EXPIRED);
  });
});

describe.concurrent("another password", () => {
  const reset = async (user_id: string) =>
    post("/api/auth/reset-password", {
      token: await linkFor(user_id, "reset_password"),
      new_password: "quite another passphrase",
    });

  test("ends a sign-in that waits for its code", async () => {
    const someone = await enrolled();
    const mfa_token = await pendingSignIn(someone);
    expect((await reset(someone.id)).status).toBe(200);
    expect(outcome(await secondStep(mfa_token, { code: codeOf(someone.secret) }))).toEqual(EXPIRED);
    expect(await liveSessions(someone.id)).toEqual([]);
  });

  test("leaves no session behind that was about to start", async () => {
    const someone = await enrolled();
    const mfa_token = await pendingSignIn(someone);
    const [attempt_id = ""] = mfa_token.split(".");
    await failDatabase({ mode: "delay", ms: 3000, match: attempt_id });
    const second = secondStep(mfa_token, { code: codeOf(someone.secret) });
    await vi.waitFor(async () => expect(await attemptsOf(someone.id)).toMatchObject([{ wrong_codes: 1 }]), 10_000);

    const resetting = await database.connect();
    try {
      await resetting.query("begin");
      await resetting.query("select from users where id = $1 for no key update", [someone.id]);
      await resetting.query("update login_attempts set succeeded = false where id = $1", [attempt_id]);
      await resetting.query(
        "update sessions set revoked_at = now(), revoked_reason = 'password_reset' where user_id = $1",
        [someone.id],
      );
      await untilBlocked(resetting);
      await resetting.query("commit");
    } finally {
      resetting.release(true);
    }
    expect(outcome(await second)).toEqual(EXPIRED);
    expect(await liveSessions(someone.id)).toEqual([]);
  });
});

test("no code, secret or hash is logged or written into the audit log", async () => {
  const someone = await enrolled();
  const [recovery_code = ""] = someone.recovery_codes;
  const mfa_token = await pendingSignIn(someone);
  const code = codeOf(someone.secret);
  const wrong = wrongCode(someone.secret);
  const answers = [
    await secondStep(mfa_token, { code: wrong }),
    await secondStep(mfa_token, { code }),
    await secondStep(await pendingSignIn(someone), { recovery_code }),
  ];
  const stored = await sql<{ secret: string }>(
    "select secret_encrypted as secret from second_factors where user_id = $1 union all select code_hash from recovery_codes where user_id = $1",
    [someone.id],
  );
  const written = JSON.stringify([
    answers.map(({ request_id }) => logged(request_id)),
    await sql("select action, subject_type, changes from audit_log where subject_id = $1", [someone.id]),
  ]);
  expect(written).toContain("second_factors");
  expect(written).toContain("recovery_codes");
  for (const secret of [code, wrong, mfa_token, recovery_code, PASSWORD, ...stored.map((row) => row.secret)])
    expect(written).not.toContain(secret);
});
