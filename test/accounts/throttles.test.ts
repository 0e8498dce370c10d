import { describe, expect, test } from "vitest";
import { registration } from "../harness/accounts.ts";
import { post } from "../harness/client.ts";
import { anyEmail, person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

const MANY = 12;
const atOnce = <T>(ask: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: MANY }, ask));
const linksTo = async (email: string) =>
  (await sql("select from account_tokens t join users u on u.id = t.user_id where u.email = $1", [email])).length;

describe("what is limited is limited also for many at the same time", () => {
  test("registering with one address: five mails a day", async () => {
    const email = anyEmail("often");
    await atOnce(() => post("/api/auth/register", registration({ email })));
    expect(await linksTo(email)).toBe(5);
    expect(await sql("select from users where email = $1", [email])).toHaveLength(MANY);
  });

  test("forgetting a password: one link", async () => {
    const { email } = await person();
    await atOnce(() => post("/api/auth/forgot-password", { email }));
    expect(await linksTo(email)).toBe(1);
  });

  test("asking for another verification: one link a minute", async () => {
    const { email } = await person("pending_email");
    await atOnce(() => post("/api/auth/resend-verification", { email }));
    expect(await linksTo(email)).toBe(1);
  });

  test("changing the address: five times a day", async () => {
    const { email, token } = await person();
    const answers = await atOnce(() => post("/api/auth/change-email", { new_email: anyEmail("new") }, { token }));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(MANY - 5);
    expect(await linksTo(email)).toBe(5);
  });
});
