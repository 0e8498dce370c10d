import { eq, type SQL, sql } from "drizzle-orm";
import { personHolds } from "../../access/holds.ts";
import { query, type Rows } from "../../database/query.ts";
import { shownToVolunteers } from "../../people/privacy.ts";
import { hasName, isNamed, MOST_TWINS, type Sign, signsOf, twin } from "../../people/twins.ts";
import { roles, user_role_assignments } from "../../tables/access.ts";
import { import_jobs } from "../../tables/import-jobs.ts";
import { user_tags } from "../../tables/members.ts";
import { fullNameOf, users } from "../../tables/people.ts";
import { knownZone } from "../../time/zone.ts";
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
  /** Likely twins of somebody new, by what they have in common. The likeliest come first. */
  twins: { id: string; by: (Sign | "name")[] }[];
  /** People with the same name, those of them among the twins too. */
  same_name: string[];
  /** The database knows the time zone, if the row names one. */
  zone_known: boolean;
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

/** The most people that a row is compared with by name alone. */
const MOST_NAMESAKES = 10;

/** The whole name in a row of `asked` or of `given`. */
const nameIn = (row: "asked" | "given") => {
  const part = (field: "first_name" | "last_name") => sql`coalesce(${sql.raw(`${row}.${field}`)}, '')`;
  return fullNameOf({ first_name: part("first_name"), last_name: part("last_name") });
};

/**
 * Likely twins of a given row, as JSON: those that the person's detail would show later. An uploader who may not see people
 * hears only of those with the same address.
 */
function twinsOfGiven(uploader: SQL): SQL {
  const ifSeen = (value: SQL) => sql`case when ${personHolds(uploader, "users.view")} then ${value} end`;
  const signs = signsOf({
    email: sql`given.email`,
    name: nameIn("given"),
    birthday: ifSeen(sql`given.birthday`),
    phone: ifSeen(sql`given.phone`),
    address: ifSeen(sql`given.address`),
  });
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('id', id, 'by', "by")), '[]') from (
    select ${twin.id}, array_agg(found.sign) || case when ${hasName(nameIn("given"))} then array['name'] else '{}' end as "by"
    from (${signs}) as found join ${users} as twin on ${twin.id} = found.id
    group by ${twin.id} order by count(*) desc, ${twin.created_at}, ${twin.id} limit ${MOST_TWINS}) as twins)`;
}

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
        (${idWhere(sql`${users.email} = asked.email and ${users.email_verified}`)}) as by_email,
        search_key(${nameIn("asked")}) as name_key
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked
        (row int, id uuid, external_id text, email text, first_name text, last_name text, role text, birthday date,
          phone text, address text, time_zone text)),
    namesakes as materialized (
      select name_key, array(
        select ${twin.id} from ${users} as twin where ${isNamed(sql`name_key`)} and ${twin.erased_at} is null
        order by ${twin.created_at}, ${twin.id} limit ${MOST_NAMESAKES}) as ids
      from (select distinct name_key from given where coalesce(by_id, by_external_id, by_email) is null) as names)
    select given.row, ${users.id} as user_id,
      (by_id <> by_external_id or (${users.id} <> by_email and ${users.email} is distinct from given.email)) is true
        as ambiguous,
      ${users.erased_at} is not null as erased, ${holdsRole(sql`${users.id}`)} as holds_role,
      jsonb_build_object(${fields}) as shown, ${withheldFrom(uploader)} as withheld, ${users.status}, ${users.role}, ${users.email},
      array(select ${user_tags.tag} from ${user_tags} where ${eq(user_tags.user_id, users.id)}) as tags,
      case when ${users.id} is null then ${twinsOfGiven(uploader)} else '[]' end as twins,
      case when ${users.id} is null then namesakes.ids else '{}' end as same_name,
      given.time_zone is null or ${knownZone(sql`given.time_zone`)} is not null as zone_known,
      not ${isGiven(role)} or exists (select from ${roles} where ${roles.code} = ${role}) as role_known,
      not ${isGiven(role)} or ${mayGive(uploader, role)} as role_allowed
    from given left join ${users} on ${users.id} = coalesce(by_id, by_external_id, by_email)
      left join namesakes on namesakes.name_key = given.name_key
    order by given.row`);
}
