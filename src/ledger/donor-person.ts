import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { donations } from "../tables/donations.ts";
import { users } from "../tables/people.ts";
import { donorColumn } from "./donor.ts";

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
