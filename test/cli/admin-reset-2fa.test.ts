import { describe, expect, test } from "vitest";
import { login, register } from "../harness/accounts.ts";
import { get } from "../harness/client.ts";
import { untilMails } from "../harness/mailbox.ts";
import { outboxRow, sendDueMails } from "../harness/outbox.ts";
import { anyEmail, person } from "../harness/people.ts";
import { database, sql } from "../harness/platform.ts";
import { enrolled } from "../harness/second-factor.ts";
import { run } from "./run.ts";

const DATABASE_URL = database.options.connectionString ?? "";

const reset = (...args: string[]) => run("admin-reset-2fa.ts", { DATABASE_URL }, args);

test("whoever lost their app and their codes gets in by the password alone, and is told", async () => {
  const someone = await enrolled();
  expect(await reset("--email", someone.email.toUpperCase())).toEqual({
    code: 0,
    stdout: `${someone.email} no longer has a second factor and was signed out everywhere. We have emailed them.\n`,
    stderr: "",
  });
  for (const table of ["second_factors", "recovery_codes"])
    expect(await sql(`select from ${table} where user_id = $1`, [someone.id])).toEqual([]);
  expect((await get("/api/auth/me", { token: someone.token })).status).toBe(401);
  expect(await sql("select revoked_reason from sessions where user_id = $1", [someone.id])).toEqual([
    { revoked_reason: "second_factor_changed" },
  ]);
  expect(
    await sql("select actor_id, subject_type, changes from audit_log where action = $1 and subject_id = $2", [
      "second_factor.reset",
      someone.id,
    ]),
  ).toEqual([{ actor_id: null, subject_type: "users", changes: {} }]);

  expect(await outboxRow(someone.email)).toMatchObject({ template: "second_factor_changed" });
  await sendDueMails();
  const [mail] = await untilMails(someone.email);
  expect(mail?.text).toContain("removed by the people who run the platform");
  expect((await login(someone.email)).body.user).toMatchObject({ id: someone.id, mfa_enabled: false });
});

describe("says in a sentence what is in the way, and changes nothing", () => {
  const refused = async (sentence: RegExp, ...args: string[]) => {
    const { code, stdout, stderr } = await reset(...args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  };

  test("nobody has the address, or nobody has proved it", async () => {
    await refused(/No one has the verified address/, "--email", anyEmail("unknown"));
    await refused(/No one has the verified address/, "--email", (await register()).email);
  });

  test("there is no second factor", async () => {
    const someone = await person();
    await sql("insert into second_factors (user_id, secret_encrypted) values ($1, 'never confirmed')", [someone.id]);
    await refused(/has no second factor/, "--email", someone.email);
    expect((await get("/api/auth/me", { token: someone.token })).status).toBe(200);
    expect(await sql("select from emails where to_email = $1", [someone.email])).toEqual([]);
  });

  test("no address was given", async () => {
    await refused(/--email/);
    await refused(/--email/, "--email", "nobody");
  });
});

test("explains itself", async () => {
  const { code, stdout } = await reset("--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/really comes from them/);
});
