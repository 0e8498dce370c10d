import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Permission } from "../../src/access/permissions.ts";
import { type Answer, post, put } from "../harness/client.ts";
import { type Person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { role, rolesOf, systemRole } from "../harness/roles.ts";

const PERMISSIONS = [
  "events.view",
  "events.edit",
  "users.view",
  "permissions.assign",
  "permissions.manage_roles",
] as const satisfies Permission[];

const codes = fc.uniqueArray(fc.constantFrom(...PERMISSIONS));
const which = fc.nat(20);
const request = fc.oneof(
  fc.record({ kind: fc.constant("assign" as const), by: which, to: which, roles: fc.array(which, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant("change" as const), by: which, role: which, codes }),
  fc.record({ kind: fc.constant("create" as const), by: which, codes }),
);
type Request = typeof request extends fc.Arbitrary<infer Asked> ? Asked : never;

/** Who and what there is, and as the database has it: what each role holds, who holds which, and what they may do so. */
interface World {
  people: Person[];
  superadmin: string;
  system: string[];
  holds: Map<string, string[]>;
  held: Map<string, string[]>;
}

async function look(people: Person[], roles: string[]): Promise<World> {
  const [finance, superadmin] = [await systemRole("finance"), await systemRole("superadmin")];
  const system = [finance, superadmin];
  const lists = async (text: string, ids: string[]) =>
    new Map((await sql<{ id: string; list: string[] }>(text, [ids])).map(({ id, list }) => [id, list]));
  return {
    people,
    superadmin,
    system,
    holds: await lists(
      `select w.id, array(select p.code from role_permissions rp join permissions p on p.id = rp.permission_id
         where rp.role_id = w.id order by p.code) as list
       from unnest($1::uuid[]) with ordinality as w (id, at) order by w.at`,
      [...roles, ...system],
    ),
    held: await lists(
      `select w.id, array(select r.id::text from user_role_assignments a join roles r on r.id = a.role_id
         where a.user_id = w.id and r.code <> 'member' order by r.id) as list
       from unnest($1::uuid[]) with ordinality as w (id, at) order by w.at`,
      people.map(({ id }) => id),
    ),
  };
}

const mayDo = ({ holds, held }: World, { id }: Person): string[] =>
  (held.get(id) ?? []).flatMap((role_id) => holds.get(role_id) ?? []);

const pick = <T>(from: readonly T[], index: number): T => {
  const found = from[index % from.length];
  if (found === undefined) throw new Error("There is nothing to pick from");
  return found;
};

const difference = (some: readonly string[], others: readonly string[]): string[] => [
  ...some.filter((each) => !others.includes(each)),
  ...others.filter((each) => !some.includes(each)),
];

/** Sends a request, and says what the rules make of it: the code of its refusal, or undefined. */
async function send(asked: Request, world: World): Promise<{ answer: Answer; refusal: string | undefined }> {
  const { people, holds, held, system, superadmin } = world;
  const by = pick(people, asked.by);
  const own = mayDo(world, by);
  const beyond = (moved: string[]) =>
    moved.every((code) => own.includes(code)) ? undefined : "beyond_own_permissions";
  const having = (permission: Permission, refusal: string | undefined) =>
    own.includes(permission) ? refusal : "permission_missing";
  const roles = [...holds.keys()];

  switch (asked.kind) {
    case "create": {
      const body = { code: `made-${randomUUID()}`, name: "Made", description: "", permissions: asked.codes };
      const answer = await post("/api/admin/roles", body, by);
      return { answer, refusal: having("permissions.manage_roles", beyond(asked.codes)) };
    }
    case "change": {
      const id = pick(roles, asked.role);
      const answer = await put(`/api/admin/roles/${id}/permissions`, { permissions: asked.codes }, by);
      const moved = difference(holds.get(id) ?? [], asked.codes);
      return {
        answer,
        refusal: having("permissions.manage_roles", system.includes(id) ? "system_role" : beyond(moved)),
      };
    }
    case "assign": {
      const to = pick(people, asked.to);
      const role_ids = asked.roles.map((index) => pick(roles, index));
      const answer = await put(`/api/admin/users/${to.id}/roles`, { role_ids }, by);
      const changed = difference(held.get(to.id) ?? [], role_ids);
      const moved = changed.flatMap((id) => holds.get(id) ?? []);
      return {
        answer,
        refusal: having("permissions.assign", changed.includes(superadmin) ? "superadmins_only" : beyond(moved)),
      };
    }
  }
}

test("no sequence of requests gives or takes what whoever asked does not hold", { timeout: 60_000 }, async () => {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(codes, { minLength: 3, maxLength: 3 }),
      fc.array(codes, { minLength: 2, maxLength: 2 }),
      fc.array(request, { minLength: 5, maxLength: 12 }),
      async (actors, kinds, requests) => {
        const people = await Promise.all(actors.map((permissions) => volunteer(...permissions)));
        const roles = (await Promise.all(people.map(({ id }) => rolesOf(id)))).flat();
        roles.push(...(await Promise.all(kinds.map((permissions) => role(permissions)))));
        const first = await look(people, roles);
        const everybodys = people.flatMap((each) => mayDo(first, each));

        let before = first;
        for (const asked of requests) {
          const own = mayDo(before, pick(people, asked.by));
          const { answer, refusal } = await send(asked, before);
          expect(answer.status < 300 ? undefined : answer.body.code).toBe(refusal);
          if (answer.status === 201 && typeof answer.body.id === "string") roles.push(answer.body.id);
          const outcome = `${asked.kind}: ${refusal ?? "done"}`;
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

          const now = await look(people, roles);
          const moved = [
            ...people.flatMap((each) => difference(mayDo(before, each), mayDo(now, each))),
            ...[...now.holds].flatMap(([id, holds]) => difference(before.holds.get(id) ?? [], holds)),
          ];
          expect(refusal === undefined ? moved.filter((code) => !own.includes(code)) : moved).toEqual([]);
          expect(people.flatMap((each) => mayDo(now, each)).filter((code) => !everybodys.includes(code))).toEqual([]);
          before = now;
        }
      },
    ),
    { numRuns: 15 },
  );
  for (const kind of ["assign", "change", "create"]) expect(outcomes.get(`${kind}: done`)).toBeGreaterThan(0);
});
