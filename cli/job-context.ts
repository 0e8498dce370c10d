import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { sql } from "drizzle-orm";
import { isLocal, portsFromEnvironment, ROOT, workerVars } from "../local/settings.ts";
import { identify } from "../src/access/access.ts";
import { query } from "../src/database/query.ts";
import { transactor } from "../src/database/transact.ts";
import { readSettings, type Settings } from "../src/env.ts";
import type { Context } from "../src/http/context.ts";
import { NO_STORAGE } from "../src/storage/storage.ts";
import { connectStripe } from "../src/stripe/client.ts";
import { emails } from "../src/tables/mail.ts";

/** Settings that the Worker needs but this command does not: it sends no mail and signs no one in. */
const UNUSED = {
  API_URL: "http://localhost",
  JWT_SECRET: "not used by this command, which signs no one in",
  SECOND_FACTOR_KEY: "not used by this command, which signs no one in",
  STRIPE_WEBHOOK_SECRET: "unused",
  MAIL_API_KEY: "unused",
  MAIL_FROM_EMAIL: "unused@example.org",
};

/**
 * Uses the stand-ins and .dev.vars only with a database on this machine, never with one that holds real people.
 *
 * @param unused settings that the command does without, and what stands for them
 */
export function settingsFor(database_url: string, unused: Record<string, string> = {}): Settings {
  const dev_vars = join(ROOT, ".dev.vars");
  const local = isLocal(database_url) ? workerVars(portsFromEnvironment(), database_url) : { ...UNUSED, ...unused };
  const file = isLocal(database_url) && existsSync(dev_vars) ? parseEnv(readFileSync(dev_vars, "utf8")) : {};
  return readSettings({ ...local, ...file, ...process.env, ENVIRONMENT: "development", DATABASE_URL: database_url });
}

/**
 * When a mail about a payment, a refund or the end of a membership would have gone out. A membership ends at midnight, and its mail
 * waits for the morning. Null for other mails.
 */
const told_of = sql`coalesce((${emails.data} ->> 'paid_at')::timestamptz, (${emails.data} ->> 'refunded_at')::timestamptz,
  (${emails.data} ->> 'ended_at')::timestamptz + interval '8 hours')`;

/**
 * Withholds the mails that a context's transactions write. They stay in the outbox as `withheld`, so that
 * what they say counts as told. For what another system has already mailed.
 *
 * @param until what happened at this instant or later is mailed all the same
 */
export const withoutMails = (ctx: Context, reason: string, until?: Date): Context => ({
  ...ctx,
  transact: (write) =>
    ctx.transact((t) => {
      const shape = write(t);
      const is_later = until ? sql`coalesce(${told_of} >= ${until.toISOString()}::timestamptz, false)` : sql`false`;
      if (t.mails)
        t.effect(
          query
            .update(emails)
            .set({ status: "withheld", last_error: reason })
            .where(
              sql`${emails.status} = 'pending' and ${emails}.xmin = pg_current_xact_id()::xid and not ${is_later}`,
            ),
        );
      return shape;
    }),
});

/** Mail stays in the outbox. The Worker sends it within a minute. */
export const contextOf = (settings: Settings, now: Date): Context => {
  const request_id = crypto.randomUUID();
  const opening = identify(request_id);
  return {
    request_id,
    now,
    clock: () => new Date(),
    settings,
    client: { user_agent: null, network: "none" },
    stripe: connectStripe(settings),
    storage: NO_STORAGE,
    afterwards: () => undefined,
    transact: transactor(settings, { opening, repeatable: false, onMail: () => undefined }).transact,
    ring: async () => undefined,
  };
};
