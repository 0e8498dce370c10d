import * as fc from "fast-check";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { Problem, toProblem, toRefusal } from "../../src/http/errors.ts";
import type { AppEnv } from "../../src/http/hono.ts";
import { validated, validatedQuery } from "../../src/http/validate.ts";
import { routes } from "../../src/routes.ts";

/** Anything that somebody may put into a field: often nothing, too much, or something of another kind. */
const value = fc.oneof(
  fc.constantFrom("", " ", "\u0000", "x".repeat(6000), "2026-13-01", "0000", -1, 0.5, 2 ** 40, null, [], {}),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.jsonValue({ maxDepth: 1 }),
);

const inputs = routes.flatMap(({ method, path, request }) => [
  ...(request?.body instanceof z.ZodObject ? [{ name: `${method} ${path}`, body: request.body }] : []),
  ...(request?.query ? [{ name: `${method} ${path}?`, query: request.query }] : []),
]);

describe.concurrent("no field gets two complaints at once, whatever is in it", () => {
  test.each(inputs.map((input) => [input.name, input] as const))("%s", async (_, { body, query }) => {
    const app = new Hono<AppEnv>();
    if (body) app.post("/", validated("json", body), (c) => c.json({}));
    if (query) app.get("/", validatedQuery(query), (c) => c.json({}));
    app.onError((error, c) => c.json(toProblem(toRefusal(error), ""), 400));
    const names = Object.keys((body ?? query)?.shape ?? {});
    const fields = fc.record(Object.fromEntries(names.map((name) => [name, value])));
    await fc.assert(
      fc.asyncProperty(fields, async (given) => {
        const answer = body
          ? await app.request("/", {
              method: "POST",
              body: JSON.stringify(given),
              headers: { "Content-Type": "application/json" },
            })
          : await app.request(
              `/?${new URLSearchParams(Object.entries(given).map(([name, it]) => [name, typeof it === "string" ? it : JSON.stringify(it)]))}`,
            );
        if (answer.status === 200) return;
        const paths = Problem.parse(await answer.json()).errors?.map(({ path }) => path) ?? [];
        expect(paths).not.toEqual([]);
        expect(paths).toEqual([...new Set(paths)]);
      }),
      { numRuns: 40 },
    );
  });
});
