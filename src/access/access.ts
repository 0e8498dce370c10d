import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { prepared } from "../database/prepared.ts";
import { query, type Statement } from "../database/query.ts";
import type { Settings } from "../env.ts";
import { permissions, user_role_assignments } from "../tables/access.ts";
import type { userstatus } from "../tables/people.ts";
import { heldPermissions } from "./holds.ts";
import type { Permission } from "./permissions.ts";

type UserStatus = (typeof userstatus.enumValues)[number];

/** Who may call a route. */
export type Access =
  | { kind: "open" }
  | { kind: "open_or_signed_in"; statuses: null; fresh?: never; enrolling: true }
  | ({ kind: "signed_in"; statuses: readonly UserStatus[] | null } & Proof)
  | ({ kind: "permitted"; any_of: readonly [Permission, ...Permission[]] } & Proof);

/** How well they must have proved who they are, beyond a live session. */
interface Proof {
  /** They gave their password or second factor within the last 15 minutes. */
  fresh?: true;
  /** The route also works while their role requires a second factor that they have not set up. */
  enrolling?: true;
}

export type SignedInAccess = Exclude<Access, { kind: "open" }>;

/** Anyone. */
export const open = { kind: "open" } as const satisfies Access;

/**
 * Anyone, signed in or not. An access token says who they are, whatever their status. An invalid token is refused
 * rather than ignored, so that nobody who believes they are signed in acts as a stranger.
 */
export const openOrSignedIn = { kind: "open_or_signed_in", statuses: null, enrolling: true } as const satisfies Access;

/** Anyone who is signed in and has one of these statuses. If none are given, any status will do. */
export const signedIn = (...statuses: UserStatus[]) =>
  ({ kind: "signed_in", statuses: statuses.length > 0 ? statuses : null }) as const satisfies Access;

/** Volunteers with a role that holds the permission. */
export const permitted = (permission: Permission) => permittedByAny(permission);

/** Volunteers whose roles hold at least one of these permissions. The use case decides what each of them opens. */
export const permittedByAny = (...any_of: [Permission, ...Permission[]]) =>
  ({ kind: "permitted", any_of }) as const satisfies Access;

/** The same for a sensitive action: they must have proved who they are within the last 15 minutes. */
export const fresh = <A extends SignedInAccess>(access: A) => ({ ...access, fresh: true }) as const;

/** The same, even before they set up the second factor that their role requires. */
export const enrolling = <A extends SignedInAccess>(access: A) => ({ ...access, enrolling: true }) as const;

/**
 * The statuses in which roles count. People who never verified their address, were rejected, or have left cannot act as
 * volunteers, whatever roles they hold.
 */
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

const value = sql.placeholder;
const authorizeFor = (permission: SQLWrapper) =>
  prepared(
    query.execute(
      sql`select authorize(${value("user_id")}, ${value("session_id")}, ${permission}, ${value("statuses")}, ${value("request_id")}, ${value("second_factor")}, ${value("fresh")})`,
    ),
  );
const callAuthorize = authorizeFor(value("permission"));
/** `authorize` takes one permission: one that the person holds or, if they hold none, the first, to refuse them. */
const callAuthorizeByAny = authorizeFor(sql`coalesce(
  (${heldPermissions(sql`${permissions.code}`)
    .where(and(eq(user_role_assignments.user_id, value("user_id")), sql`${permissions.code} = any(${value("any_of")})`))
    .limit(1)}),
  ${value("permission")})`);
const callIdentify = prepared(query.execute(sql`select identify(null, ${value("request_id")})`));

/** Opens every transaction of a signed-in request: see `authorize` in the migrations. */
export function authorize(
  access: SignedInAccess,
  { user_id, session_id }: Identity,
  request_id: string,
  { SECOND_FACTOR }: Pick<Settings, "SECOND_FACTOR">,
): Statement {
  const [permission = null, ...others] = access.kind === "permitted" ? access.any_of : [];
  const statuses = access.kind === "permitted" ? PERMITTED_STATUSES : access.statuses;
  const second_factor = SECOND_FACTOR === "required" && !access.enrolling;
  return (others.length > 0 ? callAuthorizeByAny : callAuthorize)({
    user_id,
    session_id,
    permission,
    any_of: `{${[permission, ...others].join(",")}}`,
    statuses: statuses && `{${statuses.join(",")}}`,
    request_id,
    second_factor,
    fresh: access.fresh ?? false,
  });
}

/**
 * For an action that is sensitive only when `when` holds: then 403, unless the actor has proved who they are within the last 15
 * minutes.
 */
export const guardFresh = (
  t: Plan,
  { user_id, session_id, request_id }: Identity & { request_id: string },
  when: SQL,
): void =>
  t.effect(
    query.execute(
      sql`select authorize(${user_id}::uuid, ${session_id}::uuid, null, null, ${request_id}::text, false, ${when})`,
    ),
  );

/** Opens every transaction without a signed-in person: public requests, webhooks and cron. */
export const identify = (request_id: string): Statement => callIdentify({ request_id });
