import { type Access, PERMITTED_STATUSES } from "../src/access/access.ts";
import type { UserStatus } from "../src/people/schemas.ts";
import { userstatus } from "../src/tables/people.ts";

/**
 * Every kind of caller that access rules distinguish. A status stands for a person with that status and only the roles
 * that the database gives them for it. The last three callers are active. On a route that needs no permission, `only
 * its permission` is someone with no permissions, and `all but its permission` is someone with all of them. On a route
 * that accepts any of several, `only its permission` is someone with just one of these, whichever it is.
 */
export const CALLERS = [
  "anonymous",
  ...userstatus.enumValues,
  "only its permission",
  "all but its permission",
  "superadmin",
] as const;
export type Caller = (typeof CALLERS)[number];

/** How a route responds to a caller: 403 because of the status, or because the permission is missing. */
export type Cell = "allowed" | "401" | "403 status" | "403 permission";

export const isStatus = (caller: Caller): caller is UserStatus =>
  userstatus.enumValues.some((status) => status === caller);

export const statusOf = (caller: Caller): UserStatus => (isStatus(caller) ? caller : "active");

/** Whether someone with this status may call a route, given everything else it requires. */
export function admits(access: Access, status: UserStatus): boolean {
  if (access.kind === "open") return true;
  const statuses: readonly UserStatus[] | null = access.kind === "permitted" ? PERMITTED_STATUSES : access.statuses;
  return statuses === null || statuses.includes(status);
}

/** The response to a caller that a route declares. */
export function cellOf(access: Access, caller: Caller): Cell {
  if (access.kind === "open") return "allowed";
  if (caller === "anonymous") return access.kind === "open_or_signed_in" ? "allowed" : "401";
  if (!admits(access, statusOf(caller))) return "403 status";
  if (access.kind !== "permitted") return "allowed";
  return caller === "only its permission" || caller === "superadmin" ? "allowed" : "403 permission";
}
