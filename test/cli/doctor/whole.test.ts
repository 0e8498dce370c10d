import { expect, test } from "vitest";
import { createAdmin } from "../../../cli/admin-create.ts";
import { addressesFrom } from "../../../cli/doctor/addresses.ts";
import { type CheckResult, examine } from "../../../cli/doctor/check.ts";
import { CHECKS } from "../../../cli/doctor/checks.ts";
import { portalFeatures } from "../../../cli/doctor/portal-features.ts";
import { isWrong, reportOf } from "../../../cli/doctor/report.ts";
import { fitting, valid } from "../../../cli/doctor/settings.ts";
import { STRIPE_API_VERSION, webhookAddress } from "../../../cli/doctor/stripe.ts";
import { applicationUrl } from "../../../local/settings.ts";
import { EVENT_TYPES } from "../../../src/stripe-events/event-types.ts";
import { ownStripe } from "../../local/own-stripe.ts";
import { seededDatabase } from "../run.ts";
import { AT, bindings, bucket, CLOUDFLARE, detail, dns, RESEND, webhook } from "./scenes.ts";
import { type Scene, seeing, standIn } from "./stand-in.ts";

const { stripe, stripe_url } = await ownStripe();

/** A platform that is set up as docs/deploying.md says. Its services are stand-ins on this machine. */
async function setUp() {
  const owner_database_url = await seededDatabase();
  await createAdmin(owner_database_url, {
    first_name: "First",
    last_name: "Volunteer",
    email: "first@loaf.example",
    password: "a long enough passphrase",
  });
  const health = { "/health": { status: "ok" }, "/health/ready": { status: "ok", late_jobs: [] } };
  const scene: Scene = { ...CLOUDFLARE, ...RESEND, ...health };
  const API_URL = await standIn(scene);
  scene["/webhooks"] = webhook({ endpoint: `${API_URL}/api/webhooks/email` });
  const address = webhookAddress({ API_URL });
  await stripe.webhookEndpoints.create({ url: address, enabled_events: EVENT_TYPES, api_version: STRIPE_API_VERSION });
  const [portal] = (await stripe.billingPortal.configurations.list({ is_default: true })).data;
  if (!portal) throw new Error("The stand-in has no default portal");
  await stripe.billingPortal.configurations.update(portal.id, { features: portalFeatures(portal) });
  const vars = {
    API_URL,
    STRIPE_API_BASE: stripe_url,
    STRIPE_SECRET_KEY: "sk_test_loaf_local",
    STRIPE_PUBLISHABLE_KEY: "",
    DATABASE_URL: applicationUrl(owner_database_url),
    R2_PUBLIC_URL: "https://files.loaf.example",
  };
  /** All lines. Two checks look at the settings as production has them, which name no stand-in. */
  const look = async (changes: Record<string, string> = {}): Promise<CheckResult[]> => {
    const addresses = { ...addressesFrom(vars), cloudflare: API_URL, mail: API_URL, dns: `${API_URL}/dns` };
    const names_in_file = Object.keys(vars);
    const there = seeing({ target: "staging", addresses, owner_database_url, names_in_file }, vars);
    const of_services = CHECKS.filter((check) => check !== valid && check !== fitting);
    return [...(await examine([valid, fitting], seeing({}, changes))), ...(await examine(of_services, there))];
  };
  return { scene, look };
}

test("a whole report says that all is right, and then what six things are wrong and how to fix them", async () => {
  const { scene, look } = await setUp();
  const right = await look();
  expect(right.filter(({ state }) => state !== "ok")).toEqual([]);
  expect(right.length).toBeGreaterThanOrEqual(CHECKS.length);
  expect([isWrong(right), reportOf(right)]).toEqual([false, expect.stringContaining(" 0 wrong, 0 not checked.")]);

  for (const { id } of (await stripe.webhookEndpoints.list()).data) await stripe.webhookEndpoints.del(id);
  Object.assign(scene, {
    ...bucket("loaf-photos", { dev: true }),
    ...dns({ "send.loaf.example": ["something else"] }),
    [`${AT}/workers/scripts/loaf-api-production/settings`]: bindings("MAIL_WEBHOOK_SECRET"),
    "/domains/d1": detail({ open_tracking: true }),
  });
  const wrong = (await look({ API_URL: "http://api.loaf.example" })).filter(({ state }) => state !== "ok");
  expect(wrong.map(({ state, name }) => `${state}: ${name}`)).toEqual([
    "wrong: settings: fit the environment",
    "wrong: stripe: webhook",
    "wrong: mail: SPF",
    "wrong: mail: tracking",
    "wrong: r2: buckets",
    "wrong: worker: settings",
  ]);
  expect(wrong.filter(({ mend }) => !mend)).toEqual([]);
  expect(reportOf(wrong)).toContain("0 ok, 6 wrong, 0 not checked.");
});
