import { and, eq, sql } from "drizzle-orm";
import { effect, guard, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { invalid } from "../http/errors.ts";
import { payments } from "../ledger/tables.ts";
import { USER_NOT_FOUND } from "../members/find.ts";
import { users } from "../members/tables.ts";
import { selectDonation, toDonation } from "./find.ts";
import { mailReceipt, receiptKey } from "./receipt.ts";
import type { Donation, OfflineDonation } from "./schemas.ts";
import { donations } from "./tables.ts";

/**
 * Writes down cash or a cheque that was handed over, and mails the receipt. Sent again with the `id` it came with, it is
 * the same donation. 400 when it was handed over in the future, 404 without such a member, 409 when another donation has
 * the id.
 */
export async function recordOfflineDonation(ctx: SignedInContext, input: OfflineDonation): Promise<Donation> {
  const { id, user_id = null, donor_name = null, donor_email = null, received_at } = input;
  const { donation_type, amount_cents, payment_method, message = null, anonymous, notes = null, send_receipt } = input;
  if (Date.parse(received_at) > ctx.now.getTime())
    throw invalid("received_at", "must not be in the future", "Money that was handed over was so in the past.");
  const member = sql`${users.id} = ${user_id}::uuid`;
  const found = await ctx.transact(
    // Nobody deletes them meanwhile.
    effect(query.select({ id: users.id }).from(users).where(member).for("key share")),
    guard(sql`${user_id}::uuid is null or exists (select from ${users} where ${member})`, ...USER_NOT_FOUND),
    effect(
      query.execute(sql`
        insert into ${donations} (id, user_id, donation_type, status, amount_cents, donor_name, donor_email, message,
          anonymous, completed_at, payment_method, notes, recorded_by)
        select ${id}::uuid, ${user_id}::uuid, ${donation_type}::donationtype, 'completed', ${amount_cents}::int,
          coalesce(${users.first_name} || ' ' || ${users.last_name}, ${donor_name}),
          coalesce(${users.email}, ${donor_email}), ${message}, ${anonymous}::boolean, ${received_at}::timestamptz,
          ${payment_method}::paymentmethod, ${notes}, ${ctx.user_id}::uuid
        from (values (true)) given left join ${users} on ${member}
        on conflict (id) do nothing`),
    ),
    guard(
      sql`exists (select from ${donations} where ${and(
        eq(donations.id, id),
        eq(donations.recorded_by, ctx.user_id),
        eq(donations.donation_type, donation_type),
        eq(donations.amount_cents, amount_cents),
        eq(donations.payment_method, payment_method),
        sql`${donations.user_id} is not distinct from ${user_id}::uuid`,
        sql`${donations.completed_at} = ${received_at}::timestamptz(3)`,
      )})`,
      409,
      "donation_exists",
      "Another donation has this id already.",
    ),
    effect(
      query.execute(sql`
        insert into ${payments} (user_id, donation_id, payment_method, donation_cents, paid_at, recorded_by)
        select ${donations.user_id}, ${donations.id}, ${donations.payment_method}, ${donations.amount_cents},
          ${donations.completed_at}, ${donations.recorded_by}
        from ${donations} where ${eq(donations.id, id)}
        on conflict (donation_id) do nothing`),
    ),
    mailReceipt(sql`${eq(donations.id, id)} and ${send_receipt}::boolean`, receiptKey(id, sql`0`)),
    ...selectDonation(ctx, id),
  );
  return toDonation(ctx, ...found);
}
