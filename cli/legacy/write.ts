import type { Client } from "pg";
import type { Findings } from "./findings.ts";
import { quoted } from "./old-database.ts";
import { PAID_BY_HAND } from "./rule.ts";
import { filledColumns, refusalOf } from "./stage.ts";
import type { OldTable } from "./table.ts";

/** Rows keep their dates, and one line in the audit log stands for all of them, so our triggers wait. */
export async function pauseTriggers(here: Client, tables: readonly string[], paused: boolean): Promise<void> {
  for (const table of tables) await here.query(`alter table ${table} ${paused ? "disable" : "enable"} trigger user`);
}

/**
 * What a rollback must give back: without this, a dry run would use up numbers of receipts. Restarting a sequence at where it is
 * makes its numbers part of the transaction (https://www.postgresql.org/docs/current/sql-altersequence.html#id-1.9.3.21.7).
 */
export async function holdSequences(here: Client): Promise<void> {
  for (const [table, column] of [
    ["payments", "receipt_number"],
    ["event_rsvps", "line_number"],
  ]) {
    const { rows } = await here.query<{ name: string }>("select pg_get_serial_sequence($1, $2) as name", [
      table,
      column,
    ]);
    const sequence = rows[0]?.name;
    const next = await here.query<{ next: string }>(
      `select last_value + case when is_called then 1 else 0 end as next from ${sequence}`,
    );
    await here.query(`alter sequence ${sequence} restart with ${next.rows[0]?.next}`);
  }
}

/** Where staged rows do not become rows of ours as they are: how. `order` decides which comes first. */
interface Into {
  table: OldTable;
  key?: string;
  order?: string;
  /** Instead of the staged value of a column. */
  instead?: Record<string, string>;
  where?: string;
}

/**
 * Inserts staged rows that are not here yet. Rows with an id that is here are left alone. `old_new` remembers those that came.
 * Rows that our rules refuse are found one by one.
 */
export async function insertStaged(here: Client, into: Into, findings: Findings): Promise<void> {
  const { table, key = "id", order = "created_at, id", instead = {}, where = "true" } = into;
  const columns = filledColumns(table);
  const values = columns.map((column) => instead[column] ?? `o.${quoted(column)}`);
  const insert = (which: string) =>
    `with made as (
       insert into public.${table.name} (${columns.map(quoted).join(", ")})
       select ${values.join(", ")} from old_${table.name} o where ${where} and ${which} order by ${order}
       on conflict (${key}) do nothing returning *)
     insert into old_new select '${table.name}', ${key === "id" ? "id" : "null"} from made`;
  if ((await refusalOf(here, insert("true"))) === undefined) return;
  const { rows } = await here.query<{ at: string; name: string }>(
    `select ctid::text as at, ${key.replaceAll(", ", " || '/' || ")} as name from old_${table.name} o order by ${order}`,
  );
  for (const { at, name } of rows) {
    const refusal = await refusalOf(here, insert("ctid = $1::tid"), [at]);
    if (refusal !== undefined) findings.add("refused", table.name, name, refusal);
  }
}

/** The payments of rows that came now: terms and donations outside Stripe, and donations whose payment at Stripe is known. */
const PAYMENTS = `
  insert into payments (id, user_id, subscription_id, donation_id, payment_method, base_subscription_cents, donation_cents,
    paid_at, term_start, term_end, stripe_payment_intent_id, recorded_by, receipted_at, created_at, updated_at)
  select id, user_id, subscription_id, donation_id, payment_method, dues, donation, paid_at, term_start, term_end, intent,
    recorded_by, paid_at, created_at, updated_at
  from (
    select s.id, s.user_id, s.id as subscription_id, null::uuid as donation_id, s.payment_method,
      s.base_subscription_cents as dues, s.donation_cents as donation,
      coalesce(s.old_paid_at, s.current_term_start, s.created_at) as paid_at, s.current_term_start as term_start,
      case when s.current_term_start is not null then s.current_term_end end as term_end, null::text as intent,
      s.old_recorded_by as recorded_by, s.created_at, s.updated_at
    from old_subscriptions s join old_new n on n.name = 'subscriptions' and n.id = s.id
    where ${PAID_BY_HAND}
    union all
    select d.id, d.user_id, null, d.id, d.payment_method, 0, d.amount_cents, d.completed_at, null, null,
      d.stripe_payment_intent_id, d.recorded_by, d.created_at, d.updated_at
    from old_donations d join old_new n on n.name = 'donations' and n.id = d.id
    where d.status in ('completed', 'refunded')
  ) paid order by paid_at, id`;

/** Stripe's refunds come from Stripe, with its ids. */
const REFUNDS = `
  insert into reversals (id, payment_id, kind, status, amount_cents, occurred_at, payer_notified_at, created_at, updated_at)
  select d.id, d.id, 'refund', 'succeeded', d.amount_cents, d.updated_at, d.updated_at, d.created_at, d.updated_at
  from old_donations d join old_new n on n.name = 'donations' and n.id = d.id
  where d.status = 'refunded' and d.payment_method <> 'stripe'`;

/** The old platform has sent them, so that no later news of a donation sends one again. */
const RECEIPTS = `
  insert into donation_receipts (id, donation_id, created_at, updated_at)
  select d.id, d.id, d.completed_at, d.completed_at
  from old_donations d join old_new n on n.name = 'donations' and n.id = d.id
  where d.status in ('completed', 'refunded')`;

export async function writePayments(here: Client): Promise<void> {
  await here.query(PAYMENTS);
  await here.query(REFUNDS);
  await here.query(RECEIPTS);
}

/** What our triggers would have done: active people are members, and people show their highest role. */
export async function followRoles(here: Client): Promise<void> {
  await here.query(
    `insert into user_role_assignments (user_id, role_id, created_at, updated_at)
     select u.id, r.id, u.created_at, u.created_at
     from users u join old_new n on n.name = 'users' and n.id = u.id, roles r
     where u.status = 'active' and r.code = 'member' on conflict do nothing`,
  );
  await here.query(
    `update users u set role = highest.role from (
       select a.user_id, max(r.code::userrole) as role from user_role_assignments a join roles r on r.id = a.role_id and r.system
       group by a.user_id) highest
     where highest.user_id = u.id and u.role <> highest.role`,
  );
}
