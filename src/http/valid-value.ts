import type * as z from "zod";
import { invalidInput, type Problem } from "./errors.ts";
import { inWords } from "./in-words.ts";

export type Problems = NonNullable<Problem["errors"]>;

/** What a body's schema says of a value that did not come in with a request. A 400 names each field that is wrong. */
export function validValue<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value, { error: inWords });
  if (!result.success) throw invalidInput(onePerPath(result.error.issues.flatMap(problemsOf)));
  return result.data;
}

/** What a schema found wrong with a value. */
export const problemsOf = (issue: z.core.$ZodIssue): Problems =>
  issue.code === "unrecognized_keys"
    ? issue.keys.map((key) => ({ path: [...issue.path, key].join("."), message: "is not a known field" }))
    : [{ path: issue.path.join("."), message: issue.message }];

/** How many problems an answer names. */
const MOST_PROBLEMS = 50;

/** Only the first problem of each field. */
export const onePerPath = (problems: Problems): Problems =>
  [...new Map(problems.toReversed().map((problem) => [problem.path, problem])).values()]
    .toReversed()
    .slice(0, MOST_PROBLEMS);
