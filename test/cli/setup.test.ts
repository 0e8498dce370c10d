import { expect, test } from "vitest";
import { claimDatabase } from "../../cli/setup/claim.ts";
import { type Start, setUp } from "../../cli/setup/run.ts";
import type { SetupTarget } from "../../cli/setup/step.ts";
import type { RunWrangler } from "../../cli/wrangler.ts";
import { EVENT_TYPES } from "../../src/stripe-events/event-types.ts";
import { ownStripe } from "../local/own-stripe.ts";
import { Answering, standIn } from "./doctor/stand-in.ts";
import { emptyDatabase } from "./run.ts";

const { stripe, stripe_url } = await ownStripe();

/** An account at Cloudflare, as wrangler shows and changes it. */
function account() {
  const [buckets, queues, secrets] = [new Set<string>(), new Set<string>(), new Map<string, string>()];
  const called: string[] = [];
  const table = (names: Iterable<string>) => ({ code: 0, output: [...names].map((name) => `│ ${name} │`).join("\n") });
  const wrangler: RunWrangler = async (args, input) => {
    called.push(args.join(" "));
    const line = args.slice(0, 3).join(" ");
    if (line === "r2 bucket list") return table(buckets);
    if (line === "r2 bucket create") buckets.add(args[3] ?? "");
    if (line === "queues list") return table(queues);
    if (line.startsWith("queues create")) queues.add(args[2] ?? "");
    if (line.startsWith("secret list"))
      return secrets.size === 0
        ? { code: 1, output: 'Worker "loaf-api-staging" not found. [code: 10007]' }
        : { code: 0, output: JSON.stringify([...secrets.keys()].map((name) => ({ name, type: "secret_text" }))) };
    if (line.startsWith("secret bulk"))
      for (const [name, value] of Object.entries(JSON.parse(input ?? ""))) secrets.set(name, String(value));
    return { code: 0, output: "" };
  };
  return { buckets, queues, secrets, called, wrangler };
}

const GIVEN = {
  API_URL: "https://staging.loaf.example",
  DATABASE_URL: "postgresql://loaf_api:sentinel-password@db.example/loaf",
  STRIPE_SECRET_KEY: "sk_test_sentinel",
  STRIPE_API_BASE: stripe_url,
  MAIL_API_KEY: "re_sentinel",
  MAIL_FROM_EMAIL: "hello@loaf.example",
};

function start(cloudflare: ReturnType<typeof account>, more: Partial<Start> = {}) {
  const said: string[] = [];
  const target: SetupTarget = "staging";
  const run = (given: Record<string, string> = GIVEN, ask: Parameters<typeof setUp>[1] = nobody) =>
    setUp(
      {
        target,
        dry_run: false,
        worker: {
          name: "loaf-api-staging",
          buckets: [
            { binding: "PHOTOS", bucket_name: "loaf-photos-staging" },
            { binding: "PUBLIC_FILES", bucket_name: "loaf-public-staging" },
          ],
          queue: "loaf-doorbell-staging",
          crons: [],
        },
        wrangler: cloudflare.wrangler,
        vars: { ...given },
        owner_database_url: undefined,
        stripe_setup_key: undefined,
        login: "loaf_api",
        say: (line) => said.push(line),
        ...more,
      },
      ask,
    );
  return { said, run };
}

const nobody = async (name: string): Promise<string> => {
  throw new Error(`nobody answers for ${name}`);
};
const endpoints = async () => (await stripe.webhookEndpoints.list({ limit: 100 })).data;
const removeEndpoints = async () => {
  for (const { id } of await endpoints()) await stripe.webhookEndpoints.del(id);
};

test("it makes what is not there, stores what it made by standard input, and a second run changes nothing", async () => {
  await removeEndpoints();
  const cloudflare = account();
  const { said, run } = start(cloudflare);
  await run();
  expect([...cloudflare.buckets, ...cloudflare.queues]).toEqual([
    "loaf-photos-staging",
    "loaf-public-staging",
    "loaf-doorbell-staging",
  ]);
  const [endpoint] = await endpoints();
  expect(endpoint).toMatchObject({
    url: "https://staging.loaf.example/api/webhooks/stripe",
    api_version: "2026-10-28.endive",
  });
  expect(endpoint?.enabled_events.toSorted()).toEqual([...EVENT_TYPES].toSorted());
  const first = new Map(cloudflare.secrets);
  expect([...first.keys()].toSorted()).toEqual(
    [...Object.keys(GIVEN), "JWT_SECRET", "SECOND_FACTOR_KEY", "STRIPE_WEBHOOK_SECRET"].toSorted(),
  );
  expect(first.get("JWT_SECRET")).toMatch(/^[\w+/]{86}==$/);
  expect(first.get("STRIPE_WEBHOOK_SECRET")).toMatch(/^whsec_/);
  const [portal] = (await stripe.billingPortal.configurations.list({ is_default: true })).data;
  expect(portal?.features.customer_update.allowed_updates).not.toContain("email");
  for (const secret of [...first.values()].filter((value) => /sentinel|whsec|==$/.test(value)))
    expect(`${said.join("\n")}${cloudflare.called.join("\n")}`).not.toContain(secret);

  cloudflare.called.length = 0;
  await run({});
  expect(cloudflare.called).toEqual(
    ["secret list --env staging", "r2 bucket list", "r2 bucket list", "queues list"].map((line) =>
      line.startsWith("secret") ? `${line} --format json` : line,
    ),
  );
  await run();
  expect(cloudflare.secrets).toEqual(first);
  expect(await endpoints()).toEqual([endpoint]);
});

test("a key that may do more is for the setup alone: the Worker gets its own", async () => {
  await removeEndpoints();
  const cloudflare = account();
  const { said, run } = start(cloudflare, { stripe_setup_key: "rk_test_wide" });
  await run();
  expect(await endpoints()).toHaveLength(1);
  expect(cloudflare.secrets.get("STRIPE_SECRET_KEY")).toBe(GIVEN.STRIPE_SECRET_KEY);
  // A later release has more events: the Worker's key is stored, and nobody gives it again.
  await stripe.webhookEndpoints.update((await endpoints())[0]?.id ?? "", { enabled_events: ["charge.refunded"] });
  const { API_URL, STRIPE_API_BASE } = GIVEN;
  await run({ API_URL, STRIPE_API_BASE });
  expect((await endpoints())[0]?.enabled_events).toHaveLength(EVENT_TYPES.length);
  expect([...cloudflare.secrets.values(), ...said].join()).not.toContain("rk_test_wide");
  await expect(start(account(), { stripe_setup_key: "rk_live_wide" }).run()).rejects.toThrow(
    "STRIPE_SETUP_KEY is a live key, which does not fit staging",
  );
});

test("a dry run says every step and makes nothing", async () => {
  await removeEndpoints();
  const cloudflare = account();
  const { said, run } = start(cloudflare, { dry_run: true });
  await run();
  expect(said.filter((line) => line.includes("would") && !line.includes("portal"))).toEqual([
    "R2 buckets: would make bucket loaf-photos-staging: wrangler r2 bucket create loaf-photos-staging",
    "R2 buckets: would make bucket loaf-public-staging: wrangler r2 bucket create loaf-public-staging",
    "Queue: would make queue loaf-doorbell-staging: wrangler queues create loaf-doorbell-staging",
    "Secrets of our own: would make JWT_SECRET: 64 random bytes",
    "Secrets of our own: would make SECOND_FACTOR_KEY: 32 random bytes",
    expect.stringMatching(/^Stripe's webhook: would make an endpoint for \d+ events/),
    expect.stringMatching(/^Settings: would store API_URL, .*: wrangler secret bulk --env staging$/),
  ]);
  expect([...cloudflare.buckets, ...cloudflare.queues, ...cloudflare.secrets, ...(await endpoints())]).toEqual([]);
});

test("it asks for what it does not have, and refuses what is wrong before it makes anything", async () => {
  const cloudflare = account();
  const { run } = start(cloudflare);
  const { MAIL_API_KEY: _, ...without } = GIVEN;
  await expect(run(without)).rejects.toThrow("nobody answers for MAIL_API_KEY");
  await expect(run({ ...GIVEN, API_URL: "loaf" })).rejects.toThrow("API_URL must be an http(s) URL");
  await expect(run({ ...GIVEN, STRIPE_SECRET_KEY: "sk_live_x" })).rejects.toThrow(
    "is a live key, which does not fit staging",
  );
  await expect(run({ ...GIVEN, DATABASE_URL: "postgresql://neondb_owner:x@db.example/loaf" })).rejects.toThrow(
    "DATABASE_URL names the database's owner",
  );
  expect(cloudflare.called.filter((line) => !line.startsWith("secret list"))).toEqual([]);
  await removeEndpoints();
  await run(without, async (name) => (name === "MAIL_API_KEY" ? "re_asked" : ""));
  expect(cloudflare.secrets.get("MAIL_API_KEY")).toBe("re_asked");
});

test("production takes no list of who gets email, which a terminal may still have of staging", async () => {
  const cloudflare = account();
  const { run } = start(cloudflare, { target: "production" });
  const { STRIPE_SECRET_KEY: _, ...given } = GIVEN;
  const live = { ...given, STRIPE_SECRET_KEY: "sk_live_sentinel" };
  await expect(run({ ...live, MAIL_ALLOWED: "@loaf.example" })).rejects.toThrow(/^MAIL_ALLOWED is for staging/);
  cloudflare.secrets.set("MAIL_ALLOWED", "@loaf.example");
  await expect(run(live)).rejects.toThrow("npx wrangler secret delete MAIL_ALLOWED --env production");
  expect(cloudflare.called.filter((line) => !line.startsWith("secret list"))).toEqual([]);
  await removeEndpoints();
  const staging = account();
  await start(staging).run({ ...GIVEN, MAIL_ALLOWED: "@loaf.example" });
  expect(staging.secrets.get("MAIL_ALLOWED")).toBe("@loaf.example");
});

test("it makes nothing if the terminal still has the address of another environment's database", async () => {
  const owner_database_url = await emptyDatabase();
  await claimDatabase(owner_database_url, "production");
  const cloudflare = account();
  await expect(start(cloudflare, { owner_database_url }).run()).rejects.toThrow(
    "OWNER_DATABASE_URL names the database of production, not of staging.",
  );
  expect(cloudflare.called.filter((line) => !line.startsWith("secret list"))).toEqual([]);
});

test("a key that is stored is replaced only together with the old one, since it opens everybody's second factor", async () => {
  await removeEndpoints();
  const cloudflare = account();
  const { said, run } = start(cloudflare);
  await run();
  const first = cloudflare.secrets.get("SECOND_FACTOR_KEY") ?? "";
  const another = "k".repeat(44);
  await run({ ...GIVEN, SECOND_FACTOR_KEY: another });
  expect(cloudflare.secrets.get("SECOND_FACTOR_KEY")).toBe(first);
  expect(said).toContain(
    "Secrets of our own: SECOND_FACTOR_KEY is stored and stays: docs/operations.md says how to rotate it",
  );
  await run({ ...GIVEN, SECOND_FACTOR_KEY: another, SECOND_FACTOR_KEY_PREVIOUS: first });
  expect(cloudflare.secrets.get("SECOND_FACTOR_KEY")).toBe(another);
});

test("what was made is stored even if a later step fails, since nobody can read it again", async () => {
  const cloudflare = account();
  const { run } = start(cloudflare);
  const list = { object: "list", url: "/v1/webhook_endpoints", has_more: false, data: [] };
  const broken = await standIn({
    "/v1/webhook_endpoints": { ...list, id: "we_1", secret: "whsec_made" },
    "/v1/billing_portal/configurations": new Answering(400, { error: { type: "invalid_request_error" } }),
  });
  await expect(run({ ...GIVEN, STRIPE_API_BASE: broken })).rejects.toThrow();
  expect(cloudflare.secrets.get("STRIPE_WEBHOOK_SECRET")).toBe("whsec_made");
  expect(cloudflare.secrets.has("JWT_SECRET")).toBe(true);
});

test("an endpoint that lacks events is completed; one whose secret nobody has is not taken for ours", async () => {
  await removeEndpoints();
  const url = "https://staging.loaf.example/api/webhooks/stripe";
  const made = { url, api_version: "2026-10-28.endive" } as const;
  await stripe.webhookEndpoints.create({ ...made, enabled_events: ["charge.refunded", "account.updated"] });
  await expect(start(account()).run()).rejects.toThrow("its secret is not stored");
  await start(account()).run({ ...GIVEN, STRIPE_WEBHOOK_SECRET: "whsec_copied" });
  const [endpoint] = await endpoints();
  expect(endpoint?.enabled_events).toEqual(expect.arrayContaining([...EVENT_TYPES, "account.updated"]));
  await removeEndpoints();
  await stripe.webhookEndpoints.create({ url, enabled_events: EVENT_TYPES, api_version: "2025-03-31.basil" });
  await expect(start(account()).run()).rejects.toThrow("does not use API version");
});
