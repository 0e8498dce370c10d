import { type Check, examine, type Surroundings } from "../doctor/check.ts";
import { buckets, REQUIRED_SECRETS, SEND_ALL_MAIL, secrets, WITHHOLDS_MAIL } from "../doctor/cloudflare.ts";
import { privileges, reachable } from "../doctor/database.ts";
import { domain } from "../doctor/mail.ts";
import { countsOf, isWrong, reportOf } from "../doctor/report.ts";
import { fitting, known } from "../doctor/settings.ts";
import { key, portal, stripeFor, webhook } from "../doctor/stripe.ts";
import { storedNames } from "../setup/cloudflare.ts";
import type { SetupTarget } from "../setup/step.ts";
import type { RunWrangler } from "../wrangler.ts";
import { live, running } from "./release.ts";
import { type Smoke, smokeTest } from "./smoke.ts";

export interface Deployment {
  target: SetupTarget;
  seen: Surroundings;
  smoke: Omit<Smoke, "url" | "stripe">;
  wrangler: RunWrangler;
  /** Each resolves, or throws a sentence. Tests replace them. */
  does: {
    /** The commit that is checked out. Throws if something is not committed. */
    commit(): Promise<string>;
    checkTypes(): Promise<void>;
    /** Throws if the database is another environment's. */
    refuseForeignDatabase(owner_database_url: string, target: SetupTarget): Promise<void>;
    claimDatabase(owner_database_url: string, target: SetupTarget): Promise<void>;
    migrate(owner_database_url: string): Promise<void>;
    seed(owner_database_url: string): Promise<void>;
  };
  say: (line: string) => void;
}

/**
 * What must be right before anything changes. Settings that were not given are not checked. The doctor's other checks look at
 * what only this deployment makes, or at what it neither needs nor makes worse.
 */
const BEFORE: Check[] = [known, fitting, reachable, privileges, key, webhook, portal, domain, buckets, secrets];

/** Checks, migrates, deploys, and tests what was deployed. Stops at the first step that fails. */
export async function deploy({ target, seen, smoke, wrangler, does, say }: Deployment): Promise<boolean> {
  const { owner_database_url, vars } = seen;
  if (!owner_database_url) throw new Error("OWNER_DATABASE_URL is missing: the database's owner migrates it.");
  if (!vars.API_URL) throw new Error("API_URL is missing: what is deployed is tested there.");
  const url = vars.API_URL.replace(/\/+$/, "");

  const release = await does.commit();
  say(`commit      ${release}`);
  const before = await running(url, target);
  say(`running     ${before ? `${target}, release ${before.release ?? "unknown"}` : "nothing that says what it is"}`);
  await does.refuseForeignDatabase(owner_database_url, target);
  await does.checkTypes();
  say("types       right");
  await must(wrangler, ["deploy", "--dry-run", "--minify", "--env", target, "--outdir", "dist/worker"]);
  say("build       works");
  await refuseUnready(target, { ...seen, first_deployment: before === undefined }, wrangler, say);
  const version = await deployedVersion(target, wrangler);
  await does.migrate(owner_database_url);
  await does.seed(owner_database_url);
  await does.claimDatabase(owner_database_url, target);
  say("database    migrated and seeded");
  await must(wrangler, ["deploy", "--minify", "--env", target, "--var", `RELEASE:${release}`]);
  say("deployed    testing it");
  const found = await live({ url, target, release, patience_ms: smoke.patience_ms });
  const stripe = vars.STRIPE_SECRET_KEY ? stripeFor(vars) : undefined;
  const results = [found, ...(isWrong([found]) ? [] : await smokeTest({ ...smoke, url, stripe }))];
  say(reportOf(results));
  if (!isWrong(results)) return true;
  say(wayBack(target, version));
  return false;
}

async function refuseUnready(
  target: SetupTarget,
  seen: Surroundings,
  wrangler: RunWrangler,
  say: (line: string) => void,
): Promise<void> {
  const stored = await storedNames({ target, wrangler });
  const missing = REQUIRED_SECRETS.filter((name) => !stored.has(name));
  if (missing.length > 0)
    throw new Error(`The Worker lacks ${missing.join(", ")}. Run npm run setup:production -- --env ${target} first.`);
  if (target === "production" && stored.has("MAIL_ALLOWED"))
    throw new Error(`Nothing was changed: the Worker ${WITHHOLDS_MAIL}. ${SEND_ALL_MAIL}`);
  const results = await examine(BEFORE, seen);
  if (!isWrong(results)) return say(`doctor      ${countsOf(results)}`);
  say(reportOf(results));
  throw new Error("Nothing was changed: fix what is wrong first.");
}

/** The version that has all traffic now, with the secrets of now. Undefined if there is none, or several share it. */
async function deployedVersion(target: SetupTarget, wrangler: RunWrangler): Promise<string | undefined> {
  const { code, output } = await wrangler(["deployments", "status", "--json", "--env", target]);
  const [version, another] = [...output.matchAll(/"version_id":\s*"([\w-]+)"/g)].map(([, id]) => id);
  return code === 0 && another === undefined ? version : undefined;
}

/** Without a version, `wrangler rollback` takes the deployment before the last, which may be that of an old secret. */
const wayBack = (target: SetupTarget, version: string | undefined) =>
  [
    `To take the code back: npx wrangler rollback ${version ?? "VERSION"} --env ${target}.`,
    ...(version ? [] : [`npx wrangler deployments list --env ${target} shows the versions.`]),
    "The database stays: both versions work with it. If wrangler says that secrets have changed, read docs/deploying.md, Rollback, before you confirm.",
  ].join(" ");

async function must(wrangler: RunWrangler, args: string[]): Promise<void> {
  const { code, output } = await wrangler(args);
  if (code !== 0)
    throw new Error(`wrangler ${args.join(" ")} failed:\n${output.trim().split("\n").slice(-15).join("\n")}`);
}
