import { type SQL, sql } from "drizzle-orm";
import { personHolds } from "../access/holds.ts";
import { donations } from "../tables/donations.ts";

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
