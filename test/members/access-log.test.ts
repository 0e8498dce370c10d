import { expect, test } from "vitest";
import type { Permission } from "../../src/access/permissions.ts";
import { type Route, success } from "../../src/http/route.ts";
import { type AccessLogPage, OPENING, READINGS } from "../../src/members/access-log/schemas.ts";
import { UserDetail } from "../../src/members/admin/detail-schemas.ts";
import { User } from "../../src/members/schemas.ts";
import { routes } from "../../src/routes.ts";
import { callExample, nameOf } from "../generated/examples.ts";
import { get } from "../harness/client.ts";
import { erase, type Person, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

const log = ({ token }: Person, query = "") => get<AccessLogPage>(`/api/members/access-log${query}`, { token });

const read = (actor: Person, action: string, about: Record<string, unknown>) =>
  insert("audit_log", { actor_id: actor.id, action, subject_type: "users", ...about });

test("people see which volunteers read or exported their data, by name, and nothing of others", async () => {
  const [me, other] = [await person("active"), await person("active")];
  const desk = await person("active", { first_name: "Kim", last_name: "Desk", permissions: ["users.view"] });
  await read(desk, "users.read", { subject_id: me.id });
  await read(desk, "users.read_sensitive", { subject_id: me.id });
  await read(desk, "users.exported", { subject_ids: [other.id, me.id] });
  await read(desk, "users.read", { subject_id: other.id });
  // What was changed is not what was read, and their own reading is no news.
  await read(desk, "update", { subject_id: me.id });
  await read(me, "users.read", { subject_id: me.id });

  const { body } = await log(me);
  expect(body.items.map(({ action, read_by }) => [action, read_by])).toEqual(
    expect.arrayContaining([
      ["users.exported", "Kim Desk"],
      ["users.read_sensitive", "Kim Desk"],
      ["users.read", "Kim Desk"],
    ]),
  );
  expect(body.items).toHaveLength(3);
  const first = await log(me, "?limit=2");
  const rest = await log(me, `?limit=2&cursor=${first.body.next_cursor}`);
  expect([...first.body.items, ...rest.body.items]).toEqual(body.items);
  expect((await log(other)).body.items.map(({ action }) => action).sort()).toEqual(["users.exported", "users.read"]);

  await erase(desk);
  expect((await log(me)).body.items.map(({ read_by }) => read_by)).toEqual([null, null, null]);
});

/** The permissions of which each opens a route. */
const neededFor = ({ access }: Route): readonly Permission[] => (access.kind === "permitted" ? access.any_of : []);

async function inBatches<Of>(all: readonly Of[], size: number, work: (one: Of) => Promise<void>): Promise<void> {
  for (let start = 0; start < all.length; start += size) await Promise.all(all.slice(start, start + size).map(work));
}

const answering = routes.filter((route) => [User, UserDetail].some((schema) => success(route).schema === schema));

test.each(answering.map((route) => [nameOf(route), route] as const))(
  "they see who got their record as the answer of %s",
  async (_, route) => {
    const { body, request_id } = await callExample(route);
    const entries = await sql("select subject_id from audit_log where request_id = $1 and action = 'users.read'", [
      request_id,
    ]);
    expect(entries).toEqual([{ subject_id: (body as User).id }]);
    for (const permission of neededFor(route)) expect(OPENING).toContain(permission);
  },
);

const others = routes.filter(
  (route) => route.method === "get" && neededFor(route).length > 0 && !answering.includes(route),
);

test("they see the roles of all who can do what the log shows", async () => {
  const found = new Set<Permission>(answering.flatMap(neededFor));
  await inBatches(others, 8, async (route) => {
    const { request_id } = await callExample(route);
    const readings = await sql("select from audit_log where request_id = $1 and action = any($2)", [
      request_id,
      READINGS,
    ]);
    if (readings.length > 0) for (const permission of neededFor(route)) found.add(permission);
  });
  // An import tells whether somebody is here, and logs it where its cells show what people hide.
  expect([...new Set([...found, "users.import"])].sort()).toEqual([...OPENING].sort());
});

test("they see a statement of what they gave that a treasurer read", async () => {
  const [me, treasurer] = [await person("active"), await volunteer("donations.view")];
  await insert("donations", { user_id: me.id, donation_type: "member", amount_cents: 100 }).then(({ id }) =>
    insert("payments", { user_id: me.id, donation_id: id, donation_cents: 100, paid_at: "2026-03-01T12:00:00Z" }),
  );
  await get(`/api/admin/users/${me.id}/donations/statement/2026`, { token: treasurer.token });
  expect((await log(me)).body.items).toMatchObject([{ action: "giving_statement.read", read_by: "Robin Example" }]);
});

test("they see which roles could read it, and how many people could use each", async () => {
  const [me, desk] = [await person("active"), await volunteer("users.view_sensitive", "users.view", "events.view")];
  const [gone] = [await person("inactive")];
  const [role] = await sql<{ role_id: string; name: string }>(
    "update roles set name = 'Desk ' || id from user_role_assignments a where a.role_id = roles.id and a.user_id = $1 and roles.code <> 'member' returning roles.id as role_id, name",
    [desk.id],
  );
  await sql("insert into user_role_assignments (user_id, role_id) values ($1, $2)", [gone.id, role?.role_id]);
  const { could } = (await log(me)).body;
  expect(could).toContainEqual({ role: role?.name, permissions: ["users.view", "users.view_sensitive"], people: 1 });
  expect(could.map(({ role: name }) => name)).toEqual(expect.arrayContaining(["Superadmin", "Admin", "Finance"]));
  expect(could.map(({ role: name }) => name)).not.toContain("Member");
});
