import { expect, test } from "vitest";
import * as z from "zod";
import { describeApi } from "../../cli/openapi.ts";
import { success } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { personWithPassword } from "../harness/accounts.ts";
import { get } from "../harness/client.ts";
import { give, systemRole } from "../harness/roles.ts";
import { nameOf } from "./examples.ts";

const Fields = z.record(z.string(), z.unknown());
type Fields = z.infer<typeof Fields>;
const fieldsOf = (value: unknown): Fields => Fields.safeParse(value).data ?? {};
const Parameter = z.looseObject({ in: z.string(), name: z.string(), schema: Fields, required: z.boolean().optional() });

const document = fieldsOf(JSON.parse(JSON.stringify(describeApi())));
const at = (...path: string[]): unknown => path.reduce<unknown>((value, key) => fieldsOf(value)[key], document);

/** What Swagger UI fills in for strings of a format. */
const STRINGS: Record<string, string> = {
  uuid: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "date-time": "2026-11-30T03:00:00.000Z",
  date: "2026-11-30",
  email: "user@example.com",
  uri: "https://example.com",
};

/** The value that Swagger UI fills in for a schema. */
function sampleOf(given: unknown): unknown {
  const schema = fieldsOf(given);
  const { $ref, type, format, items, properties, minimum } = schema;
  if (typeof $ref === "string") return sampleOf(at(...$ref.slice(2).split("/")));
  const [first_example] = Array.isArray(schema.examples) ? schema.examples : [];
  const [first_of_enum] = Array.isArray(schema.enum) ? schema.enum : [];
  const known = [schema.example, first_example, schema.default, schema.const, first_of_enum];
  const written = known.find((each) => each !== undefined);
  if (written !== undefined) return written;
  const [alternative] = [schema.oneOf ?? schema.anyOf].flat();
  if (alternative !== undefined) return sampleOf(alternative);
  if (type === "object")
    return Object.fromEntries(Object.entries(fieldsOf(properties)).map(([name, each]) => [name, sampleOf(each)]));
  if (type === "array") return [sampleOf(items)];
  if (type === "string") return (typeof format === "string" && STRINGS[format]) || "string";
  if (type === "integer" || type === "number") return minimum ?? 0;
  return type === "boolean" ? true : null;
}

const operation = (path: string, method: string, ...more: string[]) => at("paths", path, method, ...more);

const bodies = routes.flatMap((route) => (route.request?.body ? [{ ...route, body: route.request.body }] : []));

test.each(bodies)("what /docs fills in for the body of $operationId is valid", ({ path, method, body }) => {
  const sample = sampleOf(operation(path, method, "requestBody", "content", "application/json", "schema"));
  expect(body.safeParse(sample).error?.issues).toBeUndefined();
});

/** The query that /docs fills in: what is required, has a default, or an example of its own. */
function queryOf(path: string): string {
  const parameters = z.array(Parameter).safeParse(operation(path, "get", "parameters")).data ?? [];
  const filled = parameters
    .filter(({ schema, required }) => required || schema.default !== undefined || schema.example !== undefined)
    .filter((parameter) => parameter.in === "query")
    .map(({ name, schema }) => [name, String(sampleOf(schema))]);
  return filled.length > 0 ? `?${new URLSearchParams(filled)}` : "";
}

/** Why a GET cannot succeed on a fresh stack as it stands. Its description says what it needs. */
const NEEDS: Record<string, string> = {
  "get /api/auth/reset-password": "the token of an emailed link",
  "get /api/auth/activate": "the token of an emailed link",
  "get /api/events/ticket": "the token of an emailed link",
  "get /api/newsletters/read": "the token of an emailed link",
  "get /api/members/subscription": "a subscription",
  "get /api/admin/donations/statement": "a donation of that address in that year",
};

const readable = routes.filter(
  (route) =>
    route.method === "get" && !route.path.includes("{") && !NEEDS[nameOf(route)] && !route.changes && !route.ask,
);

test("every GET of /docs without a parameter in its path succeeds for an administrator as it stands", async () => {
  const someone = await personWithPassword();
  await give(someone.id, await systemRole("superadmin"));
  const refused = [];
  for (const route of readable) {
    const { status, text } = await get(route.path + queryOf(route.path), { token: someone.token });
    if (status !== success(route).status)
      refused.push([nameOf(route), queryOf(route.path), status, text.slice(0, 200)]);
  }
  expect(refused).toEqual([]);
  expect(readable.length).toBeGreaterThan(50);
});
