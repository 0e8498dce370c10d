import { type Check, examine, type Surroundings } from "../doctor/check.ts";
import { buckets, REQUIRED_SECRETS, secrets } from "../doctor/cloudflare.ts";
import { reachable } from "../doctor/database.ts";
import { countsOf, isWrong, reportOf } from "../doctor/report.ts";
import { known } from "../doctor/settings.ts";
import { key, stripeFor } from "../doctor/stripe.ts";
import { storedNames } from "../setup/cloudflare.ts";
import type { RunWrangler } from "../wrangler.ts";
import { type Smoke, smokeTest } from "./smoke.ts";

export interface Deployment {
  target: "staging" | "production";
  seen: Surroundings;
  smoke: Omit<Smoke, "url" | "stripe">;
  wrangler: RunWrangler;
  /** Each resolves, or throws a sentence. Tests replace them. */
  does: {
    /** The commit that is checked out. Throws if something is not committed. */
    commit(): Promise<string>;
    checkTypes(): Promise<void>;
    migrate(owner_database_url: string): Promise<void>;
    seed(owner_database_url: string): Promise<void>;
  };
  say: (line: string) => void;
}

/** What must be right before anything changes. Settings that were not given are not checked. */
const BEFORE: Check[] = [known, reachable, key, buckets, secrets];

/** Checks, migrates, deploys, and tests what was deployed. Stops at the first step that fails. */
export async function deploy({ target, seen, smoke, wrangler, does, say }: Deployment): Promise<boolean> {
  const { owner_database_url, vars } = seen;
  if (!owner_database_url) throw new Error("OWNER_DATABASE_URL is missing: the database's owner migrates it.");
  if (!vars.API_URL) throw new Error("API_URL is missing: what is deployed is tested there.");
  const url = vars.API_URL.replace(/\/+$/, "");

  const release = await does.commit();
  say(`commit      ${release}`);
  await does.checkTypes();
  say("types       right");
  await must(wrangler, ["deploy", "--dry-run", "--minify", "--env", target, "--outdir", "dist/worker"]);
  say("build       works");
  await refuseUnready(target, seen, wrangler, say);
  await does.migrate(owner_database_url);
  await does.seed(owner_database_url);
  say("database    migrated and seeded");
  await must(wrangler, ["deploy", "--minify", "--env", target, "--var", `RELEASE:${release}`]);
  say("deployed    testing it");
  const results = await smokeTest({ ...smoke, url, stripe: vars.STRIPE_SECRET_KEY ? stripeFor(vars) : undefined });
  say(reportOf(results));
  if (!isWrong(results)) return true;
  say(`To take the code back: npx wrangler rollback --env ${target}. The database stays: both versions work with it.`);
  return false;
}

async function refuseUnready(target: string, seen: Surroundings, wrangler: RunWrangler, say: (line: string) => void) {
  const stored = await storedNames({ target: target === "staging" ? "staging" : "production", wrangler });
  const missing = REQUIRED_SECRETS.filter((name) => !stored.has(name));
  if (missing.length > 0)
    throw new Error(`The Worker lacks ${missing.join(", ")}. Run npm run setup:production -- --env ${target} first.`);
  const results = await examine(BEFORE, seen);
  if (!isWrong(results)) return say(`doctor      ${countsOf(results)}`);
  say(reportOf(results));
  throw new Error("Nothing was changed: fix what is wrong first.");
}

async function must(wrangler: RunWrangler, args: string[]): Promise<void> {
  const { code, output } = await wrangler(args);
  if (code !== 0)
    throw new Error(`wrangler ${args.join(" ")} failed:\n${output.trim().split("\n").slice(-15).join("\n")}`);
}
