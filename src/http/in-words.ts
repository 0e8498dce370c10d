import type * as z from "zod";

/** What a value must be, in words. The keys are Zod's names. */
const KINDS: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  email: "an email address",
  uuid: "a UUID",
  datetime: "a date and time such as 2027-03-01T18:30:00Z",
  date: "a date such as 2027-03-01",
  url: "an address that begins with https://",
};

/** "members, admins or nobody" */
const oneOf = (values: readonly unknown[]) =>
  values.map((value, index) => `${index === 0 ? "" : index < values.length - 1 ? ", " : " or "}${value}`).join("");

const NOT_VALID = "is not valid";

/** A list counts its entries, a text its characters. */
const verb = (origin: string) => (origin === "array" ? "must have" : "must be");

const mustBe = (kind: string) => (KINDS[kind] ? `must be ${KINDS[kind]}` : NOT_VALID);

/** What texts and lists are counted in, singular and plural. */
const UNITS: Record<string, [string, string]> = { string: ["character", "characters"], array: ["entry", "entries"] };

function counted(count: number | bigint, origin: string): string {
  const [one, more] = UNITS[origin] ?? ["", ""];
  return `${count} ${Number(count) === 1 ? one : more}`.trim();
}

/** Of a number that is not safe, Zod names the most that one can be, even if the schema allows less. */
const mostOf = ({ inst, maximum }: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): number | bigint =>
  inst && "maxValue" in inst && typeof inst.maxValue === "number" ? inst.maxValue : maximum;

/** What is wrong with a field, worded to follow its name. If a schema has its own message, that one is used instead. */
export function inWords(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return "is required";
  switch (issue.code) {
    case "invalid_type":
      return mustBe(issue.expected);
    case "invalid_format":
      return mustBe(issue.format);
    case "invalid_value":
      return `must be ${oneOf(issue.values)}`;
    case "too_small":
      return issue.minimum === 1 && issue.origin === "string"
        ? "must not be empty"
        : `${verb(issue.origin)} at least ${counted(issue.minimum, issue.origin)}`;
    case "too_big":
      return `${verb(issue.origin)} at most ${counted(mostOf(issue), issue.origin)}`;
    default:
      return NOT_VALID;
  }
}
