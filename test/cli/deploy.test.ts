import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Deployment, deploy } from "../../cli/deploy/run.ts";
import { smokeTest } from "../../cli/deploy/smoke.ts";
import { REQUIRED_SECRETS } from "../../cli/doctor/cloudflare.ts";
import { hashPassword } from "../../src/accounts/passwords.ts";
import { PASSWORD } from "../harness/accounts.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { Answering, type Scene, seeing, standIn } from "./doctor/stand-in.ts";

function outbox(status: string, last_error: string | null = null) {
  return { items: [{ status, last_error }] };
}

const RIGHT: Scene = {
  "/health/ready": { status: "ok", late_jobs: [] },
  "/api/branding": { name: "LOAF" },
  "/openapi.json": { openapi: "3.1.0" },
  "/api/auth/me": new Answering(401),
  "/api/webhooks/stripe": new Answering(400),
  "/api/auth/login": { access_token: "token" },
  "/api/members/profile/upload-photo": { id: "me" },
  "/api/admin/email-templates/approval/test": { message: "sent" },
  "/api/admin/outbox": outbox("sent"),
};

/** A deployment where everything works, but for what the test breaks. */
async function deploying({ scene = {}, stored = REQUIRED_SECRETS, ...more }: Changes) {
  const url = await standIn({ ...RIGHT, ...scene });
  const done: string[] = [];
  const said: string[] = [];
  const step = (name: string) => async () => void done.push(name);
  const deployment: Deployment = {
    target: "production",
    seen: seeing(
      { owner_database_url: "postgresql://owner:x@127.0.0.1:1/loaf", cloudflare: undefined },
      { API_URL: url, STRIPE_SECRET_KEY: "", DATABASE_URL: "" },
    ),
    smoke: { person: undefined, heic: undefined, patience_ms: 0 },
    wrangler: async (args) => {
      if (args[0] === "secret") return { code: 0, output: JSON.stringify(stored.map((name) => ({ name }))) };
      done.push(args.join(" "));
      return { code: 0, output: "" };
    },
    does: {
      commit: async () => "4f2a1c9",
      checkTypes: step("types"),
      migrate: step("migrate"),
      seed: step("seed"),
    },
    say: (line) => said.push(line),
    ...more,
  };
  return { done, said, run: () => deploy(deployment) };
}
type Changes = { scene?: Scene; stored?: string[] } & Partial<Deployment>;

const BUILT = ["types", "deploy --dry-run --minify --env production --outdir dist/worker"];
const DEPLOYED = [...BUILT, "migrate", "seed", "deploy --minify --env production --var RELEASE:4f2a1c9"];

test("it checks, builds, migrates, seeds, deploys this commit, and tests it, in this order", async () => {
  const heic = join(tmpdir(), "loaf-smoke.heic");
  await writeFile(heic, "no photo, but the stand-in does not look");
  const person = { email: "smoke@loaf.example", password: "sentinel passphrase" };
  const { run, done, said } = await deploying({ smoke: { person, heic, patience_ms: 0 } });
  expect(await run()).toBe(true);
  expect(done).toEqual(DEPLOYED);
  const report = said.at(-1) ?? "";
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
      seen: seeing(
        { owner_database_url: "postgresql://o:x@127.0.0.1:1/loaf", cloudflare: undefined },
        {
          DATABASE_URL: "",
          STRIPE_SECRET_KEY: "sk_test_x",
        },
      ),
    },
    "Nothing was changed",
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
  expect(said.at(-1)).toContain("npx wrangler rollback --env production");
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
