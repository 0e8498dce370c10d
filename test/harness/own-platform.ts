import pg from "pg";
import { onTestFinished } from "vitest";
import { controlFor, sdkFor } from "../../local/stripe/control-client.ts";
import { issueAccessToken } from "../../src/access/access-token.ts";
import { type Call, call } from "./client.ts";
import { ownWorker } from "./own-worker.ts";
import { anyEmail } from "./people.ts";
import { insert as insertRow, settings } from "./platform.ts";

/**
 * A platform for one test that looks at all data: its own Worker, database, and Stripe. Stripe sends no events until
 * the test releases them. The Worker may have its own settings.
 */
export async function ownPlatform(own_settings: Record<string, string> = {}) {
  const { url, fire, look, vars, database_url, stripe_url, livePast, bucket, logs } = await ownWorker(own_settings);
  const pool = new pg.Pool({ connectionString: database_url, max: 4 });
  // The database is dropped at the end, while connections are open.
  pool.on("error", () => undefined);
  onTestFinished(() => pool.end());

  const stripe = controlFor(stripe_url);
  await stripe.deliveryMode("manual");
  await stripe.webhooks({ url: `${url}/api/webhooks/stripe` });

  const sql = async <Row extends pg.QueryResultRow>(text: string, params: unknown[] = []) =>
    (await pool.query<Row>(text, params)).rows;

  /** Inserts a row. Returns its id. */
  const insert = async (table: string, columns: Record<string, unknown>): Promise<string> =>
    (await insertRow(table, columns, sql)).id;

  /** Returns an access token of somebody. */
  const signIn = async ({ id, email }: { id: string; email: string }): Promise<string> => {
    const session_id = await insert("sessions", { user_id: id, expires_at: new Date(Date.now() + 86_400_000) });
    return issueAccessToken(settings, new Date(), { user_id: id, session_id, email, role: "guest" });
  };

  const person = async (status = "payment_pending", columns: Record<string, unknown> = {}) => {
    const email = anyEmail(status);
    const id = await insert("users", {
      email,
      first_name: "Robin",
      last_name: "Example",
      status,
      email_verified: true,
      ...(status === "rejected" && { rejection_reason: "none given", rejected_at: new Date() }),
      ...columns,
    });
    return { id, email, token: await signIn({ id, email }) };
  };

  /** A person with these permissions, or with all of them by default. */
  const volunteer = async (...may: string[]) => {
    const someone = await person("active");
    const role_id = await insert("roles", { code: `desk-${someone.id}`, name: "Desk" });
    await sql(
      "insert into role_permissions (role_id, permission_id) select $1, id from permissions where code = any($2) or $2 = '{}'",
      [role_id, may],
    );
    await sql("insert into user_role_assignments (user_id, role_id) values ($1, $2)", [someone.id, role_id]);
    return someone;
  };

  const plan = (columns: Record<string, unknown> = {}) =>
    insert("subscription_plans", { name: crypto.randomUUID(), price_cents: 6000, billing_cycle: "yearly", ...columns });

  /** A person whose first dues are paid at Stripe, before we receive the events. */
  const payer = async (columns: Record<string, unknown> = {}) => {
    const member = await person();
    const answer = await call<{ session_id: string }>("POST", "/api/checkout/subscription", {
      url,
      token: member.token,
      body: { plan_id: await plan(columns), donation_cents: 500 },
    });
    if (answer.status !== 200) throw new Error(`The checkout responded with ${answer.status}: ${answer.text}`);
    const { session_id } = answer.body;
    const { event_ids } = await stripe.pay(session_id, { email: member.email });
    const { subscription } = await sdkFor(stripe_url).checkout.sessions.retrieve(session_id);
    const stripe_subscription_id = typeof subscription === "string" ? subscription : "";
    return { ...member, session_id, event_ids, stripe_subscription_id };
  };

  /** What a person's rows say about their membership and its money. */
  const standingOf = async ({ id }: { id: string }) => {
    const [row] = await sql(
      `select u.status, s.status as subscription, s.cancel_at_period_end,
         (select count(*)::int from payments p where p.user_id = u.id) as payments,
         (select coalesce(sum(base_subscription_cents + donation_cents), 0)::int from ledger l where l.user_id = u.id) as cents,
         array(select template from emails e where e.user_id = u.id order by template) as mails
       from users u left join subscriptions s on s.user_id = u.id where u.id = $1`,
      [id],
    );
    return row;
  };

  return {
    pool,
    database_url,
    url,
    bucket,
    logs,
    vars,
    livePast,
    stripe,
    stripeApi: sdkFor(stripe_url),
    sql,
    insert,
    signIn,
    person,
    volunteer,
    plan,
    payer,
    standingOf,
    call: <Body = Record<string, unknown>>(method: string, path: string, options: Call = {}) =>
      call<Body>(method, path, { url, ...options }),
    fire,
    look,
    /** The newest run of a job. */
    lastRun: async (job: string) => {
      const [run] = await sql<{ outcome: string | null; finished_at: Date | null; report: Record<string, unknown> }>(
        "select outcome, finished_at, report from job_runs where job = $1 order by started_at desc, created_at desc limit 1",
        [job],
      );
      return run;
    },
  };
}
