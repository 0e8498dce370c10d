import { and, eq, gt, isNotNull, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { many, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, type Order, type Paging, toPage } from "../http/pagination.ts";
import { ledger, payments } from "../ledger/tables.ts";
import type { MyDonation, MyDonationPage } from "./my-schemas.ts";
import { donations } from "./tables.ts";

/** What the member gave, newest first: donations, whatever became of them, and what was given on top of dues. */
export async function myDonations(ctx: SignedInContext, { limit, cursor }: Paging): Promise<MyDonationPage> {
  const given = givenBy(ctx.user_id);
  const order: Order<Pick<MyDonation, "given_at" | "id">> = {
    name: "given",
    descending: true,
    keys: [
      { expression: sql`${given.given_at}`, type: "timestamptz", of: (row) => row.given_at },
      { expression: sql`${given.id}`, type: "uuid", of: (row) => row.id },
    ],
  };
  const [rows] = await ctx.transact(
    many(
      query
        .select()
        .from(given)
        .where(after(order, cursor))
        .orderBy(...by(order))
        .limit(limit + 1),
    ),
  );
  const { items, next_cursor } = toPage(order, rows, limit);
  return { items: items.map((item) => ({ ...item, currency: ctx.settings.CURRENCY })), next_cursor };
}

function givenBy(user_id: string) {
  /** What is left of the donation in each of the member's payments, and what went back of it. */
  const moved = query
    .select({
      payment_id: ledger.payment_id,
      net_cents: sql`sum(${ledger.donation_cents})`.mapWith(Number).as("net_cents"),
      refunded_cents: sql`coalesce(-sum(${ledger.donation_cents}) filter (where ${ledger.kind} <> 'payment'), 0)`
        .mapWith(Number)
        .as("refunded_cents"),
    })
    .from(ledger)
    .where(eq(ledger.user_id, user_id))
    .groupBy(ledger.payment_id)
    .as("moved");
  const sums = {
    refunded_cents: sql`coalesce(${moved.refunded_cents}, 0)`.mapWith(Number).as("refunded_cents"),
    net_cents: sql`coalesce(${moved.net_cents}, 0)`.mapWith(Number).as("net_cents"),
  };
  return unionAll(
    query
      .select({
        id: donations.id,
        kind: sql<MyDonation["kind"]>`'donation'`.as("kind"),
        status: sql<MyDonation["status"]>`${donations.status}`.as("status"),
        amount_cents: donations.amount_cents,
        ...sums,
        payment_method: donations.payment_method,
        message: sql<string | null>`${donations.message}`.as("message"),
        anonymous: sql<boolean>`${donations.anonymous}`.as("anonymous"),
        given_at: sql`coalesce(${payments.paid_at}, ${donations.created_at})`.mapWith(payments.paid_at).as("given_at"),
      })
      .from(donations)
      .leftJoin(payments, eq(payments.donation_id, donations.id))
      .leftJoin(moved, eq(moved.payment_id, payments.id))
      .where(eq(donations.user_id, user_id)),
    query
      .select({
        id: payments.id,
        kind: sql<MyDonation["kind"]>`'subscription_top_up'`.as("kind"),
        status: sql<
          MyDonation["status"]
        >`(case when ${moved.net_cents} > 0 then 'completed' else 'refunded' end)::donationstatus`.as("status"),
        amount_cents: payments.donation_cents,
        ...sums,
        payment_method: payments.payment_method,
        message: sql<string | null>`null::text`.as("message"),
        anonymous: sql<boolean>`false`.as("anonymous"),
        given_at: sql`${payments.paid_at}`.mapWith(payments.paid_at).as("given_at"),
      })
      .from(payments)
      .innerJoin(moved, eq(moved.payment_id, payments.id))
      .where(and(eq(payments.user_id, user_id), isNotNull(payments.subscription_id), gt(payments.donation_cents, 0))),
  ).as("given");
}
