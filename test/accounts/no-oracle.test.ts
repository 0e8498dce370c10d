import { describe, expect, test } from "vitest";
import { login, personWithPassword, register, registration } from "../harness/accounts.ts";
import { type Answer, get, post } from "../harness/client.ts";
import { anyEmail, person } from "../harness/people.ts";

/** All that a client sees of an answer, but for what names the request itself. */
function seen({ status, text, headers, request_id }: Answer<unknown>) {
  const names = Object.fromEntries(headers);
  return { status, text: text.replaceAll(request_id, "…"), headers: { ...names, "x-request-id": "…", date: "…" } };
}

async function timed(path: string, body: unknown) {
  const start = performance.now();
  const answer = await post(path, body);
  return { answer: seen(answer), ms: performance.now() - start };
}

/** Addresses of every kind: unknown, registered and not verified, a member's, a rejected person's. */
const addresses = async () => [
  anyEmail("unknown"),
  (await register()).email,
  (await personWithPassword()).email,
  (await person("rejected")).email,
];

test("registering with an address and signing in does not tell whether it has an owner", async () => {
  const password = "a stranger's passphrase";
  const seenBy = async (email: string) => {
    const registered = await post("/api/auth/register", registration({ email, password }));
    const { status, body, headers } = await login(email, password);
    const me = await get("/api/auth/me", { token: body.access_token });
    return {
      registered: seen(registered),
      login: { status, keys: Object.keys(body), trips: headers.get("Server-Timing") },
      me: { ...me.body, id: "…", email: "…" },
    };
  };
  const [first, ...others] = await Promise.all((await addresses()).map(seenBy));
  expect(first?.me).toMatchObject({ status: "pending_email", email_verified: false });
  for (const other of others) expect(other).toEqual(first);
});

describe("an address that is known here answers like one that is not", () => {
  test.each([
    ["register", 500, (email: string) => registration({ email })],
    ["login", 1100, (email: string) => ({ email, password: "not the password" })],
    ["resend-verification", 500, (email: string) => ({ email })],
    ["forgot-password", 500, (email: string) => ({ email })],
  ])("%s: status, body, headers and a floor of %i ms", async (name, floor_ms, body) => {
    const answers = await Promise.all((await addresses()).map((email) => timed(`/api/auth/${name}`, body(email))));
    const [first] = answers;
    for (const { answer, ms } of answers) {
      expect(answer).toEqual(first?.answer);
      // A floor, not a race: it can only be broken by answering early.
      expect(ms).toBeGreaterThanOrEqual(floor_ms - 5);
    }
  });
});
