import { and, eq, notInArray, type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, newestFirst } from "../http/pagination.ts";
import { Id } from "../http/schemas.ts";
import { audit_log } from "../tables/access.ts";
import { users } from "../tables/people.ts";
import { isWithin } from "../time/days.ts";
import { type AuditEntryPage, type AuditFilters, auditEntryColumns } from "./schemas.ts";

/** Exports that would say who gave, or came to which event. Whoever reads the log need not know that. */
const TELLTALE = ["donations", "ledger", "event_rsvps"];

/**
 * The entries about a subject. One that speaks of many people names them elsewhere, and each of the two places has its index:
 * so we look for the ids first.
 */
function isAbout(subject_id: string, ofType: SQL | undefined): SQL | undefined {
  const isSubject = and(ofType, eq(audit_log.subject_id, subject_id));
  if (!Id.safeParse(subject_id).success) return isSubject;
  const idsWhere = (which: SQL | undefined) => query.select({ id: audit_log.id }).from(audit_log).where(which);
  const isAmongMany = and(
    ofType,
    sql`${audit_log.subject_ids} @> array[${subject_id}::uuid]`,
    notInArray(audit_log.subject_type, TELLTALE),
  );
  return sql`${audit_log.id} = any (array(${idsWhere(isSubject)} union all ${idsWhere(isAmongMany)}))`;
}

const matching = ({ actor_id, subject_type, subject_id, action, from, to, request_id }: AuditFilters) => {
  const ofType = subject_type ? eq(audit_log.subject_type, subject_type) : undefined;
  return and(
    actor_id ? eq(audit_log.actor_id, actor_id) : undefined,
    subject_id ? isAbout(subject_id, ofType) : ofType,
    action ? eq(audit_log.action, action) : undefined,
    isWithin(audit_log.created_at, { from, to }),
    request_id ? eq(audit_log.request_id, request_id) : undefined,
  );
};

/** A page of the audit log, newest first. */
export const readAuditLog = (t: Plan, filters: AuditFilters): Handle<AuditEntryPage> =>
  listPageWithTotal(
    t,
    newestFirst(audit_log),
    () => query.select(auditEntryColumns).from(audit_log).leftJoin(users, eq(users.id, audit_log.actor_id)),
    filters,
    matching(filters),
  );

/** Who did what to whom, for a volunteer. */
export const listAuditEntries = (ctx: SignedInContext, filters: AuditFilters): Promise<AuditEntryPage> =>
  ctx.transact((t) => readAuditLog(t, filters));
