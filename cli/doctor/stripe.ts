import Stripe from "stripe";
import { connectStripe } from "../../src/stripe/client.ts";
import { EVENT_TYPES } from "../../src/stripe-events/event-types.ts";
import {
  type Check,
  type Finding,
  given,
  kindOf,
  notChecked,
  ok,
  type Surroundings,
  wrong,
  wrongOnceDeployed,
} from "./check.ts";
import { portalFaults } from "./portal-features.ts";

/** Stripe as the Worker speaks to it. Its default API version is the one that the code is written for. */
export const stripeFor = (vars: Record<string, string>): Stripe =>
  connectStripe({
    STRIPE_SECRET_KEY: vars.STRIPE_SECRET_KEY ?? "",
    STRIPE_TIMEOUT_MS: 10_000,
    ...(vars.STRIPE_API_BASE && { STRIPE_API_BASE: vars.STRIPE_API_BASE }),
  });

/** The settings with the key for webhook and portal settings, if another one was given for them. */
export const varsOfSetup = ({ vars, stripe_setup_key }: Pick<Surroundings, "vars" | "stripe_setup_key">) =>
  stripe_setup_key ? { ...vars, STRIPE_SECRET_KEY: stripe_setup_key } : vars;

export const STRIPE_API_VERSION = Stripe.API_VERSION;

export const webhookAddress = (vars: Record<string, string>) =>
  `${(vars.API_URL ?? "").replace(/\/+$/, "")}/api/webhooks/stripe`;

const KEYS = "Copy it from Stripe's dashboard: Developers, API keys.";

export const key: Check = {
  name: "stripe: key",
  async run(seen) {
    const { values, missing } = given(seen, "STRIPE_SECRET_KEY");
    if (missing) return missing;
    const [, mode] = /^[sr]k_(test|live)_/.exec(values.STRIPE_SECRET_KEY) ?? [];
    if (mode === undefined) return wrong("STRIPE_SECRET_KEY is neither a secret nor a restricted key", KEYS);
    const fitting = seen.target === "production" ? "live" : "test";
    if (mode !== fitting)
      return wrong(
        `STRIPE_SECRET_KEY is of ${mode} mode`,
        mode === "live"
          ? "Use a test key: this environment must move no real money."
          : "Use a live key: nobody can pay with this one.",
      );
    const publishable = seen.vars.STRIPE_PUBLISHABLE_KEY;
    if (publishable && !publishable.startsWith(`pk_${mode}_`))
      return wrong("STRIPE_PUBLISHABLE_KEY and STRIPE_SECRET_KEY are of different modes", KEYS);
    return askStripe("Accounts, read", async () => {
      const account = await stripeFor(seen.vars).accounts.retrieveCurrent();
      if (seen.target === "production" && !account.charges_enabled)
        return wrong("Stripe does not let this account charge", "Complete the account in Stripe's dashboard.");
      return ok(`a key of ${mode} mode that works`);
    });
  },
};

/** What Stripe says, or why it refuses. Its sentences may quote the key, so only their kind is shown. */
export async function askStripe<Found extends Finding | Finding[]>(
  right: string,
  question: () => Promise<Found>,
): Promise<Found | Finding> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeAuthenticationError) return wrong("Stripe does not know this key", KEYS);
    if (error instanceof Stripe.errors.StripePermissionError)
      return notChecked(
        "this restricted key may not ask",
        `Give it this right for the moment: ${right}. Or look in Stripe's dashboard.`,
      );
    if (error instanceof Stripe.errors.StripeError)
      return wrong(`Stripe does not answer as expected (${error.type})`, "Look at status.stripe.com, and try again.");
    return wrong(`Stripe does not answer (${kindOf(error)})`, "Check this machine's network, and try again.");
  }
}

const SETUP = "Run npm run setup:production, which repairs it.";

/** With a restricted key for the Worker, STRIPE_SETUP_KEY may read these. */
export const webhook: Check = {
  name: "stripe: webhook",
  async run(seen: Surroundings) {
    if (seen.target === "local") return notChecked("the local stand-in sends every event by itself");
    const vars = varsOfSetup(seen);
    const { missing } = given({ ...seen, vars }, "STRIPE_SECRET_KEY", "API_URL");
    if (missing) return missing;
    return askStripe("Webhook Endpoints, read", async () => {
      const address = webhookAddress(vars);
      const endpoints = await stripeFor(vars).webhookEndpoints.list({ limit: 100 }).autoPagingToArray({ limit: 500 });
      const ours = endpoints.filter(({ url }) => url === address);
      const [endpoint] = ours;
      if (!endpoint)
        return wrongOnceDeployed(
          seen,
          `no endpoint sends to ${address}`,
          "Run npm run setup:production, which makes it.",
        );
      if (ours.length > 1)
        return wrong(
          `${ours.length} endpoints send to ${address}`,
          "Delete all but one: each event comes once for every endpoint.",
        );
      const sent = new Set(endpoint.enabled_events);
      const unsent = sent.has("*") ? [] : EVENT_TYPES.filter((type) => !sent.has(type));
      const faults: Finding[] = [
        ...(endpoint.status === "enabled" ? [] : [wrong("the endpoint is disabled", SETUP)]),
        ...(unsent.length === 0
          ? []
          : [wrong(`the endpoint does not send ${unsent.length} events, such as ${unsent[0]}`, SETUP)]),
        ...(endpoint.api_version === STRIPE_API_VERSION
          ? []
          : [
              wrong(
                `the endpoint has API version ${endpoint.api_version ?? "of the account"}, not ${STRIPE_API_VERSION}`,
                "Stripe cannot change it: delete the endpoint in its dashboard, then run npm run setup:production.",
              ),
            ]),
      ];
      return faults.length > 0 ? faults : ok(`sends ${EVENT_TYPES.length} events to ${address}`);
    });
  },
};

export const portal: Check = {
  name: "stripe: billing portal",
  async run(seen) {
    if (seen.target === "local") return notChecked("the local stand-in's pages ignore these settings");
    const vars = varsOfSetup(seen);
    const { missing } = given({ ...seen, vars }, "STRIPE_SECRET_KEY");
    if (missing) return missing;
    return askStripe("Customer portal, read", async () => {
      const { data } = await stripeFor(vars).billingPortal.configurations.list({ is_default: true, limit: 1 });
      const [configuration] = data;
      if (!configuration)
        return wrongOnceDeployed(
          seen,
          "its settings were never saved, so it opens for nobody",
          "Save them once in Stripe's dashboard: Settings, Billing, Customer portal. Then run npm run setup:production.",
        );
      const faults = portalFaults(configuration);
      if (faults.length === 0) return ok("members may do what we follow");
      return faults.map((fault) => wrongOnceDeployed(seen, fault, SETUP));
    });
  },
};
