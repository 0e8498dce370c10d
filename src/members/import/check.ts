import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { asManyAsFit } from "../../database/as-many-as-fit.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { import_jobs, import_rows } from "../../tables/import-jobs.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { users } from "../../tables/people.ts";
import { type ImportColumns, placesOf } from "./columns.ts";
import { doublesAmong, KEYS, namesakesAmong } from "./doubles.ts";
import { type Judgement, judge } from "./judge.ts";
import { selectMatches } from "./match.ts";
import { readRow } from "./read-row.ts";
import { readValues } from "./values.ts";

/** How many rows are checked at a time, at most. */
const ROWS = 500;

/** The country whose phone numbers need no prefix. */
export const selectCountry = () => query.select({ country: organisation_settings.country }).from(organisation_settings);

/** The columns of a job, as long as it has this status. */
export const selectColumns = (job_id: string, which: SQL) =>
  query
    .select({ columns: import_jobs.columns })
    .from(import_jobs)
    .where(and(eq(import_jobs.id, job_id), which));

const isValidating = eq(import_jobs.status, "validating");

/**
 * Checks some rows of an import: what each would do, and what is wrong with it. Once all are checked, looks for rows that
 * speak of the same person; then the import is ready.
 */
export async function checkSome(ctx: Context, job_id: string): Promise<void> {
  const unchecked = (limit: number) =>
    query
      .select({ row: import_rows.row, cells: import_rows.cells })
      .from(import_rows)
      .where(and(eq(import_rows.job_id, job_id), isNull(import_rows.outcome)))
      .orderBy(asc(import_rows.row))
      .limit(limit);
  const { job, rows, here } = await asManyAsFit(ROWS, (limit) =>
    ctx.transact((t) => ({
      job: t.maybe(selectColumns(job_id, isValidating)),
      rows: t.many(unchecked(limit)),
      here: t.one(selectCountry()),
    })),
  );
  if (!job) return;
  if (rows.length === 0) return finishCheck(ctx, job_id, job.columns);
  const places = placesOf(job.columns);
  const at = { now: ctx.now, country: here.country };
  const read = await Promise.all(rows.map((row) => readRow(row, job.columns, places, at)));
  const { matches } = await ctx.transact((t) => ({ matches: t.many(selectMatches(job_id, read)) }));
  const judged = read.flatMap((row, index): Judgement[] => {
    const match = matches[index];
    const cells = rows[index]?.cells ?? [];
    return match ? [judge(row, match, (field) => cells[places.get(field) ?? -1] ?? "")] : [];
  });
  await ctx.transact((t) => {
    lockJob(t, job_id);
    t.effect(
      query.execute(sql`
        update ${import_rows} set outcome = judged.outcome, user_id = judged.user_id, problems = judged.problems,
          warnings = judged.warnings
        from jsonb_to_recordset(${JSON.stringify(judged)}::jsonb) as judged
          (row int, outcome text, user_id uuid, problems jsonb, warnings jsonb)
        where ${eq(import_rows.job_id, job_id)} and ${import_rows.row} = judged.row
          and ${import_rows.outcome} is null and ${isStill(job_id, job.columns)}`),
    );
    t.effect(
      query
        .update(import_jobs)
        .set({
          checked_rows: sql`(select count(*) from ${import_rows} where ${eq(import_rows.job_id, job_id)} and outcome is not null)`,
        })
        .where(and(eq(import_jobs.id, job_id), isValidating)),
    );
  });
}

export const lockJob = (t: Plan, job_id: string): void =>
  t.effect(
    query.select({ id: import_jobs.id }).from(import_jobs).where(eq(import_jobs.id, job_id)).for("no key update"),
  );

/** Nobody has mapped the columns anew since we read them. */
const isStill = (job_id: string, columns: ImportColumns) =>
  sql`exists ${query
    .select({ id: import_jobs.id })
    .from(import_jobs)
    .where(
      and(eq(import_jobs.id, job_id), isValidating, sql`${import_jobs.columns} = ${JSON.stringify(columns)}::jsonb`),
    )}`;

/** Makes a problem of each row whose person another row speaks of too, warns of new people with one name, and ends the check. */
async function finishCheck(ctx: Context, job_id: string, columns: ImportColumns): Promise<void> {
  const all = placesOf(columns);
  const places = new Map([...all].filter(([field]) => NAMING.some((name) => name === field)));
  // Only valid cells that name somebody: all rows are read at once, and an invalid cell may be long.
  const cells = sql<(string | null)[]>`jsonb_build_array(${
    places.size > 0
      ? sql.join(
          [...places].map(
            ([field, place]) =>
              sql`case when not ${import_rows.problems} @> ${JSON.stringify([{ field }])}::jsonb then ${import_rows.cells} ->> ${place}::int end`,
          ),
          sql`, `,
        )
      : sql``
  })`;
  const { rows, here } = await ctx.transact((t) => ({
    here: t.one(selectCountry()),
    rows: t.many(
      query
        .select({
          row: import_rows.row,
          cells,
          user_id: import_rows.user_id,
          has_email: users.email,
          new_name: nameOfNew(all.get("first_name"), all.get("last_name")),
        })
        .from(import_rows)
        .leftJoin(users, eq(users.id, import_rows.user_id))
        .where(eq(import_rows.job_id, job_id))
        .orderBy(asc(import_rows.row)),
    ),
  }));
  const inPlace = new Map([...places.keys()].map((field, index) => [field, index]));
  const named = rows.map(({ cells: names, ...row }) => ({
    ...row,
    values: readValues(
      names.map((name) => name ?? ""),
      inPlace,
    ).values,
  }));
  const doubles = doublesAmong(named);
  const double = new Set(doubles.map(({ row }) => row));
  const namesakes = await namesakesAmong(named, here.country);
  const remarks = JSON.stringify([...doubles, ...namesakes.filter(({ row }) => !double.has(row))]);
  await ctx.transact((t) => {
    lockJob(t, job_id);
    t.effect(
      query.execute(sql`
        update ${import_rows} set outcome = case when remarked.problems = '[]' then ${import_rows.outcome} else 'problem' end,
          problems = ${import_rows.problems} || remarked.problems, warnings = ${import_rows.warnings} || remarked.warnings
        from jsonb_to_recordset(${remarks}::jsonb) as remarked (row int, problems jsonb, warnings jsonb)
        where ${eq(import_rows.job_id, job_id)} and ${import_rows.row} = remarked.row and ${isStill(job_id, columns)}`),
    );
    t.effect(
      query
        .update(import_jobs)
        .set({ status: "ready" })
        .where(and(eq(import_jobs.id, job_id), isStill(job_id, columns))),
    );
  });
}

/** The fields that are read of every row at the end. */
const NAMING = [...KEYS, "birthday", "phone"] as const;

/** The name of somebody whom a row creates, as names are compared. Null for other rows. */
function nameOfNew(...places: (number | undefined)[]): SQL<string | null> {
  const parts = places.map((place) =>
    place === undefined ? sql`''` : sql`trim(coalesce(${import_rows.cells} ->> ${place}::int, ''))`,
  );
  const name = sql`nullif(search_key(trim(${sql.join(parts, sql` || ' ' || `)})), '')`;
  return sql<string | null>`case when ${eq(import_rows.outcome, "create")} then ${name} end`;
}
