import { inert } from "../../http/csv.ts";
import { NOT_A_ZONE } from "../../time/zone.ts";
import type { ImportField } from "./columns.ts";
import { BEYOND_POWERS } from "./given-role.ts";
import { type Match, PROFILE_FIELDS } from "./match.ts";
import type { ReadRow } from "./read-row.ts";
import type { ImportValues, Remark } from "./values.ts";
import { WITHHELD } from "./withheld.ts";

export const OUTCOMES = ["create", "update", "unchanged", "problem"] as const;
export type RowOutcome = (typeof OUTCOMES)[number];

/** What an import will do with a row. */
export interface Judgement {
  row: number;
  outcome: RowOutcome;
  user_id: string | null;
  problems: Remark[];
  warnings: Remark[];
}

/** Decides what a row does, from what it says and whom it matches. */
export function judge({ row, values, problems, warnings }: ReadRow, match: Match, cellOf: CellOf): Judgement {
  const found = match.user_id === null ? judgeNew(values, match) : judgeKnown(values, match, cellOf);
  const all = [...problems, ...found.problems];
  if (!match.zone_known) all.push({ field: "time_zone", message: NOT_A_ZONE });
  return {
    row,
    outcome: all.length > 0 ? "problem" : found.outcome,
    user_id: match.user_id,
    problems: all,
    warnings: [...warnings, ...found.warnings],
  };
}

/** The cell of a field, as it was uploaded. */
export type CellOf = (field: ImportField) => string;

const PLEASE_CHECK = "Please check whether they are the same person.";

type Found = Pick<Judgement, "outcome" | "problems" | "warnings">;

function judgeNew(values: ImportValues, { twins, same_name, role_known, role_allowed }: Match): Found {
  const problems: Remark[] = [];
  if (values.first_name === null) problems.push({ field: "first_name", message: "must not be empty" });
  if (values.role !== null && !role_known) problems.push({ field: "role", message: "is not a role" });
  else if (values.role !== null && !role_allowed) problems.push({ field: "role", message: BEYOND_POWERS });
  const found = new Set(twins.map(({ id }) => id));
  const namesakes = same_name.filter((id) => !found.has(id)).map((id): TwinHere => ({ id, by: ["name"] }));
  const remarks = remarksOn([...twins, ...namesakes]);
  return { outcome: "create", problems: [...problems, ...remarks.problems], warnings: remarks.warnings };
}

type TwinHere = Match["twins"][number];

/** What likely twins have in common with a row. An address and a name together are a problem, everything else a warning. */
function remarksOn(twins: TwinHere[]): Pick<Found, "problems" | "warnings"> {
  const isSame = ({ by }: TwinHere) => by.includes("email") && by.includes("name");
  const having = (sign: TwinHere["by"][number], besides?: "name_and_birthday") =>
    twins.filter((twin) => !isSame(twin) && twin.by.includes(sign) && !(besides && twin.by.includes(besides)));
  return {
    problems: remark(
      "email",
      "is the address of somebody with the same name, who has not confirmed it.",
      twins.filter(isSame),
    ),
    warnings: [
      ...remark("email", "is the address of somebody else too, who has not confirmed it.", having("email")),
      ...remark(
        "birthday",
        "is that of somebody with the same name, who is here already.",
        having("name_and_birthday"),
      ),
      ...remark("phone", "is the number of somebody who is here already.", having("phone")),
      ...remark("address", "is that of somebody who is here already.", having("address")),
      ...remark(null, "has the name of somebody who is here already.", having("name", "name_and_birthday")),
    ],
  };
}

const remark = (field: Remark["field"], message: string, people: TwinHere[]): Remark[] =>
  people.length === 0
    ? []
    : [{ field, message: `${message} ${PLEASE_CHECK}`, people: people.slice(0, 3).map(({ id }) => id) }];

function judgeKnown(values: ImportValues, match: Match, cellOf: CellOf): Found {
  const { shown, withheld, tags, holds_role, erased, ambiguous } = match;
  const said = PROFILE_FIELDS.filter((field) => values[field] !== null);
  const left_out = said.filter((field) => withheld.includes(field));
  const changes =
    said.some(
      (field) => !withheld.includes(field) && values[field] !== shown[field] && cellOf(field) !== written(shown[field]),
    ) || (values.tags ?? []).some((tag) => !tags.includes(tag));
  const problems: Remark[] = [];
  if (erased) problems.push({ field: "id", message: "belongs to somebody who was erased" });
  if (ambiguous)
    problems.push({ field: null, message: "has an id, an external_id or an email that belong to different people" });
  if (changes && holds_role)
    problems.push({ field: null, message: "is about somebody who holds a role: please edit them by hand" });
  const warnings = (["email", "status", "role"] as const)
    .filter((field) => values[field] !== null && values[field] !== match[field])
    .map((field): Remark => ({ field, message: "is left as it is: the person is already here" }));
  warnings.push(...left_out.map((field): Remark => ({ field, message: WITHHELD })));
  return { outcome: changes ? "update" : "unchanged", problems, warnings };
}

/** How an export writes a value, which an import must take for the same. */
const written = (value: string | boolean | null): string =>
  typeof value === "string" ? inert(value) : String(value ?? "");
