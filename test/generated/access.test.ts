import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CALLERS, type Caller, cellOf } from "../../cli/access-matrix.ts";
import { describePermissions, PERMISSIONS_DOC } from "../../cli/permissions-matrix.ts";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import type { Route } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { sql, startWorker } from "../harness/platform.ts";
import {
  arrive,
  ask,
  attempt,
  checkCallers,
  checkStatuses,
  expectAudited,
  isFresh,
  type Kind,
  outcomeOf,
  someCallers,
  someStatuses,
  welcome,
} from "./callers.ts";
import { nameOf } from "./examples.ts";

const named = (list: readonly Route[]) => list.map((route) => [nameOf(route), route] as const);
const closed = routes.filter(({ access }) => access.kind !== "open");
const isEnrolling = ({ access }: Route) => access.kind !== "open" && access.enrolling === true;

/** Each test waits its turn behind those of other routes. */
const PATIENT = { timeout: 90_000 };

// `npm run test:exhaustive` calls every route as every caller.
describe.concurrent(
  "every route answers the callers that it tells apart as it declares, and denials are in the audit log",
  PATIENT,
  () => {
    test.each(named(routes))("%s", (_, route) => checkCallers(route, someCallers(route)));

    test("somewhere, every caller gets each answer that the matrix has for it", () => {
      const cells = (callersOf: (route: Route) => readonly Caller[]) =>
        routes.flatMap((route) => callersOf(route).map((caller) => `${caller}: ${cellOf(route.access, caller)}`));
      expect([...new Set(cells(someCallers))].sort()).toEqual([...new Set(cells(() => CALLERS))].sort());
    });
  },
);

describe.concurrent(
  "permissions make up for no status, and where they count they do with statuses that keep them",
  PATIENT,
  () => {
    test.each(named(closed))("%s", (_, route) => checkStatuses(route, someStatuses(route)));
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
    expect(outcomeOf(route, welcome(route), await ask(route, someone, { refused: false }))).toBe("allowed");
    await sql("delete from user_role_assignments where user_id = $1", [someone.id]);
    const answer = await ask(route, someone, { refused: true });
    expect([answer.status, answer.body.code]).toEqual([403, "permission_missing"]);
  });
});

// On every other route, most callers above proved who they are 16 minutes ago.
describe.concurrent(
  "who proved who they are 16 minutes ago must do so again where the route wants it fresh",
  PATIENT,
  () => {
    const fresh = named(closed.filter(isFresh));

    test.each(fresh)("%s", async (_, route) => {
      const { someone, answer, outcome } = await attempt(
        route,
        { ...welcome(route), proved_ago: 16 },
        { refused: true },
      );
      expect(outcome).toBe("403 reauthentication_required");
      if (someone) await expectAudited(route, someone, answer);
    });

    test.each(fresh)("%s: 14 minutes are fresh", async (_, route) => {
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
