import { describe, expect, test } from "vitest";
import { forAuthenticator, newSecret, stepOf } from "../../../src/accounts/second-factor/totp.ts";
import { fromBase32 } from "../../harness/second-factor.ts";

const SECRET = new TextEncoder().encode("12345678901234567890");
const at = (seconds: number) => new Date(seconds * 1000);

/** RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
const VECTORS: [seconds: number, code: string][] = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
];

describe("codes are those of RFC 6238", () => {
  test.each(VECTORS)("at %d seconds: %s", (seconds, code) => {
    expect(stepOf(SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  test("each counts for its own step and one on either side, and names its own", () => {
    const [, code] = VECTORS[3] ?? [];
    const step = 1_234_567_890 / 30;
    const found = [-60, -31, -30, 0, 29, 30, 59, 60].map((late) =>
      stepOf(SECRET, code ?? "", at(1_234_567_890 + late)),
    );
    expect(found).toEqual([null, null, step, step, step, step, step, null]);
  });

  test("another secret's are wrong", () => {
    for (const [seconds, code] of VECTORS) expect(stepOf(newSecret(), code, at(seconds))).toBeNull();
  });
});

test("an app is told the secret, the organisation and the address", () => {
  const secret = newSecret();
  expect(secret).toHaveLength(20);
  const told = forAuthenticator(secret, { issuer: "Loaf & Co: Berlin", label: "alex@example.org" });
  expect(fromBase32(told.secret)).toEqual(secret);
  const url = new URL(told.otpauth_url);
  expect([url.protocol, url.host, decodeURIComponent(url.pathname)]).toEqual([
    "otpauth:",
    "totp",
    "/Loaf & Co  Berlin:alex@example.org",
  ]);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    issuer: "Loaf & Co  Berlin",
    secret: told.secret,
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
});
