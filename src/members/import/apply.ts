import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { asManyAsFit } from "../../database/as-many-as-fit.ts";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { personIsKnown } from "../../people/person.ts";
import { roles, user_role_assignments } from "../../tables/access.ts";
import { import_jobs, import_rows } from "../../tables/import-jobs.ts";
import { user_tags } from "../../tables/members.ts";
import { users } from "../../tables/people.ts";
import { instantOf } from "../../time/days.ts";
import { knownZone, NOT_A_ZONE } from "../../time/zone.ts";
import { lockJob, selectColumns, selectCountry } from "./check.ts";
import { placesOf } from "./columns.ts";
import { BEYOND_POWERS, isGiven, mayGive } from "./given-role.ts";
import { holdsRole, PROFILE_FIELDS } from "./match.ts";
import { readRow } from "./read-row.ts";
import { WITHHELD, withheldFrom } from "./withheld.ts";

/** How many rows are applied in one transaction, at most. */
const ROWS = 250;

const isApplying = eq(import_jobs.status, "applying");

/** Whether a row still does something. Erasing somebody makes a problem of theirs meanwhile, which does nothing. */
const rowWaits = sql`(${and(isNull(import_rows.applied_at), inArray(import_rows.outcome, ["create", "update"]))})`;

/**
 * Applies some rows of an import. One transaction makes and changes the people and marks their rows, so a row that was
 * interrupted is applied again, and one that was applied never is. Each row is checked once more.
 */
export async function applySome(ctx: Context, job_id: string): Promise<void> {
  const { job, rows, here } = await asManyAsFit(ROWS, (limit) =>
    ctx.transact((t) => ({
      job: t.maybe(selectColumns(job_id, isApplying)),
      rows: t.many(
        query
          .select({
            row: import_rows.row,
            cells: import_rows.cells,
            user_id: import_rows.user_id,
            outcome: import_rows.outcome,
          })
          .from(import_rows)
          .where(and(eq(import_rows.job_id, job_id), rowWaits))
          .orderBy(asc(import_rows.row))
          .limit(limit),
      ),
      here: t.one(selectCountry()),
    })),
  );
  if (!job) return;
  const places = placesOf(job.columns);
  const at = { now: ctx.now, country: here.country };
  const given = await Promise.all(
    rows.map(async ({ row, cells, user_id, outcome }) => {
      const { values } = await readRow({ row, cells }, job.columns, places, at);
      return { ...values, row, outcome, user_id: user_id ?? values.id ?? crypto.randomUUID() };
    }),
  );
  const chunk = new Chunk(job_id, given);
  await ctx.transact((t) => {
    lockJob(t, job_id);
    lockMatched(t, chunk);
    refuseWhatChanged(t, chunk);
    rememberBefore(t, chunk);
    changeMatched(t, chunk);
    createPeople(t, chunk);
    addTags(t, chunk);
    giveRoles(t, chunk);
    markApplied(t, chunk, places.get("password_hash"));
    countApplied(t, job_id);
  });
}

/** The rows that one transaction applies, as SQL. */
class Chunk {
  readonly job_id: string;
  readonly #given: string;

  constructor(job_id: string, given: readonly object[]) {
    this.job_id = job_id;
    this.#given = JSON.stringify(given);
  }

  /** `from given join import_rows`, with the rows that are still to be applied, of one outcome or of any. */
  from(outcome?: "create" | "update"): SQL {
    return sql`from jsonb_to_recordset(${this.#given}::jsonb) as given (row int, outcome text, user_id uuid,
        external_id text, email text, first_name text, last_name text, legal_name text, pronouns text, phone text,
        address text, birthday date, bio text, partner_first_name text, partner_last_name text, partner_is_member boolean,
        referred_by text, status userstatus, role text, joined_at text, language text, time_zone text,
        photo_preference text, newsletter_consent_at text, password_hash text, tags jsonb)
      join ${import_rows} on ${and(
        eq(import_rows.job_id, this.job_id),
        sql`${import_rows.row} = given.row`,
        rowWaits,
        outcome && eq(import_rows.outcome, outcome),
      )}
      join ${import_jobs} on ${and(eq(import_jobs.id, import_rows.job_id), isApplying)}`;
  }
}

/** In the order of their ids, so that there is no deadlock. */
const lockMatched = (t: Plan, chunk: Chunk): void =>
  t.effect(
    query.execute(sql`select ${users.id} from ${users}
      where ${users.id} in (select given.user_id ${chunk.from("update")}) order by ${users.id} for no key update`),
  );

/** A row that the dry run found in order may be none by now. It becomes a problem, and nothing of it is applied. */
function refuseWhatChanged(t: Plan, chunk: Chunk): void {
  const role = sql`given.role`;
  const someone = (which: SQL) => sql`exists (select from ${users} where ${which})`;
  const why = sql`case
    when given.time_zone is not null and ${knownZone(sql`given.time_zone`)} is null then ${`time_zone: ${NOT_A_ZONE}`}
    when ${import_rows.outcome} = 'create' then case
      when ${someone(sql`${users.id} = given.user_id`)} then 'id: belongs to somebody who is here by now'
      when ${someone(sql`${users.external_id} = given.external_id`)} then 'external_id: belongs to somebody who is here by now'
      when ${someone(sql`${users.email} = given.email and ${users.email_verified}`)}
        then 'email: belongs to somebody who is here by now'
      when ${isGiven(role)} and not exists (select from ${roles} where ${roles.code} = ${role}) then 'role: is not a role'
      when ${isGiven(role)} and not ${mayGive(import_jobs.created_by, role)} then ${`role: ${BEYOND_POWERS}`} end
    when not ${someone(sql`${users.id} = given.user_id and ${personIsKnown}`)} then ': is about somebody who was deleted'
    when ${holdsRole(sql`given.user_id`)} then ': is about somebody who holds a role: please edit them by hand' end`;
  t.effect(
    query.execute(sql`
      update ${import_rows} set outcome = 'problem', applied_at = now(),
        problems = ${import_rows.problems} || jsonb_build_array(jsonb_build_object(
          'field', nullif(split_part(refused.why, ': ', 1), ''), 'message', substr(refused.why, strpos(refused.why, ': ') + 2)))
      from (select given.row, ${why} as why ${chunk.from()}) as refused
      where ${eq(import_rows.job_id, chunk.job_id)} and ${import_rows.row} = refused.row and refused.why is not null`),
  );
}

/** The fields of a matched person that are left out. Judged now, as the roles are: the dry run may be days old. */
const withheld = sql`(select ${withheldFrom(import_jobs.created_by)} from ${users} where ${users.id} = given.user_id)::text[]`;

/**
 * What each field was and becomes, and the tags that are added, so that the import can be undone. The warnings name the
 * fields that are left out.
 */
function rememberBefore(t: Plan, chunk: Chunk): void {
  const fields = sql`unnest(${sql.param([...PROFILE_FIELDS])}::text[]) as field (name)`;
  t.effect(
    query.execute(sql`
      update ${import_rows} set before = jsonb_build_object('fields', changed.fields, 'tags', changed.tags),
        warnings = (
          select coalesce(jsonb_agg(warning), '[]') from jsonb_array_elements(${import_rows.warnings}) as warning
          where warning ->> 'message' <> ${WITHHELD}) || changed.left_out
      from (
        select given.row,
          (select coalesce(jsonb_object_agg(name, jsonb_build_array(to_jsonb(${users}) -> name, to_jsonb(given) -> name)), '{}')
            from ${fields} where to_jsonb(given) ->> name is not null
              and to_jsonb(given) -> name <> to_jsonb(${users}) -> name and name <> all (${withheld})) as fields,
          (select coalesce(jsonb_agg(jsonb_build_object('field', name, 'message', ${WITHHELD}::text)), '[]')
            from ${fields} where to_jsonb(given) ->> name is not null and name = any (${withheld})) as left_out,
          (select coalesce(jsonb_agg(word), '[]') from jsonb_array_elements_text(${tagsGiven}) as added (word)
            where not exists (select from ${user_tags} where ${user_tags.user_id} = given.user_id and ${user_tags.tag} = word)) as tags
        ${chunk.from("update")} join ${users} on ${users.id} = given.user_id) as changed
      where ${eq(import_rows.job_id, chunk.job_id)} and ${import_rows.row} = changed.row`),
  );
}

const tagsGiven = sql`case when jsonb_typeof(given.tags) = 'array' then given.tags else '[]' end`;

const changeMatched = (t: Plan, chunk: Chunk): void =>
  t.effect(
    query.execute(sql`
      update ${users} set ${sql.join(
        PROFILE_FIELDS.map(
          (name) => sql`${sql.identifier(name)} = case when ${name} = any (changed.withheld) then ${users[name]}
            else coalesce(changed.${sql.identifier(name)}, ${users[name]}) end`,
        ),
        sql`, `,
      )}
      from (select given.*, ${withheld} as withheld ${chunk.from("update")}) as changed where ${users.id} = changed.user_id`),
  );

/** A time that the file says: an instant where it names an offset, else by the organization's clock. */
const timeGiven = (text: SQL) =>
  sql`case when ${text} ~ '(Z|[+-]\\d\\d:\\d\\d)$' then ${text}::timestamptz else ${instantOf(text)} end`;

const createPeople = (t: Plan, chunk: Chunk): void =>
  t.effect(
    query.execute(sql`
      insert into ${users} (id, external_id, email, password_hash, origin, joined_at, first_name, last_name, legal_name,
        pronouns, birthday, address, phone, bio, status, rejection_reason, rejected_at, partner_first_name,
        partner_last_name, partner_is_member, referred_by, language, time_zone, photo_preference, newsletter_consent_at)
      select given.user_id, given.external_id, given.email, given.password_hash, 'import',
        coalesce(${timeGiven(sql`given.joined_at`)}, now()), given.first_name, coalesce(given.last_name, ''), given.legal_name,
        given.pronouns, given.birthday, given.address, given.phone, given.bio, coalesce(given.status, 'pending_validation'),
        case given.status when 'rejected' then 'Rejected before the import' end,
        case given.status when 'rejected' then now() end, given.partner_first_name, given.partner_last_name,
        coalesce(given.partner_is_member, false), given.referred_by, coalesce(given.language, 'en'), given.time_zone,
        coalesce(given.photo_preference, 'none'), ${timeGiven(sql`given.newsletter_consent_at`)}
      ${chunk.from("create")}`),
  );

const addTags = (t: Plan, chunk: Chunk): void =>
  t.effect(
    query.execute(sql`
      insert into ${user_tags} (user_id, tag) select given.user_id, tag
      ${chunk.from()} cross join lateral jsonb_array_elements_text(${tagsGiven}) as tag on conflict do nothing`),
  );

const giveRoles = (t: Plan, chunk: Chunk): void =>
  t.effect(
    query.execute(sql`
      insert into ${user_role_assignments} (user_id, role_id, assigned_by)
      select given.user_id, ${roles.id}, ${import_jobs.created_by}
      ${chunk.from("create")} join ${roles} on ${roles.code} = given.role and ${isGiven(sql`given.role`)} on conflict do nothing`),
  );

/** Marks rows as applied, and removes their password hashes, which nobody needs anymore. */
function markApplied(t: Plan, chunk: Chunk, hash_at: number | undefined): void {
  const cells =
    hash_at === undefined
      ? sql`${import_rows.cells}`
      : sql`jsonb_set(${import_rows.cells}, array[${String(hash_at)}], '""', false)`;
  t.effect(
    query.execute(sql`
      update ${import_rows} set applied_at = now(), user_id = applied.user_id, cells = ${cells}
      from (select given.row, given.user_id ${chunk.from()}) as applied
      where ${eq(import_rows.job_id, chunk.job_id)} and ${import_rows.row} = applied.row`),
  );
}

/** How far the import is, and whether it is done. */
function countApplied(t: Plan, job_id: string): void {
  const count = (which: SQL) => sql`count(*) filter (where ${which})`;
  t.effect(
    query.execute(sql`
      update ${import_jobs} set failed_rows = counts.failed, applied_rows = counts.applied, created_people = counts.created,
        updated_people = counts.updated, status = case when counts.waiting = 0 then 'completed' else status end
      from (
        select ${count(sql`outcome = 'problem'`)} as failed,
          ${count(sql`outcome <> 'problem' and applied_at is not null`)} as applied,
          ${count(sql`outcome = 'create' and applied_at is not null`)} as created,
          ${count(sql`outcome = 'update' and applied_at is not null`)} as updated,
          ${count(rowWaits)} as waiting
        from ${import_rows} where ${eq(import_rows.job_id, job_id)}) as counts
      where ${eq(import_jobs.id, job_id)} and ${isApplying}`),
  );
}
