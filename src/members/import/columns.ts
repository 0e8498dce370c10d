import type { import_jobs } from "../../tables/import-jobs.ts";

/** What a column can fill. docs/importing.md says what each takes. */
export const IMPORT_FIELDS = [
  "id",
  "external_id",
  "email",
  "first_name",
  "last_name",
  "legal_name",
  "pronouns",
  "phone",
  "address",
  "birthday",
  "bio",
  "partner_first_name",
  "partner_last_name",
  "partner_is_member",
  "referred_by",
  "status",
  "role",
  "joined_at",
  "language",
  "time_zone",
  "photo_preference",
  "newsletter_consent_at",
  "password_hash",
  "tags",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

export type ImportColumns = (typeof import_jobs.$inferSelect)["columns"];

/** Other names of a field: those of the old system, of our exports for people, and what people call them. */
const ALIASES: Record<string, ImportField> = {
  member_id: "id",
  user_id: "id",
  legacy_id: "external_id",
  e_mail: "email",
  email_address: "email",
  firstname: "first_name",
  given_name: "first_name",
  lastname: "last_name",
  surname: "last_name",
  family_name: "last_name",
  phone_number: "phone",
  mobile: "phone",
  postal_address: "address",
  date_of_birth: "birthday",
  birth_date: "birthday",
  partner_s_first_name: "partner_first_name",
  partner_s_last_name: "partner_last_name",
  partner_is_a_member: "partner_is_member",
  referred_by_member_name: "referred_by",
  joined: "joined_at",
  member_since: "joined_at",
  created_at: "joined_at",
  newsletter_consent: "newsletter_consent_at",
  hashed_password: "password_hash",
  timezone: "time_zone",
};

/** What an error file adds. Such columns are left out when the file is uploaded again. */
export const ADDED_COLUMNS = ["row", "problem"];

/** What our export has, and an import does not take: money comes from payments alone. */
const NOT_TAKEN = ["plan"];

/** A header in one spelling: `Joined (America/New_York)` is `joined`, and `joined-at` is `joined_at`. */
const nameOfHeader = (header: string): string =>
  header
    .replace(/\s*\([^)]*\)\s*$/, "")
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_");

const isField = (name: string): name is ImportField => IMPORT_FIELDS.some((field) => field === name);

const fieldNamedBy = (header: string): ImportField | undefined => {
  const name = nameOfHeader(header);
  return isField(name) ? name : ALIASES[name];
};

/** Which of the headers fills which field. The first one that names a field fills it. */
export function importColumnsOf(headers: readonly string[]): ImportColumns {
  const taken = new Set<string>();
  return headers.map((header) => {
    const field = fieldNamedBy(header);
    if (!field || taken.has(field)) return { header, field: null };
    taken.add(field);
    return { header, field };
  });
}

/** The headers that fill nothing, although nobody would expect that. */
export function unknownHeaders(columns: ImportColumns): string[] {
  const repeated = repeatedHeaders(columns);
  return columns.flatMap(({ header, field }) =>
    field || repeated.includes(header) || NOT_TAKEN.includes(nameOfHeader(header)) ? [] : header,
  );
}

/** The headers that fill nothing, because another column fills the field that they name. */
export const repeatedHeaders = (columns: ImportColumns): string[] =>
  columns.flatMap(({ header, field }) => {
    const named = fieldNamedBy(header);
    return field === null && named && columns.some((other) => other.field === named) ? header : [];
  });

/** Where each field's cell is in a row. */
export const placesOf = (columns: ImportColumns): Map<ImportField, number> =>
  new Map(columns.flatMap(({ field }, index) => (field && isField(field) ? [[field, index] as const] : [])));
