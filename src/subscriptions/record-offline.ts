import { and, eq, inArray, isNotNull, isNull, ne, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { effect, guard, maybe, query, type Silent } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { invalid, Refusal, type RefusalStatus } from "../http/errors.ts";
import { payments } from "../ledger/tables.ts";
import { USER_NOT_FOUND } from "../members/find.ts";
import { users } from "../members/tables.ts";
import { receiptsOf } from "../payments/receipts.ts";
import { subscription_plans } from "../plans/tables.ts";
import { CHECKOUT_SUPERSEDED, voidCheckout } from "../stripe/checkout-session.ts";
import { selectDetail, toDetail } from "./find.ts";
import type { OfflineTerm, SubscriptionDetail } from "./schemas.ts";
import { entitles, memberFollows, runs } from "./standing.ts";
import { supersede } from "./supersede.ts";
import { subscriptions } from "./tables.ts";
import { termEnd } from "./term.ts";

/**
 * Writes down a term that was paid in cash or by cheque, or is given: the person becomes or stays a member, and gets a
 * receipt. A term that runs is extended. One round trip; two where a checkout of theirs is open, which is first ended at
 * Stripe, so that nobody pays twice. 400, 404 and 409 as the guards say; the same
 * again, with its `id`, records nothing.
 */
export async function recordOfflineTerm(ctx: SignedInContext, term: OfflineTerm): Promise<SubscriptionDetail> {
  const { paid_at } = term;
  if (paid_at && Date.parse(paid_at) > ctx.now.getTime()) throw invalid("paid_at", "must not be in the future");
  const record = (voided: string | null) =>
    ctx.transact(
      ...guards(term),
      ...endCheckout(term, voided),
      ...write(ctx, term),
      openCheckout(term),
      ...selectDetail(term.id),
    );

  const [open, ...recorded] = await record(null);
  if (!open?.session_id) return toDetail(ctx, recorded);
  await voidCheckout(ctx, open.session_id);
  const [another, ...found] = await record(open.session_id);
  if (another) throw new Refusal(...CHECKOUT_SUPERSEDED);
  return toDetail(ctx, found);
}

const plan = ({ plan_id }: OfflineTerm): SQL => eq(subscription_plans.id, plan_id);

/** The subscription of the person that runs. */
const running = ({ user_id }: OfflineTerm): SQL => sql`(${and(eq(subscriptions.user_id, user_id), runs)})`;

const pending = ({ user_id }: OfflineTerm): SQL =>
  sql`(${and(eq(subscriptions.user_id, user_id), eq(subscriptions.status, "pending"))})`;

/**
 * Whether it is on record already: then nothing is done, and nothing refused. Held against its payment, which stays what
 * it was; what was left to the plan or the moment is not compared.
 */
const done = (term: OfflineTerm): SQL => {
  const { id, user_id, plan_id, payment_method, base_subscription_cents, donation_cents } = term;
  const dues = payment_method === "complimentary" ? 0 : base_subscription_cents;
  const at = (column: SQLWrapper, instant: string | undefined) =>
    instant === undefined ? undefined : sql`${column} = ${instant}::timestamptz(3)`;
  return sql`exists (select from ${subscriptions} join ${payments} on ${eq(payments.subscription_id, subscriptions.id)} where ${and(
    eq(subscriptions.id, id),
    eq(subscriptions.user_id, user_id),
    eq(subscriptions.plan_id, plan_id),
    ne(subscriptions.status, "pending"),
    eq(payments.payment_method, payment_method),
    dues === undefined ? undefined : eq(payments.base_subscription_cents, dues),
    eq(payments.donation_cents, donation_cents),
    at(payments.paid_at, term.paid_at),
    at(payments.term_start, term.term_start),
    at(payments.term_end, term.term_end),
  )})`;
};

/** Where the term ends that it can go on from. */
const runningEnd = (term: OfflineTerm): SQL =>
  sql`(select ${subscriptions.current_term_end} from ${subscriptions} where ${and(running(term), entitles)})`;

/** Where the term begins: where the one that runs ends, so that nobody loses days by paying early, or wins any by paying late. */
const startOf = (term: OfflineTerm): SQL =>
  sql`coalesce(${term.term_start ?? null}::timestamptz, ${runningEnd(term)}, now())`;

/** Where the terms began that it goes on from, if it does. */
const firstStartOf = (term: OfflineTerm): SQL =>
  sql`(select ${subscriptions.current_term_start} from ${subscriptions} where ${and(running(term), entitles)})`;

const endOf = (term: OfflineTerm): SQL =>
  sql`coalesce(${term.term_end ?? null}::timestamptz, (select ${termEnd(startOf(term), firstStartOf(term))} from ${subscription_plans} where ${plan(term)}))`;

function guards(term: OfflineTerm): Silent[] {
  const { id, user_id, donation_cents } = term;
  const must = (rule: SQL, ...refusal: [RefusalStatus, string, string]) =>
    guard(sql`${done(term)} or ${rule}`, ...refusal);
  const someone = eq(users.id, user_id);
  const has = (what: SQL) => sql`exists (select from ${subscriptions} where ${and(running(term), what)})`;
  const offers = (what: SQL | undefined) =>
    sql`exists (select from ${subscription_plans} where ${and(plan(term), what)})`;
  const isForLife = offers(eq(subscription_plans.billing_cycle, "lifetime"));
  return [
    guard(sql`(select ${users.id} from ${users} where ${someone} for no key update) is not null`, ...USER_NOT_FOUND),
    // Nobody edits or deletes it meanwhile.
    effect(query.select({ id: subscription_plans.id }).from(subscription_plans).where(plan(term)).for("share")),
    must(
      sql`not exists (select from ${subscriptions} where ${eq(subscriptions.id, id)})`,
      409,
      "id_taken",
      "Another term has this id.",
    ),
    must(
      sql`exists (select from ${users} where ${and(someone, inArray(users.status, ["payment_pending", "inactive", "active"]))})`,
      409,
      "status_conflict",
      "Only approved applicants, members and former members can have a term.",
    ),
    must(offers(isNull(subscription_plans.archived_at)), 404, "plan_not_found", "There is no such plan."),
    must(
      sql`${donation_cents} = 0 or ${offers(sql`${subscription_plans.donation_allowed}`)}`,
      409,
      "donation_not_allowed",
      "This plan takes no donation on top.",
    ),
    must(
      sql`not ${has(isNotNull(subscriptions.stripe_subscription_id))}`,
      409,
      "already_subscribed",
      "This person pays online, by a subscription that renews itself. Cancel it first, if this is to take its place.",
    ),
    must(
      sql`not ${has(isNull(subscriptions.current_term_end))}`,
      409,
      "already_subscribed",
      "This person's membership is for life.",
    ),
    must(
      sql`not ${has(eq(subscriptions.status, "paused"))}`,
      409,
      "subscription_paused",
      "This person's subscription is paused. Resume it first.",
    ),
    must(
      sql`not (${isForLife} and ${term.term_end ?? null}::timestamptz is not null)`,
      400,
      "term_without_end",
      "A term for life has no end.",
    ),
    must(
      sql`${isForLife} or ${endOf(term)} is not null`,
      400,
      "term_end_needed",
      "This plan does not say when its terms end. Please say when this one does.",
    ),
    must(
      sql`${isForLife} or ${endOf(term)} > greatest(${startOf(term)}, now())`,
      409,
      "term_over",
      "This term would be over before it has begun, or is over already.",
    ),
    // Whoever has a term is a member now, whenever it begins.
    must(
      sql`${startOf(term)} <= greatest(now(), ${runningEnd(term)}) + interval '24 hours'`,
      409,
      "term_too_early",
      "A term that begins later than tomorrow is recorded then, unless one runs until it begins.",
    ),
    must(
      sql`${isForLife} or not ${has(sql`${subscriptions.current_term_end} >= ${endOf(term)}`)}`,
      409,
      "term_paid",
      "The term that runs does not end before this one would.",
    ),
  ];
}

/** Ends a checkout that has no session yet, or whose session was made void. */
const endCheckout = (term: OfflineTerm, voided: string | null): Silent[] => [
  effect(
    query
      .update(subscriptions)
      .set({ status: "cancelled", cancelled_at: sql`now()` })
      .where(
        and(
          pending(term),
          sql`coalesce(${subscriptions.stripe_checkout_session_id} = ${voided}, ${subscriptions.stripe_checkout_session_id} is null)`,
          sql`not ${done(term)}`,
        ),
      ),
  ),
];

/** A checkout that could still be paid. While there is one, nothing is written. */
const openCheckout = (term: OfflineTerm) =>
  maybe(
    query
      .select({ session_id: subscriptions.stripe_checkout_session_id })
      .from(subscriptions)
      .where(and(pending(term), sql`not ${done(term)}`)),
  );

/**
 * The row comes as a pending one, like that of a checkout, so that the term that runs can end where it begins to. It runs
 * at once and goes back to where the term that it extends began: the person has one running term at any instant, which
 * is all that was paid for. What was paid for this time is in the payment's own term.
 */
function write(ctx: SignedInContext, term: OfflineTerm): Silent[] {
  const { id, user_id, payment_method, base_subscription_cents, donation_cents, notes, paid_at } = term;
  const itself = and(eq(subscriptions.id, id), eq(subscriptions.status, "pending"));
  const dues =
    payment_method === "complimentary"
      ? sql`0`
      : sql`coalesce(${base_subscription_cents ?? null}::integer, ${subscription_plans.price_cents})`;
  return [
    effect(
      query.execute(sql`
        insert into ${subscriptions} (id, user_id, plan_id, billing_cycle, base_subscription_cents, donation_cents,
          payment_method, current_term_start, current_term_end, notes)
        select ${id}::uuid, ${user_id}::uuid, ${subscription_plans.id}, ${subscription_plans.billing_cycle}, ${dues},
          ${donation_cents}::integer, ${payment_method}::paymentmethod,
          coalesce((select ${subscriptions.current_term_start} from ${subscriptions}
            where ${running(term)} and ${subscriptions.current_term_end} > now()), ${startOf(term)}),
          ${endOf(term)}, ${notes ?? null}
        from ${subscription_plans}
        where ${plan(term)} and not exists (select from ${subscriptions} where ${pending(term)})
        on conflict (id) do nothing`),
    ),
    effect(
      query.execute(sql`
        insert into ${payments} (user_id, subscription_id, payment_method, base_subscription_cents, donation_cents,
          paid_at, term_start, term_end, recorded_by)
        select ${subscriptions.user_id}, ${subscriptions.id}, ${subscriptions.payment_method},
          ${subscriptions.base_subscription_cents}, ${subscriptions.donation_cents},
          coalesce(${paid_at ?? null}::timestamptz, now()), ${startOf(term)}, ${subscriptions.current_term_end},
          ${ctx.user_id}::uuid
        from ${subscriptions} where ${itself}`),
    ),
    supersede(id),
    effect(query.update(subscriptions).set({ status: "active" }).where(itself)),
    ...memberFollows(sql`${user_id}::uuid`),
    ...receipt(id),
  ];
}

/** Whether it is the first time that the person has paid dues. */
const isFirst = sql`not exists (select from ${payments} earlier where earlier.user_id = ${payments.user_id}
  and earlier.subscription_id is not null and earlier.id <> ${payments.id})`;

/** Thanks for the first dues, a receipt for those after, and for a term that is given, which no amount belongs to. */
function receipt(id: string): [Silent, Silent] {
  const paid = sql`from ${payments} join ${users} on ${eq(users.id, payments.user_id)} where ${eq(payments.subscription_id, id)}`;
  const thanks = sql`(${ne(payments.payment_method, "complimentary")} and ${isFirst})`;
  return receiptsOf({ thanked: sql`${paid} and ${thanks}`, receipted: sql`${paid} and not ${thanks}` });
}
