import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { personHolds } from "../access/holds.ts";
import { everyWord } from "../http/search.ts";
import { searchKey } from "../tables/columns.ts";
import { donations } from "../tables/donations.ts";
import { documentName, fullNameOf, personIsUnconfirmed, users } from "../tables/people.ts";

// A member's name and address are those of the account, today. What a row of `donations` says itself counts only for guests:
// people change their names, and a former one must not come back to light here.

/** A column of the member who gave a row of `donations`, or what a guest gave. Unlike a join, it reads only the rows shown. */
const donorIs = <T>(guest: SQLWrapper, member: SQLWrapper): SQL<T | null> =>
  sql<T | null>`(case when ${donations.user_id} is null then ${guest}
    else (select ${member} from ${users} where ${users.id} = ${donations.user_id}) end)`;

/** The donor's full name. Null if it is not known, or if they were erased. */
export const donorName = donorIs<string>(donations.donor_name, sql`nullif(${fullNameOf(users)}, '')`);

/** The donor's address, confirmed or not. */
export const donorEmail = donorIs<string>(donations.donor_email, users.email);

/** What a mail to the donor calls them. */
export const donorGreeting = donorIs<string>(donations.donor_name, users.first_name);

/** The name that the donor wants on receipts. */
export const donorOnDocuments = donorIs<string>(donations.donor_name, sql`nullif(${documentName}, '')`);

/**
 * Where mail about a donation goes: to a member's confirmed address, or to the one that a guest gave. Somebody who gave online
 * before they confirmed their registration typed their address themselves, as a guest does.
 */
export const donorMailAddress = donorIs<string>(
  donations.donor_email,
  sql`case when ${users.email_verified} or (${personIsUnconfirmed} and ${donations.payment_method} = 'stripe') then ${users.email} end`,
);

/**
 * What a new row of `donations` says itself, with the donor's row of `users` joined: what a guest gave. Unconfirmed registrations
 * can be deleted. Their donations then stay as those of a guest, so they keep the account's name and address.
 */
export const keptOfDonor = (guest: string | null, member: SQLWrapper): SQL =>
  sql`case when ${users.id} is null then ${guest}::text when ${personIsUnconfirmed} then ${member} end`;

/**
 * Whether each word of a search is in the donor's name or address, or in the message, of a row of `donations`. Members are
 * found as everywhere, by their search key, which an index has.
 */
export function donationMentions(search: string | undefined): SQL | undefined {
  const ofGuest = sql`case when ${donations.user_id} is null then concat_ws(' ', ${donations.donor_name}, ${donations.donor_email}) end`;
  const key = searchKey(sql`concat_ws(' ', ${ofGuest}, ${donations.message})`);
  return everyWord(
    search,
    (pattern) => sql`(${key} like ${pattern} or exists (select from ${users}
      where ${and(eq(users.id, donations.user_id), sql`${users.search_text} like ${pattern}`)}))`,
  );
}

/** Whether somebody may see who gave a row of `donations`. Only holders of `donations.view` see anonymous donors. */
export const donorIsShown = (user_id: string): SQL =>
  sql`(not ${donations.anonymous} or ${personHolds(user_id, "donations.view")})`;

/** A column that says who the donor is. Null for those who may not see them. */
export const donorColumn = <T>(user_id: string, column: SQL<T>): SQL<T | null> =>
  sql<T | null>`case when ${donorIsShown(user_id)} then ${column} end`;

/** Every column of a donation that can say who the donor is. Messages and notes may name them too. */
export const donorColumns = (user_id: string) => ({
  user_id: donorColumn(user_id, sql<string>`${donations.user_id}`),
  donor_name: donorColumn(user_id, donorName),
  donor_email: donorColumn(user_id, donorEmail),
  message: donorColumn(user_id, sql<string>`${donations.message}`),
  notes: donorColumn(user_id, sql<string>`${donations.notes}`),
});
