import { sql } from "drizzle-orm";
import { effect, query, type Silent } from "../database/statements.ts";
import type { UserStatus } from "../members/tables.ts";
import type { Permission } from "./permissions.ts";

/** Who may call a route. */
export type Access =
  | { kind: "open" }
  | { kind: "signed_in"; statuses: readonly UserStatus[] | null }
  | { kind: "permitted"; permission: Permission };

export type SignedInAccess = Exclude<Access, { kind: "open" }>;

/** Anyone. */
export const open = { kind: "open" } as const satisfies Access;

/** Whoever is signed in, with one of these statuses; without any, whatever their status. */
export const signedIn = (...statuses: UserStatus[]) =>
  ({ kind: "signed_in", statuses: statuses.length > 0 ? statuses : null }) as const satisfies Access;

/** Volunteers with a role that holds the permission. */
export const permitted = (permission: Permission) => ({ kind: "permitted", permission }) as const satisfies Access;

/** Whoever never proved an address, was turned down or left keeps no volunteer's powers, whatever their roles say. */
export const PERMITTED_STATUSES = [
  "pending_validation",
  "pre_validated",
  "payment_pending",
  "active",
] as const satisfies UserStatus[];

/** Who sent a request, as their access token says. */
export interface Identity {
  user_id: string;
  session_id: string;
}

/** The first statement of a signed-in request's every transaction: see `authorize` in the migrations. */
export function authorize(access: SignedInAccess, { user_id, session_id }: Identity, request_id: string): Silent {
  const permission = access.kind === "permitted" ? access.permission : null;
  const statuses = access.kind === "permitted" ? PERMITTED_STATUSES : access.statuses;
  return effect(
    query.execute(
      sql`select authorize(${user_id}, ${session_id}, ${permission}, ${statuses && sql.param(`{${statuses.join(",")}}`)}, ${request_id})`,
    ),
  );
}

/** The same for what nobody signed in for: the public, webhooks, cron. */
export const identify = (request_id: string): Silent =>
  effect(query.execute(sql`select identify(null, ${request_id})`));
