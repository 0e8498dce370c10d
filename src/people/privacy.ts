import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { users } from "../tables/people.ts";

/** Each part of a profile that people can hide, and the column that says who sees it. */
export const AUDIENCE_OF = {
  email: users.email_audience,
  phone: users.phone_audience,
  address: users.address_audience,
  birthday: users.birthday_audience,
  bio: users.bio_audience,
  photo_id: users.photo_audience,
  partner_first_name: users.partner_audience,
  partner_last_name: users.partner_audience,
  partner_is_member: users.partner_audience,
};
export type Part = keyof typeof AUDIENCE_OF;

/** Whether a row of `users` shows this part of it to nobody. */
export const partIsHidden = (part: Part): SQL => sql`${AUDIENCE_OF[part]} = 'nobody'`;

type Value<P extends Part> = (typeof users.$inferSelect)[P];

const shown = <P extends Part>(part: P, to: SQL): SQL<Value<P> | null> => {
  const column: PgColumn = users[part];
  return sql<Value<P> | null>`case when ${AUDIENCE_OF[part]} in (${to}) then ${column} end`;
};

/** A part of a row of `users`, or null if the person does not show it to other members. */
export const shownToMembers = <P extends Part>(part: P) => shown(part, sql`'members'`);

/** A part of a row of `users`, or null if the person does not show it to volunteers. */
export const shownToVolunteers = <P extends Part>(part: P) => shown(part, sql`'members', 'admins'`);
