import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { anonymise } from "../../cli/anonymise.ts";
import { type Deployment, deploy } from "../../cli/deploy/run.ts";
import { smokeTest } from "../../cli/deploy/smoke.ts";
import { REQUIRED_SECRETS } from "../../cli/doctor/cloudflare.ts";
import { PORTAL_FEATURES } from "../../cli/doctor/portal-features.ts";
import { STRIPE_API_VERSION, webhookAddress } from "../../cli/doctor/stripe.ts";
import { claimDatabase, refuseForeignDatabase } from "../../cli/setup/claim.ts";
import { hashPassword } from "../../src/accounts/passwords.ts";
import { PASSWORD } from "../harness/accounts.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { detail, RESEND } from "./doctor/scenes.ts";
import { Answering, type Scene, seeing, standIn, VARS } from "./doctor/stand-in.ts";
import { migratedDatabase } from "./run.ts";

function outbox(status: string, last_error: string | null = null) {
  return { items: [{ status, last_error }] };
}

const list = (data: unknown[]) => ({ object: "list", url: "/v1", has_more: false, data });
const ENDPOINT = {
  id: "we_1",
  url: webhookAddress(VARS),
  status: "enabled",
  enabled_events: ["*"],
  api_version: STRIPE_API_VERSION,
};
const PORTAL = {
  id: "bpc_1",
  active: true,
  features: { ...PORTAL_FEATURES, customer_update: { enabled: false, allowed_updates: [] } },
};
const health = (release: string | null, environment = "production") => ({ status: "ok", environment, release });

const RIGHT: Scene = {
  "/health": health("0ldc0de"),
  "/health/ready": { status: "ok", late_jobs: [] },
  "/api/branding": { name: "LOAF" },
  "/openapi.json": { openapi: "3.1.0" },
  "/api/auth/me": new Answering(401),
  "/api/webhooks/stripe": new Answering(400),
  "/api/auth/login": { access_token: "token" },
  "/api/members/profile/upload-photo": { id: "me" },
  "/api/admin/email-templates/approval/test": { message: "sent" },
  "/api/admin/outbox": outbox("sent"),
  "/v1/account": { id: "acct_1", object: "account", charges_enabled: true },
  "/v1/webhook_endpoints": list([ENDPOINT]),
  "/v1/billing_portal/configurations": list([PORTAL]),
  ...RESEND,
};

const real = globalThis.fetch;

/** The same answers at the addresses of the real services, as production's settings have them. */
function answerAt(stand_in: string) {
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    const { host, pathname, search } = new URL(String(input));
    return real(
      host.endsWith(".example") || host === "api.stripe.com" ? `${stand_in}${pathname}${search}` : input,
      init,
    );
  });
  onTestFinished(() => spy.mockRestore());
}

const LIVE = { STRIPE_SECRET_KEY: "sk_live_secretstripe" };
const VERSION = "10000000-0000-4000-8000-000000000000";
/** What cannot be known without the Worker's own secrets. */
const NOT_GIVEN = { STRIPE_SECRET_KEY: "", DATABASE_URL: "", MAIL_WEBHOOK_SECRET: "" };

/** A deployment where everything works, but for what the test breaks. */
async function deploying({
  scene = {},
  vars = {},
  stored = REQUIRED_SECRETS,
  after,
  owner_database_url,
  ...more
}: Changes) {
  const answers: Scene = { ...RIGHT, ...scene };
  const stand_in = await standIn(answers);
  answerAt(stand_in);
  const done: string[] = [];
  const said: string[] = [];
  const step = (name: string) => async () => void done.push(name);
  const seen = seeing(
    { owner_database_url: owner_database_url ?? "postgresql://owner:x@127.0.0.1:1/loaf", cloudflare: undefined },
    { ...NOT_GIVEN, ...vars },
  );
  const deployment: Deployment = {
    target: "production",
    seen: { ...seen, addresses: { ...seen.addresses, mail: stand_in } },
    smoke: { person: undefined, heic: undefined, patience_ms: 0 },
    wrangler: async (args) => {
      if (args[0] === "secret") return { code: 0, output: JSON.stringify(stored.map((name) => ({ name }))) };
      if (args[0] === "deployments")
        return { code: 0, output: JSON.stringify({ versions: [{ version_id: VERSION, percentage: 100 }] }) };
      done.push(args.join(" "));
      const ran = args.includes("--dry-run") ? {} : (after ?? { "/health": health("4f2a1c9") });
      Object.assign(answers, ran);
      return { code: 0, output: "" };
    },
    does: {
      commit: async () => "4f2a1c9",
      refuseForeignDatabase: owner_database_url ? refuseForeignDatabase : async () => undefined,
      claimDatabase: step("claim"),
      checkTypes: step("types"),
      migrate: step("migrate"),
      seed: step("seed"),
    },
    say: (line) => said.push(line),
    ...more,
  };
  return { answers, done, said, run: () => deploy(deployment) };
}
/** `after`: what answers otherwise once it is deployed. */
type Changes = {
  scene?: Scene;
  after?: Scene;
  vars?: Record<string, string>;
  stored?: string[];
  owner_database_url?: string;
} & Partial<Deployment>;

const BUILT = ["types", "deploy --dry-run --minify --env production --outdir dist/worker"];
const DEPLOYED = [...BUILT, "migrate", "seed", "claim", "deploy --minify --env production --var RELEASE:4f2a1c9"];

test("it checks, builds, migrates, seeds, deploys this commit, and tests it, in this order", async () => {
  const heic = join(tmpdir(), "loaf-smoke.heic");
  await writeFile(heic, "no photo, but the stand-in does not look");
  const person = { email: "smoke@loaf.example", password: "sentinel passphrase" };
  const { run, done, said } = await deploying({ smoke: { person, heic, patience_ms: 0 } });
  expect(await run()).toBe(true);
  expect(done).toEqual(DEPLOYED);
  expect(said).toContain("running     production, release 0ldc0de");
  const report = said.at(-1) ?? "";
  expect(report).toMatch(/^ok +release +https:\/\/api.loaf.example answers with 4f2a1c9$/m);
  for (const name of [
    "ready",
    "branding",
    "documentation",
    "unsigned Stripe event",
    "sign in",
    "HEIC photo",
    "email to myself",
  ])
    expect(report).toMatch(new RegExp(`^ok +smoke: ${name} `, "m"));
  expect(report).toMatch(/^not checked +smoke: event from Stripe/m);
  expect(said.join("\n")).not.toContain("sentinel");
});

test.each<[string, Changes, string, string[]]>([
  [
    "something is not committed",
    { does: { commit: () => Promise.reject(new Error("Commit or stash these first: M src/app.ts")) } as never },
    "Commit or stash",
    [],
  ],
  [
    "the Worker lacks settings",
    { stored: REQUIRED_SECRETS.slice(2) },
    "The Worker lacks API_URL, DATABASE_URL.",
    BUILT,
  ],
  [
    "the doctor finds something wrong",
    {
      vars: { STRIPE_SECRET_KEY: "sk_test_x" },
    },
    "Nothing was changed",
    BUILT,
  ],
  [
    "API_URL is another environment's",
    { scene: { "/health": health("4f2a1c9", "staging") } },
    "Nothing was changed: API_URL (https://api.loaf.example) is staging, not production.",
    [],
  ],
  [
    "production would withhold its email",
    { stored: [...REQUIRED_SECRETS, "MAIL_ALLOWED"] },
    "npx wrangler secret delete MAIL_ALLOWED --env production",
    BUILT,
  ],
  ["nobody says who owns the database", { seen: seeing() }, "OWNER_DATABASE_URL is missing", []],
])("nothing changes if %s", async (_, changes, sentence, before) => {
  const { run, done } = await deploying(changes);
  await expect(run()).rejects.toThrow(sentence);
  expect(done).toEqual(before);
});

test.each<[string, Scene, string]>([
  ["is not ready", { "/health/ready": new Answering(503) }, "/health/ready answers 503"],
  ["has no documentation", { "/openapi.json": new Answering(404) }, "/openapi.json answers 404"],
  ["lets strangers in", { "/api/auth/me": {} }, "/api/auth/me answers 200"],
  ["takes unsigned events", { "/api/webhooks/stripe": {} }, "is answered with 200, not 400"],
  ["refuses the smoke person", { "/api/auth/login": new Answering(401) }, "is answered with 401"],
  [
    "has a wrong key for email",
    { "/api/admin/outbox": outbox("pending", "403 invalid_api_key") },
    "403 invalid_api_key",
  ],
  ["cannot send email", { "/api/admin/email-templates/approval/test": new Answering(503, { code: "x" }) }, "503 x"],
])("a deployment that %s fails, and says how to go back", async (_, scene, sentence) => {
  const person = { email: "smoke@loaf.example", password: "x" };
  const smoke = { person, heic: undefined, patience_ms: 0 };
  const { run, done, said } = await deploying({ scene, smoke });
  expect(await run()).toBe(false);
  expect(done).toEqual(DEPLOYED);
  expect(said.join("\n")).toContain(sentence);
  expect(said.at(-1)).toContain(`npx wrangler rollback ${VERSION} --env production`);
});

const owner = inject("stack").database_url;

test.each<[string, Changes, RegExp]>([
  [
    "settings that do not fit",
    { vars: { CORS_ORIGINS: "https://other.example" } },
    /^wrong +settings: fit the environment .*CORS_ORIGINS/m,
  ],
  [
    "a login that may do too much",
    { vars: { DATABASE_URL: owner } },
    /^wrong +database: least privilege .*owns the tab/m,
  ],
  [
    "a webhook that is turned off",
    { scene: { "/v1/webhook_endpoints": list([{ ...ENDPOINT, status: "disabled" }]) }, vars: LIVE },
    /^wrong +stripe: webhook +the endpoint is disabled$/m,
  ],
  [
    "a portal where members switch plans",
    {
      scene: {
        "/v1/billing_portal/configurations": list([
          { ...PORTAL, features: { ...PORTAL.features, subscription_update: { enabled: true } } },
        ]),
      },
      vars: LIVE,
    },
    /^wrong +stripe: billing portal +members can switch plans there$/m,
  ],
  [
    "a domain that nobody verified",
    { scene: { "/domains/d1": detail({ status: "pending" }) } },
    /^wrong +mail: domain +loaf.example is not verified$/m,
  ],
])("nothing changes with %s", async (_, changes, line) => {
  const { run, done, said } = await deploying(changes);
  await expect(run()).rejects.toThrow("Nothing was changed: fix what is wrong first.");
  expect(done).toEqual(BUILT);
  expect(said.at(-1)).toMatch(line);
});

test("the first deployment does not wait for the webhook and the portal, and every later one does", async () => {
  const nothing = { "/v1/webhook_endpoints": list([]), "/v1/billing_portal/configurations": list([]) };
  const first = await deploying({ scene: { ...nothing, "/health": new Answering(404) }, vars: LIVE });
  expect(await first.run()).toBe(true);
  expect(first.said).toContain("running     nothing that says what it is");
  expect(first.said.find((line) => line.startsWith("doctor"))).toMatch(/ 0 wrong, \d+ not checked$/);
  const later = await deploying({ scene: nothing, vars: LIVE });
  await expect(later.run()).rejects.toThrow("Nothing was changed");
  expect(later.said.at(-1)).toMatch(/^wrong +stripe: webhook +no endpoint/m);
  expect(later.said.at(-1)).toMatch(/^wrong +stripe: billing portal +its settings were never saved/m);
});

test("the database of another environment is noticed before it is migrated, until a copy of it is anonymized", async () => {
  const owner_database_url = await migratedDatabase();
  await claimDatabase(owner_database_url, "staging");
  const { run, done } = await deploying({ owner_database_url });
  await expect(run()).rejects.toThrow("OWNER_DATABASE_URL names the database of staging, not of production.");
  expect(done).toEqual([]);
  await anonymise(owner_database_url);
  expect(await run()).toBe(true);
  await claimDatabase(owner_database_url, "production");
  const again = await deploying({ owner_database_url });
  expect(await again.run()).toBe(true);
});

test("a new version may take a moment to be everywhere", async () => {
  const person = { email: "smoke@loaf.example", password: "x" };
  const smoke = { person, heic: undefined, patience_ms: 5000 };
  const { answers, run, done } = await deploying({ after: {}, smoke });
  const ran = run();
  await expect.poll(() => done).toEqual(DEPLOYED);
  answers["/health"] = health("4f2a1c9");
  expect(await ran).toBe(true);
});

test.each<[string, Scene, string]>([
  ["the old release", {}, "production, release 0ldc0de"],
  ["another environment", { "/health": health("4f2a1c9", "staging") }, "staging, release 4f2a1c9"],
  ["something else", { "/health": new Answering(200, { hello: "world" }) }, "200, and does not say what it is"],
])("a deployment fails if API_URL then answers with %s, and nothing is tested there", async (_, after, there) => {
  const person = { email: "smoke@loaf.example", password: "x" };
  const { run, done, said } = await deploying({ after, smoke: { person, heic: undefined, patience_ms: 0 } });
  expect(await run()).toBe(false);
  expect(done).toEqual(DEPLOYED);
  const report = said.at(-2) ?? "";
  expect(report).toContain(`answers: ${there}. What was deployed is production, release 4f2a1c9`);
  expect(report).toContain("0 ok, 1 wrong, 0 not checked.");
});

test("without a version to go back to, it says where to find one", async () => {
  const scene = { "/health/ready": new Answering(503) };
  const output = JSON.stringify(REQUIRED_SECRETS.map((name) => ({ name })));
  const { run, said } = await deploying({
    scene: { ...scene, "/health": health("4f2a1c9") },
    wrangler: async ([command]) => ({ code: command === "deployments" ? 1 : 0, output }),
  });
  expect(await run()).toBe(false);
  expect(said.at(-1)).toContain(
    "npx wrangler rollback VERSION --env production. npx wrangler deployments list --env production shows the versions.",
  );
});

test("an event from Stripe shows that the webhook works, and a wrong secret that it does not", async () => {
  const { url, stripe, stripeApi, sql, volunteer } = await ownPlatform();
  await stripe.deliveryMode("normal");
  const lines = async (patience_ms: number, person: { id: string; email: string }) => {
    await sql("update users set password_hash = $2 where id = $1", [person.id, hashPassword(PASSWORD)]);
    const smoke = { url, stripe: stripeApi, heic: undefined, patience_ms };
    const results = await smokeTest({ ...smoke, person: { email: person.email, password: PASSWORD } });
    return results
      .filter(({ name }) => /event|sign in/.test(name))
      .map(({ name, state, about }) => [name, state, about]);
  };
  const rest = [
    ["smoke: unsigned Stripe event", "ok", "is refused"],
    ["smoke: sign in", "ok", "works"],
  ];
  const [auditor, other] = [await volunteer("settings.audit"), await volunteer("events.view")];
  expect(await lines(20_000, auditor)).toEqual([
    ...rest,
    ["smoke: event from Stripe", "ok", "arrived, and its signature is right"],
  ]);
  await expect
    .poll(() => sql("select type, status from stripe_events order by type"))
    .toEqual([
      { type: "customer.created", status: "ignored" },
      { type: "customer.deleted", status: "applied" },
    ]);
  expect(await lines(0, other)).toEqual([
    ...rest,
    ["smoke: event from Stripe", "not checked", "the person may not see Stripe's events"],
  ]);
  await stripe.webhooks({ secret: "whsec_of_another_endpoint" });
  expect(await lines(2000, auditor)).toEqual([...rest, ["smoke: event from Stripe", "wrong", "did not arrive"]]);
});
