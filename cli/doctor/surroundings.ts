import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { applicationUrl, localDatabaseUrl, portsFromEnvironment, ROOT, workerVars } from "../../local/settings.ts";
import { SETTING_NAMES } from "../../src/env.ts";
import { addressesFrom } from "./addresses.ts";
import type { Surroundings } from "./check.ts";
import { OWN_NAMES } from "./settings.ts";
import { TARGETS, type Target, workerConfig } from "./worker-config.ts";

export interface Request {
  target: Target;
  /** A file of settings, such as .dev.vars. The environment wins over it. */
  file: string | undefined;
  environment: Record<string, string | undefined>;
}

export function targetOf(text: string | undefined): Target {
  const target = TARGETS.find((each) => each === text);
  if (!target) throw new Error(`--env must be ${TARGETS.join(", ")}, not "${text ?? ""}".`);
  return target;
}

/** What there is to look at: settings of the file and the environment, and for the local stack its own. */
export function surroundings({ target, file, environment }: Request): Surroundings {
  const from_file = file === undefined ? undefined : readVars(file);
  const own_file = join(ROOT, ".dev.vars");
  const local = target === "local" ? localVars(existsSync(own_file) ? readVars(own_file) : {}) : {};
  const names = [...SETTING_NAMES, ...OWN_NAMES];
  const from_environment = Object.fromEntries(
    names.flatMap((name) => {
      // `npm run dev` ignores the shell's database, which may be a real one. So does this.
      const value = target === "local" && name === "DATABASE_URL" ? undefined : environment[name];
      return value ? [[name, value]] : [];
    }),
  );
  const all: Record<string, string> = { ...local, ...from_file, ...from_environment };
  const vars = Object.fromEntries(
    Object.entries(all).filter(([name, value]) => value !== "" && SETTING_NAMES.includes(name)),
  );
  const { OWNER_DATABASE_URL, STRIPE_SETUP_KEY, CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_ACCOUNT_ID: account } = all;
  // wrangler.toml sets it.
  if (target !== "local") vars.ENVIRONMENT ??= target;
  return {
    target,
    vars,
    names_in_file: from_file && Object.keys(from_file),
    worker: workerConfig(target),
    addresses: addressesFrom({ ...all }),
    owner_database_url: OWNER_DATABASE_URL,
    stripe_setup_key: STRIPE_SETUP_KEY || undefined,
    cloudflare: token && account ? { token, account } : undefined,
    first_deployment: false,
    now: () => Date.now(),
  };
}

function localVars(own: Record<string, string>): Record<string, string> {
  const ports = portsFromEnvironment();
  const owner = localDatabaseUrl(ports.postgres);
  return { ...workerVars(ports, applicationUrl(owner)), OWNER_DATABASE_URL: owner, ...own };
}

function readVars(file: string): Record<string, string> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  return Object.fromEntries(
    Object.entries(parseEnv(readFileSync(file, "utf8"))).map(([name, value]) => [name, value ?? ""]),
  );
}
