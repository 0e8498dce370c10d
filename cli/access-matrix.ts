import { type Access, PERMITTED_STATUSES } from "../src/access/access.ts";
import type { UserStatus } from "../src/people/schemas.ts";
import { userstatus } from "../src/tables/people.ts";

/**
 * Everyone who may call a route, as far as access tells them apart. A status stands for somebody who has it and no role
 * but what the database gives with it; the last three are active. For a route that needs no permission, `only its
 * permission` is somebody with none, and `all but its permission` somebody with all.
 */
export const CALLERS = [
  "anonymous",
  ...userstatus.enumValues,
  "only its permission",
  "all but its permission",
  "superadmin",
] as const;
export type Caller = (typeof CALLERS)[number];

/** How a route answers a caller: 403 for the status, or for the permission that is missing. */
export type Cell = "allowed" | "401" | "403 status" | "403 permission";

const isStatus = (caller: Caller): caller is UserStatus => userstatus.enumValues.some((status) => status === caller);

export const statusOf = (caller: Caller): UserStatus => (isStatus(caller) ? caller : "active");

/** Whether somebody with this status may call a route, if they hold what else it needs. */
export function admits(access: Access, status: UserStatus): boolean {
  if (access.kind === "open") return true;
  const statuses: readonly UserStatus[] | null = access.kind === "permitted" ? PERMITTED_STATUSES : access.statuses;
  return statuses === null || statuses.includes(status);
}

/** What a route's declaration promises a caller. */
export function cellOf(access: Access, caller: Caller): Cell {
  if (access.kind === "open") return "allowed";
  if (caller === "anonymous") return access.kind === "open_or_signed_in" ? "allowed" : "401";
  if (!admits(access, statusOf(caller))) return "403 status";
  if (access.kind !== "permitted") return "allowed";
  return caller === "only its permission" || caller === "superadmin" ? "allowed" : "403 permission";
}

/** All cells of a route, by caller. */
export const rowOf = (access: Access): Record<string, Cell> =>
  Object.fromEntries(CALLERS.map((caller) => [caller, cellOf(access, caller)]));
