import { and, eq, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { guardPerson } from "../../people/person.ts";
import { donations } from "../../tables/donations.ts";
import { payments } from "../../tables/ledger.ts";
import { users } from "../../tables/people.ts";
import { startOfGiven } from "../../time/days.ts";
import { mailFirstReceipt } from "../receipt.ts";
import { lockDonation, readDonation } from "./find.ts";
import type { Donation, OfflineDonation } from "./schemas.ts";

/**
 * Records a donation of cash or a check, and mails a receipt if asked to. The same request sent again records nothing
 * more. 400 if `received_at` is in the future, 404 if there is no such member, 409 if the id belongs to another
 * donation.
 */
export function recordOfflineDonation(ctx: SignedInContext, input: OfflineDonation): Promise<Donation> {
  const { id, user_id = null, donor_name = null, donor_email = null, received_at } = input;
  const { donation_type, amount_cents, payment_method, message = null, anonymous, notes = null, send_receipt } = input;
  const received = startOfGiven(received_at);
  const member = sql`${users.id} = ${user_id}::uuid`;
  return ctx.transact((t) => {
    t.valid(sql`${received} <= now()`, "received_at", "must not be in the future");
    if (user_id) {
      // So that nobody deletes them meanwhile.
      t.effect(query.select({ id: users.id }).from(users).where(member).for("key share"));
      guardPerson(t, user_id);
    }
    t.effect(
      query.execute(sql`
        insert into ${donations} (id, user_id, donation_type, status, amount_cents, donor_name, donor_email, message,
          anonymous, completed_at, payment_method, notes, recorded_by)
        select ${id}::uuid, ${user_id}::uuid, ${donation_type}::donationtype, 'completed', ${amount_cents}::int,
          coalesce(${users.first_name} || ' ' || ${users.last_name}, ${donor_name}),
          coalesce(${users.email}, ${donor_email}), ${message}, ${anonymous}::boolean, ${received},
          ${payment_method}::paymentmethod, ${notes}, ${ctx.user_id}::uuid
        from (values (true)) given left join ${users} on ${member}
        on conflict (id) do nothing`),
    );
    // If the same request comes twice at once, the second one waits here, and then finds the first one's receipt.
    lockDonation(t, id);
    t.guard(
      sql`exists (select from ${donations} where ${and(
        eq(donations.id, id),
        eq(donations.recorded_by, ctx.user_id),
        eq(donations.donation_type, donation_type),
        eq(donations.amount_cents, amount_cents),
        eq(donations.payment_method, payment_method),
        sql`${donations.user_id} is not distinct from ${user_id}::uuid`,
        sql`${donations.completed_at} = ${received}`,
      )})`,
      409,
      "donation_exists",
      "Another donation already has this id.",
    );
    t.effect(
      query.execute(sql`
        insert into ${payments} (user_id, donation_id, payment_method, donation_cents, paid_at, recorded_by)
        select ${donations.user_id}, ${donations.id}, ${donations.payment_method}, ${donations.amount_cents},
          ${donations.completed_at}, ${donations.recorded_by}
        from ${donations} where ${eq(donations.id, id)}
        on conflict (donation_id) do nothing`),
    );
    if (send_receipt) mailFirstReceipt(t, id, sql`true`);
    return readDonation(t, ctx, id);
  });
}
