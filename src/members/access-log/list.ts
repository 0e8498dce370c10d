import { and, asc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { PERMITTED_STATUSES } from "../../access/access.ts";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { listPage, newestFirst, type Paging } from "../../http/pagination.ts";
import { audit_log, permissions, role_permissions, roles, user_role_assignments } from "../../tables/access.ts";
import { nameOf, users } from "../../tables/people.ts";
import { type AccessLogEntry, type AccessLogPage, OPENING, type OpeningRole, READINGS } from "./schemas.ts";

/** Which volunteers opened or exported my data, newest first, and who could. */
export const listAccesses = (ctx: SignedInContext, paging: Paging): Promise<AccessLogPage> =>
  ctx.transact((t) => {
    const readings = readingsOf(ctx.user_id);
    const page = listPage(t, newestFirst(readings), () => query.select(entryOf(readings)).from(readings), paging);
    return t.combine({ page, could: t.many(selectOpeningRoles()) }, ({ page, could }) => ({ ...page, could }));
  });

/** Every time a volunteer opened or exported a person's data. */
export const selectAccesses = (user_id: string) => {
  const readings = readingsOf(user_id);
  return query.select(entryOf(readings)).from(readings).orderBy(sql`${readings.created_at} desc, ${readings.id} desc`);
};

/** The entries about one person. They are in two places, and each has its index. What they read themselves is left out. */
function readingsOf(user_id: string) {
  const about = (whom: SQL) =>
    query
      .select({
        id: audit_log.id,
        created_at: audit_log.created_at,
        action: audit_log.action,
        actor_id: audit_log.actor_id,
      })
      .from(audit_log)
      .where(and(whom, inArray(audit_log.action, [...READINGS]), ne(audit_log.actor_id, user_id)));
  return unionAll(
    about(sql`${audit_log.subject_type} = 'users' and ${audit_log.subject_id} = ${user_id}`),
    about(sql`${audit_log.subject_ids} @> array[${user_id}::uuid]`),
  ).as("readings");
}

const entryOf = ({ id, created_at, action, actor_id }: ReturnType<typeof readingsOf>) => ({
  id,
  created_at,
  action: sql<AccessLogEntry["action"]>`${action}`,
  read_by: nameOf(actor_id),
});

/** Each role with one of these permissions, and how many people can use it now. */
export function selectOpeningRoles() {
  const opening = inArray(permissions.code, [...OPENING]);
  const couldUse = and(eq(user_role_assignments.role_id, roles.id), inArray(users.status, [...PERMITTED_STATUSES]));
  const people = query
    .select({ count: sql`count(*)::int` })
    .from(user_role_assignments)
    .innerJoin(users, eq(users.id, user_role_assignments.user_id))
    .where(couldUse);
  return query
    .select({
      role: roles.name,
      permissions: sql<OpeningRole["permissions"]>`json_agg(${permissions.code} order by ${permissions.code})`,
      people: sql<number>`(${people})`,
    })
    .from(roles)
    .innerJoin(role_permissions, eq(role_permissions.role_id, roles.id))
    .innerJoin(permissions, and(eq(permissions.id, role_permissions.permission_id), opening))
    .groupBy(roles.id)
    .orderBy(asc(roles.code));
}
