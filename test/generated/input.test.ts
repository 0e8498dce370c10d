import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { type Route, success } from "../../src/http/route.ts";
import { routes } from "../../src/routes.ts";
import { type Answer, type Call, call, get, outcome } from "../harness/client.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { type Example, exampleOf, nameOf } from "./examples.ts";

const named = (list: Route[]) => list.map((route) => [nameOf(route), route] as const);
const withBody = routes.filter(({ request }) => request?.body);
const ABSENT = "00000000-0000-4000-8000-000000000000";

/** Sets up the route's example once, to send it with changes. */
async function variations(route: Route) {
  const { path, headers, ...example } = await exampleOf(route);
  const send = (change: Call & { path?: string }): Promise<Answer> =>
    call(route.method.toUpperCase(), change.path ?? path, {
      ...example,
      ...change,
      headers: { ...headers, ...change.headers },
    });
  return { send, body: (example.body ?? {}) as Record<string, unknown>, example: { ...example, path } };
}

describe.concurrent("a body that is no JSON is refused", () => {
  test.each(named(withBody))("%s", async (_, route) => {
    const { send } = await variations(route);
    const malformed = await send({ body: '{"half": ' });
    expect(outcome(malformed)).toEqual([400, "malformed_body"]);
    const typed = await send({ headers: { "Content-Type": "text/plain" } });
    expect(outcome(typed)).toEqual([415, "unsupported_media_type"]);
    const huge = await send({ body: { filler: "x".repeat(1_000_000) } });
    expect(outcome(huge)).toEqual([413, "body_too_large"]);
  });
});

/** Messages must read like English, not like a library's output. */
const IN_WORDS = /^(is|are|must|needs|names) /;
const Problems = z.array(z.object({ path: z.string(), message: z.string().regex(IN_WORDS) })).min(1);

describe.concurrent("a body of another shape is refused, naming each field and what is wrong with it", () => {
  test.each(named(withBody))("%s", async (_, route) => {
    const { send, body } = await variations(route);
    // If no field is required, an empty body is valid.
    const empty = route.request?.body?.safeParse({}).success ? [] : [{}];
    for (const other of [...empty, [], "text", null]) {
      const answer = await send({ body: JSON.stringify(other) });
      expect(outcome(answer)).toEqual([400, "invalid_input"]);
      Problems.parse(answer.body.errors);
    }
    for (const field of Object.keys(body)) {
      const answer = await send({ body: { ...body, [field]: { not: "this" } } });
      expect([answer.status, answer.body.errors]).toEqual([
        400,
        [{ path: field, message: expect.stringMatching(IN_WORDS) }],
      ]);
    }
  });
});

/** A body once for each text in it, at any depth, with another text in its place. */
function withEachText(value: unknown, text: string): unknown[] {
  if (typeof value === "string") return [text];
  if (Array.isArray(value))
    return value.flatMap((item, place) => withEachText(item, text).map((other) => value.with(place, other)));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    withEachText(item, text).map((other) => ({ ...value, [name]: other })),
  );
}

describe.concurrent("text that cannot be stored is refused, never a failure of ours", () => {
  test.each(named(withBody))("%s", async (_, route) => {
    const { send, body } = await variations(route);
    for (const odd of ["\u0000", "\ud800", "x\udfffx"])
      for (const changed of withEachText(body, odd))
        expect((await send({ body: changed })).status, JSON.stringify(changed)).toBeLessThan(500);
  });
  test("in a search too", async () => {
    const { token } = await volunteer("users.view");
    for (const odd of ["%00", "%ED%A0%80", "%FF"])
      expect((await get(`/api/admin/users?search=${odd}`, { token })).status).toBeLessThan(500);
  });
});

/** Bodies of the old API, which ignores unknown fields: DESIGN §9. */
const OLD = new Set([
  "post /api/auth/register",
  "post /api/auth/login",
  "put /api/members/profile",
  "post /api/events/{id}/rsvp",
  "post /api/admin/events",
  "put /api/admin/events/{id}",
  "put /api/admin/events/{id}/attendance",
  "post /api/admin/users/{id}/reject",
  "post /api/checkout/subscription",
  "post /api/donations/checkout",
  "post /api/admin/subscriptions/{id}/cancel",
]);

/** Fields someone might send to gain rights, or to change another person. */
const overreach = (victim: Person) => ({
  role: "superadmin",
  roles: ["superadmin"],
  permissions: ["permissions.assign"],
  status: "active",
  email_verified: true,
  stripe_customer_id: `cus_${crypto.randomUUID()}`,
  password_hash: `$argon2id$v=19$m=19456,t=2,p=1$${crypto.randomUUID()}`,
  user_id: victim.id,
  id: victim.id,
});

/** Everyone involved in a call: the sender, and those named in the path or body. */
async function peopleIn({ path, token, body }: Example & { path: string }): Promise<string[]> {
  const { user_id } = token ? decodeJwt<{ user_id: string }>(token) : {};
  const named = /^\/api\/admin\/users\/([0-9a-f-]{36})/.exec(path)?.[1];
  const { email = null } = z.looseObject({ email: z.string().optional() }).parse(body ?? {});
  const owners = await sql<{ id: string }>("select id from users where email = $1", [email]);
  return [...(user_id ? [user_id] : []), ...(named ? [named] : []), ...owners.map(({ id }) => id)];
}

/** People and their roles in the database. */
const rowsOf = (ids: string[]) =>
  sql<{ row: Record<string, unknown>; roles: string[] }>(
    `select to_jsonb(u) as row,
       array(select r.code from user_role_assignments a join roles r on r.id = a.role_id where a.user_id = u.id order by 1) as roles
     from users u where id = any($1) order by u.created_at, id`,
    [ids],
  );

/** The fields that someone might try to set, as far as two people can be compared. */
async function standingOf(ids: string[]) {
  return (await rowsOf(ids)).map(({ row, roles }) => ({
    roles: roles.map((code) => code.replace(/^test-.*/, "test")),
    role: row.role,
    status: row.status,
    email_verified: row.email_verified,
    is_customer: row.stripe_customer_id !== null,
    has_password: row.password_hash !== null,
  }));
}

describe.concurrent("nobody becomes more than they are by sending it: unknown fields are refused by name", () => {
  const strict = withBody.filter((route) => !OLD.has(nameOf(route)));
  test.each(named(strict))("%s", async (_, route) => {
    const victim = await person("pending_validation");
    const { send, body, example } = await variations(route);
    // If the route accepts one of these fields, its own test covers it.
    const fields = Object.entries(overreach(victim)).filter(([field]) => !(field in body));
    const people = [victim.id, ...(await peopleIn(example))];
    const before = await rowsOf(people);
    const answer = await send({ body: { ...body, ...Object.fromEntries(fields) } });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toHaveLength(fields.length);
    expect(answer.body.errors).toEqual(
      expect.arrayContaining(fields.map(([path]) => ({ path, message: "is not a known field" }))),
    );
    expect(await rowsOf(people)).toEqual(before);
  });
});

describe.concurrent("nobody becomes more than they are by sending it: the bodies of the old API ignore it", () => {
  const old = withBody.filter((route) => OLD.has(nameOf(route)));
  test("there are such bodies", () => expect(old).toHaveLength(OLD.size));

  test.each(named(old))("%s", async (_, route) => {
    const [plain, greedy, victim] = await Promise.all([variations(route), variations(route), person("rejected")]);
    const more = overreach(victim);
    const untouched = await rowsOf([victim.id]);
    await plain.send({});
    const answer = await greedy.send({ body: { ...greedy.body, ...more } });
    expect(answer.status).toBe(success(route).status);
    // The call changed only what it always changes.
    expect(await standingOf(await peopleIn(greedy.example))).toEqual(await standingOf(await peopleIn(plain.example)));
    expect(await rowsOf([victim.id])).toEqual(untouched);
    expect(
      await sql("select id from users where stripe_customer_id = $1 or password_hash = $2", [
        more.stripe_customer_id,
        more.password_hash,
      ]),
    ).toEqual([]);
  });
});

/** For each signed-in route that names something by id: whether that thing belongs to one person. */
const PERSONAL: Record<string, boolean> = {
  "delete /api/auth/sessions/{id}": true,
  "post /api/members/vouchings/{id}": true,
  "post /api/events/{id}/rsvp": false, // an event is there for everybody
  "delete /api/events/{id}/rsvp": false,
  "get /api/events/{id}/ticket": true,
  "get /api/events/{id}/people": false,
  "post /api/events/{id}/gallery": false,
  "post /api/gallery/{id}/takedown": false, // everybody may ask for it
  "delete /api/gallery/{id}/takedown": false, // who asked is all that counts: a test of its own says so
  "get /api/newsletters/{id}": false, // the archive is there for every member
  "get /api/financials/{id}": false, // published for every member
  "get /api/bylaws/{id}": false,
  "get /api/directory/{id}": false, // whom it names wants to be found by every member
};

describe("what is somebody's own is not there for anybody else", () => {
  const byOwnId = routes.filter(({ path, access }) => access.kind === "signed_in" && path.includes("{id}"));

  test("every route says whether what it names is somebody's own", () => {
    expect(Object.keys(PERSONAL).sort()).toEqual(byOwnId.map(nameOf).sort());
  });

  test.each(named(byOwnId.filter((route) => PERSONAL[nameOf(route)])))("%s", async (_, route) => {
    const { send } = await variations(route);
    const strangers = [await person(), await person("active", { permissions: ALL_PERMISSIONS })];
    for (const { token } of strangers) expect((await send({ token })).status).toBe(404);
    // The owner can still see it.
    expect((await send({})).status).toBe(success(route).status);
  });
});

describe.concurrent("what is not there is 404", () => {
  const byId = routes.filter(({ path }) => path.includes("{id}"));
  test.each(named(byId))("%s", async (_, route) => {
    const { send } = await variations(route);
    for (const id of [ABSENT, "no-id", "1", "%00"]) {
      const answer = await send({ path: route.path.replace("{id}", id) });
      expect(answer.status).toBe(404);
    }
  });
});

describe.concurrent("another method is 405 and says which there are", () => {
  const paths = [...new Set(routes.map(({ path }) => path))];
  test.each(paths)("%s", async (path) => {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
    const answer = await call("PATCH", path.replace("{id}", ABSENT));
    expect(outcome(answer)).toEqual([405, "method_not_allowed"]);
    expect(
      answer.headers
        .get("Allow")
        ?.split(", ")
        .filter((method) => method !== "HEAD")
        .sort(),
    ).toEqual(methods.sort());
  });
});
