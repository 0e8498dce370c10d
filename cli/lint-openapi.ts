import { createConfig, formatProblems, lintFromString } from "@redocly/openapi-core";
import { describeApi } from "./openapi.ts";

/**
 * `npm run docs:lint`: checks the OpenAPI document against all of Redocly's recommended rules and treats warnings as
 * errors. It reads no configuration file and fetches nothing, because every `$ref` is local.
 */
const config = await createConfig({ extends: ["recommended"] });
const source = JSON.stringify(describeApi(), null, 2);
const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });

if (problems.length > 0) {
  const totals = { errors: problems.length, warnings: 0, ignored: 0 };
  formatProblems(problems, { totals, version: "2", format: "codeframe", maxProblems: 1000 });
  process.exitCode = 1;
}
console.log(`OpenAPI: ${problems.length === 0 ? "no" : problems.length} problems.`);
