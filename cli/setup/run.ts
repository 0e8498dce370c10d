import { Misconfigured, readSettings } from "../../src/env.ts";
import { REQUIRED_SECRETS, SEND_ALL_MAIL, WITHHOLDS_MAIL } from "../doctor/cloudflare.ts";
import { refuseForeignDatabase } from "./claim.ts";
import { buckets, queue, secrets, storedNames } from "./cloudflare.ts";
import { database } from "./database.ts";
import { generate } from "./generate.ts";
import type { Setup, Step } from "./step.ts";
import { stripePortal, stripeWebhook } from "./stripe.ts";

/** Settings that only a person can know. */
export const QUESTIONS: Record<string, string> = {
  API_URL: "The public address of the API, such as https://api.example.org",
  STRIPE_SECRET_KEY: "Stripe's secret key (Developers, API keys)",
  MAIL_API_KEY: "The email provider's API key",
  MAIL_FROM_EMAIL: "The address that emails come from",
};

const STEPS: Step[] = [buckets, queue, generate, database, stripeWebhook, stripePortal];

export type Start = Omit<Setup, "stored">;

/** Asks for what is missing, checks it before anything is made, and makes what is not there. Can run as often as you like. */
export async function setUp(start: Start, ask: (name: string, question: string) => Promise<string>): Promise<void> {
  const setup: Setup = { ...start, stored: await storedNames(start) };
  for (const [name, question] of Object.entries(QUESTIONS))
    if (!setup.vars[name] && !setup.stored.has(name)) setup.vars[name] = await ask(name, question);
  refuseWrong(setup);
  if (setup.owner_database_url) await refuseForeignDatabase(setup.owner_database_url, setup.target);
  const does = ({ name, run }: Step) => run({ ...setup, say: (line) => setup.say(`${name}: ${line}`) });
  try {
    for (const step of STEPS) await does(step);
  } finally {
    // Also after a failure: what was made has secrets that nobody can read again.
    await does(secrets);
  }
  const has = (name: string) => setup.stored.has(name) || setup.vars[name];
  const missing = REQUIRED_SECRETS.filter((name) => !has(name));
  if (missing.length > 0 && !setup.dry_run) setup.say(`Still missing: ${missing.join(", ")}`);
}

/** What was given must be valid, whatever else is still to come. Names each problem, never a value. */
function refuseWrong({ vars, stored, target, owner_database_url, stripe_setup_key }: Setup): void {
  try {
    readSettings({ ...vars, ENVIRONMENT: target });
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    const wrong = error.problems.filter((problem) => !problem.endsWith(" is missing"));
    if (wrong.length > 0) throw new Error(wrong.join("\n"));
  }
  const login = URL.parse(vars.DATABASE_URL ?? "")?.username;
  if (login !== undefined && login === (URL.parse(owner_database_url ?? "")?.username ?? "neondb_owner"))
    throw new Error(
      "DATABASE_URL names the database's owner. The Worker must have a login of its own. Unset DATABASE_URL, and give the owner's address as OWNER_DATABASE_URL.",
    );
  for (const [name, key] of Object.entries({
    STRIPE_SECRET_KEY: vars.STRIPE_SECRET_KEY,
    STRIPE_SETUP_KEY: stripe_setup_key,
  })) {
    const live = /^[sr]k_live_/.test(key ?? "");
    if (key && live !== (target === "production"))
      throw new Error(`${name} is a ${live ? "live" : "test"} key, which does not fit ${target}.`);
  }
  if (target !== "production") return;
  if (vars.MAIL_ALLOWED)
    throw new Error(
      "MAIL_ALLOWED is for staging: with it, members get no email. Open a new terminal, or run unset MAIL_ALLOWED, and unset SECOND_FACTOR_KEY if that is staging's too.",
    );
  if (stored.has("MAIL_ALLOWED")) throw new Error(`The Worker ${WITHHOLDS_MAIL}. ${SEND_ALL_MAIL}`);
}
