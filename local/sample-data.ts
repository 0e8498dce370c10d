import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { isLocal } from "./settings.ts";
import type { RunningStripe } from "./stripe/server.ts";

export const SAMPLE_ADMIN = "admin@loaf.test";
export const SAMPLE_PASSWORD = "loaf-dev-password";

/** Where sample data goes: the database, and the stand-in for Stripe. */
export interface SampledStack extends Pick<RunningStripe, "livePast"> {
  database_url: string;
  /** The Worker's settings there. */
  vars: Record<string, string>;
}

/**
 * Creates people in every status, plans, and two years of terms, events, donations, and payments at the Stripe stand-in. Does nothing
 * if the database is on another machine, because the superadmin's password is public, or if it already has people.
 */
export async function loadSampleData({ database_url, vars, livePast }: SampledStack): Promise<void> {
  if (!isLocal(database_url)) return;
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from users limit 1");
    if (rowCount !== 0) return;
    const platform = await loadPlatform();
    const session_ids = await drizzle(client).transaction(async (tx) => {
      const { plans, password_hash } = await platform.fillPeople(tx);
      await platform.fillTwoYears(tx, plans, password_hash);
      return platform.fillOnlinePayments(tx, plans, password_hash, livePast);
    });
    const ctx = platform.contextOf(platform.readSettings(vars), new Date());
    await platform.hearOfPayments(ctx, session_ids);
    await platform.sendSampleMails(ctx);
  } finally {
    await client.end();
  }
}

/** Most of the platform. Only the first start needs it, so no other one loads it. */
async function loadPlatform() {
  const [people, years, online, mails, job_context, env] = await Promise.all([
    import("./sample-people.ts"),
    import("./sample-years.ts"),
    import("./sample-online.ts"),
    import("./sample-mails.ts"),
    import("../cli/job-context.ts"),
    import("../src/env.ts"),
  ]);
  return { ...people, ...years, ...online, ...mails, ...job_context, ...env };
}
