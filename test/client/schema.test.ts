import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { CLIENT_REPEATABLE, CLIENT_SCHEMA, clientRepeatable, clientSchema } from "../../client/build.ts";
import { isRepeatable } from "../../client/retry.ts";
import { routes } from "../../src/routes.ts";

test("the client's types are those of the API: npm run client:build writes them", async () => {
  const written = await readFile(CLIENT_SCHEMA, "utf8");
  // Not toBe: it would print 20,000 lines.
  expect((await clientSchema()) === written).toBe(true);
});

test("no type of the API is left open, and days and times are plain strings", async () => {
  const written = await readFile(CLIENT_SCHEMA, "utf8");
  expect(/: any\b|\bDate;/.exec(written)).toBeNull();
  for (const line of ["start_at: string;", "mfa_required: false;", "mfa_required: true;"])
    expect(written.includes(line), line).toBe(true);
});

test("the client sends again what the server would do again, and nothing else: npm run client:build writes it", async () => {
  expect(await readFile(CLIENT_REPEATABLE, "utf8")).toBe(clientRepeatable());
  for (const { method, path, repeatable = method === "get" } of routes) {
    const url = `https://example.org/loaf${path.replaceAll(/\{\w+\}/g, "x")}?y=1`;
    expect(isRepeatable({ method: method.toUpperCase(), url }), `${method} ${path}`).toBe(repeatable);
  }
});
