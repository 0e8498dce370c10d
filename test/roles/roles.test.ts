import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ALL_PERMISSIONS, type Permission } from "../../src/access/permissions.ts";
import { SYSTEM_ROLES } from "../../src/access/roles.ts";
import { call, get, outcome, post, put } from "../harness/client.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { give, permissionsOf, role, systemRole } from "../harness/roles.ts";

const ROLES = "/api/admin/roles";
/** Held by the people here: what they may do, and some more to give. */
const manager = () => volunteer("permissions.manage_roles", "permissions.delete_roles", "events.view", "events.edit");
const newRole = (more: Record<string, unknown> = {}) => ({
  code: `door-${randomUUID()}`,
  name: "Door",
  description: "Opens it",
  permissions: ["events.view"],
  ...more,
});
const remove = (id: string, by: Person) => call("DELETE", `${ROLES}/${id}`, { token: by.token });
const roleRow = async (id: string) => (await sql("select * from roles where id = $1", [id]))[0];

describe.concurrent("a new role", () => {
  test("is there with what it was asked to hold, once each", async () => {
    const by = await manager();
    const asked = newRole({ name: "  Door  ", permissions: ["events.view", "events.edit", "events.view"] });
    const { status, body } = await post<{ id: string }>(ROLES, asked, by);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      code: asked.code,
      name: "Door",
      description: "Opens it",
      system: false,
      second_factor_required: false,
      permissions: ["events.edit", "events.view"],
      holders: 0,
    });
    expect(await permissionsOf(body.id)).toEqual(["events.edit", "events.view"]);
    expect(await roleRow(body.id)).toMatchObject({ code: asked.code, system: false });
  });

  test("may hold nothing and want a second factor", async () => {
    const { body } = await post(ROLES, newRole({ permissions: [], second_factor_required: true }), await manager());
    expect(body).toMatchObject({ permissions: [], second_factor_required: true });
  });

  test("holds nothing that its maker does not, and the refusal names what that is", async () => {
    const asked = newRole({ permissions: ["events.view", "users.delete", "donations.refund"] });
    const { status, body } = await post(ROLES, asked, await manager());
    expect([status, body.code]).toEqual([403, "beyond_own_permissions"]);
    expect(body.detail).toBe(
      "You can only give, take or change permissions that you hold yourself. You lack: donations.refund, users.delete.",
    );
    expect(await sql("select from roles where code = $1", [asked.code])).toEqual([]);
  });

  test("does not take another's code, even when ten try at once, and adds nothing to the one there is", async () => {
    const by = await manager();
    const asked = newRole();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(ROLES, asked, by)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    const again = await post(ROLES, { ...asked, permissions: ["events.edit"] }, by);
    expect(outcome(again)).toEqual([409, "role_exists"]);
    expect(again.body.detail).toContain(asked.code);
    const [{ id } = { id: "" }] = await sql<{ id: string }>("select id from roles where code = $1", [asked.code]);
    expect(await permissionsOf(id)).toEqual(["events.view"]);
    for (const { code } of SYSTEM_ROLES)
      expect((await post(ROLES, { ...asked, code }, by)).body.code).toBe("role_exists");
  });

  test.for<[string, Record<string, unknown>, string]>([
    ["a code in capitals", { code: "Door" }, "code"],
    ["a code with a space", { code: "the door" }, "code"],
    ["a code that starts with a digit", { code: "1door" }, "code"],
    ["a code that ends with a hyphen", { code: "door-" }, "code"],
    ["an empty code", { code: "" }, "code"],
    ["the code of who holds no role", { code: "guest" }, "code"],
    ["a name that turns what stands after it", { name: "Door \u202eroom" }, "name"],
    ["a description that does", { description: "Opens \u2066it" }, "description"],
    ["a code of 51 characters", { code: "d".repeat(51) }, "code"],
    ["no name", { name: " " }, "name"],
    ["a permission there is not", { permissions: ["events.view", "events.enchant"] }, "permissions.1"],
    ["a permission that is no text", { permissions: [null] }, "permissions.0"],
    ["being a system role", { system: true }, "system"],
    ["an id", { id: randomUUID() }, "id"],
  ])("is refused with %s", async ([, more, path]) => {
    const { status, body } = await post(ROLES, newRole(more), await manager());
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ path })]]);
  });
});

describe.concurrent("changing a role", () => {
  test("changes its name, description and whether it wants a second factor, and neither its code nor what it holds", async () => {
    const [by, id] = [await manager(), await role(["events.view"])];
    const before = await roleRow(id);
    const details = { name: "Host", description: "", second_factor_required: true };
    const { status, body } = await put(`${ROLES}/${id}`, details, by);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...details, code: before?.code, permissions: ["events.view"] });
    expect(await roleRow(id)).toMatchObject({ ...details, code: before?.code, system: false });
    const weaker = { ...details, second_factor_required: false };
    const back = await put(`${ROLES}/${id}`, weaker, await volunteer("permissions.manage_roles", "events.view"));
    expect(back.body).toMatchObject({ second_factor_required: false });
    const coded = await put(`${ROLES}/${id}`, { ...details, code: "other" }, by);
    expect([coded.status, coded.body.errors]).toEqual([400, [{ path: "code", message: "is not a known field" }]]);
  });

  test("cannot take its second factor away for whoever lacks what it holds", async () => {
    const by = await volunteer("permissions.manage_roles", "events.view");
    const id = await role(["events.view", "events.edit", "users.view"]);
    await sql("update roles set second_factor_required = true where id = $1", [id]);
    const asked = { name: "Greeter", description: "Welcomes people", second_factor_required: false };
    const answer = await put(`${ROLES}/${id}`, asked, by);
    expect(outcome(answer)).toEqual([403, "beyond_own_permissions"]);
    expect(answer.body.detail).toMatch(/You lack: events\.edit, users\.view\.$/);
    expect(await roleRow(id)).toMatchObject({ second_factor_required: true });
  });

  test("can neither shut its holders out nor call it something else for whoever lacks what it holds", async () => {
    const [by, id] = [await volunteer("permissions.manage_roles"), await role(["events.view"])];
    const before = await roleRow(id);
    const details = { name: "Greeter", description: "Welcomes people", second_factor_required: false };
    for (const change of [
      { second_factor_required: true },
      { name: "Treasurer" },
      { description: "Signs cheques" },
      {},
    ]) {
      const answer = await put(`${ROLES}/${id}`, { ...details, ...change }, by);
      expect(outcome(answer)).toEqual([403, "beyond_own_permissions"]);
    }
    expect(await roleRow(id)).toEqual(before);
  });

  test("is audited, with who did it in which request", async () => {
    const [by, id] = [await manager(), await role()];
    const { request_id } = await put(
      `${ROLES}/${id}`,
      { name: "Host", description: "Welcomes people", second_factor_required: false },
      by,
    );
    expect(
      await sql("select actor_id, action, subject_type, subject_id, changes from audit_log where request_id = $1", [
        request_id,
      ]),
    ).toEqual([
      {
        actor_id: by.id,
        action: "update",
        subject_type: "roles",
        subject_id: id,
        changes: { name: ["Greeter", "Host"] },
      },
    ]);
  });
});

describe.concurrent("changing what a role holds", () => {
  const change = (id: string, permissions: readonly string[], by: Person) =>
    put(`${ROLES}/${id}/permissions`, { permissions }, by);

  test("replaces it, also by nothing", async () => {
    const [by, id] = [await manager(), await role(["events.view"])];
    const { status, body } = await change(id, ["events.edit", "events.edit"], by);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, permissions: ["events.edit"] });
    expect(await permissionsOf(id)).toEqual(["events.edit"]);
    expect((await change(id, [], by)).body).toMatchObject({ permissions: [] });
    expect(await permissionsOf(id)).toEqual([]);
  });

  test("writes each that came or went into the audit log, and none that stayed", async () => {
    const [by, id] = [await manager(), await role(["events.view"])];
    await change(id, ["events.view"], by);
    const { request_id } = await change(id, ["events.edit"], by);
    const entries = await sql<{ code: string; action: string; subject_id: string; actor_id: string }>(
      `select p.code, l.action, l.subject_id, l.actor_id from audit_log l
       join permissions p on p.id::text = coalesce(l.changes -> 'permission_id' ->> 1, l.changes -> 'permission_id' ->> 0)
       where l.request_id = $1 and l.subject_type = 'role_permissions' order by p.code`,
      [request_id],
    );
    expect(entries).toEqual([
      { code: "events.edit", action: "insert", subject_id: id, actor_id: by.id },
      { code: "events.view", action: "delete", subject_id: id, actor_id: by.id },
    ]);
    expect(await sql("select from audit_log where subject_id = $1 and actor_id = $2", [id, by.id])).toHaveLength(2);
  });

  test("neither adds nor takes what the actor lacks, and leaves be what they lack and do not touch", async () => {
    const [by, id] = [await manager(), await role(["users.delete"])];
    for (const wanted of [["users.delete", "users.export"], [], ["events.view"]]) {
      const { status, body } = await change(id, wanted, by);
      expect([status, body.code]).toEqual([403, "beyond_own_permissions"]);
      expect(body.detail).toMatch(
        wanted.includes("users.delete") ? /lack: users\.export\.$/ : /lack: users\.delete\.$/,
      );
      expect(await permissionsOf(id)).toEqual(["users.delete"]);
    }
    expect((await change(id, ["users.delete", "events.view"], by)).status).toBe(200);
    expect(await permissionsOf(id)).toEqual(["events.view", "users.delete"]);
  });

  test("counts for its holders from their very next request", async () => {
    const [by, holder, id] = [await volunteer("permissions.manage_roles", "users.view"), await person(), await role()];
    await give(holder.id, id);
    const look = async () => (await get("/api/admin/users?limit=1", holder)).status;
    expect(await look()).toBe(403);
    await change(id, ["users.view"], by);
    expect(await look()).toBe(200);
    await change(id, [], by);
    expect(await look()).toBe(403);
  });

  test("by two at once leaves the one set or the other", async () => {
    const [by, id] = [await manager(), await role()];
    for (let round = 0; round < 10; round++) {
      const sets: Permission[][] = [["events.view"], ["events.edit"]];
      const answers = await Promise.all(sets.map((wanted) => change(id, wanted, by)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(sets).toContainEqual(await permissionsOf(id));
    }
  });
});

describe.concurrent("deleting a role", () => {
  test("takes it and what it held away", async () => {
    const [by, id] = [await manager(), await role(["events.edit"])];
    const { status, body } = await remove(id, by);
    expect([status, body]).toEqual([200, { message: "The role is deleted." }]);
    expect(await roleRow(id)).toBeUndefined();
    expect(await permissionsOf(id)).toEqual([]);
    expect((await remove(id, by)).body.code).toBe("role_not_found");
  });

  test("is refused to whoever lacks what it holds", async () => {
    const [by, id] = [await manager(), await role(["events.view", "users.delete"])];
    const { status, body } = await remove(id, by);
    expect([status, body.code]).toEqual([403, "beyond_own_permissions"]);
    expect(body.detail).toMatch(/You lack: users\.delete\.$/);
    expect(await permissionsOf(id)).toEqual(["events.view", "users.delete"]);
  });

  test("is refused while people hold it, saying how many", async () => {
    const [by, id] = [await manager(), await role()];
    const sentences = { 1: /^1 person holds this role/, 2: /^2 people hold this role/ };
    for (const sentence of Object.values(sentences)) {
      await give((await person("inactive")).id, id);
      const { status, body } = await remove(id, by);
      expect([status, body.code]).toEqual([409, "role_in_use"]);
      expect(body.detail).toMatch(sentence);
    }
    expect(await roleRow(id)).toBeDefined();
  });

  test("while somebody is given it ends in one or the other, never in a failure", async () => {
    const by = await volunteer("permissions.delete_roles", "permissions.assign");
    for (let round = 0; round < 15; round++) {
      const [someone, id] = [await person("inactive"), await role()];
      const [deleted, given] = await Promise.all([
        remove(id, by),
        put(`/api/admin/users/${someone.id}/roles`, { role_ids: [id] }, by),
      ]);
      expect([
        [200, 404],
        [409, 200],
      ]).toContainEqual([deleted.status, given.status]);
      expect((await roleRow(id)) !== undefined).toBe(given.status === 200);
    }
  });
});

describe.concurrent("a role that came with the platform", () => {
  const all = () => volunteer(...ALL_PERMISSIONS);

  test.for(SYSTEM_ROLES)("$code can be neither deleted nor given or deprived of permissions", async ({ code }) => {
    const [by, id] = [await all(), await systemRole(code)];
    const held = await permissionsOf(id);
    for (const answer of [
      await remove(id, by),
      await put(`${ROLES}/${id}/permissions`, { permissions: ["events.view"] }, by),
      await put(`${ROLES}/${id}/permissions`, { permissions: [] }, by),
      await put(`${ROLES}/${id}/permissions`, { permissions: ALL_PERMISSIONS }, by),
    ])
      expect(outcome(answer)).toEqual([409, "system_role"]);
    expect(await permissionsOf(id)).toEqual(held);
  });

  test.for(SYSTEM_ROLES)("$code keeps its name, description and second factor", async (given) => {
    const [by, id] = [await all(), await systemRole(given.code)];
    const before = await roleRow(id);
    const { name, description, second_factor_required } = given;
    for (const change of [
      { name: "Other" },
      { description: "Other" },
      { name: "Other", second_factor_required: true },
    ]) {
      const answer = await put(`${ROLES}/${id}`, { name, description, second_factor_required, ...change }, by);
      expect(outcome(answer)).toEqual([409, "system_role"]);
    }
    const demanding = await put(`${ROLES}/${id}`, { name, description, second_factor_required: true }, by);
    expect(demanding.status).toBe(before?.code === "member" ? 409 : 200);
    if (demanding.status === 409)
      expect(demanding.body.detail).toBe("This role comes with the platform and cannot change.");
    await sql("update roles set second_factor_required = $2 where id = $1", [id, second_factor_required]);
    const weaker = await put(`${ROLES}/${id}`, { name, description, second_factor_required: false }, by);
    expect(weaker.status).toBe(second_factor_required ? 409 : 200);
    const same = await put(`${ROLES}/${id}`, { name, description, second_factor_required }, by);
    expect(same.status).toBe(200);
    expect(await roleRow(id)).toMatchObject({ name, description, second_factor_required, code: before?.code });
  });

  test("is not made to want a second factor by whoever lacks what it holds", async () => {
    const [by, id] = [await manager(), await systemRole("admin")];
    const { name, description } = SYSTEM_ROLES.find(({ code }) => code === "admin") ?? {};
    const answer = await put(`${ROLES}/${id}`, { name, description, second_factor_required: true }, by);
    expect(outcome(answer)).toEqual([403, "beyond_own_permissions"]);
    const other = await put(`${ROLES}/${id}`, { name: "Other", description, second_factor_required: true }, by);
    expect(other.body.detail).toBe(
      "This role comes with the platform. You can make it require a second factor, but you cannot change anything else.",
    );
  });

  test("can be made to want a second factor, once and for all", async ({ onTestFinished }) => {
    const [by, id] = [await all(), await role()];
    const details = { name: "Greeter", description: "Welcomes people" };
    await sql("update roles set system = true where id = $1", [id]);
    onTestFinished(() => void sql("update roles set system = false where id = $1", [id]));
    expect((await put(`${ROLES}/${id}`, { ...details, second_factor_required: true }, by)).body).toMatchObject({
      system: true,
      second_factor_required: true,
    });
    const back = await put(`${ROLES}/${id}`, { ...details, second_factor_required: false }, by);
    expect(outcome(back)).toEqual([409, "system_role"]);
    expect(await roleRow(id)).toMatchObject({ second_factor_required: true });
  });
});

test("whoever proved who they are more than 15 minutes ago is asked to again, and nothing changes", async () => {
  const by = await volunteer(...ALL_PERMISSIONS);
  const [id, someone] = [await role(["events.view"]), await person("inactive")];
  await sql("update sessions set authenticated_at = now() - interval '16 minutes' where user_id = $1", [by.id]);
  const asked = newRole();
  for (const answer of [
    await post(ROLES, asked, by),
    await put(`${ROLES}/${id}`, { name: "Host", description: "", second_factor_required: true }, by),
    await put(`${ROLES}/${id}/permissions`, { permissions: [] }, by),
    await remove(id, by),
    await put(`/api/admin/users/${someone.id}/roles`, { role_ids: [id] }, by),
  ])
    expect(outcome(answer)).toEqual([403, "reauthentication_required"]);
  expect(await sql("select from roles where code = $1", [asked.code])).toEqual([]);
  expect(await roleRow(id)).toMatchObject({ name: "Greeter" });
  expect(await permissionsOf(id)).toEqual(["events.view"]);
  expect(await sql("select from user_role_assignments where user_id = $1", [someone.id])).toEqual([]);
  expect((await get(`${ROLES}/${id}`, by)).status).toBe(200);
});
