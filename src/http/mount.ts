import type { Hono } from "hono";
import { authenticate } from "../access/access-token.ts";
import { readSettings } from "../env.ts";
import { answer, mustAsk, sendPage } from "./answer.ts";
import { formAsJson, JSON_LIMIT, limitBody, nothingAsEmptyObject, requireJson, SIGNED_LIMIT } from "./body.ts";
import { networkOf } from "./client.ts";
import type { Context } from "./context.ts";
import { methodNotAllowed, tooMany } from "./errors.ts";
import type { AppContext, AppEnv, AppMiddleware } from "./hono.ts";
import { checkUpload, receive } from "./receive.ts";
import { isMailedLink, type Route } from "./route.ts";
import { parsed, parsedQuery, validated, validatedQuery } from "./validate.ts";

/** Makes the context that a handler gets. Only src/context.ts knows every dependency. */
export type ContextOf = (c: AppContext, declared: Route) => Context;

/** Adds the declared routes to the application. A known path with a method that it does not have answers 405. */
export function mount(app: Hono<AppEnv>, routes: readonly Route[], contextOf: ContextOf): void {
  const allowed = Map.groupBy(routes, ({ path }) => path);
  const sorted = [...routes].sort(literalsFirst);
  for (const [index, declared] of sorted.entries()) {
    const path = pathOf(declared);
    const refuseMethod = () => {
      throw methodNotAllowed((allowed.get(declared.path) ?? []).flatMap(methodsOf));
    };
    // Hono sends a HEAD request to the GET handler.
    if (declared.changes) app.get(path, (c, next) => (c.req.method === "HEAD" ? refuseMethod() : next()));
    app.on(declared.method.toUpperCase(), [path], ...checks(declared), (c) => handle(c, declared, contextOf));
    // Must come before the next path: a parameter there may match a literal here.
    if (sorted[index + 1]?.path !== declared.path) app.all(path, refuseMethod);
  }
}

/** The path as Hono knows it. A parameter with a suffix, such as `{token}.ics`, is the whole part of the path. */
const pathOf = ({ path }: Route): string =>
  path.replaceAll(/\{(\w+)\}\.(\w+)/g, ":$1{[^/]+\\.$2}").replaceAll(/(?<=\/)\{(\w+)\}/g, ":$1");

/** A GET also answers HEAD, unless it changes something. */
const methodsOf = ({ method, changes }: Route): string[] =>
  method === "get" && !changes ? ["GET", "HEAD"] : [method.toUpperCase()];

/** `/users/export` must come before `/users/{id}`: a brace sorts after every letter. */
const literalsFirst = (a: Route, b: Route) => (a.path < b.path ? -1 : 1);

/** The checks, in order: the rate limit (429), signing in (401), then the input. */
function checks(declared: Route): AppMiddleware[] {
  const { request = {} } = declared;
  return [
    ...(request.upload ? [receive(request.upload)] : []),
    async (c, next) => {
      c.set("route", declared);
      await limitRate(c, declared);
      const header = c.req.header("Authorization");
      if (asksForToken(declared, header))
        c.set("identity", await authenticate(readSettings(c.env), c.get("now"), header));
      await next();
    },
    ...(request.body || request.signed_body ? [limitBody(request.signed_body ? SIGNED_LIMIT : JSON_LIMIT)] : []),
    ...(request.body ? [nothingAsEmptyObject(request.body)] : []),
    ...(request.body ? [requireJson({ or_form: request.form ?? false })] : []),
    ...(request.form ? [formAsJson] : []),
    ...(request.params ? [validated("param", request.params)] : []),
    validatedQuery(request.query, { lenient: isMailedLink(declared) }),
    ...(request.body ? [validated("json", request.body)] : []),
    ...(request.upload ? [checkUpload] : []),
  ];
}

/**
 * Damps abuse per network. What must hold exactly is counted in the database. A signed body has no limit: on a day of
 * renewals all of Stripe's events come from a few addresses.
 */
async function limitRate(c: AppContext, { request, credentials, unlimited }: Route): Promise<void> {
  if (request?.signed_body || unlimited) return;
  const limit = credentials ? c.env.CREDENTIALS_RATE_LIMIT : c.env.GENERAL_RATE_LIMIT;
  // When the limit itself fails, the platform goes on without it.
  const outcome = await limit.limit({ key: networkOf(c) }).catch(() => null);
  if (outcome?.success === false) throw tooMany("too_many_requests", "Too many requests. Please wait a minute.", 60);
}

/** Where signing in is optional, a caller who sends an `Authorization` header wants to be signed in. */
const asksForToken = ({ access }: Route, header: string | undefined): boolean =>
  access.kind === "open_or_signed_in" ? header !== undefined : access.kind !== "open";

/** Stands in for the raw request in routes that do not ask for it. */
const NOTHING = { body: new Uint8Array(), headers: new Headers() };

const rawOf = async ({ req }: AppContext) => ({
  body: new Uint8Array(await req.arrayBuffer()),
  headers: req.raw.headers,
});

async function handle(c: AppContext, declared: Route, contextOf: ContextOf): Promise<Response> {
  const { request = {} } = declared;
  const ctx = contextOf(c, declared);
  const input = {
    params: request.params && parsed(c, "param"),
    query: request.query && parsedQuery(c),
    body: request.body && parsed(c, "json"),
    raw: request.signed_body ? await rawOf(c) : NOTHING,
    upload() {
      const upload = c.get("upload");
      if (!upload) throw new Error(`${declared.path} declares no upload`);
      return upload;
    },
  };
  if (declared.ask && mustAsk(c, declared)) return sendPage(c, await declared.ask(ctx, input));
  return answer(c, declared, await declared.handle(ctx, input));
}
