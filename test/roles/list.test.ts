import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { ALL_PERMISSIONS, PERMISSIONS } from "../../src/access/permissions.ts";
import { SYSTEM_ROLES } from "../../src/access/roles.ts";
import { get } from "../harness/client.ts";
import { everythingIn, type Page, pagesOf } from "../harness/pages.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { give, role, systemRole } from "../harness/roles.ts";

interface Role {
  id: string;
  code: string;
  system: boolean;
  permissions: string[];
  holders: number;
}

let viewer: Person;
beforeAll(async () => {
  viewer = await volunteer("permissions.view");
});

describe.concurrent("the permissions", () => {
  test("are all 59, by code, on one page or on many", async () => {
    const { status, body } = await get<Page<{ code: string }>>("/api/admin/permissions?limit=100", viewer);
    expect(status).toBe(200);
    const rows = await sql<{ id: string; code: string }>("select id, code from permissions");
    const ids = new Map(rows.map(({ id, code }) => [code, id]));
    expect(body).toEqual({
      items: [...ALL_PERMISSIONS]
        .sort()
        .map((code) => ({ id: ids.get(code), code, module: code.split(".")[0], description: PERMISSIONS[code] })),
      next_cursor: null,
      total: 59,
    });
    const pages = await pagesOf("/api/admin/permissions", 20, viewer);
    expect(pages.map(({ items }) => items.length)).toEqual([20, 20, 19]);
    expect(pages.flatMap(({ items }) => items)).toEqual(body.items);
  });

  test("refuse more than 100 at once", async () => {
    expect((await get("/api/admin/permissions?limit=101", viewer)).status).toBe(400);
  });
});

describe.concurrent("the roles", () => {
  test("are listed by code, each once, with how many there are", async () => {
    const made = await Promise.all(Array.from({ length: 30 }, () => role()));
    const pages = await pagesOf<Role>("/api/admin/roles", 20, viewer);
    const roles = pages.flatMap(({ items }) => items);
    const codes = roles.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(roles.map(({ id }) => id)).toEqual(expect.arrayContaining(made));
    const inOrder = await sql<{ code: string }>("select code from roles where code = any($1) order by code", [codes]);
    // Other tests delete roles meanwhile.
    const left = new Set(inOrder.map(({ code }) => code));
    expect(codes.filter((code) => left.has(code))).toEqual([...left]);
    expect(pages[0]?.total).toBeGreaterThanOrEqual(SYSTEM_ROLES.length + made.length);
  });

  test("that came with the platform are among them, with what they hold", async () => {
    const roles = await everythingIn<Role>("/api/admin/roles", 100, viewer);
    for (const { code, permissions } of SYSTEM_ROLES)
      expect(roles.find((each) => each.code === code)).toMatchObject({
        system: true,
        permissions: [...permissions].sort(),
      });
  });

  test("are found by a part of their code, name or description, whose signs are only signs", async () => {
    const id = await role();
    const word = randomUUID();
    const found = async (search: string) =>
      (await get<Page<Role>>(`/api/admin/roles?search=${encodeURIComponent(search)}`, viewer)).body;
    for (const column of ["code", "name", "description"]) {
      await sql(`update roles set ${column} = $2 where id = $1`, [id, `${column}-${word} 100%`]);
      expect(await found(`${column.toUpperCase()}-${word}`)).toMatchObject({
        items: [{ id }],
        next_cursor: null,
        total: 1,
      });
      expect((await found(`${column}_${word}`)).total).toBe(0);
    }
    expect((await found(`${word} 100%`)).total).toBe(1);
    expect((await found(`${word}%`)).total).toBe(0);
  });

  test("say what each holds and how many people hold it", async () => {
    const id = await role(["events.view", "events.attendance"]);
    const see = async () => (await get<Role>(`/api/admin/roles/${id}`, viewer)).body;
    expect(await see()).toMatchObject({
      id,
      name: "Greeter",
      description: "Welcomes people",
      system: false,
      second_factor_required: false,
      permissions: ["events.attendance", "events.view"],
      holders: 0,
    });
    for (const status of ["active", "inactive"] as const) await give((await person(status)).id, id);
    expect(await see()).toMatchObject({ holders: 2 });
  });

  test("that are not there are 404", async () => {
    const { status, body } = await get(`/api/admin/roles/${randomUUID()}`, viewer);
    expect([status, body.code]).toEqual([404, "role_not_found"]);
  });
});

describe.concurrent("somebody's roles", () => {
  const rolesOf = ({ id }: { id: string }) =>
    get<Page<Role> & { code?: string }>(`/api/admin/users/${id}/roles`, viewer);

  test("are all they hold, by code, `member` too", async () => {
    const someone = await person("active");
    await give(someone.id, await systemRole("finance"));
    await give(someone.id, await role(["events.view"]));
    const { status, body } = await rolesOf(someone);
    expect([status, body.next_cursor]).toEqual([200, null]);
    const finance = SYSTEM_ROLES.find(({ code }) => code === "finance");
    expect(body.items.map(({ code, permissions }) => [code.split("-")[0], permissions])).toEqual([
      ["finance", [...(finance?.permissions ?? [])].sort()],
      ["member", []],
      ["test", ["events.view"]],
    ]);
  });

  test("are none for an applicant, and 404 for nobody", async () => {
    expect((await rolesOf(await person("pending_validation"))).body).toEqual({ items: [], next_cursor: null });
    const { status, body } = await rolesOf({ id: randomUUID() });
    expect([status, body.code]).toEqual([404, "user_not_found"]);
  });
});
