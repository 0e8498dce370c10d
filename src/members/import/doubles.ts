import { readPhone } from "../../people/phone.ts";
import type { ImportValues, Remark } from "./values.ts";

/** What names a person. `person`: whom the rows matched. */
export const KEYS = ["id", "external_id", "email", "person"] as const;

/** What is read of each row to find others about the same person. */
export interface NamedRow {
  row: number;
  /** Whom it matches, and that person's address. */
  user_id: string | null;
  has_email: string | null;
  /** The name of somebody new, as names are compared. */
  new_name: string | null;
  values: ImportValues;
}

/** What to add to a row. */
export interface Remarked {
  row: number;
  problems: Remark[];
  warnings: Remark[];
}

const MOST_NAMED = 5;

/** Rows that share a key. Rows without one share nothing. */
const sharing = (rows: NamedRow[], keyOf: (row: NamedRow) => string | null): NamedRow[][] =>
  [...Map.groupBy(rows, keyOf)].flatMap(([key, same]) => (key !== null && same.length > 1 ? [same] : []));

/** The numbers of some other rows. */
const othersThan = (row: NamedRow, rows: NamedRow[]): string =>
  rows
    .slice(0, MOST_NAMED + 1)
    .filter((each) => each !== row)
    .slice(0, MOST_NAMED)
    .map((each) => each.row)
    .join(", ");

/** A problem for each row whose person another row speaks of too. */
export function doublesAmong(rows: NamedRow[]): Remarked[] {
  const problems = new Map<number, Remark>();
  for (const field of KEYS)
    for (const same of sharing(rows, (row) => keyOf(field, row)))
      for (const row of same)
        if (!problems.has(row.row))
          problems.set(row.row, {
            field: field === "person" ? null : field,
            message: `is the same ${field === "person" ? "person " : ""}as in row ${othersThan(row, same)}`,
          });
  return [...problems].map(([row, problem]) => ({ row, problems: [problem], warnings: [] }));
}

function keyOf(field: (typeof KEYS)[number], { values, user_id, has_email }: NamedRow): string | null {
  if (field === "person") return user_id;
  const key = values[field]?.toLowerCase() ?? null;
  // Two people may have the same address, as long as one of them has not confirmed it.
  return field === "email" && key === has_email ? null : key;
}

/** A warning for each new person whose name another new one has, that says if the birthday or the phone is the same too. */
export async function namesakesAmong(rows: NamedRow[], country: string): Promise<Remarked[]> {
  const remarked: Remarked[] = [];
  for (const same of sharing(rows, ({ new_name }) => new_name)) {
    const phones = new Map(await Promise.all(same.map(async (row) => [row, await phoneOf(row, country)] as const)));
    const warn = (group: NamedRow[], what: string) => {
      for (const row of group) warnings.set(row, `has the same ${what} as row ${othersThan(row, group)}`);
    };
    const warnings = new Map<NamedRow, string>();
    warn(same, "name");
    for (const group of sharing(same, (row) => phones.get(row) ?? null)) warn(group, "name and phone");
    for (const group of sharing(same, ({ values }) => values.birthday)) warn(group, "name and birthday");
    for (const [{ row }, message] of warnings)
      remarked.push({
        row,
        problems: [],
        warnings: [{ field: null, message: `${message}. Please check whether they are the same person.` }],
      });
  }
  return remarked;
}

const phoneOf = async ({ values: { phone } }: NamedRow, country: string): Promise<string | null> =>
  phone === null ? null : readPhone(phone, country).catch(() => null);
