import { zValidator } from "@hono/zod-validator";
import type * as z from "zod";
import { invalidInput, notFound } from "./errors.ts";
import type { AppContext, AppMiddleware } from "./hono.ts";
import { inWords } from "./in-words.ts";

type Target = "param" | "query" | "json";

/** Parses one part of a request. A 400 names each field that is wrong. A malformed id in the path is a 404. */
export function validated(target: Target, schema: z.ZodType): AppMiddleware {
  return zValidator(
    target,
    schema,
    (result) => {
      if (result.success) return;
      if (target === "param") throw notFound();
      throw invalidInput(result.error.issues.flatMap(problemsOf));
    },
    { validationFunction: (_, value) => schema.safeParseAsync(value, { error: inWords }) },
  );
}

const problemsOf = (issue: z.core.$ZodIssue) =>
  issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => ({ path: [...issue.path, key].join("."), message: "is not a known field" }))
    : [{ path: issue.path.join("."), message: issue.message }];

/** What {@link validated} parsed. */
export const parsed = (c: AppContext, target: Target): unknown => c.req.valid(target as never);
