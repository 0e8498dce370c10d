import { createConfig, formatProblems, lintFromString } from "@redocly/openapi-core";
import { describeApi } from "./openapi.ts";
import { breaksOwaspRules } from "./owasp.ts";

/**
 * `npm run docs:lint`: checks the OpenAPI document against all of Redocly's recommended rules and against OWASP's, and treats
 * warnings as errors. It reads no configuration file and fetches nothing, because every `$ref` is local.
 */
const document = describeApi();
const config = await createConfig({ extends: ["recommended"] });
const source = JSON.stringify(document, null, 2);
const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
const broken = await breaksOwaspRules(document);

if (problems.length > 0) {
  const totals = { errors: problems.length, warnings: 0, ignored: 0 };
  formatProblems(problems, { totals, version: "2", format: "codeframe", maxProblems: 1000 });
}
for (const line of broken) console.error(line);
const count = problems.length + broken.length;
if (count > 0) process.exitCode = 1;
console.log(`OpenAPI: ${count === 0 ? "no" : count} problems.`);
