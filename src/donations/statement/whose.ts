import { and, desc, eq, inArray, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { query, type Rows } from "../../database/query.ts";
import { donations } from "../../tables/donations.ts";
import { documentName, fullNameOf, users } from "../../tables/people.ts";

/** Whose money a statement covers: a person's, or that of a donor without an account who gave this address. */
export type Whose = { user_id: string } | { donor_email: string };

const givenBy = (donor_email: string) =>
  and(isNull(donations.user_id), eq(sql`lower(${donations.donor_email})`, donor_email));

/** Whether a row of `payments` or `ledger` is theirs. */
export const moneyIsOf = (whose: Whose, row: { user_id: SQLWrapper; donation_id: SQLWrapper }): SQL =>
  "user_id" in whose
    ? eq(row.user_id, whose.user_id)
    : inArray(row.donation_id, query.select({ id: donations.id }).from(donations).where(givenBy(whose.donor_email)));

/** The latest donation from an address: a paid one if there is one, and of those, one with a name if possible. */
const lastOf = (donor_email: string) =>
  query
    .select({ id: donations.id, donor_name: donations.donor_name })
    .from(donations)
    .where(givenBy(donor_email))
    .orderBy(sql`${donations.completed_at} is null`, isNull(donations.donor_name), desc(donations.completed_at))
    .limit(1);

interface Donor {
  donor_name: string;
  donor_email: string | null;
}

/**
 * Selects who they are. Somebody who never gave a name is called by their address.
 *
 * @param seesLegalName whether the reader may see the legal name, for those who want it on documents
 */
export function selectDonor(whose: Whose, seesLegalName: SQL): Rows<Donor> {
  if ("user_id" in whose)
    return query
      .select({
        donor_name: sql<string>`case when ${seesLegalName} then ${documentName} else ${fullNameOf(users)} end`,
        donor_email: sql<string | null>`null::text`,
      })
      .from(users)
      .where(eq(users.id, whose.user_id));
  const { donor_email } = whose;
  const last = lastOf(donor_email).as("last");
  return query
    .select({
      donor_name: sql<string>`coalesce(${last.donor_name}, ${donor_email})`,
      donor_email: sql<string | null>`${donor_email}::text`,
    })
    .from(last);
}

/** How the audit log names them. For a donor without an account, it is a donation: the log never holds addresses. */
export function subjectOf(whose: Whose): { subject_type: string; subject_id: SQL } {
  if ("user_id" in whose) return { subject_type: "users", subject_id: sql`${whose.user_id}` };
  const last = lastOf(whose.donor_email).as("last");
  return { subject_type: "donations", subject_id: sql`(${query.select({ id: last.id }).from(last)})::text` };
}
