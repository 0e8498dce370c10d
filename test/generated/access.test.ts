import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { admits, CALLERS, type Caller, cellOf, rowOf, statusOf } from "../../cli/access-matrix.ts";
import { describePermissions, PERMISSIONS_DOC } from "../../cli/permissions-matrix.ts";
import type { Access } from "../../src/access/access.ts";
import { ALL_PERMISSIONS, type Permission } from "../../src/access/permissions.ts";
import { type Route, success } from "../../src/http/route.ts";
import type { UserStatus } from "../../src/people/schemas.ts";
import { routes } from "../../src/routes.ts";
import { userstatus } from "../../src/tables/people.ts";
import { personWithPassword } from "../harness/accounts.ts";
import { type Answer, call } from "../harness/client.ts";
import type { Person } from "../harness/people.ts";
import { sql, startWorker } from "../harness/platform.ts";
import { give, role, systemRole } from "../harness/roles.ts";
import { exampleOf, nameOf } from "./examples.ts";

const named = (list: readonly Route[]) => list.map((route) => [nameOf(route), route] as const);
const closed = routes.filter(({ access }) => access.kind !== "open");
const isFresh = ({ access }: Route) => access.kind !== "open" && access.fresh === true;
const isEnrolling = ({ access }: Route) => access.kind !== "open" && access.enrolling === true;
const ownOf = (access: Access): readonly Permission[] => (access.kind === "permitted" ? access.any_of : []);

/** The ways people differ, as far as access is concerned. */
interface Kind {
  status: UserStatus;
  permissions?: readonly Permission[];
  superadmin?: true;
  /** Their role requires a second factor, but they have none. */
  lacks_second_factor?: true;
  /** Minutes since they last proved who they are. */
  proved_ago?: number;
  signed_out?: true;
}

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
/** Each test waits its turn behind those of other routes. */
const PATIENT = { timeout: 90_000 };
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

async function arrive(kind: Kind): Promise<Person> {
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
const welcome = ({ access }: Route): Kind => ({
  status: admits(access, "active")
    ? "active"
    : (userstatus.enumValues.find((status) => admits(access, status)) ?? "active"),
  permissions: ownOf(access),
});

/**
 * Sends the route's example as someone other than its usual caller. Calls that change nothing share people and data
 * with other such calls.
 */
function attempt(
  route: Route,
  kind: Kind | undefined,
  { refused, url }: { refused: boolean; url?: string },
): Promise<{ someone: Person | undefined; answer: Answer; outcome: string }> {
  const harmless = refused || (route.repeatable ?? route.method === "get");
  return inTurn(async () => {
    const untouched = harmless || route.access.kind === "open";
    const someone = kind && (await (untouched ? sharedPerson(JSON.stringify(kind), () => arrive(kind)) : arrive(kind)));
    const example = await (harmless ? sharedExample(nameOf(route), () => exampleOf(route)) : exampleOf(route));
    const { path, body, headers } = example;
    const answer = await call(route.method.toUpperCase(), path, {
      body,
      token: someone?.token,
      ...(headers && { headers }),
      ...(url && { url }),
    });
    return { someone, answer, outcome: outcomeOf(route, kind, answer) };
  });
}

/**
 * Responses to people whom access rules let in but who lack something the example's caller has. Every other route
 * succeeds for everyone it lets in.
 */
const ANSWERS_TO_OTHERS: Record<string, { answer: string; only?: UserStatus }> = {
  "delete /api/auth/sessions/{id}": { answer: "404 session_not_found" },
  "post /api/members/vouchings/{id}": { answer: "404 vouching_not_found" },
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
function outcomeOf(route: Route, kind: Kind | undefined, { status, body }: Answer): string {
  if (status === success(route).status) return "allowed";
  if (status === 401 && body.code === "not_signed_in") return "401";
  if (status === 403 && body.code === "status_not_allowed") return "403 status";
  if (status === 403 && body.code === "permission_missing") return "403 permission";
  const other = ANSWERS_TO_OTHERS[nameOf(route)];
  if (other?.answer === `${status} ${body.code}` && (other.only ?? kind?.status) === kind?.status) return "allowed";
  return `${status} ${body.code}`;
}

/** Waits until a denial is in the audit log, with the person, the route, and the reason. */
const expectAudited = (route: Route, { id }: Person, { request_id, body }: Answer): Promise<void> =>
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
function kindsOf(caller: Exclude<Caller, "anonymous">, access: Access): Kind[] {
  const status = statusOf(caller);
  const own = ownOf(access);
  if (caller === "superadmin") return [{ status, superadmin: true }];
  if (caller === "only its permission" && own.length > 0)
    return own.map((permission) => ({ status, permissions: [permission] }));
  if (caller === "all but its permission")
    return [{ status, permissions: ALL_PERMISSIONS.filter((permission) => !own.includes(permission)) }];
  return [{ status }];
}

describe.concurrent(
  "every route answers every caller as it declares, and denials are in the audit log",
  PATIENT,
  () => {
    test.each(named(routes))("%s", async (_, route) => {
      const seen = await Promise.all(
        CALLERS.map(async (caller) => {
          const refused = cellOf(route.access, caller) !== "allowed";
          const outcomes = new Set<string>();
          for (const kind of caller === "anonymous" ? [undefined] : kindsOf(caller, route.access)) {
            const { someone, answer, outcome } = await attempt(route, kind, { refused });
            if (answer.status === 401) expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
            if (someone && answer.status === 403) await expectAudited(route, someone, answer);
            outcomes.add(outcome);
          }
          return [caller, [...outcomes].join(", ")] as const;
        }),
      );
      expect(Object.fromEntries(seen)).toEqual(rowOf(route.access));
    });
  },
);

describe.concurrent(
  "permissions make up for no status, and where they count they do with every status that keeps them",
  PATIENT,
  () => {
    test.each(named(closed))("%s", async (_, route) => {
      // On routes without a permission, the matrix already covers everyone who is let in.
      const statuses = userstatus.enumValues.filter(
        (status) => route.access.kind === "permitted" || !admits(route.access, status),
      );
      const seen = await Promise.all(
        statuses.map(async (status) => {
          const refused = !admits(route.access, status);
          const { outcome } = await attempt(route, { status, permissions: ALL_PERMISSIONS }, { refused });
          return [status, outcome];
        }),
      );
      expect(seen).toEqual(statuses.map((status) => [status, admits(route.access, status) ? "allowed" : "403 status"]));
    });
  },
);

describe.concurrent("an ended session is refused", PATIENT, () => {
  test.each(named(closed))("%s", async (_, route) => {
    const kind: Kind = { status: "active", permissions: ALL_PERMISSIONS, signed_out: true };
    const { answer } = await attempt(route, kind, { refused: true });
    expect([answer.status, answer.body.code]).toEqual([401, "session_ended"]);
  });
});

describe.concurrent("a role that was taken away counts for nothing on the very next request", PATIENT, () => {
  const permitted = closed.filter(({ access }) => access.kind === "permitted");
  test.each(named(permitted))("%s", async (_, route) => {
    const someone = await arrive(welcome(route));
    const callIt = async () => {
      const { path, body, headers } = await exampleOf(route);
      return call(route.method.toUpperCase(), path, { body, token: someone.token, ...(headers && { headers }) });
    };
    expect(outcomeOf(route, welcome(route), await callIt())).toBe("allowed");
    await sql("delete from user_role_assignments where user_id = $1", [someone.id]);
    const answer = await callIt();
    expect([answer.status, answer.body.code]).toEqual([403, "permission_missing"]);
  });
});

describe.concurrent(
  "who proved who they are 16 minutes ago must do so again where the route wants it fresh, and only there",
  PATIENT,
  () => {
    test.each(named(closed))("%s", async (_, route) => {
      const refused = isFresh(route);
      const { someone, answer, outcome } = await attempt(route, { ...welcome(route), proved_ago: 16 }, { refused });
      expect(outcome).toBe(refused ? "403 reauthentication_required" : "allowed");
      if (someone && refused) await expectAudited(route, someone, answer);
    });

    test.each(named(closed.filter(isFresh)))("%s: 14 minutes are fresh", async (_, route) => {
      const { outcome } = await attempt(route, { ...welcome(route), proved_ago: 14 }, { refused: false });
      expect(outcome).toBe("allowed");
    });
  },
);

describe(
  "where second factors are enforced, whose role requires one and who has none can only set it up",
  PATIENT,
  () => {
    let enforcing: Awaited<ReturnType<typeof startWorker>>;
    beforeAll(async () => {
      enforcing = await startWorker({ SECOND_FACTOR: "required" });
    });
    afterAll(() => enforcing.stop());

    test.concurrent.each(named(closed))("%s", async (_, route) => {
      const refused = !isEnrolling(route);
      const kind: Kind = { ...welcome(route), lacks_second_factor: true };
      const { someone, answer, outcome } = await attempt(route, kind, { refused, url: enforcing.url });
      expect(outcome).toBe(refused ? "403 second_factor_required" : "allowed");
      if (someone && refused) await expectAudited(route, someone, answer);
    });
  },
);

test("docs/permissions.md says what the routes declare: npm run docs:permissions writes it", async () => {
  expect(await readFile(PERMISSIONS_DOC, "utf8")).toBe(describePermissions());
});

test("every permission opens a route", () => {
  const opening = routes.flatMap(({ access }) => (access.kind === "permitted" ? access.any_of : []));
  expect([...new Set(opening)].sort()).toEqual([...ALL_PERMISSIONS].sort());
});

test("every admin route names a permission, and nothing else does", () => {
  for (const { path, access } of routes) expect(path.startsWith("/api/admin/")).toBe(access.kind === "permitted");
});
