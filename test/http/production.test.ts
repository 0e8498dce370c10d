import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { PASSWORD, registration, type SignInBody } from "../harness/accounts.ts";
import { type Answer, call, expectDiscreet, follow, get, outcome, post, put } from "../harness/client.ts";
import { failDatabase } from "../harness/faults.ts";
import { failMails, tokenIn, untilMails } from "../harness/mailbox.ts";
import { untilSettled } from "../harness/outbox.ts";
import { person } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { settings, sql, startWorker, stripe } from "../harness/platform.ts";
import { whileFailing } from "../harness/triggers.ts";

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
      RELEASE: "4f2a1c9",
    });
  });
  afterAll(() => production.stop());

  const from = (Origin: string, headers: Record<string, string> = {}) => ({
    url: production.url,
    headers: { Origin, ...headers },
  });
  const allowed = ({ headers }: Answer) => headers.get("Access-Control-Allow-Origin");

  test("the page at / leads to the documentation, and offers developers nothing", async () => {
    for (const path of ["/", "/docs"]) expect((await get(path, production)).status).toBe(200);
    for (const path of ["/development.json", "/development.json/", "/%64evelopment.json"]) {
      const { status, text, headers } = await get(path, production);
      expect([status, text, headers.get("Cache-Control")]).toEqual([204, "", "no-store"]);
    }
  });

  test("the health check says which release it is in which environment, without the database", async () => {
    const { body, headers } = await get("/health", production);
    expect(body).toEqual({ status: "ok", environment: "production", release: "4f2a1c9" });
    expect(headers.get("Server-Timing")).toContain("0 round trips");
    expect((await get("/health")).body).toEqual({ status: "ok", environment: "development", release: null });
  });

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
      "If-None-Match",
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
        expect(answer.headers.get("Access-Control-Expose-Headers")).toMatch(/X-Request-Id,Retry-After.*,ETag$/);
        expect(answer.headers.get("Access-Control-Allow-Credentials")).toBeNull();
      }
      expect(answers[0]?.headers.get("Vary")).toMatch(/Origin/);
    }
    // Without an origin there is nothing to allow, and a cache must still tell the answers apart.
    expect((await get("/health", { url: production.url })).headers.get("Vary")).toMatch(/Origin/);
    expect((await call("OPTIONS", "/api/plans", { url: production.url })).status).toBe(204);
  });

  test.for([
    "https://elsewhere.example",
    `${OURS}.evil.example`,
    "http://members.loaf.example",
    "null",
    "https://loaf.example",
    "http://localhost:5173",
    "http://127.0.0.1",
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
    // Any Worker may have delivered it, and only this one knows of the frontend.
    expect(mail?.text).toContain(`/verify-email?token=${link_token}`);
    await follow(`/api/auth/verify-email?token=${link_token}`, { url });
    await follow(`/api/auth/verify-email?token=${link_token}x`, { url });
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
    expect((await post("/api/checkout/subscription", checkout, { url, token: access_token })).status).toBe(409);
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
