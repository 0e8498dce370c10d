import { afterAll, expect, test } from "vitest";
import { issueAccessToken } from "../../../src/access/access-token.ts";
import { ALL_PERMISSIONS } from "../../../src/access/permissions.ts";
import { routes } from "../../../src/routes.ts";
import { nameOf } from "../../generated/examples.ts";
import { login, PASSWORD, personWithPassword } from "../../harness/accounts.ts";
import { call, get, outcome, post } from "../../harness/client.ts";
import { giveRole, type Person } from "../../harness/people.ts";
import { settings, sql, startWorker } from "../../harness/platform.ts";
import { codeOf, firstStep, fromBase32, secondStep } from "../../harness/second-factor.ts";

const { url, stop } = await startWorker({ SECOND_FACTOR: "required" });
afterAll(() => stop());

/** Someone with every permission, by a role that insists on a second factor. */
async function treasurer(): Promise<Person> {
  const someone = await personWithPassword();
  const role_id = await giveRole(someone.id, ALL_PERMISSIONS);
  await sql("update roles set second_factor_required = true where id = $1", [role_id]);
  return someone;
}

async function enrol(token: string): Promise<{ secret: Uint8Array }> {
  const { body } = await post<{ secret: string }>("/api/auth/mfa/totp", undefined, { token, url });
  const secret = fromBase32(body.secret);
  const confirmed = await post("/api/auth/mfa/totp/confirm", { code: codeOf(secret) }, { token, url });
  expect(confirmed.status).toBe(200);
  return { secret };
}

test("the first sign-in may set up the second factor, and nothing else works before", async () => {
  const someone = await treasurer();
  const { body } = await login(someone.email, PASSWORD, { url });
  expect(body.user).toMatchObject({ mfa_required: true, mfa_enabled: false });
  const token = body.access_token;

  const enrolling = routes.filter(({ access }) => access.kind !== "open" && access.enrolling);
  expect(enrolling.map(nameOf).sort()).toEqual([
    "get /api/auth/me",
    "get /api/auth/mfa",
    // Open to strangers too. Whoever signs in sees what a member sees, and acts as no volunteer.
    "get /api/events",
    "get /api/events/{id}",
    "get /api/events/{id}/gallery",
    "post /api/auth/logout",
    "post /api/auth/mfa/totp",
    "post /api/auth/mfa/totp/confirm",
    "post /api/auth/reauthenticate",
    // Strangers may do the same.
    "post /api/donations/checkout",
  ]);
  for (const path of ["/api/admin/users", "/api/members/subscription", "/api/auth/sessions"])
    expect(outcome(await get(path, { token, url }))).toEqual([403, "second_factor_required"]);

  expect((await get("/api/auth/mfa", { token, url })).body).toMatchObject({ enabled: false, required: true });
  expect((await post("/api/auth/reauthenticate", { password: PASSWORD }, { token, url })).status).toBe(200);
  await enrol(token);
  expect((await get("/api/auth/mfa", { token, url })).body).toMatchObject({ enabled: true, required: true });
  expect((await get("/api/admin/users", { token, url })).status).toBe(200);
  expect((await get("/api/auth/me", { token, url })).body).toMatchObject({ mfa_required: true, mfa_enabled: true });
});

test("from then on signing in wants a code, and a session from before is dead", async () => {
  const someone = await treasurer();
  const { body } = await login(someone.email, PASSWORD, { url });
  const { secret } = await enrol(body.access_token);
  expect(outcome(await get("/api/auth/me", { token: someone.token, url }))).toEqual([401, "session_ended"]);
  const second = await secondStep(await firstStep(someone, { url }), { code: codeOf(secret, 1) }, { url });
  expect(second.status).toBe(200);
  expect((await get("/api/admin/users", { token: second.body.access_token, url })).status).toBe(200);
});

test("a session without the second factor is dead, though nobody ended it", async () => {
  const someone = await treasurer();
  await enrol(someone.token);
  const late = await personWithPassword();
  await sql("update sessions set user_id = $1 where user_id = $2", [someone.id, late.id]);
  const [row] = await sql<{ count: number }>(
    "select count(*)::int from sessions where user_id = $1 and revoked_at is null and second_factor_at is null",
    [someone.id],
  );
  expect(row?.count).toBe(1);
  const token = await issueAccessToken(settings, new Date(), {
    user_id: someone.id,
    session_id: late.session_id,
    email: someone.email,
    role: "guest",
  });
  expect(outcome(await get("/api/auth/me", { token, url }))).toEqual([401, "session_ended"]);
});

test("whoever holds such a role keeps the second factor; without the role it may go", async () => {
  const someone = await treasurer();
  await enrol(someone.token);
  const remove = () => call<{ code?: string }>("DELETE", "/api/auth/mfa/totp", { token: someone.token, url });
  expect(outcome(await remove())).toEqual([409, "second_factor_required_by_role"]);
  await sql(
    "delete from user_role_assignments a using roles r where r.id = a.role_id and a.user_id = $1 and r.second_factor_required",
    [someone.id],
  );
  expect((await remove()).status).toBe(200);
});

test("nobody else is asked for one", async () => {
  const someone = await personWithPassword();
  await giveRole(someone.id, ["users.view"]);
  const { body } = await login(someone.email, PASSWORD, { url });
  expect(body.user).toMatchObject({ mfa_required: false });
  expect((await get("/api/admin/users", { token: body.access_token, url })).status).toBe(200);
});

test("where the settings do not insist, nor do roles", async () => {
  const someone = await treasurer();
  const { body } = await login(someone.email);
  expect(body.user).toMatchObject({ mfa_required: false });
  expect((await get("/api/admin/users", { token: body.access_token })).status).toBe(200);
});
