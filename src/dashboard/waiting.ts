import { eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { personHolds } from "../access/holds.ts";
import type { Permission } from "../access/permissions.ts";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { latestRunFailed } from "../jobs/list.ts";
import { erasureAskedAt } from "../members/erasure/request.ts";
import { anybodyMatches } from "../members/list.ts";
import { storageIsFilling, storageLevelSince } from "../storage/level.ts";
import { event_galleries, offerWaits } from "../tables/gallery.ts";
import { import_jobs } from "../tables/import-jobs.ts";
import { job_runs } from "../tables/jobs.ts";
import { emails } from "../tables/mail.ts";
import { storage_usage } from "../tables/organisation.ts";
import { users } from "../tables/people.ts";
import { stripe_events } from "../tables/stripe-events.ts";
import { subscriptions } from "../tables/subscriptions.ts";

/** Something that waits for a volunteer, and the list whose total is exactly how much of it there is. The storage is one thing, or none. */
interface Waits {
  /** What opens the list. Whoever lacks it does not learn the count. */
  permission: Permission;
  url: string;
  /** From which table, and which rows. */
  from: SQL;
  /** Since when a row waits. */
  since: SQLWrapper;
}

const people = (conditions: Parameters<typeof anybodyMatches>[0]) =>
  sql`from ${users} where ${anybodyMatches(conditions)}`;

/** What waits, in the order in which somebody should look at it. A test compares each count with its list. */
export const WAITING = {
  applications: {
    permission: "users.view",
    url: "/api/admin/users?status=pending_validation&sort=waiting",
    from: people({ status: ["pending_validation"] }),
    since: users.status_since,
  },
  approvals: {
    permission: "users.view",
    url: "/api/admin/users?status=pre_validated&sort=waiting",
    from: people({ status: ["pre_validated"] }),
    since: users.status_since,
  },
  erasures: {
    permission: "users.view",
    url: "/api/admin/users?erasing=true",
    from: people({ erasing: true }),
    since: erasureAskedAt,
  },
  past_due: {
    permission: "subscriptions.view",
    url: "/api/admin/subscriptions?status=past_due",
    from: sql`from ${subscriptions} where ${eq(subscriptions.status, "past_due")}`,
    // A bank may have taken dues back in the middle of the term that they paid for.
    since: sql`least(${subscriptions.current_term_end}, ${subscriptions.updated_at})`,
  },
  parked_events: {
    permission: "settings.audit",
    url: "/api/admin/webhook-events?status=parked",
    from: sql`from ${stripe_events} where ${eq(stripe_events.status, "parked")}`,
    since: stripe_events.created_at,
  },
  offered_photos: {
    permission: "gallery.view",
    url: "/api/admin/gallery?offered=true",
    from: sql`from ${event_galleries} where ${offerWaits}`,
    since: event_galleries.created_at,
  },
  imports: {
    permission: "users.import",
    url: "/api/admin/import-jobs?status=ready",
    from: sql`from ${import_jobs} where ${eq(import_jobs.status, "ready")}`,
    since: import_jobs.created_at,
  },
  failed_mails: {
    permission: "settings.email",
    url: "/api/admin/outbox?status=failed",
    from: sql`from ${emails} where ${eq(emails.status, "failed")}`,
    since: emails.created_at,
  },
  failed_jobs: {
    permission: "settings.audit",
    url: "/api/admin/jobs?outcome=failed&latest=true",
    from: sql`from ${job_runs} where ${latestRunFailed}`,
    since: job_runs.started_at,
  },
  storage: {
    permission: "settings.storage",
    url: "/api/admin/storage/usage",
    from: sql`from ${storage_usage} where ${storageIsFilling}`,
    since: storageLevelSince,
  },
} satisfies Record<string, Waits>;

export type WaitingCode = keyof typeof WAITING;

const CODES = Object.keys(WAITING) as WaitingCode[];

/** How much of something waits, and since when the oldest does. */
export interface Counted {
  code: WaitingCode;
  count: number;
  oldest_at: string | null;
}

/** Counts what waits, as far as somebody may see the lists. */
export function readWaiting(t: Plan, user_id: string): Handle<Counted[]> {
  const counts = Object.fromEntries(CODES.map((code) => [code, t.maybe(countWaiting(code, user_id))]));
  return t.combine(counts, (rows) => CODES.flatMap((code) => (rows[code] ? { code, ...rows[code] } : [])));
}

// Without the permission there is no row, and PostgreSQL counts nothing.
const countWaiting = (code: WaitingCode, user_id: string) => {
  const { permission, from, since }: Waits = WAITING[code];
  return query
    .select({
      count: sql<number>`counted.count`,
      oldest_at: sql<string | null>`counted.oldest_at`.mapWith(users.created_at),
    })
    .from(sql`(select count(*)::int as count, min(${since}) as oldest_at ${from}) as counted`)
    .where(personHolds(user_id, permission));
};
