import * as z from "zod";
import { invalidRequest, missingParameter, type StripeError, unknownParameters } from "./errors.ts";
import { type Form, parameterName } from "./form.ts";

// Form values are text. Each schema here parses one kind of value and rejects anything else with Stripe's message.
// Schema messages have the form `code: message`, because a zod issue has no field for Stripe's error code.

const refuse = (code: string, sentence: string) => `${code}: ${sentence}`;

/** Text that must not be empty. In Stripe's API an empty value means "unset", and these fields cannot be unset. */
export function text(maximum = 5000) {
  return z
    .string()
    .min(1, refuse("parameter_invalid_empty", "You passed an empty string where a value is required."))
    .max(maximum, refuse("parameter_invalid_string_length", `Invalid string: must be at most ${maximum} characters`));
}

export function integer(minimum = 0, maximum = Number.MAX_SAFE_INTEGER) {
  return z
    .string()
    .regex(/^-?\d+$/, refuse("parameter_invalid_integer", "Invalid integer"))
    .transform(Number)
    .pipe(
      z
        .int(refuse("parameter_invalid_integer", "Invalid integer"))
        .min(minimum, refuse("parameter_invalid_integer", `This value must be greater than or equal to ${minimum}.`))
        .max(maximum, refuse("parameter_invalid_integer", `This value must be less than or equal to ${maximum}.`)),
    );
}

export const flag = z
  .enum(["true", "false"], refuse("", "Invalid boolean: must be true or false"))
  .transform((value) => value === "true");

export function oneOf<const T extends readonly [string, ...string[]]>(...values: T) {
  return z.enum(values, refuse("", `Invalid value: must be one of ${values.join(", ")}`));
}

/** An empty value clears the field (null). */
export function clearable<T extends z.ZodType>(schema: T) {
  return z.union([z.literal("").transform(() => null), schema]);
}

export function list<T extends z.ZodType>(item: T, maximum = 100) {
  return z.preprocess(
    (value) => (isForm(value) && Object.keys(value).every((key) => /^\d+$/.test(key)) ? Object.values(value) : value),
    z.array(item, refuse("", "Invalid array")).max(maximum, refuse("", `Array must have at most ${maximum} elements`)),
  );
}

/** An empty value removes its key. If the whole parameter is empty, all keys are removed. See `mergeMetadata`. */
export const metadata = z.union([
  z.literal("").transform(() => null),
  z
    .record(
      z.string().max(40, refuse("", "Metadata keys can have up to 40 characters")),
      z.string().max(500, refuse("", "Metadata values can have up to 500 characters")),
    )
    .refine((value) => Object.keys(value).length <= 50, refuse("", "Metadata can have up to 50 keys")),
]);

export function mergeMetadata(known: Record<string, string>, change: Record<string, string> | null | undefined) {
  if (change === null) return {};
  return Object.fromEntries(Object.entries({ ...known, ...change }).filter(([, value]) => value !== ""));
}

export const url = text().refine(
  (value) => URL.canParse(value) && /^https?:/.test(value),
  refuse("url_invalid", "Not a valid URL"),
);

export const email = text(512).regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, refuse("email_invalid", "Invalid email address"));

export const currency = text()
  .regex(/^[A-Za-z]{3}$/, refuse("", "Invalid currency"))
  .transform((value) => value.toLowerCase());

/** Accepts `created=5` or `created[gte]=5&created[lt]=9`. */
export const range = z.union([
  integer().transform((at) => ({ gte: at, lte: at })),
  z.strictObject({ gt: integer(), gte: integer(), lt: integer(), lte: integer() }).partial(),
]);

export function within(
  value: number,
  {
    gt,
    gte,
    lt,
    lte,
  }: { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined } = {},
): boolean {
  return (
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte) &&
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte)
  );
}

/** Parses the parameters. Throws Stripe's error: first for unknown parameters, then missing ones, then bad values. */
export function readParameters<T>(schema: z.ZodType<T>, form: Form): T {
  const outcome = schema.safeParse(form);
  if (outcome.success) return outcome.data;
  throw errorOf(
    form,
    outcome.error.issues.flatMap((issue) => innermost(issue)),
  );
}

type Issue = z.core.$ZodIssue;

/** A union reports the issues of every branch. The branch that matched furthest is the one the caller meant. */
function innermost(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const branches = issue.errors.map((branch) =>
    branch.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  return branches.at(-1)?.flatMap(innermost) ?? [];
}

function errorOf(form: Form, issues: Issue[]): StripeError {
  const unknown = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => parameterName([...issue.path, key])) : [],
  );
  if (unknown.length > 0) return unknownParameters(unknown);
  const missing = issues.find((issue) => valueAt(form, issue.path) === undefined);
  if (missing) return missingParameter(parameterName(missing.path));
  const [issue] = issues;
  const name = parameterName(issue?.path ?? []);
  const [, code = "", sentence = "Invalid value"] = /^(\w*): (.*)$/s.exec(issue?.message ?? "") ?? [];
  return invalidRequest(`${sentence} (${name}).`, name, code === "" ? undefined : code);
}

function valueAt(form: Form, path: readonly PropertyKey[]): unknown {
  let value: unknown = form;
  for (const step of path) value = isForm(value) ? value[String(step)] : undefined;
  return value;
}

function isForm(value: unknown): value is Form {
  return typeof value === "object" && value !== null;
}
