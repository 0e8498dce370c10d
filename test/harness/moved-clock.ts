import pg from "pg";
import { onTestFinished } from "vitest";
import { applicationUrl } from "../../local/settings.ts";
import { identify } from "../../src/access/access.ts";
import { transactor } from "../../src/database/transact.ts";
import type { Settings } from "../../src/env.ts";
import type { Context } from "../../src/http/context.ts";
import { KINDS } from "../../src/reminders/kinds.ts";
import { remind } from "../../src/reminders/remind.ts";
import { withholdMoot } from "../../src/reminders/withhold-moot.ts";
import { NO_STORAGE } from "../../src/storage/storage.ts";
import { connectStripe } from "../../src/stripe/client.ts";
import { seededDatabase } from "../cli/run.ts";
import { anyEmail } from "./people.ts";
import { insert as insertRow, settings } from "./platform.ts";

/**
 * A database whose clock the test moves, and jobs that run against it in this process. PostgreSQL looks for `now()` along the
 * search path, where the test's own comes before the built-in one. Defaults of columns still have the real time.
 */
export async function movedClock({ time_zone = "America/New_York" }: { time_zone?: string } = {}) {
  const database_url = await seededDatabase();
  const name = new URL(database_url).pathname.slice(1);
  const setup = new pg.Client(database_url);
  await setup.connect();
  await setup.query(`
    create schema clock;
    create table clock.hand (at timestamptz not null);
    insert into clock.hand values (pg_catalog.now());
    create function clock.now() returns timestamptz language sql stable as 'select at from clock.hand';
    create function clock.clock_timestamp() returns timestamptz language sql volatile as 'select at from clock.hand';
    grant usage on schema clock to public;
    grant select on clock.hand to public;
    alter database ${name} set search_path = clock, pg_catalog, public`);
  await setup.end();

  const pool = new pg.Pool({ connectionString: database_url, max: 4 });
  pool.on("error", () => undefined);
  onTestFinished(() => pool.end());
  const sql = async <Row extends pg.QueryResultRow = Record<string, unknown>>(text: string, params: unknown[] = []) =>
    (await pool.query<Row>(text, params)).rows;
  // The hand stands still while mails go out, so the pace must not wait for it.
  await sql("update organisation_settings set time_zone = $1, mails_per_second = 1000", [time_zone]);

  const insert = async (table: string, columns: Record<string, unknown>): Promise<string> =>
    (await insertRow(table, columns, sql)).id;

  let hand = new Date();
  const own_settings: Settings = { ...settings, DATABASE_URL: applicationUrl(database_url) };
  const rung: string[] = [];

  const context = (): Context => {
    const request_id = crypto.randomUUID();
    const { transact } = transactor(own_settings, {
      opening: identify(request_id),
      repeatable: false,
      onMail: () => undefined,
    });
    return {
      request_id,
      now: hand,
      clock: () => hand,
      settings: own_settings,
      client: { user_agent: null, network: "none" },
      stripe: connectStripe(own_settings),
      storage: NO_STORAGE,
      afterwards: () => undefined,
      ring: async (look) => void rung.push(look),
      transact,
    };
  };

  return {
    database_url,
    settings: own_settings,
    sql,
    insert,
    context,
    /** What asked for another look. */
    rung,
    /** Moves the clock to an instant. */
    async moveTo(instant: string | Date): Promise<void> {
      hand = new Date(instant);
      await sql("update clock.hand set at = $1", [hand]);
    },
    /** Runs the job: all of it, or one kind. */
    remind: (only?: string) =>
      remind(
        context(),
        KINDS.filter(({ name }) => !only || name === only),
      ),
    /** Each mail that is due has gone out. */
    sendAll: () =>
      sql("update emails set status = 'sent', sent_at = now() where status = 'pending' and next_attempt_at <= now()"),
    /** Asks of each mail that is due whether it is still true, as a delivery does that has claimed it. */
    async withholdMoot(): Promise<void> {
      const claimed = await sql<{ id: string; template: string }>(
        "update emails set attempts = attempts + 1 where status = 'pending' and next_attempt_at <= now() returning id, template",
      );
      await withholdMoot(context(), claimed);
    },
    person: (status = "active", columns: Record<string, unknown> = {}) =>
      insert("users", {
        email: anyEmail("person"),
        first_name: "Robin",
        last_name: "Example",
        status,
        email_verified: status !== "pending_email",
        status_since: hand,
        created_at: hand,
        ...columns,
      }),
    plan: () => insert("subscription_plans", { name: crypto.randomUUID(), price_cents: 6000, billing_cycle: "yearly" }),
    /** What was decided about reminders of a kind, in order: the person, the outcome and, if it went out, its template. */
    decided: (kind: string) =>
      sql<{ user_id: string; due_at: Date; outcome: string; template: string | null; not_before: Date | null }>(
        `select r.user_id, r.due_at, r.outcome, e.template, e.next_attempt_at as not_before
         from reminders r left join emails e on e.id = r.email_id where r.kind = $1 order by r.due_at, r.user_id`,
        [kind],
      ),
  };
}

export type MovedClock = Awaited<ReturnType<typeof movedClock>>;
