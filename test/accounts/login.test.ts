import { describe, expect, test } from "vitest";
import { userstatus } from "../../src/tables/people.ts";
import { login, PASSWORD, personWithPassword, register } from "../harness/accounts.ts";
import { get } from "../harness/client.ts";
import { anyEmail, giveRole, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

describe.concurrent("signing in", () => {
  test("gives a bearer token, its lifetime and oneself", async () => {
    const someone = await personWithPassword();
    await giveRole(someone.id, ["events.view", "users.view"]);
    const { status, body } = await login(someone.email);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "bearer", expires_in: 1800 });
    expect(body.user).toMatchObject({ id: someone.id, email: someone.email, status: "active" });
    expect(body.user.permissions).toEqual(["events.view", "users.view"]);
    expect(body.user.roles).toContain("member");
    const me = await get("/api/auth/me", { token: body.access_token });
    expect(me.body).toEqual(body.user);
  });

  test("never gives a password's hash away", async () => {
    const someone = await personWithPassword();
    const { text, body } = await login(someone.email);
    expect(text).not.toContain("argon2");
    expect((await get("/api/auth/me", { token: body.access_token })).text).not.toMatch(/argon2|password/);
  });

  test.each(userstatus.enumValues)("works as %s", async (status) => {
    const someone = await personWithPassword(status);
    const { body } = await login(someone.email);
    expect(body.user.status).toBe(status);
  });

  test("does not mind the case of the address, and minds that of the password", async () => {
    const { email } = await personWithPassword();
    expect((await login(email.toUpperCase())).status).toBe(200);
    expect((await login(email, PASSWORD.toUpperCase())).status).toBe(401);
  });

  test("refuses a wrong password, an unknown address and an account without a password alike", async () => {
    const known = await personWithPassword();
    const without = await volunteer();
    for (const email of [known.email, without.email, anyEmail("unknown")]) {
      const { status, body } = await login(email, "not the password");
      expect([status, (body as unknown as { code: string }).code]).toEqual([401, "invalid_credentials"]);
    }
  });

  test("counts attempts, for unknown addresses too", async () => {
    const { email, id } = await personWithPassword();
    const unknown = anyEmail("unknown");
    await login(email, "not the password");
    await login(email);
    await login(unknown);
    const attempts = await sql(
      "select email, user_id, succeeded from login_attempts where email = any($1) order by succeeded, email = $2",
      [[email, unknown], unknown],
    );
    expect(attempts).toEqual([
      { email, user_id: id, succeeded: false },
      { email: unknown, user_id: null, succeeded: false },
      { email, user_id: id, succeeded: true },
    ]);
  });

  test("prefers whoever owns the address over an unverified registration with it", async () => {
    const owner = await personWithPassword();
    await sql(
      "insert into users (email, first_name, last_name, password_hash) select email, 'Other', 'Person', password_hash from users where id = $1",
      [owner.id],
    );
    expect((await login(owner.email)).body.user.id).toBe(owner.id);
  });

  test("works before the address is verified, with the newest registration", async () => {
    const { email } = await register({ password: "the first password" });
    await register({ email, password: "the second password" });
    expect((await login(email, "the second password")).body.user.status).toBe("pending_email");
  });
});
