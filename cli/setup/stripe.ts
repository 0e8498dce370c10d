import { EVENT_TYPES } from "../../src/stripe-events/event-types.ts";
import { portalFaults, portalFeatures } from "../doctor/portal-features.ts";
import { STRIPE_API_VERSION, stripeFor, varsOfSetup, webhookAddress } from "../doctor/stripe.ts";
import type { Setup, Step } from "./step.ts";

const withoutKey = (setup: Setup) => {
  const { STRIPE_SECRET_KEY, API_URL } = varsOfSetup(setup);
  if (STRIPE_SECRET_KEY && API_URL) return false;
  setup.say("not touched: it needs API_URL, and STRIPE_SETUP_KEY or STRIPE_SECRET_KEY");
  return true;
};

/** Makes the endpoint, or turns on what it lacks. Stripe shows its secret only once, when it is made. */
export const stripeWebhook: Step = {
  name: "Stripe's webhook",
  async run(setup) {
    if (withoutKey(setup)) return;
    const { vars, stored, dry_run, say } = setup;
    const stripe = stripeFor(varsOfSetup(setup));
    const url = webhookAddress(vars);
    const endpoints = await stripe.webhookEndpoints.list({ limit: 100 }).autoPagingToArray({ limit: 500 });
    const [known, second] = endpoints.filter((endpoint) => endpoint.url === url);
    if (second) throw new Error(`Two endpoints at Stripe send to ${url}. Delete one in Stripe's dashboard.`);
    if (!known) {
      if (dry_run) return say(`would make an endpoint for ${EVENT_TYPES.length} events at ${url}`);
      const made = await stripe.webhookEndpoints.create({
        url,
        enabled_events: EVENT_TYPES,
        api_version: STRIPE_API_VERSION,
        description: "LOAF membership platform",
      });
      if (made.secret) vars.STRIPE_WEBHOOK_SECRET = made.secret;
      return say(`made the endpoint ${url}, and took its signing secret`);
    }
    if (known.api_version !== STRIPE_API_VERSION)
      throw new Error(
        `The endpoint ${url} does not use API version ${STRIPE_API_VERSION}, and Stripe cannot change that. Delete it in Stripe's dashboard, and run this again.`,
      );
    if (!stored.has("STRIPE_WEBHOOK_SECRET") && !vars.STRIPE_WEBHOOK_SECRET)
      throw new Error(
        `The endpoint ${url} is there, but its secret is not stored. Copy it from Stripe's dashboard into STRIPE_WEBHOOK_SECRET.`,
      );
    const lacks = known.status !== "enabled" || EVENT_TYPES.some((type) => !covers(known.enabled_events, type));
    if (!lacks) return say(`the endpoint ${url} is there`);
    if (dry_run) return say(`would turn on the endpoint ${url} with all its events`);
    const enabled_events = [...new Set([...known.enabled_events, ...EVENT_TYPES])] as typeof EVENT_TYPES;
    await stripe.webhookEndpoints.update(known.id, { disabled: false, enabled_events });
    say(`turned on what the endpoint ${url} lacked`);
  },
};

const covers = (enabled: string[], type: string) => enabled.includes("*") || enabled.includes(type);

/** Stripe's API can change the default settings, but not make them. */
export const stripePortal: Step = {
  name: "Stripe's billing portal",
  async run(setup) {
    if (withoutKey(setup)) return;
    const vars = varsOfSetup(setup);
    const { billingPortal } = stripeFor(vars);
    const [saved] = (await billingPortal.configurations.list({ is_default: true, limit: 1 })).data;
    const test = vars.STRIPE_SECRET_KEY?.includes("_test_") ? "test/" : "";
    if (!saved)
      return setup.say(
        `TO DO: save the settings once at https://dashboard.stripe.com/${test}settings/billing/portal, then run this again`,
      );
    const faults = portalFaults(saved);
    if (faults.length === 0) return setup.say("its settings are right");
    if (setup.dry_run) return setup.say(`would change its settings: ${faults.join(", ")}`);
    await billingPortal.configurations.update(saved.id, { active: true, features: portalFeatures(saved) });
    setup.say(`changed its settings: ${faults.join(", ")}`);
  },
};
