import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { asCommand } from "../cli/command.ts";
import { describeApi } from "../cli/openapi.ts";

export const CLIENT_SCHEMA = join(import.meta.dirname, "schema.d.ts");
export const CLIENT_REPEATABLE = join(import.meta.dirname, "repeatable.ts");

const HEADER = "// Made from the OpenAPI document by `npm run client:build`. Do not edit.\n\n";

/** The types of the API, as the text of client/schema.d.ts. */
export async function clientSchema(): Promise<string> {
  return HEADER + astToString(await openapiTS(JSON.stringify(describeApi()), { defaultNonNullable: false }));
}

/** The changes that may be sent again, as the text of client/repeatable.ts. */
export function clientRepeatable(): string {
  const changes = Object.entries(describeApi().paths ?? {}).flatMap(([path, { post, put, delete: remove }]) =>
    Object.entries({ POST: post, PUT: put, DELETE: remove })
      .filter(([, operation]) => operation?.["x-repeatable"])
      .map(([method]) => `  "${method} ${path}",\n`),
  );
  return `${HEADER}export const REPEATABLE = [\n${changes.join("")}];\n`;
}

await asCommand(import.meta, async () => {
  await writeFile(CLIENT_SCHEMA, await clientSchema());
  await writeFile(CLIENT_REPEATABLE, clientRepeatable());
  console.log("Wrote client/schema.d.ts and client/repeatable.ts.");
});
