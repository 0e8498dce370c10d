import { describe, expect, test } from "vitest";
import type { HandedOver } from "../../../src/members/admin/hand-over-schemas.ts";
import { get, outcome, post, refusal } from "../../harness/client.ts";
import { type Person, person, volunteer } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";
import { give, systemRole } from "../../harness/roles.ts";

const handOver = (actor: Person, { id }: Pick<Person, "id">, to: string | null) =>
  post<HandedOver>(`/api/admin/users/${id}/hand-over`, { to }, actor);
const rolesOf = async ({ id }: Person) =>
  (
    await sql<{ code: string }>(
      "select code from roles r join user_role_assignments a on a.role_id = r.id where a.user_id = $1 order by code",
      [id],
    )
  ).map(({ code }) => code);
const takenOnBy = (volunteer: Person, columns: Record<string, unknown> = {}) =>
  person("pending_validation", { taken_on_by: volunteer.id, taken_on_at: new Date(), ...columns });
const applications = (...people: Person[]) =>
  Promise.all(
    people.map(async ({ id }) => {
      const [row] = await sql<{ by: string | null; fresh: boolean | null }>(
        "select taken_on_by as by, taken_on_at > now() - interval '1 minute' as fresh from users where id = $1",
        [id],
      );
      return [row?.by, row?.fresh];
    }),
  );
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

describe("handing over", () => {
  test("ends roles and sessions at once, gives the applications to somebody else, and leaves the member", async () => {
    const [chief, leaving, next] = [
      await volunteer("permissions.assign", "users.approve", "users.view"),
      await volunteer("users.approve", "users.view"),
      await volunteer("users.approve"),
    ];
    const [waiting, stale, decided] = [
      await takenOnBy(leaving, { taken_on_at: daysAgo(2) }),
      await takenOnBy(leaving, { taken_on_at: daysAgo(4) }),
      await person("active", { taken_on_by: leaving.id, taken_on_at: new Date() }),
    ];
    expect((await get("/api/admin/users", leaving)).status).toBe(200);
    const before = await rolesOf(leaving);
    const { status, body } = await handOver(chief, leaving, next.id);
    expect([status, body]).toEqual([
      200,
      { id: leaving.id, ended_roles: before.filter((code) => code !== "member"), applications: 1 },
    ]);
    expect((await get("/api/auth/me", leaving)).status).toBe(401);
    expect(await rolesOf(leaving)).toEqual(["member"]);
    expect(await sql("select status, role from users where id = $1", [leaving.id])).toEqual([
      { status: "active", role: "member" },
    ]);
    expect(await sql("select revoked_reason from sessions where user_id = $1", [leaving.id])).toEqual([
      { revoked_reason: "handed_over" },
    ]);
    expect(await applications(waiting, stale, decided)).toEqual([
      [next.id, true],
      [null, null],
      [null, null],
    ]);
    expect(
      await sql("select from audit_log where actor_id = $1 and subject_id = $2", [chief.id, leaving.id]),
    ).not.toHaveLength(0);
    expect(outcome(await handOver(chief, leaving, null))).toEqual([409, "nothing_to_hand_over"]);
  });

  test("to nobody frees the applications, and one's own is never one's own to look after", async () => {
    const [chief, leaving] = [await volunteer("permissions.assign", "users.approve"), await volunteer("users.approve")];
    const one = await takenOnBy(leaving);
    expect((await handOver(chief, leaving, null)).body.applications).toBe(1);
    expect(await applications(one)).toEqual([[null, null]]);

    const again = await volunteer("users.approve");
    const applicant = await person("pre_validated", {
      permissions: ["users.approve"],
      taken_on_by: again.id,
      taken_on_at: new Date(),
    });
    expect((await handOver(chief, again, applicant.id)).status).toBe(200);
    expect(await applications(applicant)).toEqual([[null, null]]);
  });

  test("leaves the sessions of somebody without roles, and is refused if they look after nothing either", async () => {
    const [chief, former] = [await volunteer("permissions.assign"), await person()];
    const stale = await takenOnBy(former, { taken_on_at: daysAgo(4) });
    expect(outcome(await handOver(chief, former, null))).toEqual([409, "nothing_to_hand_over"]);
    const one = await takenOnBy(former);
    expect((await handOver(chief, former, null)).body).toEqual({ id: former.id, ended_roles: [], applications: 1 });
    expect(await applications(one, stale)).toEqual([
      [null, null],
      [null, null],
    ]);
    expect((await get("/api/auth/me", former)).status).toBe(200);
  });

  test("one's own work ends one's own session", async () => {
    const me = await volunteer("permissions.assign");
    expect((await handOver(me, me, null)).status).toBe(200);
    expect((await get("/api/auth/me", me)).status).toBe(401);
  });

  test("goes to somebody else, who may decide on applications", async () => {
    const [chief, leaving] = [await volunteer("permissions.assign"), await person()];
    expect(refusal(await handOver(chief, leaving, leaving.id))).toEqual([
      400,
      "invalid_input",
      [{ path: "to", message: "must be somebody else" }],
    ]);
    const unable = [
      await person(),
      await person("inactive", { permissions: ["users.approve"] }),
      { id: crypto.randomUUID() },
    ];
    for (const { id } of unable) expect(outcome(await handOver(chief, leaving, id))).toEqual([409, "cannot_take_over"]);
    expect((await get("/api/auth/me", leaving)).status).toBe(200);
  });

  test("needs all powers that the volunteer holds", async () => {
    const [chief, leaving, top] = [
      await volunteer("permissions.assign"),
      await volunteer("users.approve"),
      await person(),
    ];
    await give(top.id, await systemRole("superadmin"));
    expect(outcome(await handOver(chief, leaving, null))).toEqual([403, "beyond_own_permissions"]);
    expect(outcome(await handOver(chief, top, null))).toEqual([403, "superadmins_only"]);
    expect((await get("/api/auth/me", leaving)).status).toBe(200);
    expect(await rolesOf(top)).toContain("superadmin");
  });
});
