import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commonPasswords, commonPasswordsModule } from "../../cli/build-common-passwords.ts";
import { ROOT } from "../../local/settings.ts";
import { NewPassword, passwordFault } from "../../src/accounts/password-rules.ts";
import { VISIBLE } from "../../src/http/schemas.ts";
import { login, registration } from "../harness/accounts.ts";
import { post, refusal } from "../harness/client.ts";
import { sql } from "../harness/platform.ts";

const someone = { email: "alexandra.m@example.org", first_name: "Alexandra", last_name: "De la Cruz-Example" };

const COMMON = "is one of the most common passwords, which attackers try first";
const OWN = "must not be your name or email address";

const register = (more: Record<string, unknown>) => post("/api/auth/register", registration(more));

/** Characters as they are counted: code points of the composed form. */
const lengthOf = (password: string) => [...password.normalize("NFC")].length;

/** Any Unicode there is, composed or not. */
const anyText = (least: number, most: number) =>
  fc
    .string({ unit: "binary", minLength: least, maxLength: most })
    .filter((text) => lengthOf(text) >= least && lengthOf(text) <= most && VISIBLE.test(text));

describe("the common passwords", () => {
  test("are in the Worker as their source and generator make them", async () => {
    const file = await readFile(join(ROOT, "src/accounts/common-passwords.ts"), "utf8");
    expect(file).toBe(commonPasswordsModule());
  });

  test("are 3000, of 8 characters or more, and nobody may choose one, however it is written", () => {
    const common = commonPasswords();
    expect(new Set(common).size).toBe(3000);
    expect(common.slice(0, 3)).toEqual(["password", "12345678", "123456789"]);
    for (const password of common) {
      expect(lengthOf(password)).toBeGreaterThanOrEqual(8);
      const [first = "", ...rest] = password;
      const spellings = [
        password,
        password.toUpperCase(),
        first.toUpperCase() + rest.join(""),
        ` ${[...password].join(" ")} `,
      ];
      for (const spelling of spellings) expect(passwordFault(spelling, registration()), spelling).toBe(COMMON);
    }
  });

  test("keep hardly anybody from another", () => {
    const passphrase = () => Buffer.from(crypto.getRandomValues(new Uint8Array(12))).toString("base64");
    const refused = Array.from({ length: 20_000 }, passphrase).filter((each) => passwordFault(each, someone) !== null);
    // 3.6 are to be expected; more than 20 come once in 10^9 runs.
    expect(refused.length).toBeLessThanOrEqual(20);
  });
});

describe("one's own name and address are no password", () => {
  test.each([
    "alexandra.m@example.org",
    "ALEXANDRA.M@EXAMPLE.ORG",
    "alexandra.m",
    "alexandram",
    "Alexandra",
    "  alexandra  ",
    "De la Cruz-Example",
    "delacruzexample",
    "Alexandra De la Cruz-Example",
    "alexandra.de.la.cruz-example",
    "De la Cruz-Example Alexandra",
    "delacruzexample_alexandra",
    "Delacruzexample\u2013Alexandra",
  ])("%s", (password) => {
    expect(passwordFault(password, someone)).toBe(OWN);
  });

  test.each(["Alexandra and her cat", "alexandra1", "m@example.org", "example.org", "Cruz Alexandra", "--------"])(
    "but %s is one",
    (password) => {
      expect(passwordFault(password, someone)).toBeNull();
    },
  );

  test("in any script, composed or not", () => {
    const zoe = { email: "z@example.org", first_name: "Zoë", last_name: "Ångström" };
    expect(passwordFault("ZOË ÅNGSTRÖM".normalize("NFD"), zoe)).toBe(OWN);
    expect(passwordFault("Ångström".normalize("NFD"), zoe)).toBe(OWN);
    expect(passwordFault("Zoe Angstrom", zoe)).toBeNull();
    const priya = { email: "p@example.org", first_name: "प्रिया", last_name: "शर्मा" };
    expect(passwordFault("प्रिया शर्मा", priya)).toBe(OWN);
    expect(passwordFault("प्रया शरमा हिन्दी", priya)).toBeNull();
  });
});

describe("a new password", () => {
  test("has 8 to 256 characters, whatever they are", () => {
    fc.assert(
      fc.property(anyText(8, 256), (password) => {
        expect(NewPassword.parse(password)).toBe(password.normalize("NFC"));
      }),
    );
    fc.assert(
      fc.property(fc.oneof(anyText(0, 7), anyText(257, 400)), (password) => {
        expect(NewPassword.safeParse(password).error?.issues).toHaveLength(1);
      }),
    );
  });

  test("needs something to see, not only spaces and invisible characters", () => {
    for (const nothing of [
      " ".repeat(8),
      "\u00a0\u2003".repeat(4),
      "\u200b".repeat(9),
      "\u2800\u3164".repeat(5),
      "\u0301".repeat(9),
    ])
      expect(NewPassword.safeParse(nothing).error?.issues.map(({ message }) => message)).toEqual([
        "must not consist of spaces, accents and invisible characters only",
      ]);
    expect(NewPassword.parse(`${" ".repeat(7)}.`)).toBe("       .");
  });

  test("counts characters as people do: a surrogate pair, and a letter with its accent, is one", () => {
    for (const character of ["x", "ä", "a\u0308", "🦊", "각".normalize("NFD")]) {
      expect(NewPassword.safeParse(character.repeat(7)).success, character).toBe(false);
      expect(NewPassword.safeParse(character.repeat(8)).success, character).toBe(true);
      expect(NewPassword.safeParse(character.repeat(256)).success, character).toBe(true);
      expect(NewPassword.safeParse(character.repeat(257)).success, character).toBe(false);
    }
  });
});

describe.concurrent("registering", () => {
  test("takes any other password, and it signs in however a keyboard composes it", { timeout: 60_000 }, async () => {
    const others = anyText(8, 256).filter((text) => passwordFault(text, registration()) === null);
    const registerAndSignIn = async (password: string) => {
      const { email } = registration();
      expect((await register({ email, password })).status).toBe(201);
      const forms = ["NFC", "NFD"] as const;
      const answers = await Promise.all(forms.map((form) => login(email, password.normalize(form))));
      const [row] = await sql("select id from users where email = $1", [email]);
      expect(answers.map(({ body }) => body.user?.id)).toEqual([row?.id, row?.id]);
    };
    const odd = [
      "ぱすわーどはながい".normalize("NFD"),
      "🏳️‍🌈 pride 🏳️‍⚧️",
      "\u1f82".repeat(256),
      "\0 \t\n\u200b\ufeff\u0007x",
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(others, { minLength: 4, maxLength: 4 }), async (passwords) => {
        await Promise.all(passwords.map(registerAndSignIn));
      }),
      { numRuns: 2, examples: [[odd]] },
    );
  });

  test("refuses a common password and one's own name, names the field, and writes nothing", async () => {
    for (const [password, message] of [
      ["Iloveyou", COMMON],
      ["i love you", COMMON],
      ["Robin Example", OWN],
    ]) {
      const { email } = registration();
      const answer = await register({ email, password });
      expect(refusal(answer)).toEqual([400, "invalid_input", [{ path: "password", message }]]);
      expect(answer.text).not.toContain(password);
      expect(await sql("select from users where email = $1", [email])).toEqual([]);
    }
  });

  test("refuses one of 7 and one of 257 characters", async () => {
    for (const password of ["🦊".repeat(7), "🦊".repeat(257)])
      expect(refusal(await register({ password }))).toEqual([
        400,
        "invalid_input",
        [{ path: "password", message: "must have 8 to 256 characters" }],
      ]);
  });
});
