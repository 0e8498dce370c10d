import { zValidator } from "@hono/zod-validator";
import * as z from "zod";
import { invalidInput, notFound } from "./errors.ts";
import type { AppContext, AppMiddleware } from "./hono.ts";
import { inWords } from "./in-words.ts";
import { onePerPath, type Problems, problemsOf } from "./valid-value.ts";

/** Parses the path or the JSON body. A 400 names each field that is wrong. A malformed id in the path is a 404. */
export function validated(target: "param" | "json", schema: z.ZodType): AppMiddleware {
  return zValidator(
    target,
    schema,
    (result) => {
      if (result.success) return;
      if (target === "param") throw notFound();
      throw invalidInput(onePerPath(result.error.issues.flatMap(problemsOf)));
    },
    { validationFunction: (_, value) => schema.safeParseAsync(value, { error: inWords }) },
  );
}

const NO_PARAMETERS = z.object({});

/**
 * Parses the query. A parameter without a value counts as left out, as in a form that nobody filled in. A 400 names each
 * parameter that is wrong, unknown, or given twice.
 *
 * @param lenient ignores unknown parameters: mail gateways add their own to links
 */
export function validatedQuery(schema: z.ZodObject = NO_PARAMETERS, { lenient = false } = {}): AppMiddleware {
  return async (c, next) => {
    const parameters = new URL(c.req.url).searchParams;
    const misused = [...new Set(parameters.keys())].flatMap((path): Problems => {
      if (!Object.hasOwn(schema.shape, path)) return lenient ? [] : [{ path, message: "is not a known parameter" }];
      return parameters.getAll(path).length > 1 ? [{ path, message: "must be given only once" }] : [];
    });
    const given = Object.fromEntries([...parameters].filter(([, value]) => value.trim() !== ""));
    const result = await schema.safeParseAsync(given, { error: inWords });
    const wrong = result.error?.issues.flatMap(problemsOf) ?? [];
    if (misused.length + wrong.length > 0) throw invalidInput(onePerPath([...misused, ...wrong]));
    c.req.addValidatedData("query", result.data ?? {});
    await next();
  };
}

/** What {@link validated} parsed. */
export const parsed = (c: AppContext, target: "param" | "json"): unknown => c.req.valid(target as never);

/** What {@link validatedQuery} parsed. */
export const parsedQuery = (c: AppContext): Record<string, unknown> => c.req.valid("query" as never);
