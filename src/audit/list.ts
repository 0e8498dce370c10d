import { and, count, eq, gte, lt } from "drizzle-orm";
import { audit_log } from "../access/tables.ts";
import { many, one, query } from "../database/statements.ts";
import type { SignedInContext } from "../http/context.ts";
import { after, by, newestFirst, toPage } from "../http/pagination.ts";
import { users } from "../members/tables.ts";
import type { AuditFilters, AuditPage } from "./schemas.ts";

const NEWEST = newestFirst(audit_log);

const matching = ({ actor_id, subject_type, subject_id, action, from, to, request_id }: AuditFilters) =>
  and(
    actor_id ? eq(audit_log.actor_id, actor_id) : undefined,
    subject_type ? eq(audit_log.subject_type, subject_type) : undefined,
    subject_id ? eq(audit_log.subject_id, subject_id) : undefined,
    action ? eq(audit_log.action, action) : undefined,
    from ? gte(audit_log.created_at, from) : undefined,
    to ? lt(audit_log.created_at, to) : undefined,
    request_id ? eq(audit_log.request_id, request_id) : undefined,
  );

/** A page of the log, and one row more where there is more. */
export const selectEntries = (filters: AuditFilters) =>
  query
    .select({
      id: audit_log.id,
      created_at: audit_log.created_at,
      request_id: audit_log.request_id,
      actor_id: audit_log.actor_id,
      actor: { first_name: users.first_name, last_name: users.last_name },
      action: audit_log.action,
      subject_type: audit_log.subject_type,
      subject_id: audit_log.subject_id,
      changes: audit_log.changes,
    })
    .from(audit_log)
    .leftJoin(users, eq(users.id, audit_log.actor_id))
    .where(and(matching(filters), after(NEWEST, filters.cursor)))
    .orderBy(...by(NEWEST))
    .limit(filters.limit + 1);

/** Who did what to whom, newest first, and how many entries match in all. */
export async function listAuditLog(ctx: SignedInContext, filters: AuditFilters): Promise<AuditPage> {
  const [rows, { total }] = await ctx.transact(
    many(selectEntries(filters)),
    one(query.select({ total: count() }).from(audit_log).where(matching(filters))),
  );
  return { ...toPage(NEWEST, rows, filters.limit), total };
}
