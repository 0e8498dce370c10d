import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { donorMailAddress, keptOfDonor } from "../../ledger/donor.ts";
import { guardPerson, lockPerson } from "../../people/person.ts";
import { donation_receipts, donations } from "../../tables/donations.ts";
import { payments } from "../../tables/ledger.ts";
import { fullNameOf, users } from "../../tables/people.ts";
import { startOfGiven, timeOfGiven } from "../../time/days.ts";
import { mailFirstReceipt } from "../receipt.ts";
import { lockDonation, readDonation } from "./find.ts";
import type { Donation, OfflineDonation } from "./schemas.ts";

/**
 * Records a donation of cash or a check, and mails a receipt if asked to. The same request sent again records nothing
 * more. 400 if `received_at` is in the future, 404 if there is no such member, 409 if a donation with this id is on
 * record and differs in anything.
 */
export function recordOfflineDonation(ctx: SignedInContext, input: OfflineDonation): Promise<Donation> {
  const { id, user_id = null, donor_name = null, donor_email = null, received_at } = input;
  const { donation_type, amount_cents, payment_method, message = null, anonymous, notes = null, send_receipt } = input;
  const received = timeOfGiven(received_at);
  const member = sql`${users.id} = ${user_id}::uuid`;
  return ctx.transact((t) => {
    t.valid(sql`${startOfGiven(received_at)} <= now()`, "received_at", "must not be in the future");
    if (user_id) {
      // So that nobody deletes or erases them meanwhile.
      lockPerson(t, user_id);
      guardPerson(t, user_id);
    }
    t.effect(
      query.execute(sql`
        insert into ${donations} (id, user_id, donation_type, status, amount_cents, donor_name, donor_email, message,
          anonymous, completed_at, payment_method, notes, recorded_by)
        select ${id}::uuid, ${user_id}::uuid, ${donation_type}::donationtype, 'completed', ${amount_cents}::int,
          ${keptOfDonor(donor_name, fullNameOf(users))}, ${donor_email}, ${message}, ${anonymous}::boolean, ${received},
          ${payment_method}::paymentmethod, ${notes}, ${ctx.user_id}::uuid
        from (values (true)) given left join ${users} on ${member}
        on conflict (id) do nothing`),
    );
    // If the same request comes twice at once, the second one waits here, and then finds the first one's receipt.
    lockDonation(t, id);
    t.guard(
      sql`exists (select from ${donations} where ${eq(donations.id, id)} and ${donationIs(input, ctx.user_id)})`,
      409,
      "donation_exists",
      "A different donation already has this id.",
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

/**
 * Whether a row of `donations` is what this person recorded with exactly this input. A member's name and address are not
 * compared: they come from the account, which may have changed since.
 */
function donationIs(input: OfflineDonation, recorded_by: string): SQL | undefined {
  const { user_id, donor_name, donor_email, donation_type, amount_cents, payment_method, received_at } = input;
  const { message, anonymous, notes, send_receipt } = input;
  const is = (column: SQLWrapper, given: string | undefined) => sql`${column} is not distinct from ${given ?? null}`;
  const ofMember = sql`${donations.user_id} is not null`;
  // A receipt that is sent later has a later time.
  const wasSent = sql`exists (select from ${donation_receipts} where ${eq(donation_receipts.donation_id, donations.id)}
    and ${donation_receipts.created_at} = ${donations.created_at})`;
  const isNew = sql`not exists (select from ${payments} where ${eq(payments.donation_id, donations.id)})`;
  return and(
    eq(donations.recorded_by, recorded_by),
    eq(donations.donation_type, donation_type),
    eq(donations.amount_cents, amount_cents),
    eq(donations.payment_method, payment_method),
    eq(donations.anonymous, anonymous),
    sql`${donations.completed_at} = ${timeOfGiven(received_at)}`,
    sql`${donations.user_id} is not distinct from ${user_id ?? null}::uuid`,
    sql`(${ofMember} or ${and(is(donations.donor_name, donor_name), is(donations.donor_email, donor_email))})`,
    is(donations.message, message),
    is(donations.notes, notes),
    sql`(${isNew} or case when ${wasSent} then ${send_receipt}::boolean
      else not (${send_receipt}::boolean and ${donorMailAddress} is not null) end)`,
  );
}
