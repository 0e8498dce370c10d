import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { asCommand } from "../cli/command.ts";
import { describeApi } from "../cli/openapi.ts";

export const CLIENT_SCHEMA = join(import.meta.dirname, "schema.d.ts");

const HEADER = "// Made from the OpenAPI document by `npm run client:build`. Do not edit.\n\n";

/** The types of the API, as the text of client/schema.d.ts. */
export async function clientSchema(): Promise<string> {
  return HEADER + astToString(await openapiTS(JSON.stringify(describeApi()), { defaultNonNullable: false }));
}

await asCommand(import.meta, async () => {
  await writeFile(CLIENT_SCHEMA, await clientSchema());
  console.log("Wrote client/schema.d.ts.");
});
