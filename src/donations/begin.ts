import { and, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { effect, guard, one, query, type Silent } from "../database/statements.ts";
import type { Context } from "../http/context.ts";
import { users } from "../members/tables.ts";
import { organisation_settings } from "../settings/tables.ts";
import { CHECKOUT_SUPERSEDED } from "../stripe/checkout-session.ts";
import { donations } from "./tables.ts";

/** Long enough to find one's card, and short for those who try many. */
const SESSION_LIFETIME = sql`interval '2 hours'`;
/** Stripe wants a session to live for another 30 minutes when it is made. */
const TOO_LATE = sql`now() + interval '35 minutes'`;

/**
 * Keeps who is signed in out of the audit log: that something was given stands there, and not by whom. So it does for each
 * donation, since one may be made anonymous later, and the log is not changed.
 */
const unnamed = (): Silent => effect(query.execute(sql`select set_config('app.actor_id', '', true)`));

/** What somebody wants to give, under the id that its row has or gets. Who is signed in has no other name or address. */
export interface Wanted {
  id: string;
  user_id: string | null;
  amount_cents: number;
  donor_name: string | null;
  donor_email: string | null;
  message: string | null;
  anonymous: boolean;
}

/** A pending donation, with what its checkout needs to know. */
export type Begun = Awaited<ReturnType<typeof beginDonation>>;

/**
 * Writes a donation down, or finds the same again; one whose session was never handed out is begun anew. 409 when another one
 * has the id.
 */
export async function beginDonation(ctx: Context, wanted: Wanted) {
  const { id, user_id, amount_cents, donor_name, donor_email, message, anonymous } = wanted;
  const { donation_minimum_cents, donation_maximum_cents } = organisation_settings;
  const row = eq(donations.id, id);
  // Once it was paid a volunteer may have changed the rest; a member's name and address may have become others since.
  const isSame = sql`(${donations.amount_cents} = ${amount_cents} and (${donations.completed_at} is not null
    or (${donations.anonymous}, ${donations.message}) is not distinct from (${anonymous}::boolean, ${message}::text)
      and (${user_id}::uuid is not null or
        (${donations.donor_name}, ${donations.donor_email}) is not distinct from (${donor_name}::text, ${donor_email}::text))))`;
  const [donation] = await ctx.transact(
    unnamed(),
    guard(
      sql`(select ${amount_cents} >= ${donation_minimum_cents} from ${organisation_settings})`,
      400,
      "amount_too_small",
      sql`(select 'A donation has to be at least ' || ${donation_minimum_cents} || ' cents.' from ${organisation_settings})`,
    ),
    guard(
      sql`(select ${amount_cents} <= ${donation_maximum_cents} from ${organisation_settings})`,
      400,
      "amount_too_large",
      sql`(select 'A donation can be at most ' || ${donation_maximum_cents} || ' cents. To give more, please write to us.' from ${organisation_settings})`,
    ),
    effect(
      query.execute(sql`
        insert into ${donations} as known
          (id, user_id, donation_type, amount_cents, donor_name, donor_email, message, anonymous, checkout_expires_at)
        select ${id}::uuid, ${users.id}, (case when ${users.id} is null then 'public' else 'member' end)::donationtype,
          ${amount_cents}::int, coalesce(${users.first_name} || ' ' || ${users.last_name}, ${donor_name}),
          coalesce(${users.email}, ${donor_email}), ${message}, ${anonymous}::boolean, now() + ${SESSION_LIFETIME}
        from (values (true)) given left join ${users} on ${users.id} = ${user_id}::uuid
        on conflict (id) do update set status = 'pending', checkout_expires_at =
          case when known.checkout_expires_at > ${TOO_LATE} then known.checkout_expires_at else excluded.checkout_expires_at end
        where known.status in ('pending', 'failed') and known.stripe_checkout_session_id is null`),
    ),
    guard(
      sql`exists (select from ${donations} where ${row} and ${isSame})`,
      409,
      "request_id_reused",
      "This request_id came with another donation before. Another donation needs another one.",
    ),
    guard(
      sql`not exists (select from ${donations} where ${and(row, isNotNull(donations.completed_at))})`,
      409,
      "donation_completed",
      "This donation was made already. Thank you.",
    ),
    guard(
      sql`exists (select from ${donations} where ${and(row, eq(donations.status, "pending"))})`,
      409,
      "checkout_expired",
      "This checkout has ended, and nothing was paid. Please start again.",
    ),
    one(
      query
        .select({
          id: donations.id,
          amount_cents: donations.amount_cents,
          donor_email: sql<string>`${donations.donor_email}`,
          checkout_expires_at: sql<string>`${donations.checkout_expires_at}`.mapWith(donations.checkout_expires_at),
          stripe_customer_id: users.stripe_customer_id,
          statement_descriptor_suffix: organisation_settings.statement_descriptor_suffix,
        })
        .from(donations)
        .innerJoin(organisation_settings, sql`true`)
        .leftJoin(users, eq(users.id, donations.user_id))
        .where(row),
    ),
  );
  return donation;
}

/** Keeps the id of the session that is handed out. 409 when the same request was given another one meanwhile. */
export async function keepSession(ctx: Context, id: string, session_id: string): Promise<void> {
  const row = eq(donations.id, id);
  const { stripe_checkout_session_id } = donations;
  await ctx.transact(
    unnamed(),
    guard(
      sql`exists (select from ${donations} where ${and(
        row,
        or(isNull(stripe_checkout_session_id), eq(stripe_checkout_session_id, session_id)),
      )} for update)`,
      ...CHECKOUT_SUPERSEDED,
    ),
    effect(
      query
        .update(donations)
        .set({ stripe_checkout_session_id: session_id, status: "pending" })
        .where(and(row, isNull(stripe_checkout_session_id))),
    ),
  );
}

/**
 * Marks a donation failed that no session was handed out for.
 *
 * @param under_another_key whether Stripe keeps its failure for the key it was asked with, so that the next try needs
 *   another: one that ends at another time has it
 */
export async function abandonCheckout(
  ctx: Context,
  id: string,
  { under_another_key }: { under_another_key: boolean },
): Promise<void> {
  await ctx.transact(
    unnamed(),
    effect(
      query
        .update(donations)
        .set({ status: "failed", ...(under_another_key && { checkout_expires_at: null }) })
        .where(
          and(eq(donations.id, id), eq(donations.status, "pending"), isNull(donations.stripe_checkout_session_id)),
        ),
    ),
  );
}
