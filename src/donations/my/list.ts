import { and, eq, gt, isNotNull, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { listPage, type Order, type Paging } from "../../http/pagination.ts";
import { paymentDonationLeft, paymentDonationReversed } from "../../ledger/left.ts";
import { paymentReceiptNumber } from "../../ledger/receipt-number.ts";
import { donations } from "../../tables/donations.ts";
import { payments } from "../../tables/ledger.ts";
import type { MyDonation, MyDonationPage } from "./schemas.ts";

/** What the member gave, newest first: donations of every status, and what they gave on top of dues. */
export function listMyDonations(ctx: SignedInContext, paging: Paging): Promise<MyDonationPage> {
  const given = givenBy(ctx.user_id, ctx.settings.CURRENCY);
  const order: Order<Pick<MyDonation, "given_at" | "id">> = {
    name: "given",
    descending: true,
    keys: [
      { expression: sql`${given.given_at}`, type: "timestamptz", of: (row) => row.given_at },
      { expression: sql`${given.id}`, type: "uuid", of: (row) => row.id },
    ],
  };
  return ctx.transact((t) => listPage(t, order, () => query.select().from(given), paging));
}

function givenBy(user_id: string, currency: string) {
  const columns = {
    refunded_cents: paymentDonationReversed.as("refunded_cents"),
    net_cents: paymentDonationLeft.as("net_cents"),
    currency: sql<string>`${currency}::text`.as("currency"),
    receipt_number: paymentReceiptNumber.as("receipt_number"),
  };
  const kind = (name: MyDonation["kind"]) => sql<MyDonation["kind"]>`${sql.raw(`'${name}'`)}`.as("kind");
  const status = (yields: SQL) => sql<MyDonation["status"]>`${yields}`.as("status");
  const given_at = (yields: SQL) => sql`${yields}`.mapWith(payments.paid_at).as("given_at");
  return unionAll(
    query
      .select({
        id: donations.id,
        kind: kind("donation"),
        status: status(sql`${donations.status}`),
        amount_cents: donations.amount_cents,
        ...columns,
        payment_method: donations.payment_method,
        message: sql<string | null>`${donations.message}`.as("message"),
        anonymous: sql<boolean>`${donations.anonymous}`.as("anonymous"),
        given_at: given_at(sql`coalesce(${payments.paid_at}, ${donations.created_at})`),
      })
      .from(donations)
      .leftJoin(payments, eq(payments.donation_id, donations.id))
      .where(eq(donations.user_id, user_id)),
    query
      .select({
        id: payments.id,
        kind: kind("subscription_top_up"),
        status: status(
          sql`(case when ${paymentDonationLeft} > 0 then 'completed' else 'refunded' end)::donationstatus`,
        ),
        amount_cents: payments.donation_cents,
        ...columns,
        payment_method: payments.payment_method,
        message: sql<string | null>`null::text`.as("message"),
        anonymous: sql<boolean>`false`.as("anonymous"),
        given_at: given_at(sql`${payments.paid_at}`),
      })
      .from(payments)
      .where(and(eq(payments.user_id, user_id), isNotNull(payments.subscription_id), gt(payments.donation_cents, 0))),
  ).as("given");
}
