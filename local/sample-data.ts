import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Transaction } from "./sample-years.ts";
import { isLocal } from "./settings.ts";
import type { RunningStripe } from "./stripe/server.ts";

/** Where sample data goes: the database, and the stand-in for Stripe. */
export interface SampledStack extends Pick<RunningStripe, "livePast"> {
  database_url: string;
  /** The Worker's settings there. */
  vars: Record<string, string>;
}

/** What an interrupted first start left: checkouts that were paid at the stand-in, but the platform has not heard of. */
const UNHEARD = `
  with dues as (
    select s.stripe_checkout_session_id as id from subscriptions s join users u on u.id = s.user_id
    where s.status = 'pending' and s.created_at = u.joined_at)
  select id from dues
  union all
  select stripe_checkout_session_id from donations
  where status = 'pending' and checkout_expires_at < now() and exists (select from dues)`;

/**
 * Creates people in every status, plans, and two years of terms, events, donations, and payments at the Stripe stand-in. Does nothing
 * if the database is on another machine, because the superadmin's password is public, or if it already has people. Completes a
 * first start that was interrupted.
 */
export async function loadSampleData({ database_url, vars, livePast }: SampledStack): Promise<void> {
  if (!isLocal(database_url)) return;
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from users limit 1");
    const { rows: unheard } = await client.query<{ id: string }>(UNHEARD);
    if (rowCount !== 0 && unheard.length === 0) return;
    const platform = await loadPlatform();
    const fill = async (tx: Transaction): Promise<string[]> => {
      const { plans, password_hash } = await platform.fillPeople(tx);
      await platform.fillTwoYears(tx, plans, password_hash);
      await platform.fillExamples(tx, password_hash);
      return platform.fillOnlinePayments(tx, plans, password_hash, livePast);
    };
    const session_ids = rowCount === 0 ? await drizzle(client).transaction(fill) : unheard.map(({ id }) => id);
    const ctx = platform.contextOf(platform.readSettings(vars), new Date());
    await platform.hearOfPayments(ctx, session_ids);
    await platform.sendSampleMails(ctx);
  } finally {
    await client.end();
  }
}

/** Most of the platform. Only the first start needs it, so no other one loads it. */
async function loadPlatform() {
  const [people, years, examples, online, mails, job_context, env] = await Promise.all([
    import("./sample-people.ts"),
    import("./sample-years.ts"),
    import("./sample-examples.ts"),
    import("./sample-online.ts"),
    import("./sample-mails.ts"),
    import("../cli/job-context.ts"),
    import("../src/env.ts"),
  ]);
  return { ...people, ...years, ...examples, ...online, ...mails, ...job_context, ...env };
}
