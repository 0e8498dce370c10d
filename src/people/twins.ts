import { aliasedTable, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import { fullNameOf, users } from "../tables/people.ts";
import { isHidden } from "./privacy.ts";
import { UserStatus } from "./schemas.ts";

const SIGNS = ["email", "name_and_birthday", "phone", "address"] as const;
export type Sign = (typeof SIGNS)[number];

/** Somebody who may be the same person. */
export const Twin = z
  .object({
    id: z.uuid(),
    first_name: z.string(),
    last_name: z.string(),
    email: z.string().nullable(),
    status: UserStatus,
    by: z
      .array(z.enum(SIGNS))
      .describe("What both have in common. `email`: one of them has not confirmed the address, such as on paper"),
  })
  .meta({ id: "Twin" });
export type Twin = z.infer<typeof Twin>;

/** The most twins that are named. A household shares an address; a shelter's has hundreds of people. */
export const MOST_TWINS = 20;

/** Whose twins to look for, as SQL. A null matches nobody. */
export interface Candidate {
  /** Their row, which is no twin of itself. Left out if they have none yet. */
  id?: string | SQLWrapper;
  email: SQLWrapper;
  /** The whole name. */
  name: SQLWrapper;
  birthday: SQLWrapper;
  phone: SQLWrapper;
  address: SQLWrapper;
}

const me = aliasedTable(users, "me");

/** The person who may be the same. */
export const twin = aliasedTable(users, "twin");

/** Whether a row shows a part of its profile to volunteers. With `sealed`, even what it hides counts. */
const isTold = (part: "phone" | "address" | "birthday", person: typeof users, sealed: boolean): SQL =>
  sealed ? sql`true` : sql`not ${isHidden(part, person)}`;

/** Whether a `twin` has the candidate's name, however it is written. */
export const hasName = (name: SQLWrapper): SQL => sql`search_key(${fullNameOf(twin)}) = search_key(${name})`;

/**
 * The same, by an index. What follows the name in `search_text` is the address, in which there is no space.
 *
 * @param key the `search_key` of the name
 */
export function isNamed(key: SQL): SQL {
  const beginning = sql`ltrim(search_pattern(nullif(${key}, '') || ' '), '%')`;
  const rest = sql`ltrim(substr(${twin.search_text}, length(${key}) + 2))`;
  return sql`${twin.search_text} like ${beginning} and strpos(${rest}, ' ') = 0`;
}

/** A query for the ids of the candidate's twins, once for each sign. An index finds each. */
export function signsOf(candidate: Candidate, { sealed = false } = {}): SQL {
  const signs: Record<Sign, SQL> = {
    email: sql`${twin.email} = ${candidate.email}`,
    name_and_birthday: sql`${twin.birthday} = (${candidate.birthday})::date and ${hasName(candidate.name)}
      and ${isTold("birthday", twin, sealed)}`,
    phone: sql`${twin.phone} = ${candidate.phone} and ${isTold("phone", twin, sealed)}`,
    address: sql`${twin.address} is not null and search_key(${twin.address}) = search_key(${candidate.address})
      and ${isTold("address", twin, sealed)}`,
  };
  const isOther = sql`${twin.erased_at} is null and ${twin.id} is distinct from ${candidate.id ?? null}::uuid`;
  return sql.join(
    SIGNS.map(
      (sign) =>
        sql`select ${twin.id} as id, ${sign}::text as sign from ${users} as twin where ${signs[sign]} and ${isOther}`,
    ),
    sql` union all `,
  );
}

/** Likely twins of somebody with these details. */
export const selectTwins = (candidate: Candidate, how: { sealed?: boolean } = {}) =>
  query.execute<Twin>(sql`
    select ${twin.id}, ${twin.first_name}, ${twin.last_name}, ${twin.email}, ${twin.status}, to_json(array_agg(found.sign order by found.sign)) as "by"
    from (${signsOf(candidate, how)}) as found join ${users} as twin on ${twin.id} = found.id
    group by ${twin.id}
    order by ${twin.created_at}, ${twin.id}
    limit ${MOST_TWINS}`);

/** What a row tells of a person. */
const candidateOf = (person: typeof users, sealed: boolean) => ({
  email: sql`${person.email}`,
  name: fullNameOf(person),
  birthday: sql`case when ${isTold("birthday", person, sealed)} then ${person.birthday} end`,
  phone: sql`case when ${isTold("phone", person, sealed)} then ${person.phone} end`,
  address: sql`case when ${isTold("address", person, sealed)} then ${person.address} end`,
});

/**
 * Likely twins of somebody who is here: the same email, the same name and birthday, the same phone, or the same address.
 * Without `sealed`, what either of them hides from volunteers is not compared, so that no match can reveal it.
 */
export function selectTwinsOf(id: string, { sealed = false } = {}) {
  const mine = (value: SQL) => sql`(select ${value} from ${users} as me where ${eq(me.id, id)})`;
  const { email, name, birthday, phone, address } = candidateOf(me, sealed);
  return selectTwins(
    { id, email: mine(email), name: mine(name), birthday: mine(birthday), phone: mine(phone), address: mine(address) },
    { sealed },
  );
}

/** Whether a row of `users` has a likely twin, by what neither hides from volunteers. */
export const personHasTwin = sql<boolean>`exists (${signsOf({ id: sql`${users.id}`, ...candidateOf(users, false) })})`;
