import { randomInt } from "node:crypto";
import { expect } from "vitest";
import * as z from "zod";
import { Problem } from "../../src/http/errors.ts";
import { type Route, success } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { neon_url, worker } from "./platform.ts";

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  body: Body;
  text: string;
  headers: Headers;
  request_id: string;
}

export interface Call {
  /** JSON, or text that is sent as it is. */
  body?: unknown;
  /** An access token. */
  token?: string | undefined;
  headers?: Record<string, string>;
  /** Another Worker than the shared one. */
  url?: string;
}

const anyAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

/**
 * Calls the API over HTTP, and holds every answer to what is declared: the success schema to the letter, or the one
 * error shape. Each call comes from an address of its own, so that tests do not share a rate limit.
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
      // What compression costs both ends is nothing that tests look at.
      "Accept-Encoding": "identity",
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
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

/** What a Worker logged of a request. */
export const logged = (request_id: string, { logs } = worker) =>
  logs.map(({ message }) => message).filter((line) => line.includes(request_id));

export const get = <Body = Record<string, unknown>>(path: string, options?: Call) => call<Body>("GET", path, options);
export const post = <Body = Record<string, unknown>>(path: string, body?: unknown, options?: Call) =>
  call<Body>("POST", path, { ...options, body });
export const put = <Body = Record<string, unknown>>(path: string, body?: unknown, options?: Call) =>
  call<Body>("PUT", path, { ...options, body });

type Told = Pick<Answer<unknown>, "status" | "body">;

/** What came of a call: the status and, where it was refused, the code. */
export const outcome = ({ status, body }: Told) => [status, Problem.safeParse(body).data?.code];

/** The same, with what is said of each field. */
export const refusal = ({ status, body }: Told) => [...outcome({ status, body }), Problem.safeParse(body).data?.errors];

/** The fields that a refusal is about. */
export const pathsOf = ({ body }: Told) => Problem.safeParse(body).data?.errors?.map(({ path }) => path);

/** The declaration that a request belongs to. */
export function routeOf(method: string, path: string): Route | undefined {
  const { pathname } = new URL(path, "http://any");
  const named = (route: Route) =>
    route.method === method.toLowerCase() &&
    new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname);
  // `/users/export` is asked before `/users/{id}`.
  return routes.find((route) => route.path === pathname && named(route)) ?? routes.find(named);
}

function expectDeclared(method: string, path: string, status: number, body: unknown): void {
  const declared = routeOf(method, path);
  if (status >= 400) {
    expect(z.strictObject(Problem.shape).safeParse(body).error, `${method} ${path} ${status}`).toBeUndefined();
  } else if (declared) {
    const { status: wanted, schema } = success(declared);
    expect(status, `${method} ${path}`).toBe(wanted);
    // A schema drops what it does not know: what is left must be all that was sent.
    expect(schema.parse(body), `${method} ${path} answers what it declares`).toEqual(body);
  }
}

/** JSON, or the file that it declares; a page or another file only where it declares one beside. */
function expectDeclaredType(method: string, path: string, type: string | null): void {
  const declared = routeOf(method, path);
  if (!declared) return;
  const { page, file } = declared;
  const types = [success(declared).type, ...(page ? ["text/html; charset=UTF-8"] : []), ...(file ? [file.type] : [])];
  expect(types, `${method} ${path} answers a type that it declares`).toContain(type);
}

function expectSafeHeaders(headers: Headers): void {
  expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(headers.get("Content-Security-Policy")).toMatch(/default-src 'none'/);
  expect(headers.get("Referrer-Policy")).toBe("no-referrer");
  expect(headers.get("X-Frame-Options")).toBe("DENY");
  expect(headers.get("Strict-Transport-Security")).toMatch(/max-age=\d{8}/);
  expect(headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
}

/** An error says what a client needs, and nothing of how this is built or whom it concerns. */
export function expectDiscreet({ text, body }: Answer) {
  expect(text).not.toMatch(/select |insert |update |\bat \w+ \(|\.[tj]s\b|postgres|neon|sqlstate|@example\./i);
  expect(text.length).toBeLessThan(2000);
  expect(Object.keys(body).every((key) => ["detail", "code", "request_id", "errors"].includes(key))).toBe(true);
}

/** The round trips that a request made before its answer and after it, as the Neon endpoint counted them. */
export async function tripsOf({ request_id }: Pick<Answer, "request_id">): Promise<{ before: number; after: number }> {
  const count = async (match: string) => {
    const response = await fetch(`${neon_url}/stats?match=${encodeURIComponent(match)}`);
    return z.object({ requests: z.number() }).parse(await response.json()).requests;
  };
  const after = await count(`${request_id}/after`);
  const all = await count(request_id);
  // What goes on after the answer may have come in between the two counts.
  return (await count(`${request_id}/after`)) === after ? { before: all - after, after } : tripsOf({ request_id });
}
