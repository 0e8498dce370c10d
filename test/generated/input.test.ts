import { describe, expect, test } from "vitest";
import type { Route } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { type Answer, type Call, call, get } from "../harness/client.ts";
import { volunteer } from "../harness/people.ts";
import { exampleOf, nameOf } from "./examples.ts";

const named = (list: Route[]) => list.map((route) => [nameOf(route), route] as const);
const withBody = routes.filter(({ request }) => request?.body);
const ABSENT = "00000000-0000-4000-8000-000000000000";

/** The route's example, arranged once, to be sent with something about it changed. */
async function variations(route: Route) {
  const { path, headers, ...example } = await exampleOf(route);
  const send = (change: Call & { path?: string }): Promise<Answer> =>
    call(route.method.toUpperCase(), change.path ?? path, {
      ...example,
      ...change,
      headers: { ...headers, ...change.headers },
    });
  return { send, body: (example.body ?? {}) as Record<string, unknown> };
}

describe.concurrent("a body that is no JSON is refused", () => {
  test.each(named(withBody))("%s", async (_, route) => {
    const { send } = await variations(route);
    const malformed = await send({ body: '{"half": ' });
    expect([malformed.status, malformed.body.code]).toEqual([400, "malformed_body"]);
    const typed = await send({ headers: { "Content-Type": "text/plain" } });
    expect([typed.status, typed.body.code]).toEqual([415, "unsupported_media_type"]);
    const huge = await send({ body: { filler: "x".repeat(1_000_000) } });
    expect([huge.status, huge.body.code]).toEqual([413, "body_too_large"]);
  });
});

describe.concurrent("a body of another shape is refused, naming each field", () => {
  test.each(named(withBody))("%s", async (_, route) => {
    const { send, body } = await variations(route);
    for (const other of [{}, [], "text", null]) {
      const answer = await send({ body: JSON.stringify(other) });
      expect([answer.status, answer.body.code]).toEqual([400, "invalid_input"]);
      expect(answer.body.errors).not.toEqual([]);
    }
    for (const field of Object.keys(body)) {
      const answer = await send({ body: { ...body, [field]: { not: "this" } } });
      expect([answer.status, answer.body.errors]).toEqual([400, [expect.objectContaining({ path: field })]]);
    }
  });
});

describe.concurrent("text that cannot be stored is refused, never a failure of ours", () => {
  test.each(named(withBody))("%s", async (_, route) => {
    const { send, body } = await variations(route);
    for (const [field, value] of Object.entries(body))
      for (const odd of ["\u0000", "\ud800", "x\udfffx"])
        if (typeof value === "string")
          expect((await send({ body: { ...body, [field]: odd } })).status).toBeLessThan(500);
  });
  test("in a search too", async () => {
    const { token } = await volunteer("users.view");
    for (const odd of ["%00", "%ED%A0%80", "%FF"])
      expect((await get(`/api/admin/users?search=${odd}`, { token })).status).toBeLessThan(500);
  });
});

/** The bodies of the old API ignore what they do not know: DESIGN §9. */
const OLD = new Set([
  "post /api/auth/register",
  "post /api/auth/login",
  "post /api/admin/users/{id}/reject",
  "post /api/checkout/subscription",
]);

describe.concurrent("an unknown field is refused by name, but ignored where the old API did", () => {
  test.each(named(withBody))("%s", async (_, route) => {
    const { send, body } = await variations(route);
    const answer = await send({ body: { ...body, role: "superadmin" } });
    if (OLD.has(nameOf(route))) expect(answer.status).toBeLessThan(300);
    else
      expect([answer.status, answer.body.errors]).toEqual([400, [{ path: "role", message: "is not a known field" }]]);
  });
});

describe.concurrent("what is not there is 404", () => {
  const byId = routes.filter(({ path }) => path.includes("{id}"));
  test.each(named(byId))("%s", async (_, route) => {
    const { send } = await variations(route);
    for (const id of [ABSENT, "no-id", "1", "%00"]) {
      const answer = await send({ path: route.path.replace("{id}", id) });
      expect(answer.status).toBe(404);
    }
  });
});

describe.concurrent("another method is 405 and says which there are", () => {
  const paths = [...new Set(routes.map(({ path }) => path))];
  test.each(paths)("%s", async (path) => {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
    const answer = await call("PATCH", path.replace("{id}", ABSENT));
    expect([answer.status, answer.body.code]).toEqual([405, "method_not_allowed"]);
    expect(
      answer.headers
        .get("Allow")
        ?.split(", ")
        .filter((method) => method !== "HEAD")
        .sort(),
    ).toEqual(methods.sort());
  });
});
