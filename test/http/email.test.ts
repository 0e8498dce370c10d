import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { Email } from "../../src/http/schemas.ts";
import { login, PASSWORD } from "../harness/accounts.ts";
import { post, refusal } from "../harness/client.ts";
import { sql } from "../harness/platform.ts";

const messageOf = (text: string) => Email.safeParse(text).error?.issues.map(({ message }) => message);

describe("an email address", () => {
  test.each([
    ["o'connor+tag@example.org", "o'connor+tag@example.org"],
    ["a!#$%&'*/=?^_`{|}~-b@example.org", "a!#$%&'*/=?^_`{|}~-b@example.org"],
    ["  Alex@Example.ORG\n", "alex@example.org"],
    ["\u200b\ufeffalex\u00ad@exam\u2060ple.org\u200e", "alex@example.org"],
    ["\u00a0alex@example.org\u3000", "alex@example.org"],
    ["alex@MÜNCHEN.example", "alex@xn--mnchen-3ya.example"],
    ["alex@mu\u0308nchen.example", "alex@xn--mnchen-3ya.example"],
    ["alex@xn--mnchen-3ya.example", "alex@xn--mnchen-3ya.example"],
    ["alex@例え。テスト", "alex@xn--r8jz45g.xn--zckzah"],
    ["alex@a-.example.org", "alex@a-.example.org"],
  ])("%j is taken as %s", (typed, stored) => {
    expect(Email.parse(typed)).toBe(stored);
  });

  test.each([
    "",
    "@",
    "alex",
    "alex@",
    "@example.org",
    "alex@localhost",
    "alex@127.0.0.1",
    "alex@[127.0.0.1]",
    "alex@0x7f.1",
    "alex@example.org.",
    "alex@example..org",
    "alex@-example.org",
    "alex@exam ple.org",
    "alex@exam%70le.org",
    "alex@example.org/path",
    "alex@example.org:25",
    "al ex@example.org",
    "alex@home@example.org",
    ".alex@example.org",
    "alex.@example.org",
    "al..ex@example.org",
    '"al ex"@example.org',
    "Alex <alex@example.org>",
    "alex@example.org,sam@example.org",
    "x".repeat(2000),
  ])("%j is none", (typed) => {
    expect(messageOf(typed)).toEqual(["must be an email address"]);
  });

  test("with other letters before the @ is refused in words that say so", () => {
    for (const typed of ["zoë@example.org", "用户@example.org", "ada\u0307@example.org"])
      expect(messageOf(typed)).toEqual([
        "must have only unaccented letters, digits and signs before the @: we cannot send to other addresses",
      ]);
  });

  test("that is longer than mail servers take is refused in words that say so", () => {
    expect(messageOf(`${"x".repeat(64)}@example.org`)).toBeUndefined();
    expect(messageOf(`${"x".repeat(65)}@example.org`)).toEqual(["must have at most 64 characters before the @"]);
    const domain = `${"x".repeat(60)}.`.repeat(3);
    expect(messageOf(`${"x".repeat(59)}@${domain}example.org`)).toBeUndefined();
    expect(messageOf(`${"x".repeat(64)}@${domain}example.org`)).toEqual(["must be at most 254 characters"]);
  });

  test("that was taken before still is, in the same form, and taking it twice changes nothing", () => {
    const before = z.string().trim().toLowerCase().pipe(z.email().max(254));
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const known = before.safeParse(address);
        if (known.success) expect(Email.parse(address)).toBe(known.data);
        const now = Email.safeParse(address);
        if (now.success) expect(Email.parse(now.data)).toBe(now.data);
      }),
    );
  });
});

describe.concurrent("registering with an address", () => {
  const unique = crypto.randomUUID().slice(0, 8);

  test("of an international domain and with special characters works, and signs in however it is typed", async () => {
    const typed = `O'Connor+${unique}/x@Bücher.example`;
    const stored = `o'connor+${unique}/x@xn--bcher-kva.example`;
    await post("/api/auth/register", { first_name: "Robin", email: typed, password: PASSWORD });
    expect(await sql("select email from users where email = $1", [stored])).toEqual([{ email: stored }]);
    expect(await sql("select from emails where to_email = $1", [stored])).toHaveLength(1);
    for (const spelling of [typed, stored, ` \u200b${typed.toUpperCase()}`])
      expect((await login(spelling)).status).toBe(200);
  });

  test("that we cannot send to is refused", async () => {
    const answer = await post("/api/auth/register", {
      first_name: "Robin",
      email: "zoë@example.org",
      password: PASSWORD,
    });
    expect(refusal(answer)).toEqual([
      400,
      "invalid_input",
      [{ path: "email", message: expect.stringMatching(/^must/) }],
    ]);
  });
});
