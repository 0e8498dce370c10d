import { randomInt } from "node:crypto";
import { expect } from "vitest";
import * as z from "zod";
import { codesOf } from "../../cli/route-codes.ts";
import { Problem } from "../../src/http/errors.ts";
import { type Route, success } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { askedFor } from "./faults.ts";
import { worker } from "./platform.ts";

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  body: Body;
  text: string;
  headers: Headers;
  request_id: string;
}

export interface Call {
  /** JSON, or text to send unchanged. */
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string>;
  /** A Worker other than the shared one. */
  url?: string;
}

const anyAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

/**
 * Calls the API over HTTP and checks every response: it must match the success schema exactly, or have the standard
 * error format. Each call comes from its own address, so that tests do not share a rate limit.
 */
export async function call<Body = Record<string, unknown>>(
  method: string,
  path: string,
  { body, token, headers, url = worker.url }: Call = {},
): Promise<Answer<Body>> {
  const response = await fetch(url + path, {
    method,
    redirect: "manual",
    headers: {
      "CF-Connecting-IP": anyAddress(),
      // Tests do not look at compression, so skip its cost.
      "Accept-Encoding": "identity",
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status === 500) console.error(logged(response.headers.get("X-Request-Id") ?? ""));
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json") ?? false;
  const parsed: unknown = isJson && text ? JSON.parse(text) : undefined;
  if (isJson && method !== "HEAD") expectDeclared(method, path, response.status, parsed);
  if (response.ok) expectDeclaredType(method, path, response.headers.get("Content-Type"));
  expectSafeHeaders(response.headers);
  return {
    status: response.status,
    body: parsed as Body,
    text,
    headers: response.headers,
    request_id: response.headers.get("X-Request-Id") ?? "",
  };
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === "string" || body instanceof Uint8Array;

/** What a Worker logged for a request. */
export const logged = (request_id: string, { logs } = worker) =>
  logs.map(({ message }) => message).filter((line) => line.includes(request_id));

export const get = <Body = Record<string, unknown>>(path: string, options?: Call) => call<Body>("GET", path, options);
/** Follows a mailed link as a client does that wants no page. */
export const follow = <Body = Record<string, unknown>>(path: string, options: Call = {}) =>
  get<Body>(path, { ...options, headers: { Accept: "application/json", ...options.headers } });
export const post = <Body = Record<string, unknown>>(path: string, body?: unknown, options?: Call) =>
  call<Body>("POST", path, { ...options, body });
export const put = <Body = Record<string, unknown>>(path: string, body?: unknown, options?: Call) =>
  call<Body>("PUT", path, { ...options, body });

type Told = Pick<Answer<unknown>, "status" | "body">;

/** The status of a call and, if it was rejected, the error code. */
export const outcome = ({ status, body }: Told) => [status, Problem.safeParse(body).data?.code];

/** The same, with the error messages for each field. */
export const refusal = ({ status, body }: Told) => [...outcome({ status, body }), Problem.safeParse(body).data?.errors];

/** The fields that an error names. */
export const pathsOf = ({ body }: Told) => Problem.safeParse(body).data?.errors?.map(({ path }) => path);

/** The declared route that a request matches. */
export function routeOf(method: string, path: string): Route | undefined {
  const pathname = new URL(path, "http://any").pathname.replace(/(.)\/$/, "$1");
  const named = (route: Route) =>
    route.method === method.toLowerCase() &&
    new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname);
  // `/users/export` takes precedence over `/users/{id}`.
  return routes.find((route) => route.path === pathname && named(route)) ?? routes.find(named);
}

const StrictProblem = z.strictObject(Problem.shape);

function expectDeclared(method: string, path: string, status: number, body: unknown): void {
  const declared = routeOf(method, path);
  if (status >= 400) {
    expect(StrictProblem.safeParse(body).error, `${method} ${path} ${status}`).toBeUndefined();
    if (declared && status !== 405) expectDeclaredCode(declared, status, Problem.safeParse(body).data?.code ?? "none");
  } else if (declared) {
    const { status: wanted, schema } = success(declared);
    expect(status, `${method} ${path}`).toBe(wanted);
    // Parsing drops unknown fields, so the result must equal the whole body.
    expect(schema.parse(body), `${method} ${path} returns what it declares`).toEqual(body);
  }
}

const codes = new Map<Route, Map<number, readonly string[]>>();

/** The OpenAPI document lists the code of the refusal under its status. */
function expectDeclaredCode(declared: Route, status: number, code: string): void {
  const listed = codes.get(declared) ?? codesOf(declared);
  codes.set(declared, listed);
  expect(listed.get(status) ?? [], `${declared.operationId} ${status} ${code}`).toContain(code);
}

/** The type is JSON or the declared file type. Another type is allowed only if the route also declares it. */
function expectDeclaredType(method: string, path: string, type: string | null): void {
  const declared = routeOf(method, path);
  if (!declared) return;
  const { ask, page, file } = declared;
  const declared_type = success(declared).type;
  // `image/*` stands for any type of image.
  if (declared_type.endsWith("/*") && type?.startsWith(declared_type.slice(0, -1))) return;
  const types = [declared_type, ...(ask || page ? ["text/html; charset=UTF-8"] : []), ...(file ? [file.type] : [])];
  expect(types, `${method} ${path} returns a type that it declares`).toContain(type);
}

function expectSafeHeaders(headers: Headers): void {
  expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(headers.get("Content-Security-Policy")).toMatch(/default-src 'none'/);
  expect(headers.get("Referrer-Policy")).toBe("no-referrer");
  expect(headers.get("X-Frame-Options")).toBe("DENY");
  expect(headers.get("Strict-Transport-Security")).toMatch(/max-age=\d{8}/);
  expect(headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
}

/** An error tells clients what they need, and nothing about the implementation or the people involved. */
export function expectDiscreet({ text, body }: Answer) {
  expect(text).not.toMatch(/select |insert |update |\bat \w+ \(|\.[tj]s\b|postgres|neon|sqlstate|@example\./i);
  expect(text.length).toBeLessThan(2000);
  expect(Object.keys(body).every((key) => ["detail", "code", "request_id", "errors"].includes(key))).toBe(true);
}

/** A request's round trips before and after its response, as counted by the Neon endpoint. */
export async function tripsOf({ request_id }: Pick<Answer, "request_id">): Promise<{ before: number; after: number }> {
  const after = await askedFor(`${request_id}/after`);
  const all = await askedFor(request_id);
  // A trip after the response may have arrived between the two counts.
  return (await askedFor(`${request_id}/after`)) === after ? { before: all - after, after } : tripsOf({ request_id });
}
