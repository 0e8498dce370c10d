import { and, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { hideActor } from "../../access/audit.ts";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { donorEmail, keptOfDonor } from "../../ledger/donor.ts";
import { formattedCents } from "../../money/format.ts";
import { leastCents } from "../../stripe/amounts.ts";
import { CHECKOUT_SUPERSEDED, CHECKOUT_TOO_LATE } from "../../stripe/checkout-session.ts";
import { isKeptAnswer } from "../../stripe/client.ts";
import { donations } from "../../tables/donations.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { fullNameOf, users } from "../../tables/people.ts";

/** Long enough to find a card, short enough to slow down people who test stolen ones. */
const SESSION_LIFETIME = sql`interval '2 hours'`;

/** A donation that somebody wants to give. A member's name and address come from their account. */
export type RequestedDonation = Pick<
  typeof donations.$inferSelect,
  "id" | "user_id" | "amount_cents" | "donor_name" | "donor_email" | "message" | "anonymous"
>;

/** A pending donation, with what its checkout needs. */
export type PendingDonation = Awaited<ReturnType<typeof beginDonation>>;

/**
 * Records a donation, or finds the one that the same request recorded before. If we have not handed out a session for
 * that one, its checkout starts again. 400 if the amount is outside the limits. 409 if the id belongs to another
 * donation, or if this one was paid or its checkout has expired.
 */
export function beginDonation(ctx: Context, requested: RequestedDonation) {
  const { id, user_id, amount_cents, donor_name, donor_email, message, anonymous } = requested;
  const { donation_minimum_cents, donation_maximum_cents } = organisation_settings;
  const { CURRENCY } = ctx.settings;
  const least = sql`greatest(${donation_minimum_cents}, ${leastCents(CURRENCY)}::integer)`;
  const row = eq(donations.id, id);
  // Once it is paid, only the amount must match: a volunteer may have edited the rest. A member's name and address need
  // not match: the member may have changed them since.
  const isSame = sql`(${donations.amount_cents} = ${amount_cents} and (${donations.completed_at} is not null
    or (${donations.anonymous}, ${donations.message}) is not distinct from (${anonymous}::boolean, ${message}::text)
      and (${user_id}::uuid is not null or
        (${donations.donor_name}, ${donations.donor_email}) is not distinct from (${donor_name}::text, ${donor_email}::text))))`;
  return ctx.transact((t) => {
    // For every donation: it can become anonymous later, and we do not rewrite the log for one donation.
    hideActor(t);
    t.guard(
      sql`(select ${amount_cents}::integer >= ${least} from ${organisation_settings})`,
      400,
      "amount_too_small",
      sql`(select 'A donation must be at least ' || ${formattedCents(least, CURRENCY)} || '.' from ${organisation_settings})`,
    );
    t.guard(
      sql`(select ${amount_cents} <= ${donation_maximum_cents} from ${organisation_settings})`,
      400,
      "amount_too_large",
      sql`(select 'A donation can be at most ' || ${formattedCents(sql`${donation_maximum_cents}`, CURRENCY)} || '. To give more, please write to us.' from ${organisation_settings})`,
    );
    t.effect(
      query.execute(sql`
        insert into ${donations} as known
          (id, user_id, donation_type, amount_cents, donor_name, donor_email, message, anonymous, checkout_expires_at)
        select ${id}::uuid, ${users.id}, (case when ${users.id} is null then 'public' else 'member' end)::donationtype,
          ${amount_cents}::int, ${keptOfDonor(donor_name, fullNameOf(users))},
          ${keptOfDonor(donor_email, users.email)}, ${message}, ${anonymous}::boolean, now() + ${SESSION_LIFETIME}
        from (values (true)) given left join ${users} on ${users.id} = ${user_id}::uuid
        on conflict (id) do update set status = 'pending', checkout_expires_at =
          case when known.checkout_expires_at > ${CHECKOUT_TOO_LATE} then known.checkout_expires_at else excluded.checkout_expires_at end
        where known.status in ('pending', 'failed') and known.stripe_checkout_session_id is null`),
    );
    t.guard(
      sql`exists (select from ${donations} where ${row} and ${isSame})`,
      409,
      "request_id_reused",
      "This request_id belongs to another donation. Please use a new one.",
    );
    t.guard(
      sql`not exists (select from ${donations} where ${and(row, isNotNull(donations.completed_at))})`,
      409,
      "donation_completed",
      "You already made this donation. Thank you.",
    );
    t.guard(
      sql`exists (select from ${donations} where ${and(row, eq(donations.status, "pending"))})`,
      409,
      "checkout_expired",
      "This checkout has expired, and nothing was paid. Please start again.",
    );
    return t.one(
      query
        .select({
          id: donations.id,
          amount_cents: donations.amount_cents,
          donor_email: sql<string>`${donorEmail}`,
          checkout_expires_at: sql<string>`${donations.checkout_expires_at}`.mapWith(donations.checkout_expires_at),
          stripe_customer_id: users.stripe_customer_id,
          statement_descriptor_suffix: organisation_settings.statement_descriptor_suffix,
        })
        .from(donations)
        .innerJoin(organisation_settings, sql`true`)
        .leftJoin(users, eq(users.id, donations.user_id))
        .where(row),
    );
  });
}

/** Saves the id of a session before we hand it out. 409 if the same request has saved another session by then. */
export async function keepDonationCheckout(ctx: Context, id: string, session_id: string): Promise<void> {
  const { stripe_checkout_session_id } = donations;
  const keepable = and(
    eq(donations.id, id),
    or(isNull(stripe_checkout_session_id), eq(stripe_checkout_session_id, session_id)),
  );
  await ctx.transact((t) => {
    hideActor(t);
    t.guard(sql`exists (select from ${donations} where ${keepable} for update)`, ...CHECKOUT_SUPERSEDED);
    t.effect(
      query
        .update(donations)
        .set({ stripe_checkout_session_id: session_id, status: "pending" })
        .where(and(eq(donations.id, id), isNull(stripe_checkout_session_id))),
    );
  });
}

/**
 * Marks a donation as failed, unless we have handed out a session for it. If Stripe would repeat its error for the same
 * idempotency key, this also removes the expiry: the next try sets a new one, and that makes a new key.
 */
export async function abandonDonationCheckout(ctx: Context, id: string, error: unknown): Promise<void> {
  const { status, stripe_checkout_session_id } = donations;
  await ctx.transact((t) => {
    hideActor(t);
    t.effect(
      query
        .update(donations)
        .set({ status: "failed", ...(isKeptAnswer(error) && { checkout_expires_at: null }) })
        .where(and(eq(donations.id, id), eq(status, "pending"), isNull(stripe_checkout_session_id))),
    );
  });
}
