import { type Setup, type Step, wranglerDoes } from "./step.ts";

/** Creates something unless wrangler lists it. */
async function makeOnce(setup: Setup, what: string, name: string, list: string[], create: string[]): Promise<void> {
  const listed = await wranglerDoes(setup, list);
  const words = new Set(listed.split(/[\s│|]+/));
  if (words.has(name)) return setup.say(`${what} ${name} is there`);
  if (setup.dry_run) return setup.say(`would make ${what} ${name}: wrangler ${create.join(" ")}`);
  await wranglerDoes(setup, create);
  setup.say(`made ${what} ${name}`);
}

export const buckets: Step = {
  name: "R2 buckets",
  async run(setup) {
    for (const { bucket_name } of setup.worker.buckets)
      await makeOnce(setup, "bucket", bucket_name, ["r2", "bucket", "list"], ["r2", "bucket", "create", bucket_name]);
  },
};

export const queue: Step = {
  name: "Queue",
  async run(setup) {
    const { queue: name } = setup.worker;
    await makeOnce(setup, "queue", name, ["queues", "list"], ["queues", "create", name]);
  },
};

/** The Worker's secrets by name. A Worker that was never deployed has none. */
export async function storedNames(setup: Pick<Setup, "wrangler" | "target">): Promise<Set<string>> {
  const { code, output } = await setup.wrangler(["secret", "list", "--env", setup.target, "--format", "json"]);
  if (code !== 0) {
    if (/not found|does not exist|10007/i.test(output)) return new Set();
    throw new Error(`wrangler secret list failed:\n${output.trim().split("\n").slice(-8).join("\n")}`);
  }
  return new Set([...output.matchAll(/"name":\s*"(\w+)"/g)].map(([, name = ""]) => name));
}

/** Puts everything at once, so that the Worker is never between two sets of settings. */
export const secrets: Step = {
  name: "Settings",
  async run(setup) {
    // wrangler.toml and `npm run deploy` set these.
    const { ENVIRONMENT: _environment, RELEASE: _release, ...vars } = setup.vars;
    const names = Object.keys(vars).sort();
    if (names.length === 0) return setup.say("nothing new to store");
    if (setup.dry_run) return setup.say(`would store ${names.join(", ")}: wrangler secret bulk --env ${setup.target}`);
    await wranglerDoes(setup, ["secret", "bulk", "--env", setup.target], JSON.stringify(vars));
    setup.say(`stored ${names.join(", ")}`);
  },
};
