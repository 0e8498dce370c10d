import { execFile } from "node:child_process";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { ROOT } from "../local/settings.ts";
import { asProgram } from "./command.ts";
import { commitOf } from "./deploy/commit.ts";
import { deploy } from "./deploy/run.ts";
import { surroundings } from "./doctor/surroundings.ts";
import { migrate } from "./migrate.ts";
import { seed } from "./seed.ts";
import { claimDatabase, refuseForeignDatabase } from "./setup/claim.ts";
import { runWrangler } from "./wrangler.ts";

const USAGE = `npm run deploy -- --env staging|production [--vars FILE] [--heic FILE]
Checks, migrates and seeds the database, deploys the Worker, and tests it. Needs OWNER_DATABASE_URL (the database's owner) and
API_URL. For the whole test also SMOKE_EMAIL and SMOKE_PASSWORD (an account made for it), STRIPE_SECRET_KEY, and a HEIC photo.`;

const execute = promisify(execFile);

async function checkTypes(): Promise<void> {
  for (const project of ["src", "."])
    await execute(join(ROOT, "node_modules/.bin/tsc"), ["-p", project], { cwd: ROOT }).catch((error: unknown) => {
      const found = error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
      throw new Error(`The types are wrong:\n${found.trim()}`);
    });
}

await asProgram(import.meta, async () => {
  const { values } = parseArgs({
    options: {
      env: { type: "string" },
      vars: { type: "string" },
      heic: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  const target = values.env;
  if (target !== "staging" && target !== "production")
    throw new Error(`--env must be staging or production, not "${target ?? ""}".`);
  const { SMOKE_EMAIL: email, SMOKE_PASSWORD: password } = process.env;
  const seen = surroundings({ target, file: values.vars, environment: process.env });
  const works = await deploy({
    target,
    seen,
    smoke: {
      person: email && password ? { email, password } : undefined,
      heic: values.heic,
      patience_ms: 60_000,
    },
    wrangler: runWrangler,
    does: {
      commit: () => commitOf(ROOT),
      checkTypes,
      refuseForeignDatabase,
      claimDatabase,
      migrate: (owner) => migrate(owner),
      seed,
    },
    say: console.log,
  });
  if (!works) process.exitCode = 1;
});
