import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { personHolds } from "../access/holds.ts";
import { donations } from "../tables/donations.ts";
import { users } from "../tables/people.ts";

/** Whether somebody may see who gave a row of `donations`. Only holders of `donations.view` see anonymous donors. */
export const donorIsShown = (user_id: string): SQL =>
  sql`(not ${donations.anonymous} or ${personHolds(user_id, "donations.view")})`;

/** A column that says who the donor is. Null for those who may not see them. */
export const donorColumn = <T>(user_id: string, column: SQL<T>): SQL<T | null> =>
  sql<T | null>`case when ${donorIsShown(user_id)} then ${column} end`;

/** Every column of `donations` that can say who the donor is. Messages and notes may name them too. */
export const donorColumns = (user_id: string) => ({
  user_id: donorColumn(user_id, sql<string>`${donations.user_id}`),
  donor_name: donorColumn(user_id, sql<string>`${donations.donor_name}`),
  donor_email: donorColumn(user_id, sql<string>`${donations.donor_email}`),
  message: donorColumn(user_id, sql<string>`${donations.message}`),
  notes: donorColumn(user_id, sql<string>`${donations.notes}`),
});

const owner = alias(users, "owner_of_address");

/**
 * The id of the person whom a row of `donations` is about: who gave it, or whoever has confirmed the address that the donor gave.
 *
 * @param user_id the column with the id of who gave or paid
 */
export const personOf = (user_id: SQLWrapper): SQL<string | null> =>
  sql<
    string | null
  >`coalesce(${user_id}, (select ${sql`${owner.id}`} from ${users} as ${sql.identifier("owner_of_address")}
    where ${sql`${owner.email} = lower(${donations.donor_email}) and ${owner.email_verified}`}))`;

/** The same. Null where the donor is hidden from whoever exports. */
export const donorPerson = (seen_by: string): SQL<string | null> => donorColumn(seen_by, personOf(donations.user_id));
