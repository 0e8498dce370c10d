import { expect, vi } from "vitest";
import { admits, CALLERS, type Caller, cellOf, isStatus, statusOf } from "../../cli/access-matrix.ts";
import type { Access } from "../../src/access/access.ts";
import { ALL_PERMISSIONS, type Permission } from "../../src/access/permissions.ts";
import { type Route, success } from "../../src/http/route.ts";
import type { UserStatus } from "../../src/people/schemas.ts";
import { routes } from "../../src/routes.ts";
import { userstatus } from "../../src/tables/people.ts";
import { personWithPassword } from "../harness/accounts.ts";
import { type Answer, call } from "../harness/client.ts";
import type { Person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { give, role, systemRole } from "../harness/roles.ts";
import { exampleOf, nameOf } from "./examples.ts";

/** The ways people differ, as far as access is concerned. */
export interface Kind {
  status: UserStatus;
  permissions?: readonly Permission[];
  superadmin?: true;
  /** Their role requires a second factor, but they have none. */
  lacks_second_factor?: true;
  /** Minutes since they last proved who they are. */
  proved_ago?: number;
  signed_out?: true;
}

export const isFresh = ({ access }: Route) => access.kind !== "open" && access.fresh === true;
const ownOf = (access: Access): readonly Permission[] => (access.kind === "permitted" ? access.any_of : []);
/** 16 minutes, where the route does not mind. */
const proofFor = (route: Route): Pick<Kind, "proved_ago"> => (isFresh(route) ? {} : { proved_ago: 16 });

/** Makes one thing per name and shares it with everyone who asks. */
function once<Made>() {
  const made = new Map<string, Promise<Made>>();
  return (name: string, make: () => Promise<Made>): Promise<Made> => {
    const one = made.get(name) ?? make();
    made.set(name, one);
    return one;
  };
}

/** The Worker hashes passwords in a single thread. With too many at once, the last would time out. */
const MOST_AT_ONCE = 16;
let busy = 0;
const waiting: (() => void)[] = [];
async function inTurn<Made>(work: () => Promise<Made>): Promise<Made> {
  if (busy === MOST_AT_ONCE) await new Promise<void>((begin) => waiting.push(begin));
  else busy += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }
}

const sharedRole = once<string>();
const sharedPerson = once<Person>();
const sharedExample = once<Awaited<ReturnType<typeof exampleOf>>>();

export async function arrive(kind: Kind): Promise<Person> {
  const { status, permissions = [], lacks_second_factor = false } = kind;
  const someone = await personWithPassword(status);
  if (permissions.length > 0 || lacks_second_factor) {
    const role_id = await sharedRole(`${permissions} ${lacks_second_factor}`, () => role(permissions));
    if (lacks_second_factor) await sql("update roles set second_factor_required = true where id = $1", [role_id]);
    await give(someone.id, role_id);
  }
  if (kind.superadmin) await give(someone.id, await systemRole("superadmin"));
  if (kind.proved_ago)
    await sql("update sessions set authenticated_at = now() - $2 * interval '1 minute' where id = $1", [
      someone.session_id,
      kind.proved_ago,
    ]);
  if (kind.signed_out)
    await sql("update sessions set revoked_at = now(), revoked_reason = 'logout' where id = $1", [someone.session_id]);
  return someone;
}

/** Someone with a status and permissions that the route accepts. */
export const welcome = ({ access }: Route): Kind => ({
  status: admits(access, "active")
    ? "active"
    : (userstatus.enumValues.find((status) => admits(access, status)) ?? "active"),
  permissions: ownOf(access),
});

interface Attempt {
  refused: boolean;
  /** A Worker other than the shared one. */
  url?: string;
}

/** Calls that change nothing share people and data with other such calls. */
const isHarmless = (route: Route, { refused }: Attempt) => refused || (route.repeatable ?? route.method === "get");

/** Sends the route's example as someone other than its usual caller. */
export async function ask(route: Route, someone: Person | undefined, options: Attempt): Promise<Answer> {
  const example = await (isHarmless(route, options)
    ? sharedExample(nameOf(route), () => exampleOf(route))
    : exampleOf(route));
  const { path, body, headers } = example;
  return call(route.method.toUpperCase(), path, {
    body,
    token: someone?.token,
    ...(headers && { headers }),
    ...(options.url && { url: options.url }),
  });
}

/** The same as someone of a kind, when it is this call's turn. */
export const attempt = (route: Route, kind: Kind | undefined, options: Attempt) =>
  inTurn(async () => {
    const untouched = isHarmless(route, options) || route.access.kind === "open";
    const someone = kind && (await (untouched ? sharedPerson(JSON.stringify(kind), () => arrive(kind)) : arrive(kind)));
    const answer = await ask(route, someone, options);
    return { someone, answer, outcome: outcomeOf(route, kind, answer) };
  });

/**
 * Responses to people whom access rules let in but who lack something the example's caller has. Every other route
 * succeeds for everyone it lets in.
 */
const ANSWERS_TO_OTHERS: Record<string, { answer: string; only?: UserStatus }> = {
  "delete /api/auth/sessions/{id}": { answer: "404 session_not_found" },
  "post /api/members/vouchings/{id}": { answer: "404 vouching_not_found" },
  "get /api/events/{id}/ticket": { answer: "404 no_ticket" },
  "post /api/events/{id}/gallery": { answer: "403 not_a_guest" },
  "delete /api/gallery/{id}/takedown": { answer: "403 not_the_asker" },
  "post /api/auth/mfa/totp/confirm": { answer: "409 mfa_not_started" },
  "delete /api/auth/mfa/totp": { answer: "409 mfa_not_enabled" },
  "post /api/auth/mfa/recovery-codes": { answer: "409 mfa_not_enabled" },
  "get /api/members/subscription": { answer: "404 no_subscription" },
  "get /api/members/donations/statement/{year}": { answer: "404 no_statement" },
  "put /api/admin/users/{id}/notes/{note_id}": { answer: "403 note_of_another" },
  "delete /api/admin/users/{id}/notes/{note_id}": { answer: "403 note_of_another" },
  "post /api/members/billing-portal": { answer: "409 no_billing" },
  // Someone with this status has never verified their address.
  "post /api/auth/change-email": { answer: "409 address_not_verified", only: "pending_email" },
};

/** A response in the matrix's terms, or as it is if the matrix has no term for it. */
export function outcomeOf(route: Route, kind: Kind | undefined, { status, body }: Answer): string {
  if (status === success(route).status) return "allowed";
  if (status === 401 && body.code === "not_signed_in") return "401";
  if (status === 403 && body.code === "status_not_allowed") return "403 status";
  if (status === 403 && body.code === "permission_missing") return "403 permission";
  const other = ANSWERS_TO_OTHERS[nameOf(route)];
  if (other?.answer === `${status} ${body.code}` && (other.only ?? kind?.status) === kind?.status) return "allowed";
  return `${status} ${body.code}`;
}

/** Waits until a denial is in the audit log, with the person, the route, and the reason. */
export const expectAudited = (route: Route, { id }: Person, { request_id, body }: Answer): Promise<void> =>
  vi.waitFor(
    async () =>
      expect(
        await sql(
          "select actor_id, action, subject_type, subject_id, changes from audit_log where request_id = $1 and action = 'access.denied'",
          [request_id],
        ),
      ).toEqual([
        {
          actor_id: id,
          action: "access.denied",
          subject_type: "route",
          subject_id: `${route.method.toUpperCase()} ${route.path}`,
          changes: { code: [null, body.code] },
        },
      ]),
    { timeout: 10_000 },
  );

/** The people that a caller in the matrix stands for: one for each permission that the route accepts, else one. */
function kindsOf(caller: Exclude<Caller, "anonymous">, route: Route): Kind[] {
  const own = ownOf(route.access);
  const kind: Kind = { status: statusOf(caller), ...proofFor(route) };
  if (caller === "superadmin") return [{ ...kind, superadmin: true }];
  if (caller === "only its permission" && own.length > 0)
    return own.map((permission) => ({ ...kind, permissions: [permission] }));
  if (caller === "all but its permission")
    return [{ ...kind, permissions: ALL_PERMISSIONS.filter((permission) => !own.includes(permission)) }];
  return [kind];
}

/** Calls a route as each of these callers and compares the outcomes with its row of the matrix. */
export async function checkCallers(route: Route, callers: readonly Caller[]): Promise<void> {
  const seen = await Promise.all(
    callers.map(async (caller) => {
      const refused = cellOf(route.access, caller) !== "allowed";
      const outcomes = new Set<string>();
      for (const kind of caller === "anonymous" ? [undefined] : kindsOf(caller, route)) {
        const { someone, answer, outcome } = await attempt(route, kind, { refused });
        if (answer.status === 401) expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
        if (someone && answer.status === 403) await expectAudited(route, someone, answer);
        outcomes.add(outcome);
      }
      return [caller, [...outcomes].join(", ")] as const;
    }),
  );
  expect(Object.fromEntries(seen)).toEqual(
    Object.fromEntries(callers.map((caller) => [caller, cellOf(route.access, caller)])),
  );
}

/** Calls a route as somebody who holds every permission, with each of these statuses. */
export async function checkStatuses(route: Route, statuses: readonly UserStatus[]): Promise<void> {
  const seen = await Promise.all(
    statuses.map(async (status) => {
      const refused = !admits(route.access, status);
      const kind = { status, permissions: ALL_PERMISSIONS, ...proofFor(route) };
      return [status, (await attempt(route, kind, { refused })).outcome];
    }),
  );
  expect(seen).toEqual(statuses.map((status) => [status, admits(route.access, status) ? "allowed" : "403 status"]));
}

/** On routes without a permission, the matrix covers everyone who is let in. */
export const statusesToCheck = ({ access }: Route) =>
  userstatus.enumValues.filter((status) => access.kind === "permitted" || !admits(access, status));

const namesStatuses = ({ access }: Route) => access.kind === "signed_in" && access.statuses !== null;

/** One of each group that a route treats alike. The next route has another one of it. */
function oneOfEach<Member>(route: Route, members: readonly Member[], groupOf: (member: Member) => unknown): Member[] {
  const turn = routes.indexOf(route);
  return [...Map.groupBy(members, groupOf).values()].flatMap((alike) => alike[turn % alike.length] ?? []);
}

/** The callers that a route's declaration tells apart. */
export const someCallers = (route: Route): Caller[] =>
  oneOfEach(route, CALLERS, (caller) => {
    const apart =
      caller === "anonymous" || (isStatus(caller) ? namesStatuses(route) : route.access.kind === "permitted");
    return apart ? caller : cellOf(route.access, caller);
  });

/** The same of {@link statusesToCheck}. */
export const someStatuses = (route: Route): UserStatus[] =>
  oneOfEach(route, statusesToCheck(route), (status) => (namesStatuses(route) ? status : admits(route.access, status)));
