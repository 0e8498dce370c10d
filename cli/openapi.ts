import * as z from "zod";
import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";
import manifest from "../package.json" with { type: "json" };
import type { Access } from "../src/access/access.ts";
import { mayBeEmpty } from "../src/http/body.ts";
import type { ErrorCode } from "../src/http/error-codes.ts";
import { Problem } from "../src/http/errors.ts";
import { type Route, success } from "../src/http/route.ts";
import type { UploadRules } from "../src/http/upload.ts";
import { routes } from "../src/routes.ts";
import { ALL_CODES, meaningOf } from "./error-actions.ts";
import { withValues } from "./examples/answers.ts";
import { exampleOf } from "./examples/index.ts";
import { withParameterExamples } from "./examples/parameters.ts";
import { withBounds } from "./openapi-bounds.ts";
import { isMarkedRepeatable, longDescription } from "./openapi-descriptions.ts";
import { INTRODUCTION } from "./openapi-introduction.ts";
import { codesOf } from "./route-codes.ts";

const REFUSALS: Record<number, string> = {
  400: "The input is not valid. `errors` names each field",
  401: "Not signed in, or the session has ended",
  403: "You are not allowed to do this",
  404: "Not found, or you may not see it",
  405: "This path does not support the method",
  409: "The current state does not allow this",
  411: "The request has no Content-Length",
  413: "The body is too large",
  415: "The body has the wrong type",
  416: "The file does not have these bytes",
  429: "Too many requests. Wait for `Retry-After` seconds",
  500: "An internal error. We logged it with the request id",
  503: "A service we depend on is not responding. The request may have been completed, but never partly. Check, then try again",
};

/** A description of each group of routes. `npm run docs:lint` reports a missing tag. */
const TAGS: Record<string, string> = {
  Health: "Check that the platform runs.",
  Accounts: "Apply, verify an address, sign in and out.",
  Members: "My profile, who sees what of it, and the directory of members.",
  "Members (admin)": "People and their applications.",
  "Invitations (admin)": "People who were invited by email.",
  "Imports (admin)": "Importing people from a file: a dry run first, then apply it, and undo it if needed.",
  Dashboard: "What waits for volunteers, how the organization stands, and the admin menu.",
  "Roles (admin)": "Who may do what: permissions, roles, and who holds them.",
  Events: "What is on, and my answers.",
  "Events (admin)": "Events, who comes, who waits, and who came.",
  Files: "Photos, documents and other files, at the links in other answers.",
  "Emails (admin)": "The words of the emails that the platform sends.",
  Gallery: "Photos of events, for members to see, offer and take down.",
  "Gallery (admin)": "Uploading, accepting, ordering and deleting photos of events.",
  "Door links": "What helpers without an account use at the door. The token in the address is all they need.",
  Newsletters: "The archive of newsletters.",
  "Newsletters (admin)": "Writing newsletters, and sending them to those who want them.",
  Documents: "Financial reports, bylaws and other rules, and which of them I accepted.",
  "Documents (admin)": "Financial reports and versions of our rules: drafts, files, and what is in force.",
  "Plans (admin)": "What members can subscribe to.",
  "Donations (admin)": "Donations, their donors, and their refunds.",
  "Subscriptions (admin)": "Members' dues: terms, payments, and changes by volunteers.",
  "Ledger (admin)": "Every movement of money, for bookkeeping.",
  Payments: "Plans, dues and donations, and Stripe's webhook.",
  "Webhook events (admin)": "The events that Stripe sent, and what we did with each.",
  Email: "What links in emails and the mail provider use.",
  "Outbox (admin)": "The emails that we send, and what became of them.",
  "Reminders (admin)": "What people were reminded of, what comes next, and why something did not go out.",
  "Jobs (admin)": "The runs of scheduled jobs.",
  "Audit log (admin)": "Who changed what, and when.",
  "Storage (admin)": "How much room files take.",
  Branding: "How the organization appears, for every frontend.",
  "Settings (admin)":
    "How the organization appears, and what it decides: about money, emails, reminders, and how long we keep things.",
};

/** The OpenAPI 3.1 document for all declared routes. */
export function describeApi() {
  const codes = new Map(routes.map((route) => [route, codesOf(route)]));
  const refusals = new Map(
    [...codes.values()].flatMap((by_status) =>
      [...by_status]
        .filter(([, answered]) => answered.length > 0)
        .map(([status, answered]) => [refusalName(status, answered), describeRefusal(status, answered)] as const),
    ),
  );
  const answered = new Set([...codes.values()].flatMap((by_status) => [...by_status.values()].flat()));
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: describe(route, codes.get(route) ?? new Map()) };
  }
  const document = createDocument({
    openapi: "3.1.0",
    info: {
      title: "LOAF membership platform",
      version: manifest.version,
      description: INTRODUCTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [
      {
        url: "/",
        description: "The server that sent this document: local, staging or production",
        "x-internal": false,
      },
    ],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({
      name,
      ...(TAGS[name] && { description: TAGS[name] }),
    })),
    paths,
    components: {
      securitySchemes: {
        access_token: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description:
            "A JWT that follows RFC8725: it has one algorithm and a type of its own, and we check its issuer, audience and expiry. It says who is asking. What they may do is read from the database with each request.",
        },
      },
      schemas: { Problem },
      headers: HEADERS,
      responses: Object.fromEntries(refusals),
      examples: Object.fromEntries(
        ALL_CODES.filter((code) => answered.has(code)).map((code) => [code, refusalExample(code)]),
      ),
    },
  });
  return withBounds(withValues(withParameterExamples(document)));
}

/** Headers that answers carry, as components. */
const HEADERS = {
  RequestId: { description: "Names the request in our logs", schema: { type: "string" as const, format: "uuid" } },
  RetryAfter: {
    description: "Seconds to wait before the next try",
    schema: { type: "integer" as const, minimum: 1, maximum: 86_400 },
  },
  ContentDisposition: {
    description: "Whether to show the file or to save it, and its name",
    schema: { type: "string" as const, example: 'attachment; filename="file.csv"' },
  },
  ETag: {
    description: "Names the content. Send it as `If-None-Match`: 304 without a body when nothing has changed",
    schema: { type: "string" as const },
  },
  "Access-Control-Allow-Origin": {
    description: "The origin of the page that asks, if it may read the answer (`CORS_ORIGINS`). Left out otherwise",
    schema: { type: "string" as const },
  },
  WWWAuthenticate: { description: "`Bearer`", schema: { type: "string" as const } },
};
const header = (name: keyof typeof HEADERS) => ({ $ref: `#/components/headers/${name}` });
const EVERY_ANSWER = {
  "X-Request-Id": header("RequestId"),
  "Access-Control-Allow-Origin": header("Access-Control-Allow-Origin"),
};

const refusalExample = (code: ErrorCode) => {
  const { meaning, action } = meaningOf(code);
  const errors = code === "invalid_input" && { errors: [{ path: "email", message: "must be an email address" }] };
  const request_id = "4565a9c0-db5b-4a2a-a456-1f2e498cbd2a";
  return { summary: action, value: { detail: meaning, code, request_id, ...errors } };
};

function headersOf(route: Route) {
  const answer = route.response[200] ?? route.response[201];
  const is_file = answer !== undefined && ("file_type" in answer || "stored_type" in answer);
  const is_stored = answer !== undefined && "stored_type" in answer;
  return {
    ...EVERY_ANSWER,
    ...((is_file || route.file || route.save_as) && { "Content-Disposition": header("ContentDisposition") }),
    ...((is_stored || route.etag || route.public_for_a_minute) && { ETag: header("ETag") }),
  };
}

/** The same refusal of many routes is described once. */
const refusalName = (status: number, codes: readonly ErrorCode[]): string => [status, ...codes].join("_");

/** A refusal, with the codes that the route may answer: an example for each. */
function describeRefusal(status: number, codes: readonly ErrorCode[]) {
  return {
    description: REFUSALS[status] ?? "Refused",
    headers: {
      ...EVERY_ANSWER,
      ...((status === 429 || status === 503) && { "Retry-After": header("RetryAfter") }),
      ...(status === 401 && { "WWW-Authenticate": header("WWWAuthenticate") }),
    },
    content: {
      "application/json": {
        schema: {
          allOf: [
            { $ref: "#/components/schemas/Problem" },
            { type: "object" as const, properties: { code: { type: "string" as const, enum: [...codes] } } },
          ],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

/** Browsers are sent to another page instead of getting the answer. */
const SENT_ON = {
  description: "The client prefers HTML, and is sent to another page",
  headers: { ...EVERY_ANSWER, Location: { schema: { type: "string" as const, format: "uri-reference" } } },
};

function describe(route: Route, codes: Map<number, ErrorCode[]>) {
  const { request = {}, access } = route;
  const { status, schema, type } = success(route);
  const example = exampleOf(route);
  const shown = example.body === undefined ? {} : { example: example.body };
  const ok = {
    description: "Done",
    headers: headersOf(route),
    content: {
      [type]: { schema },
      ...((route.page || route.ask) && { "text/html": { schema: { type: "string" as const } } }),
      ...(route.file && { [route.file.type]: { schema: { type: "string" as const, format: "binary" } } }),
    },
  };
  const refusals = [...codes]
    .filter(([, codes]) => codes.length > 0)
    .map(([status, codes]) => [String(status), { $ref: `#/components/responses/${refusalName(status, codes)}` }]);
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: longDescription(route),
    security: securityOf(access),
    requestParams: { ...(request.params && { path: request.params }), ...(request.query && { query: request.query }) },
    ...(request.body && {
      requestBody: {
        required: !mayBeEmpty(request.body),
        content: { "application/json": { schema: request.body, ...shown } },
      },
    }),
    ...(request.signed_body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: { type: "object" as const }, ...shown } },
      },
    }),
    ...(request.upload && { requestBody: { required: true, content: describeUpload(request.upload) } }),
    ...(isMarkedRepeatable(route) && { "x-repeatable": true }),
    responses: { [String(status)]: ok, ...(route.see_other && { "303": SENT_ON }), ...Object.fromEntries(refusals) },
  };
}

function describeUpload({ type, many, most_bytes, fields }: UploadRules) {
  const others = fields && z.toJSONSchema(fields, { io: "input", unrepresentable: "any" }).properties;
  const binary = { type: "string" as const, format: "binary", maxLength: most_bytes };
  if (many) {
    const file = { type: "array" as const, items: binary, maxItems: many.files };
    return {
      "multipart/form-data": {
        schema: { type: "object" as const, properties: { ...others, file }, required: ["file"] },
      },
    };
  }
  const form = { type: "object" as const, properties: { ...others, file: binary }, required: ["file"] };
  return { "multipart/form-data": { schema: form }, [type]: { schema: binary } };
}

/** The empty requirement makes the token optional. */
export function securityOf({ kind }: Access): Record<string, string[]>[] {
  const token = { access_token: [] };
  return kind === "open" ? [] : kind === "open_or_signed_in" ? [{}, token] : [token];
}
