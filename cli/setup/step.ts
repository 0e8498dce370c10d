import type { WorkerConfig } from "../doctor/worker-config.ts";
import type { RunWrangler } from "../wrangler.ts";

export type SetupTarget = "staging" | "production";

/** What the steps work with. */
export interface Setup {
  target: SetupTarget;
  /** Only say what would be done. */
  dry_run: boolean;
  worker: WorkerConfig;
  wrangler: RunWrangler;
  /** The settings to store at the Worker. Steps add what they make. */
  vars: Record<string, string>;
  /** Names that the Worker has already. They are not replaced unless they were given. */
  stored: Set<string>;
  owner_database_url: string | undefined;
  /** For Stripe's webhook and portal settings, instead of STRIPE_SECRET_KEY. Never stored: the Worker needs less. */
  stripe_setup_key: string | undefined;
  /** The name of the login that the Worker connects with. */
  login: string;
  say: (line: string) => void;
}

/** Each looks at what is there, and makes only what is missing. */
export interface Step {
  name: string;
  run(setup: Setup): Promise<void>;
}

/** Runs wrangler, or throws with the end of what it said. That never has a secret: those go in by its standard input. */
export async function wranglerDoes({ wrangler }: Setup, args: string[], input?: string): Promise<string> {
  const { code, output } = await wrangler(args, input);
  if (code === 0) return output;
  throw new Error(`wrangler ${args.join(" ")} failed:\n${output.trim().split("\n").slice(-8).join("\n")}`);
}
