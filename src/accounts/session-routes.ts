import { enrolling, signedIn } from "../access/access.ts";
import { Paging } from "../http/pagination.ts";
import { route } from "../http/route.ts";
import { ById, Message } from "../http/schemas.ts";
import { SessionPage, SignInAttemptPage } from "./schemas.ts";
import { endAllMySessions, endMySession, listMySessions, listMySignIns, logout } from "./sessions.ts";

const tag = "Accounts";

/** Where I am signed in, and signing out. */
export const sessionRoutes = [
  route({
    method: "get",
    path: "/api/auth/sessions",
    tag,
    operationId: "listMySessions",
    summary: "Where I am signed in",
    description: "Newest first. A session ends after 30 days, or after 7 days without use.",
    access: signedIn(),
    request: { query: Paging },
    response: { 200: SessionPage },
    handle: (ctx, { query }) => listMySessions(ctx, query),
  }),
  route({
    method: "delete",
    path: "/api/auth/sessions/{id}",
    tag,
    operationId: "endMySession",
    summary: "Sign out one of my devices",
    access: signedIn(),
    request: { params: ById },
    response: { 200: Message },
    errors: [404],
    handle: (ctx, { params }) => endMySession(ctx, params.id),
  }),
  route({
    method: "delete",
    path: "/api/auth/sessions",
    tag,
    operationId: "endAllMySessions",
    summary: "Sign out everywhere",
    description: "Also signs out this device.",
    access: signedIn(),
    response: { 200: Message },
    handle: (ctx) => endAllMySessions(ctx),
  }),
  route({
    method: "get",
    path: "/api/auth/sign-ins",
    tag,
    operationId: "listMySignIns",
    summary: "My recent sign-ins, and failed attempts",
    description: "Newest first. We keep sign-ins for 90 days, unless the organization chose another time.",
    access: signedIn(),
    request: { query: Paging },
    response: { 200: SignInAttemptPage },
    handle: (ctx, { query }) => listMySignIns(ctx, query),
  }),
  route({
    method: "post",
    path: "/api/auth/logout",
    tag,
    operationId: "logout",
    summary: "Sign out of this session",
    access: enrolling(signedIn()),
    response: { 200: Message },
    handle: (ctx) => logout(ctx),
  }),
];
