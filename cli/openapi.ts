import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";
import manifest from "../package.json" with { type: "json" };
import type { Access } from "../src/access/access.ts";
import { PERMITTED_STATUSES } from "../src/access/access.ts";
import { mayBeEmpty } from "../src/http/body.ts";
import { Problem } from "../src/http/errors.ts";
import { type Route, success } from "../src/http/route.ts";
import type { UploadRules } from "../src/http/upload.ts";
import { routes } from "../src/routes.ts";

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
        "People apply, verify their address, get approved by volunteers, pay dues, and come to events. Money is in integer cents. Times in answers are in UTC, and requests may use any offset. A date without a time is a day in the organization's time zone. All errors have the same format.",
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
      ...((route.page || route.ask) && { "text/html": { schema: { type: "string" as const } } }),
      ...(route.file && { [route.file.type]: { schema: { type: "string" as const, format: "binary" } } }),
    },
  };
  const refusals = refusalsOf(route).map((code) => [
    String(code),
    { description: REFUSALS[code] ?? "Refused", content: { "application/json": { schema: Problem } } },
  ]);
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, whoMay(access)].filter(Boolean).join("\n\n"),
    security: securityOf(access),
    requestParams: { ...(request.params && { path: request.params }), ...(request.query && { query: request.query }) },
    ...(request.body && {
      requestBody: { required: !mayBeEmpty(request.body), content: { "application/json": { schema: request.body } } },
    }),
    ...(request.signed_body && {
      requestBody: { required: true, content: { "application/json": { schema: { type: "object" as const } } } },
    }),
    ...(request.upload && { requestBody: { required: true, content: describeUpload(request.upload) } }),
    responses: { [String(status)]: ok, ...Object.fromEntries(refusals) },
  };
}

function describeUpload({ type, many }: UploadRules) {
  const binary = { type: "string" as const, format: "binary" };
  if (many) {
    const file = { type: "array" as const, items: binary, maxItems: many.files };
    return { "multipart/form-data": { schema: { type: "object" as const, properties: { file }, required: ["file"] } } };
  }
  const form = { type: "object" as const, properties: { file: binary }, required: ["file"] };
  return { "multipart/form-data": { schema: form }, [type]: { schema: binary } };
}

/** The errors that a route declares, plus those that its access and input imply. */
export function refusalsOf({ access, request = {}, errors = [] }: Route): number[] {
  const implied = [
    400,
    ...(access.kind === "open" ? [] : access.kind === "open_or_signed_in" ? [401] : [401, 403]),
    ...(request.params ? [404] : []),
    ...(request.body ? [413, 415] : []),
    ...(request.signed_body ? [413] : []),
    ...(request.upload ? [413, 415] : []),
    429,
    500,
    503,
  ];
  return [...new Set([...implied, ...errors])].sort((a, b) => a - b);
}

/** The empty requirement makes the token optional. */
export function securityOf({ kind }: Access): Record<string, string[]>[] {
  const token = { access_token: [] };
  return kind === "open" ? [] : kind === "open_or_signed_in" ? [{}, token] : [token];
}

function whoMay(access: Access): string {
  switch (access.kind) {
    case "open":
      return "Open to anyone.";
    case "open_or_signed_in":
      return "Open to anyone. An access token is optional, but an invalid one is refused.";
    case "signed_in":
      return access.statuses
        ? `For signed-in people with the status ${access.statuses.join(", ")}.`
        : "For signed-in people.";
    case "permitted":
      return `Needs the permission ${access.any_of.map((permission) => `\`${permission}\``).join(" or ")} and one of the statuses ${PERMITTED_STATUSES.join(", ")}.`;
  }
}
