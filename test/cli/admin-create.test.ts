import { describe, expect, test } from "vitest";
import { createAdmin } from "../../cli/admin-create.ts";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { login, PASSWORD, personWithPassword, register } from "../harness/accounts.ts";
import { get } from "../harness/client.ts";
import { anyEmail } from "../harness/people.ts";
import { database, sql } from "../harness/platform.ts";
import { run } from "./run.ts";

const DATABASE_URL = database.options.connectionString ?? "";

const OWN = "the admin's own passphrase";
const admin = (email: string, more: { password?: string; first_name?: string } = {}) => ({
  ...{ email, password: OWN, first_name: "Sam", last_name: "Superadmin" },
  ...more,
});
const create = (input: ReturnType<typeof admin>) => createAdmin(DATABASE_URL, input);

/** The same by the command. */
const command = ({ email, password, first_name, last_name }: ReturnType<typeof admin>) =>
  run("admin-create.ts", { DATABASE_URL, ADMIN_PASSWORD: password }, [
    ...["--email", email],
    ...["--first-name", first_name],
    ...["--last-name", last_name],
  ]);

test.concurrent("makes a superadmin who can sign in and may do everything", async () => {
  const email = anyEmail("admin");
  expect(await command(admin(email))).toMatchObject({
    code: 0,
    stdout: `${email} is now a superadmin and can sign in.\n`,
    stderr: "",
  });
  const { status, body } = await login(email, OWN);
  expect(status).toBe(200);
  expect(body.user).toMatchObject({ email, status: "active", role: "superadmin" });
  expect([...body.user.permissions].sort()).toEqual([...ALL_PERMISSIONS].sort());
  expect((await get("/api/admin/users", { token: body.access_token })).status).toBe(200);
});

test.concurrent("writes an address in lower case, as registering does", async () => {
  const email = anyEmail("Mixed.Case");
  expect(await create(admin(email))).toBe("created");
  expect((await login(email.toLowerCase(), OWN)).status).toBe(200);
});

test.concurrent("promotes somebody whose address is verified, whose password stays theirs", async () => {
  const member = await personWithPassword("inactive");
  const outcome = await command(admin(member.email));
  expect(outcome.code).toBe(0);
  expect(outcome.stdout).toMatch(/already had an account and is now a superadmin\. Their password has not changed/);
  expect((await login(member.email, OWN)).status).toBe(401);
  const { body } = await login(member.email, PASSWORD);
  expect(body.user).toMatchObject({ id: member.id, status: "active", role: "superadmin" });
});

test.concurrent("does not promote a stranger who registered the address and never verified it", async () => {
  const { email } = await register();
  expect(await create(admin(email))).toBe("created");
  const people = await sql("select status, role, email_verified from users where email = $1 order by status", [email]);
  expect(people).toEqual([
    { status: "pending_email", role: "guest", email_verified: false },
    { status: "active", role: "superadmin", email_verified: true },
  ]);
  expect((await login(email)).body.user).not.toMatchObject({ role: "superadmin" });
});

test.concurrent("may be repeated", async () => {
  const email = anyEmail("twice");
  expect(await create(admin(email))).toBe("created");
  expect(await create(admin(email))).toBe("promoted");
  expect(await sql("select from users where email = $1", [email])).toHaveLength(1);
});

describe.concurrent("input that is not valid is refused in a sentence, and nothing is made", () => {
  test.each([
    ["an address that is none", admin("nobody"), /email/i],
    ["a password that is too short", admin(anyEmail(), { password: "short" }), /password/],
    ["their name as a password", admin(anyEmail(), { password: "sam.superadmin" }), /password: must not be your name/],
    ["an empty name", admin(anyEmail(), { first_name: "" }), /first_name/],
  ])("%s", async (_, input, sentence) => {
    await expect(create(input)).rejects.toThrow(sentence);
    expect(await sql("select from users where email = $1", [input.email])).toEqual([]);
  });

  test("a password that is common, which is not repeated", async () => {
    const input = admin(anyEmail(), { password: "Iloveyou" });
    const { code, stdout, stderr } = await command(input);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/password: is one of the most common/);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).not.toContain(input.password);
    expect(await sql("select from users where email = $1", [input.email])).toEqual([]);
  });

  test("a flag that does not exist", async () => {
    const { code, stderr } = await run("admin-create.ts", { DATABASE_URL }, ["--role", "superadmin"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Unknown option '--role'/);
  });

  test("a missing flag, with nobody at the keyboard to ask", async () => {
    const { code, stderr } = await run("admin-create.ts", { DATABASE_URL, ADMIN_PASSWORD: "long enough" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/Email/);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

test("explains itself", async () => {
  const { code, stdout } = await run("admin-create.ts", { DATABASE_URL }, ["--help"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/ADMIN_PASSWORD/);
});
