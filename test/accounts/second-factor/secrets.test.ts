import { describe, expect, test } from "vitest";
import { decryptSecret, encryptSecret } from "../../../src/accounts/second-factor/secrets.ts";
import { post } from "../../harness/client.ts";
import { person } from "../../harness/people.ts";
import { settings, sql, startWorker } from "../../harness/platform.ts";
import { codeOf, enrolled, fromBase32, pendingSignIn, secondStep } from "../../harness/second-factor.ts";

const NEW_KEY = "another key that nobody has seen before";

async function stored({ id }: { id: string }): Promise<string> {
  const [row] = await sql<{ secret_encrypted: string }>(
    "select secret_encrypted from second_factors where user_id = $1",
    [id],
  );
  return row?.secret_encrypted ?? "";
}

test("what is stored shows nothing of the secret", async () => {
  const someone = await person();
  const { body } = await post<{ secret: string }>("/api/auth/mfa/totp", undefined, { token: someone.token });
  const secret = Buffer.from(fromBase32(body.secret));
  const text = await stored(someone);
  expect(text).toMatch(/^v1\.[\w-]{16}\.[\w-]{48}$/);
  const [, iv = "", ciphertext = ""] = text.split(".");
  for (const part of [iv, ciphertext])
    expect(Buffer.from(part, "base64url").includes(secret.subarray(0, 4))).toBe(false);
  expect(text.toUpperCase()).not.toContain(body.secret.slice(0, 8));
  expect((await decryptSecret(settings, someone.id, text))?.secret).toEqual(new Uint8Array(secret));
});

test("the same secret is never stored as the same text", async () => {
  const secret = new Uint8Array(20);
  const texts = await Promise.all(Array.from({ length: 20 }, () => encryptSecret(settings, "somebody", secret)));
  expect(new Set(texts.map((text) => text.split(".")[1])).size).toBe(20);
  expect(new Set(texts.map((text) => text.split(".")[2])).size).toBe(20);
});

test("what another key, another owner or another hand wrote is not opened", async () => {
  const text = await encryptSecret(settings, "owner", new Uint8Array(20));
  const [version, iv, ciphertext = ""] = text.split(".");
  expect(await decryptSecret(settings, "owner", text)).toEqual({ secret: new Uint8Array(20), current: true });
  expect(await decryptSecret({ ...settings, SECOND_FACTOR_KEY: NEW_KEY }, "owner", text)).toBeNull();
  expect(await decryptSecret(settings, "somebody else", text)).toBeNull();
  const changed = `${ciphertext.startsWith("A") ? "B" : "A"}${ciphertext.slice(1)}`;
  for (const other of [[version, iv, changed], ["v2", iv, ciphertext], [version, iv], [version, "!", "!"], [""]])
    expect(await decryptSecret(settings, "owner", other.join("."))).toBeNull();
});

test("a factor that was moved into another person's row lets nobody in", async () => {
  const [thief, victim] = [await enrolled(), await enrolled()];
  await sql("update second_factors set secret_encrypted = $1 where user_id = $2", [await stored(thief), victim.id]);
  const { status, body } = await secondStep(await pendingSignIn(victim), { code: codeOf(thief.secret) });
  expect([status, body.code]).toEqual([503, "second_factor_unreadable"]);
  expect(await sql("select from sessions where user_id = $1", [victim.id])).toHaveLength(1);
});

describe("when the key changes", () => {
  test("what the previous one encrypted is read, and encrypted anew with the next code", async () => {
    const { url, stop } = await startWorker({
      SECOND_FACTOR_KEY: NEW_KEY,
      SECOND_FACTOR_KEY_PREVIOUS: settings.SECOND_FACTOR_KEY,
    });
    const someone = await enrolled();
    const before = await stored(someone);
    const { status } = await secondStep(await pendingSignIn(someone), { code: codeOf(someone.secret) }, { url });
    expect(status).toBe(200);
    const after = await stored(someone);
    expect(after).not.toBe(before);
    const opened = await decryptSecret({ ...settings, SECOND_FACTOR_KEY: NEW_KEY }, someone.id, after);
    expect(opened).toEqual({ secret: someone.secret, current: true });

    const next = await pendingSignIn(someone);
    expect((await secondStep(next, { code: codeOf(someone.secret, 1) }, { url })).status).toBe(200);
    expect(await stored(someone)).toBe(after);
    await stop();
  });

  test("and the previous one was not kept, nobody gets in by a code, and a recovery code still works", async () => {
    const { url, stop } = await startWorker({ SECOND_FACTOR_KEY: NEW_KEY });
    const someone = await enrolled();
    const mfa_token = await pendingSignIn(someone);
    const { status, body, text } = await secondStep(mfa_token, { code: codeOf(someone.secret) }, { url });
    expect([status, body.code]).toEqual([503, "second_factor_unreadable"]);
    expect(text).not.toContain("KEY");
    const [attempt] = await sql("select wrong_codes from login_attempts where user_id = $1", [someone.id]);
    expect(attempt).toEqual({ wrong_codes: 0 });
    const [recovery_code = ""] = someone.recovery_codes;
    expect((await secondStep(mfa_token, { recovery_code }, { url })).status).toBe(200);
    await stop();
  });
});
