import { type SQL, sql } from "drizzle-orm";
import { holds } from "../access/holds.ts";
import { donations } from "./tables.ts";

/** Whether somebody sees the donor of a row of `donations`: of one who gave anonymously, only who holds `donations.view`. */
export const donorIsShown = (user_id: string): SQL =>
  sql`(not ${donations.anonymous} or ${holds(user_id, "donations.view")})`;

/** A column that tells who gave, to those to whom the donor is shown; to others it is null. */
export const ifShown = <T>(user_id: string, column: SQL<T>): SQL<T | null> =>
  sql<T | null>`case when ${donorIsShown(user_id)} then ${column} end`;

/** All that a row of `donations` tells of who gave: volunteers' notes may, too. */
export const donorColumns = (user_id: string) => ({
  user_id: ifShown(user_id, sql<string>`${donations.user_id}`),
  donor_name: ifShown(user_id, sql<string>`${donations.donor_name}`),
  donor_email: ifShown(user_id, sql<string>`${donations.donor_email}`),
  message: ifShown(user_id, sql<string>`${donations.message}`),
  notes: ifShown(user_id, sql<string>`${donations.notes}`),
});
