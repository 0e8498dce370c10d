import type { Hono } from "hono";
import { authenticate } from "../access/access-token.ts";
import { readSettings } from "../env.ts";
import { answer } from "./answer.ts";
import { formAsJson, JSON_LIMIT, limitBody, requireJson, SIGNED_LIMIT } from "./body.ts";
import type { Context } from "./context.ts";
import { methodNotAllowed } from "./errors.ts";
import type { AppContext, AppEnv, AppMiddleware } from "./hono.ts";
import { limitRate } from "./rate-limit.ts";
import type { Route } from "./route.ts";
import { parsed, validated } from "./validate.ts";

/** Makes what a handler gets. The one place that knows every dependency is src/context.ts. */
export type ContextOf = (c: AppContext, declared: Route) => Context;

/** Puts the declared routes into the application. A known path with another method answers 405. */
export function mount(app: Hono<AppEnv>, routes: readonly Route[], contextOf: ContextOf): void {
  const allowed = Map.groupBy(routes, ({ path }) => path);
  const sorted = [...routes].sort(literalsFirst);
  for (const [index, declared] of sorted.entries()) {
    const path = declared.path.replaceAll(/\{(\w+)\}/g, ":$1");
    const refuseMethod = () => {
      throw methodNotAllowed((allowed.get(declared.path) ?? []).flatMap(methodsOf));
    };
    // Hono answers HEAD by what answers GET.
    if (declared.changes) app.get(path, (c, next) => (c.req.method === "HEAD" ? refuseMethod() : next()));
    app.on(declared.method.toUpperCase(), [path], ...checks(declared), (c) => handle(c, declared, contextOf));
    // Before the next path, which may have a parameter where this one has a word.
    if (sorted[index + 1]?.path !== declared.path) app.all(path, refuseMethod);
  }
}

/** A GET also answers HEAD, unless it changes something. */
const methodsOf = ({ method, changes }: Route): string[] =>
  method === "get" && !changes ? ["GET", "HEAD"] : [method.toUpperCase()];

/** `/users/export` must come before `/users/{id}`: a brace sorts after every letter. */
const literalsFirst = (a: Route, b: Route) => (a.path < b.path ? -1 : 1);

/** In the order of refusals: too many requests, 401, then the input. */
function checks(declared: Route): AppMiddleware[] {
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

/** Where signing in is up to the caller, any `Authorization` header means that they want to. */
const asksForToken = ({ access }: Route, header: string | undefined): boolean =>
  access.kind === "open_or_signed_in" ? header !== undefined : access.kind !== "open";

/** What a route gets of the raw request unless it asks for it. */
const NOTHING = { body: "", headers: new Headers() };

async function handle(c: AppContext, declared: Route, contextOf: ContextOf): Promise<Response> {
  const { request = {} } = declared;
  const body = await declared.handle(contextOf(c, declared), {
    params: request.params && parsed(c, "param"),
    query: request.query && parsed(c, "query"),
    body: request.body && parsed(c, "json"),
    raw: request.signed_body ? { body: await c.req.text(), headers: c.req.raw.headers } : NOTHING,
  });
  return answer(c, declared, body);
}
