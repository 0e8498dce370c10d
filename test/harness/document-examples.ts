import * as z from "zod";
import { exampleOf } from "../../cli/examples/index.ts";
import { describeApi } from "../../cli/openapi.ts";
import { SAMPLE, type SamplePerson } from "../../local/sample-ids.ts";
import { issueAccessToken } from "../../src/access/access-token.ts";
import type { Call } from "./client.ts";
import { pdfOf } from "./documents.ts";
import { formOf, picture } from "./photos.ts";
import { settings } from "./platform.ts";
import { samplePlatform } from "./sample-platform.ts";

const Fields = z.record(z.string(), z.unknown());
type Fields = z.infer<typeof Fields>;
const fieldsOf = (value: unknown): Fields => Fields.safeParse(value).data ?? {};

const Operation = z.object({
  operationId: z.string(),
  description: z.string(),
  security: z.array(z.unknown()),
  parameters: z
    .array(
      z.object({
        in: z.string(),
        name: z.string(),
        required: z.boolean().optional(),
        schema: Fields,
        example: z.unknown().optional(),
      }),
    )
    .default([]),
  requestBody: z
    .object({
      required: z.boolean(),
      content: z.record(z.string(), z.object({ schema: Fields, example: z.unknown().optional() })),
    })
    .optional(),
  responses: z.record(
    z.string(),
    z.object({ headers: Fields.optional(), content: z.record(z.string(), z.unknown()).optional() }),
  ),
});
type Operation = z.infer<typeof Operation>;

/** The document as clients read it. */
const document = fieldsOf(JSON.parse(JSON.stringify(describeApi())));

/** An operation of the document, with what `/docs` fills in. */
export interface Shown extends Operation {
  method: string;
  path: string;
}

export const operations: Shown[] = Object.entries(fieldsOf(document.paths)).flatMap(([path, methods]) =>
  Object.entries(fieldsOf(methods)).map(([method, operation]) => ({ ...Operation.parse(operation), method, path })),
);

/** The JSON body that `/docs` fills in. Undefined if there is none. */
export const bodyOf = ({ requestBody }: Shown): unknown => requestBody?.content["application/json"]?.example;

/** The path and query that `/docs` fills in: examples and defaults. */
function pathOf({ path, parameters }: Shown): string {
  const filled = parameters.flatMap(({ schema, example = schema.default, ...parameter }) =>
    example === undefined ? [] : [{ ...parameter, value: String(example) }],
  );
  const query = new URLSearchParams(filled.flatMap((each) => (each.in === "query" ? [[each.name, each.value]] : [])));
  const inPath = filled.filter((each) => each.in === "path");
  const address = inPath.reduce((text, { name, value }) => text.replace(`{${name}}`, encodeURIComponent(value)), path);
  return query.size > 0 ? `${address}?${query}` : address;
}

/** The texts of the document that show no value but "string", by the names of their properties. */
export function textsWithoutValue(node: unknown = document, name = ""): string[] {
  if (Array.isArray(node)) return node.flatMap((each) => textsWithoutValue(each, name));
  const { properties, ...schema } = fieldsOf(node);
  const shown = ["example", "examples", "enum", "const", "default"].some((key) => key in schema);
  if (shown) return [];
  const isText = schema.type === "string" || (Array.isArray(schema.type) && schema.type.includes("string"));
  return [
    ...(isText && name !== "" && schema.format !== "binary" ? [name] : []),
    ...Object.entries(fieldsOf(properties)).flatMap(([property, each]) => textsWithoutValue(each, property)),
    ...Object.entries(schema).flatMap(([key, each]) =>
      textsWithoutValue(each, ["items", "anyOf", "oneOf", "allOf"].includes(key) ? name : ""),
    ),
  ];
}

/** What is sent if somebody chooses a file: `/docs` offers the first type of body that an operation takes. */
async function chosenFile({ requestBody }: Shown): Promise<Pick<Call, "body" | "headers">> {
  const types = Object.keys(requestBody?.content ?? {});
  const file = types.includes("application/pdf")
    ? pdfOf()
    : types.includes("text/csv")
      ? "first_name,last_name\r\nIris,Imported\r\n"
      : await picture();
  return types.includes("multipart/form-data") ? formOf([["file", file, "a-file"]]) : {};
}

/** Why an example did not succeed. */
export interface Failure {
  operationId: string;
  sent: string;
  answer: string;
}

/** Headers that tell a client something, so they must be declared where they are sent. */
const HEADERS = ["Content-Disposition", "ETag", "Retry-After", "Location"];

/** These run last, because others then no longer find what they need: the password, or the session of a lost phone. */
const LAST = ["changePassword", "endAllMySessions"];

/**
 * Sends the examples to a platform of its own with sample data, as `/docs` does: the GETs first, then the others one after
 * the other. Returns those that did not succeed.
 */
export async function tryAll(inOrder: (operations: Shown[]) => Shown[] = (all) => all): Promise<Failure[]> {
  const { call, insert } = await samplePlatform();

  const signIn = async (name: SamplePerson) => {
    const user_id = SAMPLE.person[name];
    const session_id = await insert("sessions", { user_id, expires_at: new Date(Date.now() + 86_400_000) });
    return issueAccessToken(settings, new Date(), { user_id, session_id, email: "", role: "guest" });
  };
  const tryOut = async (operation: Shown): Promise<Failure[]> => {
    const { as = "sam" } = exampleOf(operation);
    const [success = ""] = Object.keys(operation.responses);
    const [type = ""] = Object.keys(operation.responses[success]?.content ?? {});
    const body = bodyOf(operation);
    const { headers, ...file } = body === undefined ? await chosenFile(operation) : {};
    const path = pathOf(operation);
    const {
      status,
      text,
      headers: told,
    } = await call(operation.method.toUpperCase(), path, {
      ...(body !== undefined ? { body } : file),
      token: operation.security.length > 0 ? await signIn(as) : undefined,
      headers: { Accept: type, ...headers },
    });
    const declared = Object.keys(operation.responses[success]?.headers ?? {});
    const undeclared = HEADERS.filter((name) => told.has(name) && !declared.includes(name));
    if (String(status) === success && undeclared.length === 0) return [];
    const { operationId, method } = operation;
    return [
      {
        operationId,
        sent: `${as}: ${method} ${path} ${JSON.stringify(body)}`,
        answer: `${status} ${undeclared} ${text.slice(0, 300)}`,
      },
    ];
  };

  const reads = operations.filter(({ method }) => method === "get");
  const failures = await Promise.all(reads.map(tryOut));
  const writes = inOrder(operations.filter(({ method }) => method !== "get"));
  const last = writes.filter(({ operationId }) => LAST.includes(operationId));
  for (const operation of [...writes.filter((each) => !last.includes(each)), ...last])
    failures.push(await tryOut(operation));
  return failures.flat();
}
