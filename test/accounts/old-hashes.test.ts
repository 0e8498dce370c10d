import { hashSync } from "bcryptjs";
import { describe, expect, test } from "vitest";
import { hashIsOutdated } from "../../src/accounts/passwords.ts";
import { login } from "../harness/accounts.ts";
import { type Person, person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

/** Somebody as they were brought over: the hash is the old system's, letter for letter. */
const imported = (password_hash: string) => person("active", { password_hash });

/** The old system's hash of a password. It used a cost of 12; most tests have no time for that. */
const old = (password: string) => hashSync(password, 4);

async function hashOf({ id }: Person): Promise<string> {
  const [row] = await sql<{ password_hash: string }>("select password_hash from users where id = $1", [id]);
  return row?.password_hash ?? "";
}

/** As passwords are hashed now. */
const expectCurrent = (hash: string) => {
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(hashIsOutdated(hash)).toBe(false);
};

describe.concurrent("somebody whose password hash came from the old system", () => {
  // Made by libxcrypt, so that no library of ours vouches for itself.
  test.each([
    ["$2a$ of cost 4", "$2a$04$Wq3nRf7uYd0PzXc5vBmNaeqMsWDsvwBTeOOf.o1UuDNEn2sDK80dW", "old pass"],
    ["$2b$ of cost 12", "$2b$12$0uQbLn6oVfYc8rJx1TzKzeh36TBqjg1sHoebLgTd6CtfbeCJqlS5i", "a password of the old system"],
    ["$2y$ of cost 10", "$2y$10$Wq3nRf7uYd0PzXc5vBmNaeOdcOGQU7PQRtExd.pX3Zr8QykrYF7jS", "old pass"],
    // Made by OpenSSL, with OWASP's parameters, which are not those that tests are built with.
    [
      "argon2id of other parameters",
      "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$NIXX8AjkSJmtqJFnRnmi2bst3Jqwry4CWpp3rc6xVu8",
      "a password of then",
    ],
  ])("signs in with %s, and has one of our hashes from then on", async (_, hash, password) => {
    const someone = await imported(hash);
    expect((await login(someone.email, password)).body.user.id).toBe(someone.id);
    expectCurrent(await hashOf(someone));
    expect((await login(someone.email, password)).body.user.id).toBe(someone.id);
    expect((await login(someone.email, `${password}!`)).status).toBe(401);
  });

  test("keeps it when the password is wrong", async () => {
    const hash = old("old pass");
    const someone = await imported(hash);
    for (const wrong of ["Old pass", "old pass ", "$2b$04$"])
      expect((await login(someone.email, wrong)).status).toBe(401);
    expect(await hashOf(someone)).toBe(hash);
    expect((await login(someone.email, "old pass")).status).toBe(200);
  });

  test("is told so when the stored hash is none, like everybody with a wrong password", async () => {
    const whole = old("old pass");
    const none = ["$2b$12$short", "plain", "", whole.slice(0, -1), `${whole}x`, whole.replace("$04$", "$99$")];
    await Promise.all(
      none.map(async (broken) => {
        const someone = await imported(broken);
        const { status, body } = await login(someone.email, "old pass");
        expect([status, body]).toMatchObject([401, { code: "invalid_credentials" }]);
        expect((await login(someone.email, broken || "x")).status).toBe(401);
        expect(await hashOf(someone)).toBe(broken);
      }),
    );
  });

  test("signs in once by the first 72 bytes, which is all that bcrypt looks at; then the whole password counts", async () => {
    const password = `${"fünf und siebzig ".repeat(5)}and then some`;
    const someone = await imported(old(password));
    expect((await login(someone.email, password)).status).toBe(200);
    expect((await login(someone.email, `${password}!`)).status).toBe(401);
    expect((await login(someone.email, password.slice(0, 72))).status).toBe(401);
    expect((await login(someone.email, password)).status).toBe(200);
  });

  test.each([
    ["composed", "decomposed", "NFC", "NFD"],
    ["decomposed", "composed", "NFD", "NFC"],
  ] as const)(
    "who typed it %s there signs in typing it %s here, and either way afterwards",
    async (_, __, there, here) => {
      const password = "Zoë's pässwörd 각";
      const someone = await imported(old(password.normalize(there)));
      expect((await login(someone.email, password.normalize(here))).status).toBe(200);
      expectCurrent(await hashOf(someone));
      for (const form of [there, here]) expect((await login(someone.email, password.normalize(form))).status).toBe(200);
    },
  );

  test("who typed it half composed there, as some keyboards do, signs in the same way here", async () => {
    const password = "tiê\u0301ng viê\u0323t";
    const someone = await imported(old(password));
    for (let times = 0; times < 2; times += 1) expect((await login(someone.email, password)).status).toBe(200);
  });

  test("signs in on several devices at the same moment", async () => {
    const someone = await imported(old("old pass"));
    const answers = await Promise.all(Array.from({ length: 4 }, () => login(someone.email, "old pass")));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await sql("select from sessions where user_id = $1", [someone.id])).toHaveLength(5);
    expect((await login(someone.email, "old pass")).status).toBe(200);
  });
});
