import { describe, expect, test } from "vitest";
import { login, PASSWORD, personWithPassword } from "../../harness/accounts.ts";
import { type Answer, type Call, call, get, outcome, post } from "../../harness/client.ts";
import { untilBlocked } from "../../harness/locks.ts";
import { untilMails } from "../../harness/mailbox.ts";
import { type Person, person } from "../../harness/people.ts";
import { database, sql } from "../../harness/platform.ts";
import { codeOf, enrolled, fromBase32, pendingSignIn, secondStep, wrongCode } from "../../harness/second-factor.ts";

interface Body {
  code?: string;
  errors?: unknown;
  secret: string;
  otpauth_url: string;
  recovery_codes: string[];
}

const start = ({ token }: Pick<Person, "token">) => post<Body>("/api/auth/mfa/totp", undefined, { token });
const confirm = ({ token }: Pick<Person, "token">, code: string) =>
  post<Body>("/api/auth/mfa/totp/confirm", { code }, { token });
const remove = ({ token }: Pick<Person, "token">, options: Call = {}): Promise<Answer<Body>> =>
  call("DELETE", "/api/auth/mfa/totp", { token, ...options });
const renew = ({ token }: Pick<Person, "token">) => post<Body>("/api/auth/mfa/recovery-codes", undefined, { token });
const status = async ({ token }: Pick<Person, "token">) => (await get("/api/auth/mfa", { token })).body;

/** Another session of the same person, on a device without a second factor. */
async function otherSession(someone: Person): Promise<string> {
  const { body } = await login(someone.email);
  return body.access_token;
}

const reasons = (user_id: string) =>
  sql<{ revoked_reason: string | null }>("select revoked_reason from sessions where user_id = $1 order by created_at", [
    user_id,
  ]);

describe.concurrent("setting up a second factor", () => {
  test("gives the app its secret; a code of it turns the factor on, and signing in asks for one", async () => {
    const someone = await personWithPassword();
    const other = await otherSession(someone);
    const started = await start(someone);
    expect(started.status).toBe(201);
    expect(started.body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(started.body.otpauth_url).toContain(`secret=${started.body.secret}&`);
    expect(decodeURIComponent(started.body.otpauth_url)).toContain(`:${someone.email}?issuer=`);
    expect(await status(someone)).toEqual({
      enabled: false,
      required: false,
      confirmed_at: null,
      recovery_codes_left: 0,
    });
    expect((await get("/api/auth/me", { token: other })).status).toBe(200);

    const secret = fromBase32(started.body.secret);
    const code = codeOf(secret);
    const { status: confirmed, body } = await confirm(someone, code);
    expect(confirmed).toBe(200);
    expect(body.recovery_codes).toHaveLength(10);
    expect(new Set(body.recovery_codes).size).toBe(10);
    for (const code of body.recovery_codes) expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){5}$/);
    expect(await status(someone)).toEqual({
      enabled: true,
      required: false,
      confirmed_at: expect.stringMatching(/Z$/),
      recovery_codes_left: 10,
    });
    expect((await get("/api/auth/me", { token: someone.token })).body).toMatchObject({ mfa_enabled: true });
    expect((await get("/api/auth/me", { token: other })).status).toBe(401);
    expect(await reasons(someone.id)).toEqual([{ revoked_reason: null }, { revoked_reason: "second_factor_changed" }]);

    const mails = await untilMails(someone.email, 2);
    expect(mails.map(({ text }) => text).join()).toContain("Your account now has a second factor");

    const [recovery_code = ""] = body.recovery_codes;
    expect((await login(someone.email)).body).toMatchObject({ mfa_required: true });
    expect((await secondStep(await pendingSignIn(someone), { code })).status).toBe(401);
    expect((await secondStep(await pendingSignIn(someone), { code: codeOf(secret, 1) })).status).toBe(200);
    expect((await secondStep(await pendingSignIn(someone), { recovery_code })).status).toBe(200);
  });

  test("stores recovery codes only as hashes that hold for their owner", async () => {
    const someone = await person();
    const { body } = await start(someone);
    const { recovery_codes } = (await confirm(someone, codeOf(fromBase32(body.secret)))).body;
    const rows = await sql("select * from recovery_codes where user_id = $1", [someone.id]);
    expect(rows).toHaveLength(10);
    const stored = JSON.stringify(rows);
    for (const code of recovery_codes)
      for (const text of [code, code.replaceAll("-", "")]) expect(stored).not.toContain(text);
  });

  test("starting again forgets the secret before", async () => {
    const someone = await person();
    const [first, second] = [await start(someone), await start(someone)];
    expect(second.body.secret).not.toBe(first.body.secret);
    expect(outcome(await confirm(someone, codeOf(fromBase32(first.body.secret))))).toEqual([400, "invalid_code"]);
    expect((await confirm(someone, codeOf(fromBase32(second.body.secret)))).status).toBe(200);
    expect(await sql("select from second_factors where user_id = $1", [someone.id])).toHaveLength(1);
  });

  test("a wrong code turns nothing on; after ten of them one has to start over", async () => {
    const someone = await person();
    const secret = fromBase32((await start(someone)).body.secret);
    for (let guess = 0; guess < 10; guess += 1) {
      const answer = await confirm(someone, wrongCode(secret));
      expect(outcome(answer)).toEqual([400, "invalid_code"]);
      expect(answer.body.errors).toEqual([{ path: "code", message: expect.any(String) }]);
    }
    const locked = await confirm(someone, codeOf(secret));
    expect(outcome(locked)).toEqual([429, "too_many_codes"]);
    expect(Number(locked.headers.get("Retry-After"))).toBeGreaterThan(800);
    expect(await status(someone)).toMatchObject({ enabled: false, recovery_codes_left: 0 });
    const again = fromBase32((await start(someone)).body.secret);
    expect((await confirm(someone, codeOf(again))).status).toBe(200);
  });

  test("twice at the same time turns on one factor with one set of codes", async () => {
    const someone = await person();
    const secret = fromBase32((await start(someone)).body.secret);
    const answers = await Promise.all(Array.from({ length: 4 }, () => confirm(someone, codeOf(secret))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await status(someone)).toMatchObject({ enabled: true, recovery_codes_left: 10 });
  });

  test("is refused to whoever has one, and confirming to whoever did not start", async () => {
    const someone = await enrolled();
    expect(outcome(await start(someone))).toEqual([409, "mfa_enabled"]);
    expect(outcome(await confirm(someone, codeOf(someone.secret)))).toEqual([409, "mfa_enabled"]);
    expect(outcome(await confirm(await person(), "123456"))).toEqual([409, "mfa_not_started"]);
  });
});

describe.concurrent("removing the second factor", () => {
  test("takes its recovery codes with it, ends other sessions and is told to the owner; this session goes on", async () => {
    const someone = await enrolled();
    const other = await secondStep(await pendingSignIn(someone), { code: codeOf(someone.secret) });
    expect((await remove(someone)).status).toBe(200);
    expect(await status(someone)).toEqual({
      enabled: false,
      required: false,
      confirmed_at: null,
      recovery_codes_left: 0,
    });
    expect((await get("/api/auth/me", { token: other.body.access_token })).status).toBe(401);
    const [session] = await sql("select second_factor_at from sessions where id = $1", [someone.session_id]);
    expect(session).toEqual({ second_factor_at: null });
    expect((await untilMails(someone.email, 2)).map(({ text }) => text).join()).toContain("was removed");
    expect((await login(someone.email)).body.user.id).toBe(someone.id);
    expect(
      await sql(
        "select action from audit_log where subject_type = 'second_factors' and subject_id = $1 order by created_at",
        [someone.id],
      ),
    ).toContainEqual({ action: "delete" });
  });

  test("is refused where there is none", async () => {
    expect(outcome(await remove(await person()))).toEqual([409, "mfa_not_enabled"]);
  });

  test("does not go on in a session that ended while it waited", async () => {
    const someone = await enrolled();
    const holder = await database.connect();
    try {
      await holder.query("begin");
      await holder.query("select from users where id = $1 for no key update", [someone.id]);
      const removing = remove(someone);
      await untilBlocked(holder, "no key update");
      await holder.query(
        "update sessions set revoked_at = now(), revoked_reason = 'password_reset' where user_id = $1",
        [someone.id],
      );
      await holder.query("commit");
      expect(outcome(await removing)).toEqual([401, "session_ended"]);
    } finally {
      holder.release(true);
    }
    expect(await sql("select from second_factors where user_id = $1", [someone.id])).toHaveLength(1);
  });
});

describe.concurrent("new recovery codes", () => {
  test("replace those before, are told to the owner and are in the audit log", async () => {
    const someone = await enrolled();
    const { status: renewed, body, request_id } = await renew(someone);
    expect(renewed).toBe(201);
    expect(body.recovery_codes).toHaveLength(10);
    expect(await status(someone)).toMatchObject({ enabled: true, recovery_codes_left: 10 });
    const [old = ""] = someone.recovery_codes;
    const [fresh = ""] = body.recovery_codes;
    const mfa_token = await pendingSignIn(someone);
    expect((await secondStep(mfa_token, { recovery_code: old })).status).toBe(401);
    expect((await secondStep(mfa_token, { recovery_code: fresh })).status).toBe(200);
    expect((await untilMails(someone.email)).map(({ text }) => text).join()).toContain("has new recovery codes");
    const audit = await sql("select actor_id, action, subject_id, changes from audit_log where request_id = $1", [
      request_id,
    ]);
    expect(audit).toEqual([
      { actor_id: someone.id, action: "recovery_codes.renewed", subject_id: someone.id, changes: {} },
    ]);
  });

  test("are refused where there is no second factor", async () => {
    expect(outcome(await renew(await person()))).toEqual([409, "mfa_not_enabled"]);
    const started = await person();
    await start(started);
    expect(outcome(await renew(started))).toEqual([409, "mfa_not_enabled"]);
  });
});

test("each of these asks for a fresh proof of who it is", async () => {
  const someone = await enrolled();
  const beginner = await personWithPassword();
  await start(beginner);
  await sql("update sessions set authenticated_at = now() - interval '16 minutes' where user_id = any($1)", [
    [someone.id, beginner.id],
  ]);
  const answers = [
    await start(beginner),
    await confirm(beginner, "123456"),
    await remove(someone),
    await renew(someone),
  ];
  for (const answer of answers) expect(outcome(answer)).toEqual([403, "reauthentication_required"]);
  const proof = { password: PASSWORD };
  expect((await post("/api/auth/reauthenticate", proof, { token: beginner.token })).status).toBe(200);
  expect((await start(beginner)).status).toBe(201);
});
