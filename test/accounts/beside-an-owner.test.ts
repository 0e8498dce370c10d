import { expect, test, vi } from "vitest";
import { login, PASSWORD } from "../harness/accounts.ts";
import { get, post } from "../harness/client.ts";
import { person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { codeOf, enrolled, pendingSignIn, secondStep } from "../harness/second-factor.ts";

const STRANGERS = "a stranger's passphrase";

test("whoever registers with an owner's address and proves who they are leaves no trace in the owner's account", async () => {
  const owner = await enrolled();
  const { password_hash } = (await sql("select password_hash from users where id = $1", [owner.id]))[0] ?? {};
  const stranger = await person("pending_email", { email: owner.email, password_hash });
  const { token } = stranger;
  for (let n = 0; n < 9; n += 1)
    await post("/api/auth/reauthenticate", { password: n % 2 ? PASSWORD : "wrong" }, { token });
  await post("/api/auth/change-password", { current_password: PASSWORD, new_password: STRANGERS }, { token });
  expect((await login(owner.email, STRANGERS)).body.user.id).toBe(stranger.id);

  const seen = await get<{ items: unknown[] }>("/api/auth/sign-ins", { token: owner.token });
  expect(seen.body.items).toEqual([]);
  await vi.waitFor(async () => {
    const audited = await sql<{ subject_id: string }>(
      "select subject_id from audit_log where action like 'reauthentication.%' and subject_id = any($1)",
      [[owner.id, stranger.id]],
    );
    expect(audited.length).toBeGreaterThan(8);
    expect(new Set(audited.map(({ subject_id }) => subject_id))).toEqual(new Set([stranger.id]));
  });
  expect((await secondStep(await pendingSignIn(owner), { code: codeOf(owner.secret) })).status).toBe(200);
});

test("changing the password is no fresh proof for whoever has a second factor, and is one for others", async () => {
  const withFactor = await enrolled();
  const without = await person("active", {
    password_hash: (await sql("select password_hash from users where id = $1", [withFactor.id]))[0]?.password_hash,
  });
  for (const [someone, status] of [
    [withFactor, 403],
    [without, 200],
  ] as const) {
    await sql("update sessions set authenticated_at = now() - interval '1 hour' where user_id = $1", [someone.id]);
    const body = { current_password: PASSWORD, new_password: STRANGERS };
    expect((await post("/api/auth/change-password", body, { token: someone.token })).status).toBe(200);
    const next = await post("/api/auth/change-email", { new_email: `new.${someone.email}` }, { token: someone.token });
    expect(next.status).toBe(status);
  }
});
