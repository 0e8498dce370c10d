import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { SYSTEM_ROLES } from "../../src/access/roles.ts";
import { type Answer, get, outcome, put, tripsOf } from "../harness/client.ts";
import type { Page } from "../harness/pages.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { give, role, rolesOf, systemRole } from "../harness/roles.ts";

type Assigned = Page<{ id: string; code: string }> & { code?: string; detail?: string };

const assign = (to: { id: string }, role_ids: readonly string[], by: Person): Promise<Answer<Assigned>> =>
  put<Assigned>(`/api/admin/users/${to.id}/roles`, { role_ids }, by);
const isMember = async ({ id }: { id: string }) =>
  (await sql("select from user_role_assignments where user_id = $1 and role_id = $2", [id, await systemRole("member")]))
    .length === 1;
/** Someone who may give roles, and these permissions. */
const giver = () => volunteer("permissions.assign", "events.view", "events.edit");
const superadmin = async () => {
  const made = await person();
  await give(made.id, await systemRole("superadmin"));
  return made;
};

describe.concurrent("a person's roles", () => {
  test("are replaced by those given, each once, and the answer is what they hold now", async () => {
    const [by, someone] = [await giver(), await person("active")];
    const [first, second] = [await role(["events.view"]), await role(["events.edit"])];
    await give(someone.id, first);
    const { status, body } = await assign(someone, [second, second, second.toUpperCase()], by);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: [{ code: "member" }, { id: second, permissions: ["events.edit"], holders: 1 }],
    });
    expect(body.items.map(({ id }) => id).sort()).toEqual([second, await systemRole("member")].sort());
    expect(await rolesOf(someone.id)).toEqual([second]);
    expect((await assign(someone, [], by)).status).toBe(200);
    expect(await rolesOf(someone.id)).toEqual([]);
  });

  test("remember who gave them, also when they are given again", async () => {
    const [by, other, someone, id] = [await giver(), await giver(), await person(), await role()];
    await assign(someone, [id], by);
    await assign(someone, [id], other);
    expect(
      await sql("select assigned_by from user_role_assignments where user_id = $1 and role_id = $2", [someone.id, id]),
    ).toEqual([{ assigned_by: by.id }]);
  });

  test("leave a line in the audit log for each given and taken: who, to whom, in which request", async () => {
    const [by, someone] = [await giver(), await person("inactive")];
    const [taken, kept, given] = [await role(), await role(), await role()];
    for (const id of [taken, kept]) await give(someone.id, id);
    const { request_id } = await assign(someone, [kept, given], by);
    expect(
      await sql(
        "select actor_id, action, subject_type, subject_id, changes -> 'role_id' as role from audit_log where request_id = $1 order by action desc",
        [request_id],
      ),
    ).toEqual([
      {
        actor_id: by.id,
        action: "insert",
        subject_type: "user_role_assignments",
        subject_id: someone.id,
        role: [null, given],
      },
      {
        actor_id: by.id,
        action: "delete",
        subject_type: "user_role_assignments",
        subject_id: someone.id,
        role: [taken, null],
      },
    ]);
  });

  test("that give way to another show as one change of the highest", async () => {
    const [by, someone] = [await superadmin(), await person()];
    await assign(someone, [await systemRole("finance")], by);
    const { request_id } = await assign(someone, [await systemRole("admin")], by);
    expect(
      await sql("select changes from audit_log where request_id = $1 and subject_type = 'users'", [request_id]),
    ).toEqual([{ changes: { role: ["finance", "admin"] } }]);
  });

  test("count from the very next request", async () => {
    const [by, someone] = [await volunteer("permissions.assign", "users.view"), await person()];
    const id = await role(["users.view"]);
    const look = async () => (await get("/api/admin/users?limit=1", someone)).status;
    expect(await look()).toBe(403);
    await assign(someone, [id], by);
    expect(await look()).toBe(200);
    await assign(someone, [], by);
    expect(await look()).toBe(403);
  });

  test("can be given to whoever is no member too, which makes none of them", async () => {
    const [by, someone, id] = [await giver(), await person("pending_validation"), await role()];
    expect((await assign(someone, [id, await systemRole("member")], by)).body.items.map((each) => each.id)).toEqual([
      id,
    ]);
    expect(await isMember(someone)).toBe(false);
  });
});

describe.concurrent("whoever never proved their address", () => {
  test("is given no role: it would wait for whoever follows the mailed link", async () => {
    const [by, id] = [await giver(), await role(["events.view"])];
    for (const someone of [await person("pending_email"), await person("rejected", { email_verified: false })]) {
      const { status, body } = await assign(someone, [id], by);
      expect([status, body.code]).toEqual([409, "address_not_verified"]);
      expect(await rolesOf(someone.id)).toEqual([]);
    }
  });

  test("keeps the roles they have, or loses them, and gets no other", async () => {
    const [by, someone] = [await giver(), await person("pending_email")];
    const [kept, taken, other] = [await role(), await role(), await role()];
    for (const id of [kept, taken]) await give(someone.id, id);
    expect((await assign(someone, [kept, taken], by)).status).toBe(200);
    expect((await assign(someone, [kept, other], by)).body.code).toBe("address_not_verified");
    expect(await rolesOf(someone.id)).toEqual([kept, taken].sort());
    expect((await assign(someone, [kept], by)).status).toBe(200);
    expect((await assign(someone, [], by)).status).toBe(200);
    expect(await rolesOf(someone.id)).toEqual([]);
  });
});

describe.concurrent("the role `member`", () => {
  test("stays with a member, whether it is in the list or not", async () => {
    const [by, someone, id] = [await giver(), await person("active"), await role()];
    for (const role_ids of [[], [await systemRole("member")], [id], [id, await systemRole("member")]]) {
      expect((await assign(someone, role_ids, by)).status).toBe(200);
      expect(await isMember(someone)).toBe(true);
    }
  });

  test("lets a person's roles be read and put back by whoever may change none of them", async () => {
    const [by, someone] = [await volunteer("permissions.assign"), await person("active")];
    const held = await role(["users.delete"]);
    await give(someone.id, held);
    const { body } = await get<Assigned>(`/api/admin/users/${someone.id}/roles`, await volunteer("permissions.view"));
    const ids = body.items.map(({ id }) => id);
    const answer = await assign(someone, ids, by);
    expect([answer.status, answer.body.items.map(({ id }) => id)]).toEqual([200, ids]);
    expect(await rolesOf(someone.id)).toEqual([held]);
  });
});

describe.concurrent("nobody gives or takes", () => {
  test("a role that holds more than they do, and the refusal names what", async () => {
    const [by, someone] = [await giver(), await person()];
    const [within, beyond] = [await role(["events.view"]), await role(["events.view", "users.delete"])];
    const given = await assign(someone, [within, beyond], by);
    expect(outcome(given)).toEqual([403, "beyond_own_permissions"]);
    expect(given.body.detail).toMatch(/You lack: users\.delete\.$/);
    expect(await rolesOf(someone.id)).toEqual([]);

    await give(someone.id, beyond);
    const taken = await assign(someone, [within], by);
    expect(outcome(taken)).toEqual([403, "beyond_own_permissions"]);
    expect(await rolesOf(someone.id)).toEqual([beyond]);
    expect((await assign(someone, [beyond, within], by)).status).toBe(200);
  });

  test("themselves more than they have", async () => {
    const by = await giver();
    const own = await rolesOf(by.id);
    for (const beyond of [await role(["users.delete"]), await systemRole("admin"), await systemRole("superadmin")])
      expect((await assign(by, [...own, beyond], by)).status).toBe(403);
    expect(await rolesOf(by.id)).toEqual(own);
    expect((await assign(by, [...own, await role(["events.edit"])], by)).status).toBe(200);
  });

  test("the superadmin's role without holding it, even with all 59 permissions", async () => {
    const [all, somebody, boss] = [await volunteer(...ALL_PERMISSIONS), await person(), await superadmin()];
    const id = await systemRole("superadmin");
    for (const [to, role_ids] of [
      [somebody, [id]],
      [all, [...(await rolesOf(all.id)), id]],
      [boss, []],
    ] as const) {
      const answer = await assign(to, role_ids, all);
      expect(outcome(answer)).toEqual([403, "superadmins_only"]);
    }
    expect(await rolesOf(somebody.id)).toEqual([]);
    expect(await rolesOf(boss.id)).toEqual([id]);
    expect((await assign(boss, [id, await role()], all)).status).toBe(200);
  });

  test("but a superadmin gives and takes any role there is", async () => {
    const [boss, someone] = [await superadmin(), await person()];
    for (const code of SYSTEM_ROLES.map((each) => each.code).filter((each) => each !== "member")) {
      const id = await systemRole(code);
      expect((await assign(someone, [id], boss)).status).toBe(200);
      expect(await rolesOf(someone.id)).toEqual([id]);
      expect(await sql("select role from users where id = $1", [someone.id])).toEqual([{ role: code }]);
    }
    expect((await assign(someone, [], boss)).status).toBe(200);
  });
});

describe.concurrent("what is not there", () => {
  test("is named, and nothing is given", async () => {
    const [by, someone, id] = [await giver(), await person(), await role()];
    const absent = randomUUID();
    const { status, body } = await assign(someone, [id, absent, absent, absent.toUpperCase()], by);
    expect([status, body.code]).toEqual([404, "role_not_found"]);
    expect(body.detail).toBe(`There is no such role: ${absent}.`);
    expect(await rolesOf(someone.id)).toEqual([]);
  });

  test("is 404 for a person, whatever the roles", async () => {
    const { status, body } = await assign({ id: randomUUID() }, [randomUUID()], await giver());
    expect([status, body.code]).toEqual([404, "user_not_found"]);
  });

  test("is invalid input where it could not be", async () => {
    const [by, someone] = [await giver(), await person()];
    for (const role_ids of [["none"], [null], [7], Array(101).fill(randomUUID())])
      expect((await put(`/api/admin/users/${someone.id}/roles`, { role_ids }, by)).status).toBe(400);
  });
});

describe("at once", () => {
  test("two sets for one person leave the one or the other", async () => {
    const [by, other, someone] = [await giver(), await giver(), await person("inactive")];
    const sets = [[await role(), await role()].sort(), [await role(), await role()].sort()] as const;
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all([assign(someone, sets[0], by), assign(someone, sets[1], other)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(sets).toContainEqual(await rolesOf(someone.id));
    }
  });

  test("somebody who may not take a role does not, however close they follow on whoever gave it", async () => {
    const [by, lesser] = [await volunteer("permissions.assign", "users.delete"), await giver()];
    const [beyond, within] = [await role(["users.delete"]), await role()];
    for (let round = 0; round < 20; round++) {
      const someone = await person("inactive");
      const [given, replaced] = await Promise.all([assign(someone, [beyond], by), assign(someone, [within], lesser)]);
      expect(given.status).toBe(200);
      expect([200, 403]).toContain(replaced.status);
      expect(await rolesOf(someone.id)).toEqual([beyond]);
    }
  });

  test("many who change each other all get their turn, at the first attempt", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, giver));
    const own = await Promise.all(people.map(({ id }) => rolesOf(id)));
    const shared = [await role(), await role(), await role()];
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        people.map((by, index) => {
          const to = (index + 1) % people.length;
          const wanted = round % 2 ? shared : [...shared].reverse().slice(0, 2);
          return assign(people[to] ?? by, [...(own[to] ?? []), ...wanted], by);
        }),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(people.length).fill(200));
      // Those who wait in a circle are undone, and tried again.
      for (const answer of answers) expect((await tripsOf(answer)).before).toBe(1);
    }
  });
});
