import type { Addresses } from "./addresses.ts";
import type { Target, WorkerConfig } from "./worker-config.ts";

/** What one line says. `mend` says how to fix it. Neither holds a secret. */
export interface Finding {
  state: "ok" | "wrong" | "not checked";
  about: string;
  mend?: string;
}

/** What checks look at. */
export interface Surroundings {
  target: Target;
  /** The settings as they were given. */
  vars: Record<string, string>;
  /** The names in the file of settings. Undefined: there is no file. */
  names_in_file: string[] | undefined;
  /** What wrangler.toml says of the environment. */
  worker: WorkerConfig;
  addresses: Addresses;
  /** The owner's address of the database, which only migrations use. */
  owner_database_url: string | undefined;
  /** A key for Stripe's webhook and portal settings, which the Worker's own may lack the rights to. */
  stripe_setup_key: string | undefined;
  cloudflare: { token: string; account: string } | undefined;
  /** Whether this is looked at before the first deployment, when some things may still be to come. */
  first_deployment: boolean;
  now: () => number;
}

export interface Check {
  name: string;
  run(seen: Surroundings): Promise<Finding | Finding[]>;
}

export const ok = (about: string): Finding => ({ state: "ok", about });
export const wrong = (about: string, mend: string): Finding => ({ state: "wrong", about, mend });
export const notChecked = (about: string, mend?: string): Finding => ({
  state: "not checked",
  about,
  ...(mend !== undefined && { mend }),
});

/** Wrong, but no reason to put off the first deployment: nobody uses the platform yet. */
export const wrongOnceDeployed = ({ first_deployment }: Surroundings, about: string, mend: string): Finding =>
  first_deployment ? notChecked(about, mend) : wrong(about, mend);

/** The given settings, or a line that says which are missing, so that one missing setting stops only what needs it. */
export function given<Name extends string>(
  { vars }: Surroundings,
  ...names: Name[]
): { values: Record<Name, string>; missing?: never } | { values?: never; missing: Finding } {
  const missing = names.filter((name) => !vars[name]);
  if (missing.length > 0)
    return { missing: notChecked(`needs ${missing.join(" and ")}`, "Give it in the environment or with --vars FILE.") };
  return { values: Object.fromEntries(names.map((name) => [name, vars[name] ?? ""])) as Record<Name, string> };
}

export interface CheckResult extends Finding {
  name: string;
}

/** Runs every check at once. A check that throws is wrong. Its error's message is not shown, because it may quote a secret. */
export async function examine(checks: Check[], seen: Surroundings): Promise<CheckResult[]> {
  const results = await Promise.all(
    checks.map(async ({ name, run }) => {
      const findings = await run(seen).catch((error: unknown) =>
        wrong(`no answer (${kindOf(error)})`, "Check the address and this machine's network, then try again."),
      );
      return [findings].flat().map((finding) => ({ name, ...finding }));
    }),
  );
  return results.flat();
}

/** An error's kind: a code such as ECONNREFUSED, or its class. Never its message. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  const cause = error.cause instanceof Error ? error.cause : error;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;
}
