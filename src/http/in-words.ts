import type * as z from "zod";

/** What a value must be, by what its schema calls it. */
const KINDS: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  email: "an e-mail address",
  uuid: "a UUID",
  datetime: "an instant in UTC",
  date: "a day",
};

const mustBe = (kind: string) => `must be ${KINDS[kind] ?? "another"}`;

/** What texts and lists are counted in. */
const UNITS: Record<string, string> = { string: " characters", array: " entries" };

/** What is wrong with a field, to be read behind its name; where a schema has words of its own, those are said. */
export function inWords(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return "is required";
  switch (issue.code) {
    case "invalid_type":
      return mustBe(issue.expected);
    case "invalid_format":
      return mustBe(issue.format);
    case "invalid_value":
      return `must be ${issue.values.join(" or ")}`;
    case "too_small":
      return issue.minimum === 1 && issue.origin === "string"
        ? "must not be empty"
        : `must be at least ${issue.minimum}${UNITS[issue.origin] ?? ""}`;
    case "too_big":
      return `must be at most ${issue.maximum}${UNITS[issue.origin] ?? ""}`;
    default:
      return "is not valid";
  }
}
