import { eq, type SQL, sql } from "drizzle-orm";
import { query, type Rows } from "../../database/query.ts";
import { shownToVolunteers } from "../../people/privacy.ts";
import { roles, user_role_assignments } from "../../tables/access.ts";
import { import_jobs } from "../../tables/import-jobs.ts";
import { user_tags } from "../../tables/members.ts";
import { sortName, users } from "../../tables/people.ts";
import { isGiven, mayGive } from "./given-role.ts";
import type { ReadRow } from "./read-row.ts";
import type { ImportValues } from "./values.ts";
import { withheldFrom } from "./withheld.ts";

/** What an import changes of somebody who is already here. Consent, and whatever opens an account, is theirs alone. */
export const PROFILE_FIELDS = [
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
  "language",
  "time_zone",
] as const satisfies (keyof ImportValues)[];

/** Whether somebody holds a role that a volunteer gave them. */
export const holdsRole = (user_id: SQL) => sql`exists (
  select from ${user_role_assignments} join ${roles} on ${eq(roles.id, user_role_assignments.role_id)}
  where ${eq(user_role_assignments.user_id, user_id)} and ${roles.code} <> 'member')`;

/** A person whom a row matches, as volunteers see them. */
type Shown = Record<(typeof PROFILE_FIELDS)[number], string | boolean | null>;

/** Whom a row speaks of. */
export type Match = {
  row: number;
  user_id: string | null;
  /** The id, the number in the other system and the address belong to different people. */
  ambiguous: boolean;
  erased: boolean;
  holds_role: boolean;
  /** Null where the person hides it from volunteers: whether a file says the same must not show. */
  shown: Shown;
  /** The fields that whoever uploaded the file cannot change, because they cannot see them. */
  withheld: string[];
  tags: string[];
  status: string | null;
  role: string | null;
  email: string | null;
  /** People who are here, with the same name; and those among them, or others, with the same unconfirmed address. */
  same_name: string[];
  same_address: string[];
  role_known: boolean;
  /** Whoever uploaded the file may give the role. */
  role_allowed: boolean;
};

const shownColumns: Record<keyof Shown, SQL> = {
  first_name: sql`${users.first_name}`,
  last_name: sql`${users.last_name}`,
  legal_name: sql`null`,
  pronouns: sql`${users.pronouns}`,
  phone: shownToVolunteers("phone"),
  address: shownToVolunteers("address"),
  birthday: shownToVolunteers("birthday"),
  bio: shownToVolunteers("bio"),
  partner_first_name: shownToVolunteers("partner_first_name"),
  partner_last_name: shownToVolunteers("partner_last_name"),
  partner_is_member: shownToVolunteers("partner_is_member"),
  language: sql`${users.language}`,
  time_zone: sql`${users.time_zone}`,
};

const idWhere = (which: SQL) => query.select({ id: users.id }).from(users).where(which);

const other = { first_name: sql`other.first_name`, last_name: sql`other.last_name` };
const given = { first_name: sql`coalesce(given.first_name, '')`, last_name: sql`coalesce(given.last_name, '')` };

/** Up to three people here whom the condition on `other` finds. */
const othersWhere = (which: SQL) => sql`array(
  select other.id from ${users} as other where ${which} and other.erased_at is null order by other.created_at, other.id limit 3)`;

/**
 * Whom each row speaks of: by id, else by the number in the other system, else by a confirmed address. A name alone is
 * no match.
 */
export function selectMatches(job_id: string, rows: readonly ReadRow[]): Rows<Match> {
  const asked = rows.map(({ row, values }) => ({ row, ...values }));
  const uploader = sql`(select ${import_jobs.created_by} from ${import_jobs} where ${eq(import_jobs.id, job_id)})`;
  const role = sql`given.role`;
  const fields = sql.join(
    Object.entries(shownColumns).map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${value}`),
    sql`, `,
  );
  return query.execute<Match>(sql`
    with given as materialized (
      select *, (${idWhere(sql`${users.id} = asked.id`)}) as by_id,
        (${idWhere(sql`${users.external_id} = asked.external_id`)}) as by_external_id,
        (${idWhere(sql`${users.email} = asked.email and ${users.email_verified}`)}) as by_email
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked
        (row int, id uuid, external_id text, email text, first_name text, last_name text, role text))
    select given.row, ${users.id} as user_id,
      (by_id <> by_external_id or (${users.id} <> by_email and ${users.email} is distinct from given.email)) is true
        as ambiguous,
      ${users.erased_at} is not null as erased, ${holdsRole(sql`${users.id}`)} as holds_role,
      jsonb_build_object(${fields}) as shown, ${withheldFrom(uploader)} as withheld, ${users.status}, ${users.role}, ${users.email},
      array(select ${user_tags.tag} from ${user_tags} where ${eq(user_tags.user_id, users.id)}) as tags,
      ${othersWhere(sql`${users.id} is null and ${sortName(other)} = ${sortName(given)}`)} as same_name,
      ${othersWhere(sql`${users.id} is null and other.email = given.email`)} as same_address,
      not ${isGiven(role)} or exists (select from ${roles} where ${roles.code} = ${role}) as role_known,
      not ${isGiven(role)} or ${mayGive(uploader, role)} as role_allowed
    from given left join ${users} on ${users.id} = coalesce(by_id, by_external_id, by_email)
    order by given.row`);
}
