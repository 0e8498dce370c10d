import { expect, test } from "vitest";
import type { Check } from "../../../cli/doctor/check.ts";
import { portalFeatures } from "../../../cli/doctor/portal-features.ts";
import { key, portal, STRIPE_API_VERSION, webhook, webhookAddress } from "../../../cli/doctor/stripe.ts";
import { EVENT_TYPES } from "../../../src/stripe-events/event-types.ts";
import { ownStripe } from "../../local/own-stripe.ts";
import { Answering, linesOf, type Scene, seeing, standIn, VARS } from "./stand-in.ts";

const TEST_KEYS = { STRIPE_SECRET_KEY: "sk_test_loaf_local", STRIPE_PUBLISHABLE_KEY: "" };
const { stripe, stripe_url } = await ownStripe();
/** In staging, with the local stand-in of Stripe. */
const inStaging = (check: Check, vars: Record<string, string> = {}) =>
  linesOf(check, seeing({ target: "staging" }, { ...TEST_KEYS, STRIPE_API_BASE: stripe_url, ...vars }));
const at = async (check: Check, scene: Scene, vars: Record<string, string> = {}) =>
  linesOf(check, seeing({}, { STRIPE_API_BASE: await standIn(scene), ...vars }));

test("a working key of the right mode passes", async () => {
  expect(await inStaging(key)).toEqual([["ok", "a key of test mode that works"]]);
  expect(await at(key, { "/v1/account": { id: "acct_1", object: "account", charges_enabled: true } })).toEqual([
    ["ok", "a key of live mode that works"],
  ]);
});

test.each<[string, Scene, Record<string, string>, string]>([
  ["is of test mode in production", {}, TEST_KEYS, "STRIPE_SECRET_KEY is of test mode"],
  ["is none", {}, { STRIPE_SECRET_KEY: "whsec_x" }, "STRIPE_SECRET_KEY is neither a secret nor a restricted key"],
  [
    "does not fit the publishable one",
    {},
    { STRIPE_PUBLISHABLE_KEY: "pk_test_x" },
    "STRIPE_PUBLISHABLE_KEY and STRIPE_SECRET_KEY are of different modes",
  ],
  [
    "is not known",
    {
      "/v1/account": new Answering(401, { error: { type: "invalid_request_error", message: VARS.STRIPE_SECRET_KEY } }),
    },
    {},
    "Stripe does not know this key",
  ],
  [
    "is of an account that may not charge",
    { "/v1/account": { id: "acct_1", charges_enabled: false } },
    {},
    "Stripe does not let this account charge",
  ],
])("a key that %s is noticed", async (_, scene, vars, about) => {
  expect(await at(key, scene, vars)).toEqual([["wrong", about]]);
});

test("a live key in staging is noticed, since it would move real money", async () => {
  expect(await inStaging(key, { STRIPE_SECRET_KEY: "sk_live_x" })).toEqual([
    ["wrong", "STRIPE_SECRET_KEY is of live mode"],
  ]);
});

test("a restricted key that may not ask proves nothing", async () => {
  const forbidden = new Answering(403, { error: { type: "invalid_request_error", message: "x" } });
  const scene = {
    "/v1/account": forbidden,
    "/v1/webhook_endpoints": forbidden,
    "/v1/billing_portal/configurations": forbidden,
  };
  for (const check of [key, webhook, portal])
    expect(await at(check, scene)).toEqual([["not checked", "this restricted key may not ask"]]);
});

test("another key may look at webhook and portal, where the Worker's has no rights", async () => {
  const nothing = { object: "list", url: "/v1", has_more: false, data: [] };
  const scene = { "/v1/webhook_endpoints": nothing, "/v1/billing_portal/configurations": nothing };
  const vars = { STRIPE_SECRET_KEY: "", STRIPE_API_BASE: await standIn(scene) };
  const seen = seeing({ stripe_setup_key: "rk_live_wide" }, vars);
  expect(await linesOf(key, seen)).toEqual([["not checked", "needs STRIPE_SECRET_KEY"]]);
  expect(await linesOf(webhook, seen)).toEqual([["wrong", `no endpoint sends to ${webhookAddress(VARS)}`]]);
  expect(await linesOf(portal, seen)).toEqual([["wrong", "its settings were never saved, so it opens for nobody"]]);
});

test("the webhook is followed through all that may be wrong with it", async () => {
  const address = webhookAddress(VARS);
  const nowhere = [["wrong", `no endpoint sends to ${address}`]];
  expect(await inStaging(webhook)).toEqual(nowhere);
  const enabled_events = EVENT_TYPES.filter((type) => type !== "charge.refunded");
  const old = await stripe.webhookEndpoints.create({ url: address, enabled_events, api_version: "2025-03-31.basil" });
  await stripe.webhookEndpoints.update(old.id, { disabled: true });
  expect(await inStaging(webhook)).toEqual([
    ["wrong", "the endpoint is disabled"],
    ["wrong", "the endpoint does not send 1 events, such as charge.refunded"],
    ["wrong", `the endpoint has API version 2025-03-31.basil, not ${STRIPE_API_VERSION}`],
  ]);
  const right = { url: address, enabled_events: EVENT_TYPES, api_version: STRIPE_API_VERSION };
  await stripe.webhookEndpoints.create(right);
  expect(await inStaging(webhook)).toEqual([["wrong", `2 endpoints send to ${address}`]]);
  await stripe.webhookEndpoints.del(old.id);
  expect(await inStaging(webhook)).toEqual([["ok", `sends ${EVENT_TYPES.length} events to ${address}`]]);
});

test("the portal is followed through all that may be wrong with it", async () => {
  const PORTAL = "/v1/billing_portal/configurations";
  const list = (data: unknown[]) => ({ [PORTAL]: { object: "list", url: PORTAL, has_more: false, data } });
  expect(await at(portal, list([]))).toEqual([["wrong", "its settings were never saved, so it opens for nobody"]]);
  // As Stripe saves it when nobody changes anything.
  expect(await inStaging(portal)).toEqual([["wrong", "members can change their email there"]]);
  const [saved] = (await stripe.billingPortal.configurations.list({ is_default: true })).data;
  if (!saved) throw new Error("The stand-in has no default portal");
  const { customer_update, subscription_cancel, subscription_update } = saved.features;
  const features = {
    invoice_history: { enabled: false },
    payment_method_update: { enabled: false },
    subscription_cancel: { ...subscription_cancel, mode: "immediately", proration_behavior: "create_prorations" },
    subscription_update: { ...subscription_update, enabled: true },
    customer_update: { ...customer_update, enabled: false },
  };
  expect(await at(portal, list([{ ...saved, active: false, features }]))).toEqual(
    [
      "its settings are not active",
      "members cannot change their card",
      "members cannot see their invoices",
      "cancellations end at once",
      "cancellations are prorated",
      "members can switch plans there",
    ].map((about) => ["wrong", about]),
  );
  const mended = await stripe.billingPortal.configurations.update(saved.id, { features: portalFeatures(saved) });
  expect(mended.features.customer_update.allowed_updates).toEqual(["address", "phone", "tax_id"]);
  expect(await inStaging(portal)).toEqual([["ok", "members may do what we follow"]]);
});
