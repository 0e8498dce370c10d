import { parseArgs } from "node:util";
import { asProgram } from "./command.ts";
import { examine } from "./doctor/check.ts";
import { CHECKS } from "./doctor/checks.ts";
import { isWrong, reportOf } from "./doctor/report.ts";
import { surroundings, targetOf } from "./doctor/surroundings.ts";

const USAGE = `npm run doctor -- --env local|staging|production [--vars FILE] [--json]
Says what is wrong with an environment, and how to fix it. Changes nothing, and prints no secret. Exits with code 1 if anything is
wrong. Reads settings from the environment and from FILE, written like .dev.vars; OWNER_DATABASE_URL is the database's
owner, and CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID let it ask Cloudflare.`;

await asProgram(import.meta, async () => {
  const { values } = parseArgs({
    options: {
      env: { type: "string", default: "local" },
      vars: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(USAGE);
  const seen = surroundings({ target: targetOf(values.env), file: values.vars, environment: process.env });
  const results = await examine(CHECKS, seen);
  console.log(values.json ? JSON.stringify(results, null, 2) : reportOf(results));
  if (isWrong(results)) process.exitCode = 1;
});
