import { aliasedTable, and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import { fullNameOf, users } from "../tables/people.ts";
import { UserStatus } from "./schemas.ts";

const SIGNS = ["name_and_birthday", "phone", "address"] as const;
type Sign = (typeof SIGNS)[number];

/** Somebody who may be the same person. */
export const Twin = z
  .object({
    id: z.uuid(),
    first_name: z.string(),
    last_name: z.string(),
    email: z.string().nullable(),
    status: UserStatus,
    by: z.array(z.enum(SIGNS)).describe("What both have in common"),
  })
  .meta({ id: "Twin" });
export type Twin = z.infer<typeof Twin>;

/** The most twins that are named. A household shares an address; a shelter's has hundreds of people. */
const MOST_TWINS = 20;

/** Whose twins to look for, as SQL. A null matches nobody. */
export interface Candidate {
  /** Their row, which is no twin of itself. Left out if they have none yet. */
  id?: string;
  /** The whole name. */
  name: SQLWrapper;
  birthday: SQLWrapper;
  phone: SQLWrapper;
  address: SQLWrapper;
}

const me = aliasedTable(users, "me");
const twin = aliasedTable(users, "twin");

/** Whether a row shows a part of its profile to volunteers. With `sealed`, even what it hides counts. */
const isTold = (person: typeof me | typeof twin, part: "phone" | "address" | "birthday", sealed: boolean): SQL =>
  sealed ? sql`true` : sql`${person[`${part}_audience`]} <> 'nobody'`;

/** Likely twins of somebody with these details. */
export const selectTwins = (candidate: Candidate, { sealed = false } = {}) => {
  const signs: Record<Sign, SQL | undefined> = {
    name_and_birthday: and(
      sql`${twin.birthday} = (${candidate.birthday})::date`,
      sql`search_key(${fullNameOf(twin)}) = search_key(${candidate.name})`,
      isTold(twin, "birthday", sealed),
    ),
    phone: and(sql`${twin.phone} = ${candidate.phone}`, isTold(twin, "phone", sealed)),
    address: and(
      sql`${twin.address} is not null`,
      sql`search_key(${twin.address}) = search_key(${candidate.address})`,
      isTold(twin, "address", sealed),
    ),
  };
  // One query for each sign, because each has its own index.
  const found = sql.join(
    SIGNS.map((sign) => sql`select ${twin.id} as id, ${sign}::text as sign from ${users} as twin where ${signs[sign]}`),
    sql` union all `,
  );
  return query.execute<Twin>(sql`
    select ${twin.id}, ${twin.first_name}, ${twin.last_name}, ${twin.email}, ${twin.status}, to_json(array_agg(found.sign order by found.sign)) as "by"
    from (${found}) as found join ${users} as twin on ${twin.id} = found.id
    where ${twin.erased_at} is null and ${twin.id} is distinct from ${candidate.id ?? null}::uuid
    group by ${twin.id}
    order by ${twin.created_at}, ${twin.id}
    limit ${MOST_TWINS}`);
};

/**
 * Likely twins of somebody who is here: the same name and birthday, the same phone, or the same address. Without `sealed`,
 * what either of them hides from volunteers is not compared, so that no match can reveal it.
 */
export function selectTwinsOf(id: string, { sealed = false } = {}) {
  const mine = (column: SQLWrapper, told: SQL = sql`true`) =>
    sql`(select case when ${told} then ${column} end from ${users} as me where ${eq(me.id, id)})`;
  return selectTwins(
    {
      id,
      name: mine(fullNameOf(me)),
      birthday: mine(me.birthday, isTold(me, "birthday", sealed)),
      phone: mine(me.phone, isTold(me, "phone", sealed)),
      address: mine(me.address, isTold(me, "address", sealed)),
    },
    { sealed },
  );
}
