import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startTurnstile, type Turnstile, type TurnstileFault } from "../../local/turnstile.ts";
import { login, PASSWORD, personWithPassword, registration } from "../harness/accounts.ts";
import { type Answer, get, logged, outcome, post, refusal, tripsOf } from "../harness/client.ts";
import { anyEmail } from "../harness/people.ts";
import { sql, startWorker } from "../harness/platform.ts";

const TURNSTILE_SECRET = "a-secret-of-turnstile";
let turnstile: Turnstile;
let guarded: Awaited<ReturnType<typeof startWorker>>;
let misconfigured: Awaited<ReturnType<typeof startWorker>>;

beforeAll(async () => {
  turnstile = await startTurnstile(TURNSTILE_SECRET);
  guarded = await startWorker({
    TURNSTILE_SECRET,
    TURNSTILE_SITE_KEY: "a-site-key",
    TURNSTILE_API_BASE: turnstile.url,
  });
  misconfigured = await startWorker({ TURNSTILE_SECRET: "another-secret", TURNSTILE_API_BASE: turnstile.url });
});
afterAll(async () => {
  await guarded.stop();
  await misconfigured.stop();
  await turnstile.stop();
});

/** A token that is good once. */
const human = () => `human-${randomUUID()}`;

const ROUTES = [
  ["register", (email: string) => registration({ email })],
  ["forgot-password", (email: string) => ({ email })],
] as const;

/** Sends a route's body with what the widget gave, if anything. */
const send = (route: string, body: object, turnstile_token?: unknown, { url } = guarded) =>
  post(`/api/auth/${route}`, { ...body, turnstile_token }, { url });

test("branding says whether a frontend must show the widget, and with which key", async () => {
  const shown = async (worker?: { url: string }) => (await get("/api/branding", worker)).body;
  expect(await shown()).toMatchObject({ turnstile_required: false, turnstile_site_key: null });
  expect(await shown(guarded)).toMatchObject({ turnstile_required: true, turnstile_site_key: "a-site-key" });
  expect(await shown(misconfigured)).toMatchObject({ turnstile_required: true, turnstile_site_key: null });
});

const NOT_VALID = [
  400,
  "turnstile_failed",
  [{ path: "turnstile_token", message: "is invalid, expired or already used" }],
];
const MISSING = [400, "turnstile_failed", [{ path: "turnstile_token", message: "is missing" }]];

/** What an address caused. */
const tracesOf = async (email: string) => [
  ...(await sql("select id::text from users where email = $1 and not email_verified", [email])),
  ...(await sql("select id::text from emails where to_email = $1", [email])),
];

/** All that a client sees of an answer, but for what names the request itself. */
function seen({ status, text, headers, request_id }: Answer) {
  const names = Object.fromEntries(headers);
  return { status, text: text.replaceAll(request_id, "…"), headers: { ...names, "x-request-id": "…", date: "…" } };
}

describe.concurrent.each(ROUTES)("where Turnstile is set up, %s", (route, bodyOf) => {
  test("lets through who shows a token, and tells Turnstile nothing but that", async () => {
    const { email } = await personWithPassword();
    const token = human();
    const answer = await send(route, bodyOf(email), token);
    expect(answer.status).toBeLessThan(300);
    expect(await tracesOf(email)).not.toEqual([]);
    expect(turnstile.questionsAbout(token)).toEqual([{ secret: TURNSTILE_SECRET, response: token }]);
  });

  test("refuses who shows none, without asking Turnstile or the database", async () => {
    const { email } = await personWithPassword();
    for (const none of [undefined, null, ""]) {
      const answer = await send(route, bodyOf(email), none);
      expect(refusal(answer)).toEqual(MISSING);
      expect((await tripsOf(answer)).before).toBe(0);
    }
    expect(await tracesOf(email)).toEqual([]);
  });

  test("refuses a token that is made up, and one that was used", async () => {
    const { email } = await personWithPassword();
    const made_up = await send(route, bodyOf(email), `robot-${randomUUID()}`);
    expect(refusal(made_up)).toEqual(NOT_VALID);
    expect((await tripsOf(made_up)).before).toBe(0);
    const token = human();
    await send(route, bodyOf(anyEmail()), token);
    expect(refusal(await send(route, bodyOf(email), token))).toEqual(NOT_VALID);
    expect(await tracesOf(email)).toEqual([]);
  });

  test("refuses what can be no token as any other input, and Turnstile does not hear of it", async () => {
    for (const no_token of ["x".repeat(2049), 1, { a: "b" }, ["human"]]) {
      const answer = await send(route, bodyOf(anyEmail()), no_token);
      expect(outcome(answer)).toEqual([400, "invalid_input"]);
    }
    expect(turnstile.questionsAbout("x".repeat(2049))).toEqual([]);
  });

  test.each<[string, TurnstileFault, string]>([
    ["fails", { mode: "status", status: 500, count: 1 }, '"error_code":"http_500"'],
    ["is behind a gateway that fails", { mode: "status", status: 502, count: 1 }, '"error_code":"http_502"'],
    ["answers a page", { mode: "html", count: 1 }, '"error":"SyntaxError"'],
    ["ends the connection", { mode: "drop", count: 1 }, '"error":'],
    [
      "has an error of its own",
      { mode: "codes", codes: ["internal-error"], count: 1 },
      '"error_code":"internal-error"',
    ],
  ])("lets nobody through while Turnstile %s, and says in the log why", async (_, fault, reason) => {
    const { email } = await personWithPassword();
    const token = human();
    turnstile.fail({ ...fault, match: token });
    const answer = await send(route, bodyOf(email), token);
    expect(refusal(answer)).toEqual([503, "turnstile_unavailable", undefined]);
    expect(answer.headers.get("Retry-After")).toBe("5");
    expect((await tripsOf(answer)).before).toBe(0);
    expect(await tracesOf(email)).toEqual([]);
    await vi.waitFor(() => expect(logged(answer.request_id, guarded)).toHaveLength(1));
    const lines = logged(answer.request_id, guarded);
    expect(lines[0]).toContain('"level":"error"');
    expect(lines[0]).toContain('"code":"turnstile_unavailable"');
    expect(lines[0]).toContain(reason);
    for (const secret of [token, TURNSTILE_SECRET, email]) expect(lines[0]).not.toContain(secret);
    // It was no verdict: the token is as good as before.
    expect((await send(route, bodyOf(email), token)).status).toBeLessThan(300);
  });

  test("lets nobody through while Turnstile does not answer, and waits five seconds for it", async () => {
    const token = human();
    turnstile.fail({ mode: "hang", count: 1, match: token });
    const start = performance.now();
    const answer = await send(route, bodyOf(anyEmail()), token);
    expect(refusal(answer)).toEqual([503, "turnstile_unavailable", undefined]);
    expect(performance.now() - start).toBeGreaterThan(4_900);
    expect(performance.now() - start).toBeLessThan(9_000);
    await vi.waitFor(() => expect(logged(answer.request_id, guarded).join()).toContain("TimeoutError"));
  });

  test("lets nobody through with a secret that is not Turnstile's, and the log names that as the reason", async () => {
    const answer = await send(route, bodyOf(anyEmail()), human(), misconfigured);
    expect(refusal(answer)).toEqual([503, "turnstile_unavailable", undefined]);
    await vi.waitFor(() => expect(logged(answer.request_id, misconfigured).join()).toContain("invalid-input-secret"));
    expect(logged(answer.request_id, misconfigured).join()).not.toContain("another-secret");
  });

  test("answers the same for an address that is known as for one that is not, whatever Turnstile says", async () => {
    const known = (await personWithPassword()).email;
    const unanswered = () => {
      const token = human();
      turnstile.fail({ mode: "status", status: 500, count: 1, match: token });
      return token;
    };
    for (const token of [human, () => undefined, () => "robot", unanswered]) {
      const answers = await Promise.all(
        [known, anyEmail("unknown")].map((email) => send(route, bodyOf(email), token())),
      );
      const [first, second] = answers.map(seen);
      expect(second).toEqual(first);
    }
  });
});

test("a password that is refused does not use the token up", async () => {
  const token = human();
  const body = registration();
  expect((await send("register", { ...body, password: "password1" }, token)).body.code).toBe("invalid_input");
  expect(turnstile.questionsAbout(token)).toEqual([]);
  expect((await send("register", body, token)).status).toBe(201);
});

test("signing in asks for no token", async () => {
  const { email } = await personWithPassword();
  const answer = await post("/api/auth/login", { email, password: PASSWORD }, { url: guarded.url });
  expect(answer.status).toBe(200);
});

test("where Turnstile is not set up, nobody needs a token, and one that is sent does no harm", async () => {
  const body = registration({ turnstile_token: "from a form that still has the widget" });
  expect((await post("/api/auth/register", body)).status).toBe(201);
  expect((await login(body.email)).status).toBe(200);
});
