import { and, eq, isNull } from "drizzle-orm";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { listPageWithTotal, newestFirst } from "../http/pagination.ts";
import { audit_log } from "../tables/access.ts";
import { users } from "../tables/people.ts";
import { isWithin } from "../time/days.ts";
import { type AuditEntryPage, type AuditFilters, auditEntryColumns } from "./schemas.ts";

const matching = ({ actor_id, subject_type, subject_id, action, from, to, request_id }: AuditFilters) =>
  and(
    actor_id ? eq(audit_log.actor_id, actor_id) : undefined,
    subject_type ? eq(audit_log.subject_type, subject_type) : undefined,
    subject_id ? eq(audit_log.subject_id, subject_id) : undefined,
    action ? eq(audit_log.action, action) : undefined,
    isWithin(audit_log.created_at, { from, to }),
    request_id ? eq(audit_log.request_id, request_id) : undefined,
  );

/** A page of the audit log, newest first. */
export const readAuditLog = (t: Plan, filters: AuditFilters): Handle<AuditEntryPage> =>
  listPageWithTotal(
    t,
    newestFirst(audit_log),
    () =>
      query
        .select(auditEntryColumns)
        .from(audit_log)
        .leftJoin(users, and(eq(users.id, audit_log.actor_id), isNull(users.erased_at))),
    filters,
    matching(filters),
  );

/** Who did what to whom, for a volunteer. */
export const listAuditEntries = (ctx: SignedInContext, filters: AuditFilters): Promise<AuditEntryPage> =>
  ctx.transact((t) => readAuditLog(t, filters));
