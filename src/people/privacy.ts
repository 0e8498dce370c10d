import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { isOnPaper, users } from "../tables/people.ts";

/** Each part of a profile that people can hide, and the column that says who sees it. */
export const AUDIENCE_OF = {
  email: "email_audience",
  phone: "phone_audience",
  address: "address_audience",
  birthday: "birthday_audience",
  bio: "bio_audience",
  photo_id: "photo_audience",
  partner_first_name: "partner_audience",
  partner_last_name: "partner_audience",
  partner_is_member: "partner_audience",
} as const;
export type Part = keyof typeof AUDIENCE_OF;

/**
 * Whether a row of `users` hides this part from volunteers. Somebody on paper hides nothing: they cannot choose who sees
 * what, and volunteers have to read what they entered.
 *
 * @param person the table, if the query has it under another name
 */
export const isHidden = (part: Part, person: typeof users = users): SQL =>
  sql`(${person[AUDIENCE_OF[part]]} = 'nobody' and not ${isOnPaper(person)})`;

type Value<P extends Part> = (typeof users.$inferSelect)[P];

const shownIf = <P extends Part>(condition: SQL, part: P): SQL<Value<P> | null> => {
  const column: PgColumn = users[part];
  return sql<Value<P> | null>`case when ${condition} then ${column} end`;
};

/** A part of a row of `users`, or null if the person does not show it to other members. */
export const shownToMembers = <P extends Part>(part: P) => shownIf(sql`${users[AUDIENCE_OF[part]]} = 'members'`, part);

/** A part of a row of `users`, or null if the person hides it from volunteers. */
export const shownToVolunteers = <P extends Part>(part: P) => shownIf(sql`not ${isHidden(part)}`, part);
