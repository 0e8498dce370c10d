import { Hono } from "hono";
import { auditRefusal, requestContext } from "./context.ts";
import { type Bindings, settingsOf } from "./env.ts";
import { getsPage, sendPage } from "./http/answer.ts";
import { methodNotAllowed, notFound, toProblem, toRefusal } from "./http/errors.ts";
import { apiHeaders, crossOrigin, DOCS_CSP } from "./http/headers.ts";
import type { AppEnv } from "./http/hono.ts";
import { describe, log } from "./http/log.ts";
import { mount } from "./http/mount.ts";
import { errorPage } from "./http/page.ts";
import { routes } from "./routes.ts";

const DOCS = ["/docs", "/docs/*", "/redoc", "/redoc/*", "/openapi.json"];

// Not strict: a slash at the end of an address makes no difference.
const app = new Hono<AppEnv>({ strict: false });

app.use(async (c, next) => {
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
  log({
    level: c.res.status >= 500 ? "error" : "info",
    event: "request",
    request_id: c.get("request_id"),
    method: c.req.method,
    route: c.get("route")?.path ?? null,
    status: c.res.status,
    trips,
    ...(c.error && failure(c.error, c.env)),
  });
});
app.use(apiHeaders);
app.use(crossOrigin);

mount(app, routes, requestContext);

for (const path of DOCS) {
  app.all(path, async (c) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") throw methodNotAllowed(["GET", "HEAD"]);
    const asset = await c.env.ASSETS.fetch(new Request(fileAddress(c.req.url), c.req.raw));
    if (asset.status === 404) throw notFound();
    c.set("csp", DOCS_CSP);
    return new Response(asset.body, asset);
  });
}

/** The address of a file, without a slash at the end. */
function fileAddress(address: string): URL {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/$/, "");
  return url;
}

app.all("*", () => {
  throw notFound();
});

app.onError((error, c) => {
  const refusal = toRefusal(error);
  for (const [name, value] of Object.entries(refusal.headers)) c.header(name, value);
  if (refusal.status === 401) c.header("WWW-Authenticate", "Bearer");
  auditRefusal(c, refusal);
  c.header("Cache-Control", "no-store");
  const declared = c.get("route");
  if (declared && getsPage(c, declared)) return sendPage(c, errorPage(refusal), refusal.status);
  return c.json(toProblem(refusal, c.get("request_id")), refusal.status);
});

function failure(error: Error, bindings: Bindings): Record<string, string> {
  const { code, status } = toRefusal(error);
  return status < 500 ? { code } : { code, ...describe(error, settingsOf(bindings)?.ENVIRONMENT) };
}

export default app;
