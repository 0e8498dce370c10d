import { parseArgs } from "node:util";
import { askAtTerminal, asProgram } from "./command.ts";
import { surroundings } from "./doctor/surroundings.ts";
import { setUp } from "./setup/run.ts";
import { runWrangler } from "./wrangler.ts";

const USAGE = `npm run setup:production -- [--env staging] [--vars FILE] [--dry-run]
Makes what an environment needs and does not have: buckets, queue, the database's login, Stripe's webhook, secrets. Asks for what
is neither in the environment nor in FILE. A second run changes nothing that is already there: it replaces a stored setting only if
you give it. OWNER_DATABASE_URL is the database's owner. STRIPE_SETUP_KEY may change Stripe's webhook and portal
settings if the Worker's key may not. It is not stored. wrangler must be signed in (npx wrangler login, or CLOUDFLARE_API_TOKEN).`;

await asProgram(import.meta, async () => {
  const { values } = parseArgs({
    options: {
      env: { type: "string", default: "production" },
      vars: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  const target = values.env;
  if (target !== "staging" && target !== "production")
    throw new Error(`--env must be staging or production, not "${target}".`);
  const { vars, worker, owner_database_url, stripe_setup_key } = surroundings({
    target,
    file: values.vars,
    environment: process.env,
  });
  await askAtTerminal(async (ask) =>
    setUp(
      {
        target,
        vars,
        worker,
        owner_database_url,
        stripe_setup_key,
        login: "loaf_api",
        dry_run: values["dry-run"],
        wrangler: runWrangler,
        say: console.log,
      },
      (_, question) => ask(question),
    ),
  );
  console.log(`\nNext: npm run deploy -- --env ${target}, then npm run doctor -- --env ${target}.`);
});
