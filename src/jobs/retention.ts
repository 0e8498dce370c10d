import { and, inArray, isNotNull, lt, ne, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { DAYS_TO_REGISTER } from "../accounts/account-token.ts";
import { deleteRegistrations } from "../accounts/delete-registrations.ts";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { mailOutcome } from "../mail/newsletter-outcome.ts";
import { account_tokens, login_attempts, sessions, user_invitations } from "../tables/accounts.ts";
import { newsletter_recipients } from "../tables/documents.ts";
import { donations } from "../tables/donations.ts";
import { event_answers, events } from "../tables/events.ts";
import { import_rows } from "../tables/import-jobs.ts";
import { job_runs } from "../tables/jobs.ts";
import { email_batches, emails, mail_events, reminders } from "../tables/mail.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { personIsUnconfirmed, users } from "../tables/people.ts";

const daysAgo = (days: number | SQL) => sql`now() - ${days} * interval '1 day'`;

/** What the organization chose: a column of its settings. */
const chosen = (column: SQLWrapper): SQL => sql`(select ${column} from ${organisation_settings})`;

const signIns = daysAgo(chosen(organisation_settings.keep_sign_ins_days));

/** What we delete, and after how many days. docs/security.md tells people. */
const OLD: Record<string, { table: PgTable; which: SQL | undefined; key?: "question_id" }> = {
  attempts: { table: login_attempts, which: lt(login_attempts.created_at, signIns) },
  sessions: { table: sessions, which: lt(sessions.expires_at, signIns) },
  links: { table: account_tokens, which: lt(account_tokens.expires_at, daysAgo(30)) },
  batches: { table: email_batches, which: lt(email_batches.created_at, daysAgo(90)) },
  mail_events: { table: mail_events, which: lt(mail_events.created_at, daysAgo(90)) },
  // Addresses of people who never answered.
  invitations: {
    table: user_invitations,
    which: and(ne(user_invitations.status, "accepted"), lt(user_invitations.expires_at, daysAgo(60))),
  },
  // What people said about food or access is for the event alone.
  answers: {
    table: event_answers,
    which: sql`${event_answers.event_id} in (select ${events.id} from ${events} where ${lt(events.end_at, daysAgo(chosen(organisation_settings.keep_answers_days)))})`,
    key: "question_id",
  },
  // Longer than anything is due again.
  reminders: { table: reminders, which: lt(reminders.due_at, daysAgo(3 * 365)) },
  runs: { table: job_runs, which: lt(job_runs.started_at, daysAgo(90)) },
};

/** Not by the links themselves: an address with an owner gets none, so the wait would reveal who is known here. */
const registrationIsOld = sql`(${and(
  inArray(users.status, ["pending_email", "rejected"]),
  lt(users.status_since, daysAgo(DAYS_TO_REGISTER)),
)})`;

/** How many rows one transaction deletes, and how many transactions one night runs. The rest waits for the next night. */
const BATCH = 500;
const BATCHES = 100;

/** Deletes what is old. Returns how many rows of each kind. */
export async function forgetOld(ctx: Context): Promise<Record<string, number>> {
  const forgotten: Record<string, number> = {};
  for (const [name, { table, which, key: column = "id" }] of Object.entries(OLD)) {
    const key = sql`${sql.identifier(column)}`;
    forgotten[name] = await changeInBatches(ctx, deleteSome(table, which, key, key));
  }
  forgotten.mails = await forgetMails(ctx);
  forgotten.registrations = await inBatches(ctx, (t) => deleteRegistrations(t, registrationIsOld, BATCH));
  forgotten.import_rows = await forgetImportRows(ctx);
  forgotten.donor_copies = await forgetDonorCopies(ctx);
  return forgotten;
}

/** The key of a mail says that somebody was told. It must outlive the 60 days of `NEWS_SINCE` in `ledger/news.ts`. */
const KEYS_DAYS = 61;

/** Deletes mails. What became of a newsletter's mail stays with its recipient. */
function forgetMails(ctx: Context): Promise<number> {
  const kept_days = sql`greatest(${chosen(organisation_settings.keep_mails_days)},
    case when ${emails.dedupe_key} is null then 0 else ${KEYS_DAYS}::int end)`;
  const which = and(
    inArray(emails.status, ["sent", "failed", "withheld"]),
    // For the index: what the row itself decides cannot bound it.
    lt(emails.created_at, daysAgo(chosen(organisation_settings.keep_mails_days))),
    lt(emails.created_at, daysAgo(kept_days)),
  );
  const facts = sql`${emails.id}, ${emails.newsletter_id}, ${emails.user_id}, ${mailOutcome} as outcome`;
  return changeInBatches(
    ctx,
    sql`with gone as (${deleteSome(emails, which, emails.id, facts)}), kept as (
        update ${newsletter_recipients} set outcome = gone.outcome from gone
        where ${newsletter_recipients.newsletter_id} = gone.newsletter_id and ${newsletter_recipients.user_id} = gone.user_id)
      select id from gone`,
  );
}

/** Empties the rows of imports. What became of each stays. */
function forgetImportRows(ctx: Context): Promise<number> {
  const old = sql`(select job_id, row from ${import_rows}
    where ${import_rows.cells} <> '[]' and ${lt(import_rows.updated_at, daysAgo(30))} limit ${BATCH})`;
  return changeInBatches(
    ctx,
    sql`update ${import_rows} set cells = '[]', before = null from ${old} as old
      where ${import_rows.job_id} = old.job_id and ${import_rows.row} = old.row returning ${import_rows.row}`,
  );
}

/**
 * Empties the names and addresses that donations copied from members' accounts, as earlier versions did. Nothing reads them, and
 * they may be former ones.
 */
function forgetDonorCopies(ctx: Context): Promise<number> {
  const { id, user_id, donor_name, donor_email } = donations;
  const isCopy = sql`(${or(isNotNull(donor_name), isNotNull(donor_email))}) and exists (
    select from ${users} where ${users.id} = ${user_id} and not ${personIsUnconfirmed})`;
  const copies = sql`array(select ${id} from ${donations} where ${isCopy} limit ${BATCH})`;
  return changeInBatches(
    ctx,
    sql`update ${donations} set donor_name = null, donor_email = null where ${id} = any (${copies}) and ${isCopy} returning ${id}`,
  );
}

function deleteSome(table: PgTable, which: SQL | undefined, key: SQLWrapper, returning: SQLWrapper): SQL {
  // Asked again of each row: it may have changed since, for example when somebody verifies an old registration.
  const old_ids = sql`array(select ${key} from ${table} where ${which} limit ${BATCH})`;
  return sql`delete from ${table} where ${key} = any (${old_ids}) and ${which} returning ${returning}`;
}

/** The same for a statement that returns the rows that it changes. */
const changeInBatches = (ctx: Context, statement: SQL): Promise<number> =>
  inBatches(ctx, (t) => t.many(query.execute<Record<string, unknown>>(statement)));

/** Runs what changes at most {@link BATCH} rows and yields them, until nothing is left. Returns how many there were. */
async function inBatches(ctx: Context, change: (t: Plan) => Handle<unknown[]>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const rows = await ctx.transact(change);
    total += rows.length;
    if (rows.length < BATCH) break;
  }
  return total;
}
