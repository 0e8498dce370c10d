import { and, eq, inArray, sql } from "drizzle-orm";
import { PERMITTED_STATUSES } from "../access/access.ts";
import { heldPermissions } from "../access/holds.ts";
import type { Permission } from "../access/permissions.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { permissions, user_role_assignments } from "../tables/access.ts";
import { users } from "../tables/people.ts";
import { MENU } from "./menu.ts";
import type { Navigation } from "./schemas.ts";
import { readWaiting, WAITING, type WaitingCode } from "./waiting.ts";

/** The admin menu of whoever asks: what they may open, and how much waits there. Empty for people without a role. */
export async function getNavigation(ctx: SignedInContext): Promise<Navigation> {
  const { held, waiting } = await ctx.transact((t) => ({
    held: t.many(selectUsable(ctx.user_id)),
    waiting: readWaiting(t, ctx.user_id),
  }));
  const usable = new Set(held.map(({ code }) => code));
  const waitingFor = (code: WaitingCode) => ({
    count: waiting.find((counted) => counted.code === code)?.count ?? 0,
    url: WAITING[code].url,
  });
  const groups = MENU.map(({ code, label, entries }) => ({
    code,
    label,
    entries: entries
      .filter(({ permission }) => [permission].flat().some((one) => usable.has(one)))
      .map(({ waits, permission: _, ...entry }) => ({
        ...entry,
        waiting: waits ? waitingFor(waits) : null,
      })),
  }));
  return { groups: groups.filter(({ entries }) => entries.length > 0) };
}

/** The permissions that somebody can use now: none while their status does not let them act as a volunteer. */
const selectUsable = (user_id: string) =>
  query.execute<{ code: Permission }>(
    sql`${heldPermissions(permissions.code).where(
      and(
        eq(user_role_assignments.user_id, user_id),
        sql`exists ${query
          .select({ id: users.id })
          .from(users)
          .where(and(eq(users.id, user_id), inArray(users.status, [...PERMITTED_STATUSES])))}`,
      ),
    )}`,
  );
