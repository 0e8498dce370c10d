import { describe, expect, test, vi } from "vitest";
import { PERMITTED_STATUSES } from "../../src/access/access.ts";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { type Route, success } from "../../src/http/route.ts";
import type { UserStatus } from "../../src/members/tables.ts";
import { userstatus } from "../../src/members/tables.ts";
import { routes } from "../../src/routes.ts";
import { type Answer, call } from "../harness/client.ts";
import { giveRole, person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { exampleOf, nameOf } from "./examples.ts";

const closed = routes.filter(({ access }) => access.kind !== "open");
const named = (list: Route[]) => list.map((route) => [nameOf(route), route] as const);

/** A call of the route that only its access can refuse: input that is valid, about things that are not there. */
async function attempt(route: Route, token: string | undefined): Promise<Answer> {
  const { path, body } = await exampleOf(route);
  return call(route.method.toUpperCase(), path, { body, token });
}

describe.concurrent("whoever is not signed in is refused", () => {
  test.each(named(closed))("%s", async (_, route) => {
    const answer = await attempt(route, undefined);
    expect([answer.status, answer.body.code]).toEqual([401, "not_signed_in"]);
    expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
  });
});

describe.concurrent("an ended session is refused", () => {
  test.each(named(closed))("%s", async (_, route) => {
    const someone = await person("active", { permissions: ALL_PERMISSIONS });
    await sql("update sessions set revoked_at = now(), revoked_reason = 'logout' where user_id = $1", [someone.id]);
    const answer = await attempt(route, someone.token);
    expect([answer.status, answer.body.code]).toEqual([401, "session_ended"]);
  });
});

describe.concurrent("statuses that the route does not name are refused, whatever their roles", () => {
  const cells = closed.flatMap((route) => {
    const { access } = route;
    const allowed: readonly UserStatus[] | null =
      access.kind === "permitted" ? PERMITTED_STATUSES : access.kind === "signed_in" ? access.statuses : [];
    return userstatus.enumValues.map((status) => ({
      route,
      status,
      allowed: allowed === null || allowed.includes(status),
    }));
  });
  test.each(cells.map((cell) => [nameOf(cell.route), cell.status, cell.allowed ? "let in" : "refused", cell] as const))(
    "%s: %s is %s",
    async (_, status, __, { route, allowed }) => {
      const someone = await person(status, { permissions: ALL_PERMISSIONS });
      const answer = await attempt(route, someone.token);
      if (allowed) expect([success(route).status, 404, 409]).toContain(answer.status);
      else expect([answer.status, answer.body.code]).toEqual([403, "status_not_allowed"]);
    },
  );
});

describe.concurrent("a permission route wants its own permission", () => {
  const permitted = closed.flatMap((route) =>
    route.access.kind === "permitted" ? [[nameOf(route), route, route.access.permission] as const] : [],
  );

  test.each(permitted)("%s: all others do not do", async (_, route, permission) => {
    const someone = await person("active", { permissions: ALL_PERMISSIONS.filter((other) => other !== permission) });
    const answer = await attempt(route, someone.token);
    expect([answer.status, answer.body.code]).toEqual([403, "permission_missing"]);
  });

  test.each(permitted)(
    "%s: it alone does, and not any more once the role was taken away",
    async (_, route, permission) => {
      const someone = await person("active");
      const role_id = await giveRole(someone.id, [permission]);
      expect((await attempt(route, someone.token)).status).toBe(success(route).status);
      await sql("delete from user_role_assignments where user_id = $1 and role_id = $2", [someone.id, role_id]);
      const answer = await attempt(route, someone.token);
      expect([answer.status, answer.body.code]).toEqual([403, "permission_missing"]);
    },
  );
});

test.each(closed.map((route) => [nameOf(route), route] as const))(
  "being denied is written into the audit log: %s",
  async (name, route) => {
    const someone = await person("rejected");
    const answer = await attempt(route, someone.token);
    if (answer.status !== 403) return expect(route.access).toMatchObject({ kind: "signed_in" });
    await vi.waitFor(async () =>
      expect(
        await sql("select actor_id, action, subject_id, changes from audit_log where request_id = $1", [
          answer.request_id,
        ]),
      ).toEqual([
        {
          actor_id: someone.id,
          action: "access.denied",
          subject_id: name,
          changes: { code: [null, "status_not_allowed"] },
        },
      ]),
    );
  },
);

test("every admin route names a permission", () => {
  for (const { path, access } of routes) expect(path.startsWith("/api/admin/")).toBe(access.kind === "permitted");
});
