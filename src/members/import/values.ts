import * as z from "zod";
import { withoutApostrophes } from "../../http/csv.ts";
import { inWords } from "../../http/in-words.ts";
import { Email, Line, OptionalLine, OptionalText, Text } from "../../http/schemas.ts";
import { users, userstatus } from "../../tables/people.ts";
import { TimeZone } from "../../time/zone.ts";
import { Tag } from "../admin/tag-schemas.ts";
import { Birthday } from "../my/schemas.ts";
import type { ImportField } from "./columns.ts";

/** What a row says about a person. Null: nothing, so that what is there stays. */
export interface ImportValues extends Record<Exclude<ImportField, "partner_is_member" | "tags">, string | null> {
  partner_is_member: boolean | null;
  tags: string[] | null;
}

export interface Remark {
  field: ImportField | null;
  /** Completes a sentence that begins with the field, or with the row. Never repeats what the file says. */
  message: string;
  /** The people whom it speaks of. */
  people?: string[];
}

const lower = z.string().trim().toLowerCase();

const choice = <const Choices extends readonly string[]>(choices: Choices) =>
  lower.transform((text) => text.replaceAll(" ", "_")).pipe(z.enum(choices));

const ANSWERS: Record<string, boolean> = {
  ...{ true: true, yes: true, y: true, "1": true, sí: true, si: true },
  ...{ false: false, no: false, n: false, "0": false },
};
const YesOrNo = lower
  .refine((text) => text in ANSWERS, "must be yes or no")
  .transform((text) => ANSWERS[text] ?? false);

/** A day, a time on the organization's clock, or an instant: as SQL reads it. A plain day means noon. */
const Time = z
  .string()
  .trim()
  .regex(
    /^(19|20)\d\d-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-3]):\d\d)?)?$/,
    "must be a date such as 2027-03-01, or a date and time such as 2027-03-01 18:30:00",
  )
  .refine((text) => isTime(text), "must be a real date")
  .transform((text) => (text.length === 10 ? `${text} 12:00:00` : text));

const isTime = (text: string) =>
  z.iso.date().safeParse(text.slice(0, 10)).success && !Number.isNaN(Date.parse(text.replace(" ", "T")));

/** argon2id as we make it, or bcrypt as the old system did. */
const PasswordHash = z
  .string()
  .trim()
  .regex(
    /^(\$argon2id\$v=19\$m=\d{1,7},t=\d{1,2},p=\d{1,2}\$[\w+/]{11,86}\$[\w+/]{22,172}|\$2[aby]\$(0[4-9]|1[0-4])\$[./A-Za-z0-9]{53})$/,
    "must be an argon2id or bcrypt hash",
  );

const Tags = z
  .string()
  .transform((text) =>
    text
      .split(/[,;]/)
      .map((tag) => tag.trim())
      .filter(Boolean),
  )
  .pipe(z.array(Tag).max(50))
  .transform((tags) => [...new Set(tags)]);

const SCHEMAS: { [Field in ImportField]: z.ZodType<ImportValues[Field]> } = {
  id: z.string().trim().max(100),
  external_id: Line(100),
  email: Email,
  first_name: Line(100),
  last_name: Line(100),
  legal_name: Line(200),
  pronouns: Line(50),
  phone: OptionalLine(50),
  address: OptionalText(500),
  birthday: Birthday,
  bio: Text(2000),
  partner_first_name: Line(100),
  partner_last_name: Line(100),
  partner_is_member: YesOrNo,
  referred_by: Line(200),
  status: choice(userstatus.enumValues),
  role: lower.pipe(Line(50)),
  joined_at: Time,
  language: choice(users.language.enumValues),
  time_zone: z.string().trim().pipe(TimeZone),
  photo_preference: choice(users.photo_preference.enumValues),
  newsletter_consent_at: Time,
  password_hash: PasswordHash,
  tags: Tags,
};

const NOTHING: ImportValues = {
  ...(Object.fromEntries(Object.keys(SCHEMAS).map((field) => [field, null])) as Record<ImportField, null>),
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id that is none of ours is the one in the system that the file comes from. */
const withIds = (values: ImportValues): ImportValues =>
  values.id === null || UUID.test(values.id)
    ? { ...values, id: values.id?.toLowerCase() ?? null }
    : { ...values, id: null, external_id: values.external_id ?? values.id };

/** The cells of a row as values, and what is wrong with those that cannot be read. An empty cell says nothing. */
export function readValues(
  cells: readonly string[],
  places: ReadonlyMap<ImportField, number>,
): { values: ImportValues; problems: Remark[] } {
  const problems: Remark[] = [];
  const read = [...places].flatMap(([field, place]) => {
    const text = withoutApostrophes(cells[place] ?? "");
    if (text.trim() === "") return [];
    if (text.includes("\ufffd")) {
      problems.push({ field, message: "has a character that cannot be read" });
      return [];
    }
    const { data, error } = SCHEMAS[field].safeParse(text, { error: inWords });
    if (error) problems.push({ field, message: error.issues[0]?.message ?? "cannot be read" });
    return error ? [] : [[field, data]];
  });
  return { values: withIds({ ...NOTHING, ...Object.fromEntries(read) }), problems };
}
