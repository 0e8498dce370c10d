import { Refusal } from "../../http/errors.ts";
import { readPhone } from "../../people/phone.ts";
import type { ImportColumns, ImportField } from "./columns.ts";
import { type ImportValues, type Remark, readValues } from "./values.ts";

const IN_THE_PAST = ["birthday", "joined_at", "newsletter_consent_at"] as const;
/** In the organization's time zone, tomorrow may have begun. */
const A_DAY = 86_400_000;

/** What a row says, with what is wrong with it by itself. Whom it speaks of is another question. */
export interface ReadRow {
  row: number;
  values: ImportValues;
  problems: Remark[];
  warnings: Remark[];
}

/**
 * Reads a row. An id that is not a UUID counts as the id in the system that the file comes from. A phone number that cannot be
 * read is left out.
 *
 * @param at the present, and the country whose phone numbers need no prefix
 */
export async function readRow(
  { row, cells }: { row: number; cells: readonly string[] },
  columns: ImportColumns,
  places: ReadonlyMap<ImportField, number>,
  { now, country }: { now: Date; country: string },
): Promise<ReadRow> {
  const { values, problems } = readValues(cells, places);
  const warnings: Remark[] = [];
  if (cells.length > columns.length || cells.length < columns.length)
    problems.push({ field: null, message: `has ${counted(cells.length)}, but the header has ${columns.length}` });
  for (const field of IN_THE_PAST)
    if (values[field] !== null && Date.parse(values[field]) > now.getTime() + A_DAY)
      problems.push({ field, message: "must not be in the future" });
  if (values.phone !== null) values.phone = await readNumber(values.phone, country, warnings);
  if (values.password_hash !== null && values.email === null) {
    warnings.push({ field: "password_hash", message: "is left out: nobody can sign in without an email address" });
    values.password_hash = null;
  }
  return { row, values, problems, warnings };
}

const counted = (cells: number) => `${cells} ${cells === 1 ? "cell" : "cells"}`;

async function readNumber(phone: string, country: string, warnings: Remark[]): Promise<string | null> {
  try {
    return await readPhone(phone, country);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    warnings.push({ field: "phone", message: "is left out: it is not a valid phone number" });
    return null;
  }
}
