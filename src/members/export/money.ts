import { and, desc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { donorEmail, donorName } from "../../ledger/donor.ts";
import { columnsFor } from "../../subscriptions/schemas.ts";
import { donation_receipts, donations } from "../../tables/donations.ts";
import { payments, reversals } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import { subscription_plans } from "../../tables/plans.ts";
import { subscriptions } from "../../tables/subscriptions.ts";
import { FIELDS } from "./schemas.ts";

/** What somebody paid and gave: also what they gave without signing in, if the address that they gave is theirs. */
export function readOwnMoney(t: Plan, id: string) {
  const address = sql`(select ${users.email} from ${users} where ${and(eq(users.id, id), users.email_verified)})`;
  const isMine = or(
    eq(donations.user_id, id),
    and(isNull(donations.user_id), eq(sql`lower(${donations.donor_email})`, address)),
  );
  const receipted_at = query
    .select({
      times: sql`coalesce(jsonb_agg(${utc(donation_receipts.created_at)} order by ${donation_receipts.created_at}), '[]')`,
    })
    .from(donation_receipts)
    .where(eq(donation_receipts.donation_id, donations.id));
  const paid = sql`(${or(
    eq(payments.user_id, id),
    sql`${payments.donation_id} in (${query.select({ id: donations.id }).from(donations).where(isMine)})`,
  )})`;
  return {
    subscriptions: t.many(
      query
        .select(columnsFor(FIELDS.subscriptions, subscriptions, { plan_name: subscription_plans.name }))
        .from(subscriptions)
        .innerJoin(subscription_plans, eq(subscription_plans.id, subscriptions.plan_id))
        .where(eq(subscriptions.user_id, id))
        .orderBy(desc(subscriptions.created_at), desc(subscriptions.id)),
    ),
    payments: t.many(
      query
        .select(columnsFor(FIELDS.payments, payments, {}))
        .from(payments)
        .where(paid)
        .orderBy(desc(payments.paid_at), desc(payments.id)),
    ),
    refunds: t.many(
      query
        .select(columnsFor(FIELDS.refunds, reversals, {}))
        .from(reversals)
        .innerJoin(payments, eq(payments.id, reversals.payment_id))
        .where(paid)
        .orderBy(desc(reversals.created_at), desc(reversals.id)),
    ),
    donations: t.many(
      query
        .select(
          columnsFor(FIELDS.donations, donations, {
            donor_name: donorName,
            donor_email: donorEmail,
            receipted_at: sql<string[]>`(${receipted_at})`,
          }),
        )
        .from(donations)
        .where(isMine)
        .orderBy(desc(donations.created_at), desc(donations.id)),
    ),
  };
}

/** An instant inside JSON, where no column type turns it into ISO 8601. */
const utc = (instant: typeof donation_receipts.created_at): SQL =>
  sql`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
