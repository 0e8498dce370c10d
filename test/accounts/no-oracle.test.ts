import { beforeAll, describe, expect, test, vi } from "vitest";
import { admits } from "../../cli/access-matrix.ts";
import { routes } from "../../src/routes.ts";
import { exampleOf, nameOf } from "../generated/examples.ts";
import { login, personWithPassword, register, registration } from "../harness/accounts.ts";
import { type Answer, get, post } from "../harness/client.ts";
import { suppress } from "../harness/mail-feedback.ts";
import { anyEmail, person } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

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

/** All that somebody reads who registered with an address and cannot confirm it. */
const readable = routes.filter(
  ({ method, access }) => method === "get" && access.kind !== "open" && admits(access, "pending_email"),
);

describe.concurrent("whoever registered with an address and never confirmed it reads the same, whoever else has it", () => {
  let strangers: { email: string; token: string }[];

  beforeAll(async () => {
    const emails = await addresses();
    const password = "a stranger's passphrase";
    strangers = await Promise.all(
      emails.map(async (email) => {
        await post("/api/auth/register", registration({ email, password }));
        const { body } = await login(email, password);
        return { email, token: body.access_token };
      }),
    );
    // We know more of an address the longer it is with us.
    const [unknown, , member] = emails;
    await suppress(member ?? "");
    const [applicant] = await sql<{ id: string }>("select id from users where email = $1", [unknown]);
    await insert("reminders", {
      kind: "verify_email",
      subject_id: applicant?.id,
      user_id: applicant?.id,
      due_at: new Date(),
      outcome: "sent",
    });
  });

  test("there are such routes", () =>
    expect(readable.map(nameOf)).toEqual(
      expect.arrayContaining(["get /api/members/export", "get /api/members/profile", "get /api/auth/sign-ins"]),
    ));

  test.each(readable.map((route) => [nameOf(route), route] as const))("%s", async (_, route) => {
    const { path, headers } = await exampleOf(route);
    const read = async ({ email, token }: { email: string; token: string }) => {
      const answer = await get(path, { token, ...(headers && { headers }) });
      const text = answer.text
        .replaceAll(email, "their address")
        .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "an id")
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "an instant");
      return { status: answer.status, text, trips: answer.headers.get("Server-Timing") };
    };
    // Tests of other files may add an event between two of the calls. What tells addresses apart always does.
    await vi.waitFor(async () => {
      const [first, ...others] = await Promise.all(strangers.map(read));
      for (const other of others) expect(other).toEqual(first);
    });
  });
});
