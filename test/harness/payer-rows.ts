import pg from "pg";
import { onTestFinished } from "vitest";

const reversals = "select r.* from reversals r join payments p on p.id = r.payment_id where p.user_id = person";

/**
 * Everything about a person that processing an event reads or writes, plus the mails that tell others about refunds.
 * The audit log is left out because it only grows and no event reads it.
 */
const THEIRS = {
  users: "id = person",
  user_role_assignments: "user_id = person",
  subscriptions: "user_id = person",
  donations: "user_id = person",
  donation_receipts: "donation_id in (select id from donations where user_id = person)",
  payments: "user_id = person",
  reversals: "payment_id in (select id from payments where user_id = person)",
  stripe_fees: "payment_id in (select id from payments where user_id = person)",
  emails: `user_id = person or split_part(dedupe_key, ':', 2) in (select stripe_id from (${reversals}) r)`,
  stripe_events: "id = any (events)",
};

const since = "(select min(paid_at) from payments where user_id = person)";
const hours = (instant: string) => `round(extract(epoch from ${instant} - ${since}) / 3600)::int`;
/** For what counts from when we heard of something: minutes pass until the last event arrives. */
const days = (instant: string) => `round(extract(epoch from ${instant} - ${since}) / 86400)::int`;

const functions = (columnsOf: Record<string, string>) => `
  create function rows_of(person uuid, events text[]) returns jsonb stable language sql begin atomic
    select jsonb_build_object(${Object.entries(THEIRS).map(
      ([table, theirs]) =>
        `'${table}', (select coalesce(jsonb_agg(t order by t), '[]') from ${table} t where ${theirs})`,
    )});
  end;

  create function put_back(person uuid, events text[], rows jsonb) returns void language plpgsql as $$ begin
    ${Object.entries(THEIRS)
      .map(([table, theirs]) => `delete from ${table} where ${theirs};`)
      .reverse()
      .join("\n")}
    ${Object.keys(THEIRS)
      .map(
        (table) => `insert into ${table} (${columnsOf[table]}) overriding system value
          select ${columnsOf[table]} from jsonb_populate_recordset(null::${table}, rows -> '${table}');`,
      )
      .join("\n")}
    if rows_of(person, events) <> rows then raise exception 'The rows do not match the snapshot'; end if;
  end $$;

  create function books_of(person uuid) returns jsonb stable language plpgsql as $$ begin return jsonb_build_object(
    'standing', jsonb_build_object(
      'person', (select jsonb_build_object('status', status, 'customer', stripe_customer_id is not null) from users where id = person),
      'subscriptions', (select jsonb_agg(jsonb_build_object('status', status, 'cycle', billing_cycle,
          'dues', base_subscription_cents, 'donation', donation_cents, 'starts', ${hours("current_term_start")},
          'ends', ${hours("current_term_end")}, 'grace', ${days("grace_ends_at")}, 'paused', paused_at is not null,
          'resumes', ${hours("resumes_at")}, 'at_end', cancel_at_period_end, 'cancelled', ${hours("cancelled_at")},
          'card', array[card_brand, card_last4, card_exp_month::text, card_exp_year::text],
          'stripe', stripe_subscription_id is not null) order by created_at) from subscriptions where user_id = person),
      'donations', (select jsonb_agg(jsonb_build_object('status', status, 'amount', amount_cents,
          'completed', ${hours("completed_at")})) from donations where user_id = person),
      'payments', (select jsonb_agg(jsonb_build_object('at', ${hours("paid_at")}, 'dues', base_subscription_cents,
          'donation', donation_cents, 'from', ${hours("term_start")}, 'until', ${hours("term_end")},
          'method', payment_method) order by paid_at) from payments where user_id = person),
      'reversals', (select jsonb_agg(each order by each::text) from (select jsonb_build_object('kind', r.kind, 'status', r.status,
          'amount', amount_cents, 'at', ${hours("occurred_at")}, 'back', ${hours("returned_at")}) as each
          from (${reversals}) as r) as each),
      'movements', (select jsonb_agg(each order by each::text) from (select jsonb_build_object('kind', kind,
          'at', ${hours("occurred_at")}, 'cents', sum(base_subscription_cents + donation_cents)) as each
          from ledger where user_id = person group by kind, ${hours("occurred_at")}) as each),
      'fees', (select jsonb_agg(each order by each::text) from (select jsonb_build_object('at', ${hours("f.occurred_at")},
          'of', coalesce(r.kind, 'payment'), 'cents', sum(fee_cents)) as each
          from stripe_fees f join payments p on p.id = f.payment_id left join reversals r on r.id = f.reversal_id
          where p.user_id = person group by r.kind, ${hours("f.occurred_at")}) as each),
      'parts', (select jsonb_agg(each order by each::text) from (select jsonb_build_object('at', ${hours("occurred_at")},
          'dues', sum(base_subscription_cents), 'donation', sum(donation_cents)) as each
          from ledger where user_id = person group by ${hours("occurred_at")}) as each)),
    'cents', (select coalesce(sum(base_subscription_cents + donation_cents), 0) from ledger where user_id = person),
    'mails', (select jsonb_object_agg(kind, count) from (
        select case when template in ('thank_you', 'payment_receipt') then 'payment' else template end as kind, count(*)
        from emails where user_id = person and template in ('thank_you', 'payment_receipt', 'donation_receipt', 'refund_notice', 'checkout_failed')
          and not exists (select from reversals where status in ('failed', 'canceled') and dedupe_key = 'refund:' || stripe_id)
        group by 1) as mails),
    'untold', (select coalesce(jsonb_agg(key), '[]') from (
        select case when kind = 'refund' then 'refund_failed:' else 'dispute:' end || stripe_id
          || case status when 'warning_needs_response' then ':inquiry:' when 'lost' then ':lost:' when 'appeal_needs_response' then ':appeal:' else ':' end as key
        from (${reversals}) as r where status in
          ('failed', 'needs_response', 'warning_needs_response', 'lost', 'appeal_needs_response')) as known
      where not exists (select from emails where user_id <> person
        and dedupe_key in (key || user_id, key || 'appeal:' || user_id))));
  end $$;`;

/** What our rows say about a person. */
export interface Books {
  /**
   * With hours since the first payment instead of times. Payers with the same history must match, whatever order their
   * events arrived in.
   */
  standing: object;
  /** The total of our ledger. */
  cents: number;
  /**
   * The number of money mails of each kind. Thank-you mails and receipts both count as payments. Mails about failed
   * refunds are left out: if we hear of a refund only when it fails, there is nothing to correct.
   */
  mails: Record<string, number> | null;
  /** Failed refunds and open disputes that no volunteer was told about. No one is told twice. */
  untold: string[];
}

/**
 * The rows of payers, in a test's own database. Restoring rows does not fire triggers, so it does not write to the
 * audit log or change other rows.
 */
export async function payerRows(database_url: string) {
  const pool = new pg.Pool({ connectionString: database_url, max: 4, options: "-c session_replication_role=replica" });
  // The database is dropped at the end, while connections are open.
  pool.on("error", () => undefined);
  onTestFinished(() => pool.end());
  // PostgreSQL computes generated columns itself.
  const { rows: tables } = await pool.query<{ name: string; columns: string }>(
    `select table_name as name, string_agg(column_name, ', ') as columns from information_schema.columns
     where table_schema = 'public' and is_generated = 'NEVER' group by table_name`,
  );
  await pool.query(functions(Object.fromEntries(tables.map(({ name, columns }) => [name, columns]))));

  return {
    books: async (person: string): Promise<Books> => {
      const { rows } = await pool.query<{ books: Books }>("select books_of($1) as books", [person]);
      if (!rows[0]) throw new Error("The query returned no rows");
      return rows[0].books;
    },
    /** The types of the given events that are parked. */
    parked: async (events: string[]): Promise<string[]> => {
      const parked = "select type from stripe_events where id = any($1) and status = 'parked' order by type";
      return (await pool.query<{ type: string }>(parked, [events])).rows.map(({ type }) => type);
    },
    /** Saves all rows of a person and what we know of some events. Returns a function that restores them. */
    remember: async (person: string, events: string[]): Promise<() => Promise<void>> => {
      const { rows } = await pool.query<{ kept: string }>("select rows_of($1, $2)::text as kept", [person, events]);
      const kept = rows[0]?.kept;
      return async () => void (await pool.query("select put_back($1, $2, $3)", [person, events, kept]));
    },
  };
}
