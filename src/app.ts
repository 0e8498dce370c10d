import { type ErrorHandler, Hono } from "hono";
import { auditRefusal, brandingForRefusal, requestContext } from "./context.ts";
import { type Bindings, readSettings, settingsOf } from "./env.ts";
import { formOf, getsPage, sendPage } from "./http/answer.ts";
import { logFailure } from "./http/error-tracking.ts";
import { methodNotAllowed, notFound, type Refusal, toProblem, toRefusal } from "./http/errors.ts";
import { apiHeaders, crossOrigin, DOCS_CSP } from "./http/headers.ts";
import type { AppContext, AppEnv, AppMiddleware } from "./http/hono.ts";
import { describe, type LogLine, log } from "./http/log.ts";
import { mount } from "./http/mount.ts";
import { errorPage } from "./http/page.ts";
import type { Route } from "./http/route.ts";
import { AREAS, areaOf, routesOf } from "./rooms.ts";
import { REFUSED_BY_STRIPE, translateStripe } from "./stripe/refusal.ts";

type App = Hono<AppEnv>;

/** The application of each area, from when a request needed it. */
const applications = new Map<string, App>();

/** Answers a request by the rooms that its path may lead to. */
export async function answerRequest(request: Request, env: Bindings, execution: ExecutionContext): Promise<Response> {
  const area = areaOf(new URL(request.url).pathname);
  const known = Object.hasOwn(AREAS, area) ? area : "";
  let application = applications.get(known);
  if (!application) {
    // We keep the application and not the promise of it, which would belong to the request that began to load the rooms.
    application = build(await routesOf(AREAS[known] ?? []));
    applications.set(known, application);
  }
  return application.fetch(request, env, execution);
}

/** Files for browsers: the page at `/`, and the documentation that it leads to. */
const STATIC = ["/", "/docs", "/docs/*", "/redoc", "/redoc/*", "/openapi.json"];
const DEVELOPMENT = "/development.json";

function build(routes: readonly Route[]): App {
  // Not strict: a slash at the end of an address makes no difference.
  const app: App = new Hono<AppEnv>({ strict: false });
  app.use(recordRequest);
  app.use(apiHeaders);
  app.use(crossOrigin);
  mount(app, routes, requestContext);
  for (const path of STATIC) app.all(path, (c) => serveFile(c, path));
  app.all(DEVELOPMENT, offerDevelopers);
  app.all("*", () => {
    throw notFound();
  });
  app.onError(answerError);
  return app;
}

const recordRequest: AppMiddleware = async (c, next) => {
  c.set("request_id", crypto.randomUUID());
  c.set("now", new Date());
  await next();
  const trips = c.get("trips")?.() ?? 0;
  // Straight into the answer: `c.header` would make another one each time.
  const { headers } = c.res;
  headers.set("X-Request-Id", c.get("request_id"));
  headers.set("Server-Timing", `database;desc="${trips} ${trips === 1 ? "round trip" : "round trips"}"`);
  const csp = c.get("csp");
  if (csp) headers.set("Content-Security-Policy", csp);
  const line: LogLine = {
    level: c.res.status >= 500 || (c.error && !isForeseen(refusalFor(c.error))) ? "error" : "info",
    event: "request",
    request_id: c.get("request_id"),
    method: c.req.method,
    route: c.get("route")?.path ?? c.get("file") ?? null,
    status: c.res.status,
    trips,
    ms: Date.now() - c.get("now").getTime(),
    ...(c.error && failure(c.error, c.env)),
  };
  if (line.level === "error") c.executionCtx.waitUntil(logFailure(settingsOf(c.env), line));
  else log(line);
};

async function serveFile(c: AppContext, path: string): Promise<Response> {
  c.set("file", path);
  requireReading(c);
  const asset = await c.env.ASSETS.fetch(new Request(fileAddress(c.req.url), c.req.raw));
  if (asset.status === 404) throw notFound();
  c.set("csp", DOCS_CSP);
  return new Response(asset.body, asset);
}

/** What the pages offer a developer: nothing, except in development. */
function offerDevelopers(c: AppContext): Response {
  c.set("file", DEVELOPMENT);
  requireReading(c);
  c.header("Cache-Control", "no-store");
  const offer = settingsOf(c.env)?.DEVELOPMENT_PAGE;
  return offer === undefined ? c.body(null, 204) : c.body(offer, 200, { "Content-Type": "application/json" });
}

function requireReading({ req }: AppContext): void {
  if (req.method !== "GET" && req.method !== "HEAD") throw methodNotAllowed(["GET", "HEAD"]);
}

/** The address of a file, without a slash at the end. */
function fileAddress(address: string): URL {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/$/, "");
  return url;
}

const answerError: ErrorHandler<AppEnv> = async (error, c) => {
  const refusal = refusalFor(error);
  for (const [name, value] of Object.entries(refusal.headers)) c.header(name, value);
  if (refusal.status === 401) c.header("WWW-Authenticate", "Bearer");
  auditRefusal(c, refusal);
  c.header("Cache-Control", "no-store");
  const declared = c.get("route");
  if (declared && getsPage(c, declared)) {
    const page = errorPage(refusal, readSettings(c.env), await brandingForRefusal(c, refusal), formOf(c, declared));
    return sendPage(c, page, refusal.status);
  }
  return c.json(toProblem(refusal, c.get("request_id")), refusal.status);
};

const refusalFor = (error: Error) => toRefusal(translateStripe(error));

/** What the log says about an error. A refusal that we foresaw is described by its code. */
function failure(error: Error, bindings: Bindings): Record<string, string> {
  const refusal = refusalFor(error);
  const { code } = refusal;
  return isForeseen(refusal) ? { code } : { code, ...describe(error, settingsOf(bindings)?.ENVIRONMENT) };
}

const isForeseen = ({ status, code }: Refusal): boolean => status < 500 && code !== REFUSED_BY_STRIPE;
