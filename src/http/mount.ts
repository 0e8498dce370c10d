import { zValidator } from "@hono/zod-validator";
import type { Hono, Context as HonoContext, MiddlewareHandler } from "hono";
import { accepts } from "hono/accepts";
import type * as z from "zod";
import type { Identity } from "../access/access.ts";
import { authenticate } from "../access/access-token.ts";
import { type Bindings, readSettings } from "../env.ts";
import { formAsJson, JSON_LIMIT, limitBody, requireJson, SIGNED_LIMIT } from "./body.ts";
import type { Client, Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import { PAGE_CSP } from "./headers.ts";
import { inWords } from "./in-words.ts";
import { Download, type Route, success } from "./route.ts";

/** What the middlewares know of a request. */
export interface Env {
  Bindings: Bindings;
  Variables: {
    request_id: string;
    now: Date;
    /** Once a route was found. */
    route?: Route;
    /** Once somebody's access token was accepted. */
    identity?: Identity;
    /** How many round trips to the database the request has made. */
    trips?: () => number;
    /** The Content-Security-Policy of an answer that is no JSON. */
    csp?: string;
  };
}

/** Makes what a handler gets; the one place that knows every dependency is src/context.ts. */
export type ContextOf = (c: HonoContext<Env>, declared: Route) => Context;

/** Puts the declared routes into the application; a known path with another method answers 405. */
export function mount(app: Hono<Env>, routes: readonly Route[], contextOf: ContextOf): void {
  const methods = new Map<string, string[]>();
  const refuseMethod = (path: string) => {
    const Allow = (methods.get(path) ?? []).join(", ");
    throw new Refusal(405, "method_not_allowed", `This path answers ${Allow}.`, { headers: { Allow } });
  };
  const sorted = [...routes].sort(literalsFirst);
  for (const [index, declared] of sorted.entries()) {
    const path = declared.path.replaceAll(/\{(\w+)\}/g, ":$1");
    methods.set(path, [...(methods.get(path) ?? []), ...methodsOf(declared)]);
    // Hono answers HEAD by what answers GET.
    if (declared.changes) app.get(path, (c, next) => (c.req.method === "HEAD" ? refuseMethod(path) : next()));
    app.on(declared.method.toUpperCase(), [path], ...checks(declared), (c) =>
      answer(c, declared, contextOf(c, declared)),
    );
    // Before the next path, which may have a parameter where this one has a word.
    if (sorted[index + 1]?.path !== declared.path) app.all(path, () => refuseMethod(path));
  }
}

/** A GET is answered without its body for HEAD, unless it changes something. */
const methodsOf = ({ method, changes }: Route): string[] =>
  method === "get" && !changes ? ["GET", "HEAD"] : [method.toUpperCase()];

/** `/users/export` must be asked before `/users/{id}`: a brace comes after every letter. */
const literalsFirst = (a: Route, b: Route) => (a.path < b.path ? -1 : 1);

/** In the order of refusals: too many requests, 401, then the input. */
function checks(declared: Route): MiddlewareHandler<Env>[] {
  const { request = {} } = declared;
  return [
    async (c, next) => {
      c.set("route", declared);
      await limitRate(c, declared);
      const header = c.req.header("Authorization");
      if (asksForToken(declared, header))
        c.set("identity", await authenticate(readSettings(c.env), c.get("now"), header));
      await next();
    },
    ...(request.body ? [requireJson({ or_form: request.form ?? false })] : []),
    ...(request.body || request.signed_body ? [limitBody(request.signed_body ? SIGNED_LIMIT : JSON_LIMIT)] : []),
    ...(request.form ? [formAsJson] : []),
    ...(request.params ? [validated("param", request.params)] : []),
    ...(request.query ? [validated("query", request.query)] : []),
    ...(request.body ? [validated("json", request.body)] : []),
  ];
}

/** Where signing in is up to the caller, whoever sends any `Authorization` means to. */
const asksForToken = ({ access }: Route, header: string | undefined): boolean =>
  access.kind === "open_or_signed_in" ? header !== undefined : access.kind !== "open";

/**
 * Damps abuse per network address; what must hold exactly is counted in the database. Whoever signs what they send may
 * send as much as they have to: Stripe's events of a renewal day all come from a few addresses.
 */
async function limitRate(c: HonoContext<Env>, declared: Route): Promise<void> {
  if (declared.request?.signed_body) return;
  const limit = declared.credentials ? c.env.CREDENTIALS_RATE_LIMIT : c.env.GENERAL_RATE_LIMIT;
  const outcome = await limit.limit({ key: clientOf(c).network }).catch(() => null);
  // It only damps: where it does not work, the platform does.
  if (outcome?.success === false)
    throw new Refusal(429, "too_many_requests", "Too many requests. Please wait a minute.", {
      headers: { "Retry-After": "60" },
    });
}

/** Who sent a request. The address is the one that Cloudflare saw, and no header that a client may set. */
export const clientOf = (c: HonoContext<Env>): Client => ({
  user_agent: c.req.header("User-Agent")?.slice(0, 300) ?? null,
  network: networkOf(c.req.header("CF-Connecting-IP") ?? "unknown"),
  authorization: c.req.header("Authorization"),
});

/** An IPv6 customer has a /64 of addresses to change between. */
function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0");
  return `${[...head, ...zeros, ...(tail ?? [])].slice(0, 4).join(":")}::/64`;
}

function validated(target: "param" | "query" | "json", schema: z.ZodType): MiddlewareHandler<Env> {
  return zValidator(
    target,
    schema,
    (result) => {
      if (result.success) return;
      const errors = result.error.issues.flatMap((issue) =>
        issue.code === "unrecognized_keys"
          ? issue.keys.map((key) => ({ path: [...issue.path, key].join("."), message: "is not a known field" }))
          : [{ path: issue.path.join("."), message: issue.message }],
      );
      // A malformed id names nothing that could exist.
      if (target === "param") throw new Refusal(404, "not_found", "There is nothing at this address.");
      throw new Refusal(400, "invalid_input", "The request is not valid: see errors.", { errors });
    },
    { validationFunction: (_, value) => schema.safeParseAsync(value, { error: inWords }) },
  );
}

/** What a route that did not ask for the raw request gets of it. */
const NOTHING = { body: "", headers: new Headers() };

async function answer(c: HonoContext<Env>, declared: Route, ctx: Context): Promise<Response> {
  const valid = (target: "param" | "query" | "json") => c.req.valid(target as never) as unknown;
  const { request = {} } = declared;
  const body = await declared.handle(ctx, {
    params: request.params && valid("param"),
    query: request.query && valid("query"),
    body: request.body && valid("json"),
    raw: request.signed_body ? { body: await c.req.text(), headers: c.req.raw.headers } : NOTHING,
  });
  c.header("Cache-Control", "no-store");
  const { status, type } = success(declared);
  if (body instanceof Download) return sendFile(c, type, body, status);
  if (declared.page && prefersHtml(c)) {
    c.set("csp", PAGE_CSP);
    return c.html(declared.page(body), status);
  }
  if (declared.file && prefers(c, declared.file.type))
    return sendFile(c, declared.file.type, await declared.file.of(body, c.env.ASSETS), status);
  return c.json(body, status);
}

function sendFile(c: HonoContext<Env>, type: string, { name, content }: Download, status: 200 | 201): Response {
  c.header("Content-Type", type);
  c.header("Content-Disposition", `attachment; filename="${name}"`);
  return c.body(content, status);
}

/** Whoever wants something else than JSON says so. */
const prefers = (c: HonoContext<Env>, type: string): boolean =>
  accepts(c, { header: "Accept", supports: ["application/json", type], default: "application/json" }) === type;

/** A browser that follows a link. */
export const prefersHtml = (c: HonoContext<Env>): boolean => prefers(c, "text/html");
