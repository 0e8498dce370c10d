import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readSettings } from "../../src/env.ts";
import { routes } from "../../src/routes.ts";
import { PASSWORD, refresh, refreshTokenOf, registration, type SignInBody } from "../harness/accounts.ts";
import { type Answer, call, get, logged, outcome, post, put, tripsOf } from "../harness/client.ts";
import { failDatabase } from "../harness/faults.ts";
import { failMails, tokenIn, untilMails } from "../harness/mailbox.ts";
import { untilSettled } from "../harness/outbox.ts";
import { person, volunteer } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { settings, sql, startWorker, stripe, worker } from "../harness/platform.ts";
import { whileFailing } from "../harness/triggers.ts";

/** An error says what a client needs, and nothing of how this is built or whom it concerns. */
function expectDiscreet({ text, body }: Answer) {
  expect(text).not.toMatch(/select |insert |update |\bat \w+ \(|\.[tj]s\b|postgres|neon|sqlstate|@example\./i);
  expect(text.length).toBeLessThan(2000);
  expect(Object.keys(body).every((key) => ["detail", "code", "request_id", "errors"].includes(key))).toBe(true);
}

const anId = "00000000-0000-4000-8000-000000000000";
const pathOf = (path: string) => path.replaceAll(/\{\w+\}/g, anId);

describe.concurrent("a request that leads nowhere", () => {
  test("is 404, whatever it asks for", async () => {
    const segment = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((text) => `x${text}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH"),
        fc.constantFrom("", "/api", "/api/admin"),
        async (segments, method, prefix) => {
          const answer = await call(method, `${prefix}/${segments.map(encodeURIComponent).join("/")}`);
          expect(outcome(answer)).toEqual([404, "not_found"]);
          expectDiscreet(answer);
        },
      ),
      { numRuns: 30 },
    );
  });

  test.for(["/", "/api", "/api/", "/health/", "/API/plans", "/api/plans/", "//health", "/%", "/api/plans%00"])(
    "is 404 at %s",
    async (path) => {
      expect(outcome(await get(path))).toEqual([404, "not_found"]);
    },
  );

  test("is 405 for another method, and says which there are", async () => {
    const paths = new Map<string, string[]>();
    for (const { path, method } of routes) paths.set(path, [...(paths.get(path) ?? []), method.toUpperCase()]);
    for (const [path, methods] of paths) {
      const others = ["GET", "POST", "PUT", "DELETE", "PATCH"].filter((method) => !methods.includes(method));
      for (const method of others) {
        const answer = await call(method, pathOf(path));
        expect([path, method, ...outcome(answer)]).toEqual([path, method, 405, "method_not_allowed"]);
        const allowed = answer.headers.get("Allow")?.split(", ") ?? [];
        const reads = routes.some((route) => route.path === path && route.method === "get" && !route.changes);
        expect(allowed.sort()).toEqual([...methods, ...(reads ? ["HEAD"] : [])].sort());
      }
    }
  });

  test("is answered by HEAD as by GET, without a body", async () => {
    const found = await call("HEAD", "/health");
    const docs = await call("HEAD", "/openapi.json");
    expect([docs.status, docs.text]).toEqual([200, ""]);
    expect([found.status, found.text]).toEqual([200, ""]);
    const event = await call("HEAD", `/api/events/${anId}`);
    expect([event.status, event.text]).toEqual([404, ""]);
    const posted = await call("HEAD", "/api/auth/login");
    expect([posted.status, posted.text, posted.headers.get("Allow")]).toEqual([405, "", "POST"]);
  });
});

describe.concurrent("a body", () => {
  const token_refresh = "/api/auth/refresh";

  test.for(["{", '{"refresh_token": }', "", "undefined", "{'refresh_token': 'x'}", "\u0000", '{"a":1}}'])(
    "that is no JSON is 400: %j",
    async (body) => {
      const answer = await post(token_refresh, body);
      expect(outcome(answer)).toEqual([400, "malformed_body"]);
      expectDiscreet(answer);
    },
  );

  test.for([[], [{ refresh_token: "x" }], "text", 1, true, null])(
    "that is JSON and no object is 400: %j",
    async (value) => {
      expect(outcome(await post(token_refresh, JSON.stringify(value)))).toEqual([400, "invalid_input"]);
    },
  );

  test("with a field that nobody knows is 400, and names it", async () => {
    const answer = await post(token_refresh, { refresh_token: "x", colour: "red", size: 1 });
    expect(outcome(answer)).toEqual([400, "invalid_input"]);
    expect(answer.body.errors).toEqual([
      { path: "colour", message: "is not a known field" },
      { path: "size", message: "is not a known field" },
    ]);
  });

  test.for([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "text/json",
    "",
  ])("that does not say it is JSON is 415: %j", async (type) => {
    const answer = await post(token_refresh, '{"refresh_token": "x"}', { headers: { "Content-Type": type } });
    expect(outcome(answer)).toEqual([415, "unsupported_media_type"]);
  });

  test.for([
    "application/json",
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "application/json ;charset=utf-8",
  ])("may say that it is JSON as %j", async (type) => {
    const answer = await post(token_refresh, '{"refresh_token": "x"}', { headers: { "Content-Type": type } });
    expect(outcome(answer)).toEqual([401, "session_ended"]);
  });

  test("of a megabyte is 413, whether it says how long it is or not", async () => {
    const body = JSON.stringify({ refresh_token: "x".repeat(1024 * 1024) });
    const told = await post(token_refresh, body);
    expect(outcome(told)).toEqual([413, "body_too_large"]);
    const bytes = new TextEncoder().encode(body);
    const untold = await fetch(worker.url + token_refresh, {
      method: "POST",
      headers: { "Content-Type": "application/json", "CF-Connecting-IP": "10.9.8.7" },
      body: new ReadableStream({
        start(controller) {
          for (let start = 0; start < bytes.length; start += 8192)
            controller.enqueue(bytes.subarray(start, start + 8192));
          controller.close();
        },
      }),
      duplex: "half",
    } as RequestInit);
    expect([untold.status, await untold.json()]).toEqual([413, expect.objectContaining({ code: "body_too_large" })]);
  });

  test("of 64 KiB is read, and one byte more is not", async () => {
    const sized = (bytes: number) => {
      const frame = JSON.stringify({ refresh_token: "x", more: "" });
      return JSON.stringify({ refresh_token: "x", more: "y".repeat(bytes - frame.length) });
    };
    expect(outcome(await post(token_refresh, sized(64 * 1024)))).toEqual([400, "invalid_input"]);
    expect(outcome(await post(token_refresh, sized(64 * 1024 + 1)))).toEqual([413, "body_too_large"]);
  });

  test("is not looked at before it is known who sends it", async () => {
    const answer = await post("/api/checkout/subscription", "{", { headers: { "Content-Type": "text/plain" } });
    expect(outcome(answer)).toEqual([401, "not_signed_in"]);
  });
});

describe.concurrent("the documentation", () => {
  test.for(["/docs", "/redoc", "/openapi.json"])(
    "at %s has a policy of its own, and takes scripts from this origin alone",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      const policy = answer.headers.get("Content-Security-Policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/https?:|script-src[^;]*unsafe/);
      for (const [, source] of answer.text.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"/g))
        expect(source).not.toMatch(/^(https?:)?\/\//);
    },
  );

  test("is 404 in the one shape where there is no such file", async () => {
    for (const path of ["/docs/none.js", "/redoc/none.css"])
      expect(outcome(await get(path))).toEqual([404, "not_found"]);
  });
});

test.concurrent("guessing from one address is slowed down, and from others it is not", async () => {
  const guess = (address: string) =>
    get("/api/auth/verify-email?token=guessed", { headers: { "CF-Connecting-IP": address } });
  const answers: Answer[] = [];
  // Twice the limit and one: enough even when the minute turns in between.
  for (let count = 0; count < 61; count += 1) answers.push(await guess("203.0.113.5"));
  expect(answers.slice(0, 30).map(({ status }) => status)).toEqual(Array(30).fill(400));
  const refused = answers.find(({ status }) => status === 429);
  expect(refused && outcome(refused)).toEqual([429, "too_many_requests"]);
  expect(refused?.headers.get("Retry-After")).toBe("60");
  expect((await guess("203.0.113.6")).status).toBe(400);
});

describe.concurrent("when the database fails", () => {
  const failures = [
    { mode: "before" },
    { mode: "after_commit" },
    { mode: "status", status: 500 },
    { mode: "status", status: 413 },
    { mode: "status", status: 507 },
  ] as const;

  test.for(failures)("once, a read is asked for again and nobody notices ($mode $status)", async (fault) => {
    const reader = await person();
    await failDatabase({ ...fault, match: reader.id });
    const answer = await get("/api/auth/me", reader);
    expect([answer.status, answer.body.id]).toEqual([200, reader.id]);
    expect((await tripsOf(answer)).before).toBe(2);
  });

  test.for(failures)("again and again, a read is 503 ($mode $status)", async (fault) => {
    const reader = await person();
    await failDatabase({ ...fault, count: 10, match: reader.id });
    const answer = await get("/api/auth/me", reader);
    expect(outcome(answer)).toEqual([503, "database_unavailable"]);
    expect(answer.headers.get("Retry-After")).toBe("5");
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expectDiscreet(answer);
    expect((await tripsOf(answer)).before).toBeGreaterThan(1);
  });

  test.for([
    { mode: "before", status: "pending_validation" },
    { mode: "status", status: "pending_validation" },
    { mode: "after_commit", status: "payment_pending" },
  ] as const)("a write is 503 at once, since it may have happened ($mode)", async ({ mode, status }) => {
    const [admin, applicant] = await Promise.all([volunteer("users.approve"), person("pending_validation")]);
    await failDatabase({ mode, match: applicant.id });
    const answer = await put(`/api/admin/users/${applicant.id}/approve`, undefined, admin);
    expect(outcome(answer)).toEqual([503, "database_unavailable"]);
    expect(answer.headers.get("Retry-After")).toBe("5");
    expectDiscreet(answer);
    expect((await tripsOf(answer)).before).toBe(1);
    expect(await sql("select status from users where id = $1", [applicant.id])).toEqual([{ status }]);
  });

  test("a write that may be repeated is", async () => {
    const owner = await person();
    const token = await refreshTokenOf(owner);
    await failDatabase({ mode: "after_commit", match: owner.session_id });
    const answer = await refresh(token);
    expect(answer.status).toBe(200);
    expect((await tripsOf(answer)).before).toBe(2);
    // The session went on by one, not by two.
    expect(await sql("select generation from sessions where id = $1", [owner.session_id])).toEqual([{ generation: 2 }]);
  });
});

describe("when a transaction collides with another", () => {
  const colliding = (session_id: string, times: number, work: () => Promise<void>) =>
    whileFailing({ table: "sessions", on: "update", id: session_id, raise: "serialization_failure", times }, work);

  test("it is tried again, since nothing was done", async () => {
    const leaver = await person();
    await colliding(leaver.session_id, 2, async () => {
      const answer = await post("/api/auth/logout", undefined, leaver);
      expect(answer.status).toBe(200);
      expect((await tripsOf(answer)).before).toBe(3);
    });
    expect(outcome(await get("/api/auth/me", leaver))).toEqual([401, "session_ended"]);
  });

  test("and does so time and again, it is 503, and nothing was done", async () => {
    const leaver = await person();
    await colliding(leaver.session_id, 50, async () => {
      const answer = await post("/api/auth/logout", undefined, leaver);
      expect(outcome(answer)).toEqual([503, "database_unavailable"]);
      expectDiscreet(answer);
    });
    expect((await get("/api/auth/me", leaver)).status).toBe(200);
  });
});

test("a defect of ours is a plain 500: its cause is in the log, and not in the answer", async () => {
  const silence = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const [member, plan_id] = await Promise.all([person("payment_pending"), plan()]);
  await stripe.fault({ mode: "status", status: 400, match: `customer_email=${member.email}` });
  const answer = await post("/api/checkout/subscription", { plan_id }, member);
  silence.mockRestore();
  expect(outcome(answer)).toEqual([500, "internal_error"]);
  expect(answer.body.detail).toBe("Something went wrong on our side. It has been logged.");
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  expectDiscreet(answer);
  const lines = await vi.waitFor(() => {
    const found = logged(answer.request_id);
    expect(found).toHaveLength(1);
    return found.map((line) => JSON.parse(line));
  });
  expect(lines).toMatchObject([
    { level: "error", status: 500, code: "internal_error", route: "/api/checkout/subscription", method: "POST" },
  ]);
});

describe("with settings missing or wrong", () => {
  let broken: Awaited<ReturnType<typeof startWorker>>;
  beforeAll(async () => {
    broken = await startWorker({ JWT_SECRET: "", DATABASE_URL: "mysql://secret-user:secret-password@db.example/loaf" });
  });
  afterAll(() => broken.stop());

  test("every request says which, in the one shape, and never what they hold", async () => {
    const requests = [
      get("/health", broken),
      get("/health/ready", broken),
      get("/api/plans", broken),
      get("/api/auth/me", { ...broken, token: "x" }),
      post("/api/auth/login", { email: "somebody@example.org", password: "x" }, broken),
      post("/api/webhooks/stripe", "{}", broken),
    ];
    for (const answer of await Promise.all(requests)) {
      expect(outcome(answer)).toEqual([503, "misconfigured"]);
      expect(answer.body.detail).toBe(
        "The service is not configured: DATABASE_URL must be a postgres:// URL, JWT_SECRET is missing",
      );
    }
    expect(outcome(await get("/nowhere", broken))).toEqual([404, "not_found"]);
    expect(JSON.stringify(broken.logs)).not.toMatch(/secret-(user|password)/);
  });
});

describe("settings", () => {
  const given = {
    ...settings,
    CORS_ORIGINS: settings.CORS_ORIGINS.join(","),
    STRIPE_WEBHOOK_SECRET: settings.STRIPE_WEBHOOK_SECRET.join(","),
    ACCESS_TOKEN_EXPIRE_MINUTES: "30",
  };

  test.for([
    ["JWT_SECRET", "", "is missing"],
    ["JWT_SECRET", "x".repeat(31), "must have at least 32 characters"],
    ["API_URL", "", "is missing"],
    ["API_URL", "localhost", "must be an http(s) URL"],
    ["FRONTEND_URL", "javascript:alert(1)", "must be an http(s) URL"],
    ["DATABASE_URL", "", "is missing"],
    ["DATABASE_URL", "mysql://db.example/loaf", "must be a postgres:// URL"],
    ["STRIPE_SECRET_KEY", "", "is missing"],
    ["STRIPE_WEBHOOK_SECRET", "", "is missing"],
    ["STRIPE_WEBHOOK_SECRET", " , ", "must name a secret"],
    ["MAIL_API_KEY", "", "is missing"],
    ["MAIL_FROM_EMAIL", "nobody", "must be an e-mail address"],
    ["MAIL_PROVIDER", "pigeon", "must be resend"],
    ["CURRENCY", "dollars", "must be an ISO 4217 code in lower case"],
    ["CURRENCY", "jpy", "must be a currency with cents"],
    ["ACCESS_TOKEN_EXPIRE_MINUTES", "0", "must be at least 1"],
    ["ACCESS_TOKEN_EXPIRE_MINUTES", "soon", "must be a number"],
    ["ENVIRONMENT", "prod", "must be development, staging or production"],
  ] as const)("%s = %j: %s", ([name, value, problem]) => {
    const reading = () => readSettings({ ...given, [name]: value });
    expect(reading).toThrow(`The service is not configured: ${name} ${problem}`);
    if (value.length > 20) expect(reading).not.toThrow(value);
  });

  test("production asks for a secret of 64 characters that is not the example's, development for 32", () => {
    const JWT_SECRET = "x".repeat(63);
    const keys = { ...given, SECOND_FACTOR_KEY: "y".repeat(32) };
    const production = { ...keys, ENVIRONMENT: "production" };
    const { ENVIRONMENT: _, ...unsaid } = keys;
    expect(readSettings({ ...given, JWT_SECRET }).ENVIRONMENT).toBe("development");
    for (const setting of [production, unsaid])
      expect(() => readSettings({ ...setting, JWT_SECRET })).toThrow(
        "JWT_SECRET must have at least 64 characters in production",
      );
    expect(readSettings({ ...unsaid, JWT_SECRET: `${JWT_SECRET}x` }).ENVIRONMENT).toBe("production");
    for (const ENVIRONMENT of ["staging", "production"]) {
      expect(() => readSettings({ ...keys, JWT_SECRET: `local-${JWT_SECRET}`, ENVIRONMENT })).toThrow(
        "JWT_SECRET is the example's, which everybody knows",
      );
      expect(() => readSettings({ ...given, ENVIRONMENT, JWT_SECRET: `${JWT_SECRET}x` })).toThrow(
        "SECOND_FACTOR_KEY is the example's, which everybody knows",
      );
    }
  });

  test("roles insist on a second factor in production, and elsewhere where they are told to", () => {
    const keys = { ...given, JWT_SECRET: "x".repeat(64), SECOND_FACTOR_KEY: "y".repeat(32) };
    expect(readSettings(given).SECOND_FACTOR).toBe("optional");
    expect(readSettings({ ...given, SECOND_FACTOR: "required" }).SECOND_FACTOR).toBe("required");
    expect(readSettings({ ...keys, ENVIRONMENT: "production", SECOND_FACTOR: "" }).SECOND_FACTOR).toBe("required");
    expect(readSettings({ ...keys, ENVIRONMENT: "production", SECOND_FACTOR: "optional" }).SECOND_FACTOR).toBe(
      "optional",
    );
  });

  test("lists and addresses are taken as people write them", () => {
    const read = readSettings({
      ...given,
      CORS_ORIGINS: " https://a.example/ ,https://b.example,, ",
      API_URL: "https://api.example//",
    });
    expect(read.CORS_ORIGINS).toEqual(["https://a.example", "https://b.example"]);
    expect(read.API_URL).toBe("https://api.example");
  });
});

describe("in production, with a frontend", () => {
  const OURS = "https://members.loaf.example";
  const SECRET = randomBytes(48).toString("base64");
  let production: Awaited<ReturnType<typeof startWorker>>;
  beforeAll(async () => {
    production = await startWorker({
      ENVIRONMENT: "production",
      SECOND_FACTOR_KEY: SECRET,
      FRONTEND_URL: OURS,
      CORS_ORIGINS: `${OURS}/, https://admin.loaf.example`,
    });
  });
  afterAll(() => production.stop());

  const from = (Origin: string, headers: Record<string, string> = {}) => ({
    url: production.url,
    headers: { Origin, ...headers },
  });
  const allowed = ({ headers }: Answer) => headers.get("Access-Control-Allow-Origin");

  test("our frontend's scripts may call, with a token, and read every answer", async () => {
    const preflight = await call(
      "OPTIONS",
      "/api/checkout/subscription",
      from(OURS, {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
      }),
    );
    expect([preflight.status, preflight.text, allowed(preflight)]).toEqual([204, "", OURS]);
    expect(preflight.headers.get("Access-Control-Allow-Methods")?.split(",")).toEqual(["GET", "POST", "PUT", "DELETE"]);
    expect(preflight.headers.get("Access-Control-Allow-Headers")?.split(",")).toEqual([
      "Authorization",
      "Content-Type",
    ]);
    expect(preflight.headers.get("Vary")).toMatch(/Origin/);
    for (const origin of [OURS, "https://admin.loaf.example"]) {
      const answers = [
        await get("/health", from(origin)),
        await get("/api/auth/me", from(origin)),
        await get("/nowhere", from(origin)),
        await post("/api/auth/refresh", "{", from(origin)),
        await put("/api/plans", {}, from(origin)),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 401, 404, 400, 405]);
      for (const answer of answers) {
        expect(allowed(answer)).toBe(origin);
        expect(answer.headers.get("Access-Control-Expose-Headers")).toMatch(/X-Request-Id,Retry-After/);
        expect(answer.headers.get("Access-Control-Allow-Credentials")).toBeNull();
      }
      expect(answers[0]?.headers.get("Vary")).toMatch(/Origin/);
    }
  });

  test.for([
    "https://elsewhere.example",
    `${OURS}.evil.example`,
    "http://members.loaf.example",
    "null",
    "https://loaf.example",
  ])("scripts of %s may not", async (origin) => {
    const preflight = await call("OPTIONS", "/api/plans", from(origin, { "Access-Control-Request-Method": "GET" }));
    expect(allowed(preflight)).toBeNull();
    expect(allowed(await get("/api/plans", from(origin)))).toBeNull();
  });

  test("no origin is let in where none is configured", async () => {
    expect(allowed(await get("/api/plans", { headers: { Origin: OURS } }))).toBeNull();
  });

  test("the log names nobody: no address, no password, no token, no link, whatever happens", async () => {
    const silence = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { url } = production;
    const body = registration({ first_name: "Secretname", last_name: "Hiddenname", phone: "+1 555 987654" });
    const { email } = body;
    await post("/api/auth/register", body, { url });
    const [mail] = await untilMails(email);
    const link_token = tokenIn(mail ?? { text: "" });
    expect(mail?.text).toContain(`${OURS}/verify-email?token=${link_token}`);
    await get(`/api/auth/verify-email?token=${link_token}`, { url });
    await get(`/api/auth/verify-email?token=${link_token}x`, { url });
    await post("/api/auth/login", { email, password: "the wrong passphrase" }, { url });
    const { body: signedIn } = await post<SignInBody>("/api/auth/login", { email, password: PASSWORD }, { url });
    const { access_token, refresh_token, user } = signedIn;
    await get("/api/auth/me", { url, token: access_token });
    await get("/api/auth/me", { url, token: `${access_token}x` });
    await post("/api/auth/refresh", { refresh_token }, { url });
    await post("/api/auth/refresh", { refresh_token: `${refresh_token}x` }, { url });
    // The same with everything failing: the database, Stripe, the mail provider.
    await failDatabase({ mode: "before", match: email });
    expect((await post("/api/auth/register", body, { url })).status).toBe(503);
    const reader = await person();
    await failDatabase({ mode: "status", status: 500, count: 10, match: reader.id });
    expect((await get("/api/auth/me", { url, token: reader.token })).status).toBe(503);
    const quoting = "exception 'no room for % and %', new.user_agent, (select email from users where id = new.user_id)";
    const leaver = await person();
    await whileFailing({ table: "sessions", on: "update", id: leaver.session_id, raise: quoting }, async () => {
      const answer = await post("/api/auth/logout", undefined, { url, token: leaver.token });
      expect(outcome(answer)).toEqual([500, "internal_error"]);
      expectDiscreet(answer);
    });
    await sql("update users set status = 'payment_pending' where id = $1", [user.id]);
    await stripe.fault({ mode: "status", status: 400, match: `customer_email=${email}` });
    const checkout = { plan_id: await plan() };
    expect((await post("/api/checkout/subscription", checkout, { url, token: access_token })).status).toBe(500);
    const others: string[] = [];
    // Any Worker may deliver it: until it is this one that gives up.
    while (!production.logs.some(({ message }) => message.includes("mail_given_up"))) {
      expect(others.length, "mails that were given up, none of them by this Worker").toBeLessThan(10);
      const other = registration();
      others.push(other.email);
      await failMails({ mode: "status", status: 422, match: other.email, count: 1 });
      await post("/api/auth/register", other, { url });
      await untilSettled(other.email, 1);
    }
    silence.mockRestore();

    const lines = await vi.waitFor(() => {
      const found = production.logs.map(({ message }) => message);
      for (const word of ["internal_error", "database_unavailable", "mail_given_up", "/api/auth/verify-email"])
        expect(
          found.some((line) => line.includes(word)),
          word,
        ).toBe(true);
      return found;
    }, 5000);
    const [, mac = ""] = link_token.split(".");
    const secrets = [
      email,
      ...others,
      reader.email,
      leaver.email,
      reader.token.split(".")[2] ?? "",
      "Secretname",
      "Hiddenname",
      "555 987654",
      PASSWORD,
      "the wrong passphrase",
      mac,
      access_token.split(".")[2] ?? "",
      refresh_token.split(".")[2] ?? "",
      SECRET,
      settings.JWT_SECRET,
      settings.STRIPE_SECRET_KEY,
      "$argon2id",
    ];
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({
        level: expect.stringMatching(/^(info|error)$/),
        event: expect.any(String),
      });
      for (const secret of secrets) {
        expect(secret.length).toBeGreaterThan(5);
        expect(line).not.toContain(secret);
      }
      expect(line).not.toMatch(/token=|Bearer|@/);
    }
  });
});
