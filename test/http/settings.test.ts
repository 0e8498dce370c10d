import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSettings } from "../../src/env.ts";
import { get, outcome, post } from "../harness/client.ts";
import { settings, startWorker } from "../harness/platform.ts";

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
        "The service is not configured: DATABASE_URL must be a postgres:// URL such as postgresql://user:password@host/database, with the password's special characters percent-encoded; JWT_SECRET is missing",
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
    MAIL_WEBHOOK_SECRET: settings.MAIL_WEBHOOK_SECRET.join(","),
    ACCESS_TOKEN_EXPIRE_MINUTES: "30",
  };

  test.for([
    ["JWT_SECRET", "", "is missing"],
    ["JWT_SECRET", "x".repeat(31), "must have at least 32 characters"],
    ["API_URL", "", "is missing"],
    ["API_URL", "localhost", "must be an http(s) URL"],
    ["FRONTEND_URL", "javascript:alert(1)", "must be an http(s) URL"],
    ["FRONTEND_URL", "members.example.org", "must be an http(s) URL such as https://api.example.org"],
    ["FRONTEND_URL", "https://members.example.org/?page=", "must be an http(s) URL without spaces and without a query"],
    ["API_URL", "https://api.example.org /", "must be an http(s) URL"],
    ["NEON_HTTP_ENDPOINT", "127.0.0.1:4444/sql", "must be an http(s) URL"],
    ["STRIPE_API_BASE", "http:/127.0.0.1:12111", "must be an http(s) URL"],
    ["STRIPE_API_BASE", "http://127.0.0.1:12111/v1", "must have no path"],
    ["MAIL_API_BASE", "localhost:8025", "must be an http(s) URL"],
    ["TURNSTILE_API_BASE", "turnstile", "must be an http(s) URL"],
    ["CORS_ORIGINS", "https://members.example.org, localhost:5173", "must list origins such as"],
    ["CORS_ORIGINS", "*", "must list origins such as https://members.example.org, separated by commas"],
    ["CORS_ORIGINS", "https://members.example.org/app", "must list origins such as"],
    ["DATABASE_URL", "", "is missing"],
    ["DATABASE_URL", "postgres://", "must be a postgres:// URL"],
    ["DATABASE_URL", "postgres://db.example.org/loaf", "must be a postgres:// URL"],
    ["DATABASE_URL", "postgres://loaf@db.example.org", "must be a postgres:// URL"],
    ["DATABASE_URL", "postgres://loaf:p#ss@db.example.org/loaf", "must be a postgres:// URL"],
    ["DATABASE_URL", "postgres://loaf:50%@db.example.org/loaf", "must be a postgres:// URL"],
    ["DATABASE_URL", "mysql://db.example/loaf", "must be a postgres:// URL"],
    ["STRIPE_SECRET_KEY", "", "is missing"],
    ["STRIPE_WEBHOOK_SECRET", "", "is missing"],
    ["STRIPE_WEBHOOK_SECRET", " , ", "must name a secret"],
    ["MAIL_API_KEY", "", "is missing"],
    ["MAIL_FROM_EMAIL", "nobody", "must be an email address"],
    ["MAIL_FROM_EMAIL", "no-reply@example.org", "must be an address where somebody reads the replies"],
    ["MAIL_FROM_EMAIL", "DoNotReply@example.org", "must be an address where somebody reads the replies"],
    ["MAIL_PROVIDER", "pigeon", "must be resend or sendgrid"],
    ["MAIL_WEBHOOK_SECRET", "whsec_ no base64", "must be what the provider shows"],
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
        "JWT_SECRET is the example value, which is public",
      );
      expect(() => readSettings({ ...given, ENVIRONMENT, JWT_SECRET: `${JWT_SECRET}x` })).toThrow(
        "SECOND_FACTOR_KEY is the example value, which is public",
      );
    }
  });

  test("what is offered to developers is refused anywhere but in development", () => {
    const keys = { ...given, JWT_SECRET: "x".repeat(64), SECOND_FACTOR_KEY: "y".repeat(32) };
    const DEVELOPMENT_PAGE = '{"password":"loaf-dev-password"}';
    expect(readSettings({ ...given, DEVELOPMENT_PAGE }).DEVELOPMENT_PAGE).toBe(DEVELOPMENT_PAGE);
    for (const ENVIRONMENT of ["staging", "production"]) {
      expect(readSettings({ ...keys, ENVIRONMENT }).DEVELOPMENT_PAGE).toBeUndefined();
      expect(() => readSettings({ ...keys, ENVIRONMENT, DEVELOPMENT_PAGE })).toThrow(
        /: DEVELOPMENT_PAGE is for development only$/,
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
    // As browsers send them.
    const CORS_ORIGINS = "https://Members.Example:443,http://localhost:5173,capacitor://localhost/";
    expect(readSettings({ ...given, CORS_ORIGINS }).CORS_ORIGINS).toEqual([
      "https://members.example",
      "http://localhost:5173",
      "capacitor://localhost",
    ]);
    const FRONTEND_URL = "https://members.example.org/#/";
    expect(readSettings({ ...given, FRONTEND_URL }).FRONTEND_URL).toBe("https://members.example.org/#");
    expect(read.API_URL).toBe("https://api.example");
  });
});
