import * as z from "zod";
import { MOST_CENTS } from "../stripe/amounts.ts";

/** An instant in UTC, ISO 8601 with milliseconds. */
export const Instant = z.iso.datetime().meta({ example: "2027-03-01T18:30:00.000Z" });

const LONGEST_MOMENT = 35;

/** An instant that a client sends, with any offset that there is. Clocks of early years are not ours, and PostgreSQL refuses large offsets. */
export const Moment = z.iso
  .datetime({ offset: true })
  .max(LONGEST_MOMENT)
  .regex(/^[1-9]/, "must be in the year 1000 or later")
  .regex(/(Z|[+-](0\d|1[0-3]):\d\d|[+-]14:00)$/, "must be at most 14 hours from UTC")
  .meta({ example: "2027-03-01T00:00:00Z" });

/**
 * A day in the organization's time zone, or an instant. src/time/days.ts turns it into an instant: where something begins,
 * a day means its beginning; where something ends, its end.
 */
export const DayOrMoment = z
  .string()
  .refine((text) => Moment.safeParse(text).success || (z.iso.date().safeParse(text).success && !text.startsWith("0")), {
    error: "must be a date such as 2027-03-01, or a date and time such as 2027-03-01T18:30:00Z",
    abort: true,
  })
  .meta({ maxLength: LONGEST_MOMENT, example: "2027-03-01" });

/** When money came in, as a volunteer records it: in a year that reports cover. */
export const ReceivedAt = DayOrMoment.regex(/^2[01]/, "must be in the years 2000 to 2199").meta({
  example: "2027-03-01",
});

/** Where the range of a filter begins. */
export const From = DayOrMoment.optional().describe("From this day or instant on");

/** Where the range of a filter ends. */
export const To = DayOrMoment.optional().describe("Up to and including this day, or before this instant");

/** Filters whose `from` must not be after their `to`. A day is not compared with an instant: that depends on the zone. */
export const inOrder = <Filters extends z.ZodType<{ from?: string | undefined; to?: string | undefined }>>(
  filters: Filters,
): Filters =>
  filters.refine(({ from, to }) => !from || !to || isInOrder(from, to), {
    path: ["to"],
    message: "must not be before from",
  });

/** Whether two days, or two instants, are in order. True for a day and an instant. */
export const isInOrder = (from: string, to: string): boolean =>
  from.includes("T") !== to.includes("T") || Date.parse(from) <= Date.parse(to);

/** A query parameter that is true or false. */
export const YesOrNo = z.enum(["true", "false"]).transform((word) => word === "true");

/** True or false in a body that may come from a form, which has only words. */
export const FormBoolean = z.preprocess(
  (sent) => (sent === "true" || sent === "false" ? sent === "true" : sent),
  z.boolean(),
);

/** A query parameter that takes several values, separated by commas. */
export const separatedByCommas = <Value extends z.ZodType<string, string>>(values: z.ZodArray<Value>) =>
  z
    .string()
    .max(200)
    .transform((list) => list.split(",").map((value) => value.trim()))
    .pipe(values);

/** In lower case, as PostgreSQL writes it: whoever compares two ids or looks for doubles sees one spelling. */
export const Id = z.uuid().toLowerCase();

/** The path parameter of every route about one thing. */
export const ById = z.object({ id: Id });

export const Message = z.object({ message: z.string() }).meta({ id: "Message" });
export type Message = z.infer<typeof Message>;

/** Tells whoever sent an event that they need not send it again. */
export const Received = z.object({ received: z.literal(true) }).meta({ id: "Received" });
export type Received = z.infer<typeof Received>;

/** A whole number in a query: plain digits. `Number` would also read `0x10`, `1e3`, `+5` and spaces. */
export const inDigits = <Schema extends z.ZodNumber>(number: Schema) =>
  z.preprocess((text, { addIssue }) => {
    const value = typeof text === "string" && /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number.safeParse(value).success) return value;
    addIssue({ code: "custom", message: `must be a whole number from ${number.minValue} to ${number.maxValue}` });
    return z.NEVER;
  }, number);

/** Integer cents in the platform's currency. */
export const Cents = z.int().min(0).max(MOST_CENTS).meta({ example: 2500 });

/** What pasting brings along, and nobody sees: zero-width characters, marks of direction, soft hyphens. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** What mail servers take before the @ without quotes (RFC 5322, 3.2.3). */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/** RFC 5321, 4.5.3.1.1. */
const LONGEST_LOCAL_PART = 64;

/** A domain in ASCII, with a dot. */
const DOMAIN = /^([a-z0-9][a-z0-9-]*\.)+(xn--[a-z0-9-]+|[a-z]{2,})$/;

const NOT_AN_ADDRESS = "must be an email address";

/** An international domain in the ASCII form that mail servers use (punycode), in lower case. Null if it is no domain. */
function inAscii(domain: string): string | null {
  // URL would not read these as part of a domain.
  if (/[\s/?#@:%[\]\\]/.test(domain)) return null;
  try {
    const { hostname } = new URL(`http://${domain}`);
    return DOMAIN.test(hostname) ? hostname : null;
  } catch {
    return null;
  }
}

/**
 * An address as we compare and store it: without invisible characters, in lower case, its domain in ASCII. Takes what mail
 * servers deliver to, except quoted and non-ASCII local parts.
 */
export const Email = z
  .string()
  .max(1000, NOT_AN_ADDRESS)
  .transform((text, { addIssue }) => {
    const typed = text.replace(INVISIBLE, "").trim().toLowerCase();
    const at = typed.lastIndexOf("@");
    const local_part = typed.slice(0, Math.max(at, 0));
    const domain = inAscii(typed.slice(at + 1));
    const email = `${local_part}@${domain}`;
    const wrong = (message: string) => {
      addIssue({ code: "custom", message });
      return z.NEVER;
    };
    if (domain && /[^\0-\x7f]/.test(local_part))
      return wrong(
        "must have only unaccented letters, digits and signs before the @: we cannot send to other addresses",
      );
    if (!domain || !LOCAL_PART.test(local_part)) return wrong(NOT_AN_ADDRESS);
    if (local_part.length > LONGEST_LOCAL_PART)
      return wrong(`must have at most ${LONGEST_LOCAL_PART} characters before the @`);
    return email.length > 254 ? wrong("must be at most 254 characters") : email;
  })
  .meta({ format: "email", maxLength: 254, example: "alex@example.org" });

/** Text that PostgreSQL and JSON can hold: no NUL, no lone surrogate. */
export const STORABLE = /^[^\0\p{Cs}]*$/u;

/** Text without control characters, including those that change the direction of the text around them. */
export const LINE = /^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u;

/** A character that people can see by itself. An accent needs a letter to stand on. */
export const VISIBLE = /[^\p{Cc}\p{Cf}\p{M}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * What somebody typed, trimmed and composed (NFC), so that texts that look equal are equal. It has only these characters,
 * and at least one that people can see.
 */
const typed = (max: number, characters: RegExp, error: string) =>
  z
    .string()
    .trim()
    .normalize("NFC")
    .min(1, { abort: true })
    .max(max)
    .regex(characters, { error, abort: true })
    .refine((text) => VISIBLE.test(text), "must have something to read");

export const NOT_A_LINE = "must be one line, without invisible control characters";

/** A line of text: no control characters. */
export const Line = (max: number) => typed(max, LINE, NOT_A_LINE);

/** Text of several lines. */
export const Text = (max: number) => typed(max, STORABLE, "must be text");

const emptyIsNone = z
  .string()
  .trim()
  .transform((text) => text || null);

/** An optional line. A form's empty field counts as none. */
export const OptionalLine = (max: number) => emptyIsNone.pipe(Line(max).nullable()).nullable().meta({ maxLength: max });

/** Optional text of several lines. A form's empty field counts as none. */
export const OptionalText = (max: number) => emptyIsNone.pipe(Text(max).nullable()).nullable().meta({ maxLength: max });
