import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";
import manifest from "../package.json" with { type: "json" };
import type { Access } from "../src/access/access.ts";
import { PERMITTED_STATUSES } from "../src/access/access.ts";
import { Problem } from "../src/http/errors.ts";
import { type Route, success } from "../src/http/route.ts";
import { routes } from "../src/routes.ts";

/** Why each refusal is given, for the documentation. */
const REFUSALS: Record<number, string> = {
  400: "The input is not valid: `errors` names each field",
  401: "Not signed in, or the session has ended",
  403: "Signed in, but this is not allowed",
  404: "There is no such thing, or not for you",
  405: "The path knows other methods",
  409: "The state of things does not allow it now",
  411: "The length of the body is missing",
  413: "The body is too large",
  415: "The body is not JSON",
  429: "Too many requests: wait for Retry-After seconds",
  500: "Our fault: it has been logged under the request id",
  503: "A service behind this one does not answer. Nothing is half done, but it may have been done: look, then try again",
};

/** What each group of routes is for; `npm run docs:lint` names a tag that is missing here. */
const TAGS: Record<string, string> = {
  Health: "Whether the platform runs.",
  Accounts: "Applying, verifying an address, signing in and out.",
  "Members (admin)": "People and applications, for volunteers.",
  "Roles (admin)": "Who may do what: permissions, the roles that hold them, and the people who hold those.",
  Events: "What is on.",
  "Plans (admin)": "What members can subscribe to, for volunteers.",
  "Donations (admin)": "What was given, by whom, and what became of it.",
  "Subscriptions (admin)": "Members' dues: what runs, what was paid, and what volunteers may do about it.",
  Payments: "Plans, dues, donations and what Stripe tells us.",
  "Webhook events (admin)": "What Stripe told us, and what became of it.",
  "Jobs (admin)": "What ran by itself, when, and what it did.",
  "Audit log (admin)": "Who did what to whom, for those who look after the platform.",
};

/** OpenAPI 3.1 of all declared routes. */
export function describeApi() {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: describe(route) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "LOAF membership platform",
      version: manifest.version,
      description:
        "People apply, verify their address, are validated by volunteers, pay dues and come to events. Money is integer cents, instants are UTC, every error has one shape.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({
      name,
      ...(TAGS[name] && { description: TAGS[name] }),
    })),
    paths,
    components: { securitySchemes: { access_token: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
  });
}

function describe(route: Route) {
  const { request = {}, access } = route;
  const { status, schema, type } = success(route);
  const ok = {
    description: "Done",
    content: {
      [type]: { schema },
      ...(route.page && { "text/html": { schema: { type: "string" as const } } }),
      ...(route.file && { [route.file.type]: { schema: { type: "string" as const, format: "binary" } } }),
    },
  };
  const refusals = refusalsOf(route).map((code) => [
    String(code),
    { description: REFUSALS[code] ?? "Refused", content: { "application/json": { schema: Problem } } },
  ]);
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, whoMay(access)].filter(Boolean).join("\n\n"),
    security: securityOf(access),
    requestParams: { ...(request.params && { path: request.params }), ...(request.query && { query: request.query }) },
    ...(request.body && { requestBody: { required: true, content: { "application/json": { schema: request.body } } } }),
    ...(request.signed_body && {
      requestBody: { required: true, content: { "application/json": { schema: { type: "object" as const } } } },
    }),
    responses: { [String(status)]: ok, ...Object.fromEntries(refusals) },
  };
}

/** The refusals that a route's access and input imply, and those it declares. */
export function refusalsOf({ access, request = {}, errors = [] }: Route): number[] {
  const implied = [
    ...(request.query || request.body || request.signed_body ? [400] : []),
    ...(access.kind === "open" ? [] : access.kind === "open_or_signed_in" ? [401] : [401, 403]),
    ...(request.params ? [404] : []),
    ...(request.body ? [413, 415] : []),
    ...(request.signed_body ? [413] : []),
    429,
    500,
    503,
  ];
  return [...new Set([...implied, ...errors])].sort((a, b) => a - b);
}

/** The empty one stands for: without, too. */
export function securityOf({ kind }: Access): Record<string, string[]>[] {
  const token = { access_token: [] };
  return kind === "open" ? [] : kind === "open_or_signed_in" ? [{}, token] : [token];
}

function whoMay(access: Access): string {
  switch (access.kind) {
    case "open":
      return "Open to anyone.";
    case "open_or_signed_in":
      return "Open to anyone. Whoever sends an access token is known by it; one that is not valid is refused.";
    case "signed_in":
      return access.statuses
        ? `For people who are signed in and ${access.statuses.join(", ")}.`
        : "For anyone who is signed in.";
    case "permitted":
      return `Needs the permission \`${access.permission}\`, and a status of ${PERMITTED_STATUSES.join(", ")}.`;
  }
}

/** `get /api/admin/users/{id}` as `getAdminUsersById`. */
const operationId = ({ method, path }: Route) =>
  method +
  path
    .replace(/^\/api/, "")
    .replaceAll(/\{(\w+)\}/g, "by-$1")
    .replaceAll(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase());
