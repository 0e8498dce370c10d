import type { Route } from "../../src/http/route.ts";
import { linkFor, PASSWORD, personWithPassword, refreshTokenOf, register, registration } from "../harness/accounts.ts";
import { type Answer, type Call, call } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { eventOf, paidCheckout, signedEvent, stripeApi } from "../harness/payments.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";
import { role } from "../harness/roles.ts";
import { codeOf, enrolled, pendingSignIn } from "../harness/second-factor.ts";

/** What a valid call of a route sends, once its example has arranged for it. */
export interface Example extends Call {
  /** The path, with parameters and query filled in; without one, the declared path. */
  path?: string;
}

/** One valid call of every declared route, by method and path. A route without one fails the generated tests. */
export const examples: Record<string, () => Promise<Example>> = {
  "get /health": async () => ({}),
  "get /health/ready": async () => ({}),
  "post /api/auth/register": async () => ({ body: registration() }),
  "post /api/auth/resend-verification": async () => ({ body: { email: (await person("pending_email")).email } }),
  "get /api/auth/verify-email": async () => ({ path: `/api/auth/verify-email?token=${(await register()).token}` }),
  "post /api/auth/verify-email": async () => ({ body: { token: (await register()).token } }),
  "post /api/auth/login": async () => ({ body: { email: (await personWithPassword()).email, password: PASSWORD } }),
  "post /api/auth/refresh": async () => ({ body: { refresh_token: await refreshTokenOf(await person()) } }),
  "post /api/auth/forgot-password": async () => ({ body: { email: (await person()).email } }),
  "get /api/auth/reset-password": async () => ({
    path: `/api/auth/reset-password?token=${await linkFor((await person()).id, "reset_password")}`,
  }),
  "post /api/auth/reset-password": async () => ({
    body: { token: await linkFor((await person()).id, "reset_password"), new_password: "another long passphrase" },
  }),
  "post /api/auth/change-password": async () => ({
    token: (await personWithPassword()).token,
    body: { current_password: PASSWORD, new_password: "another long passphrase" },
  }),
  "post /api/auth/change-email": async () => ({ token: (await person()).token, body: { new_email: anyEmail("new") } }),
  "get /api/auth/confirm-email": async () => ({
    path: `/api/auth/confirm-email?token=${await linkFor((await person()).id, "change_email", anyEmail("new"))}`,
  }),
  "post /api/auth/confirm-email": async () => ({
    body: { token: await linkFor((await person()).id, "change_email", anyEmail("new")) },
  }),
  "get /api/auth/sessions": async () => ({ path: "/api/auth/sessions?limit=5", token: (await person()).token }),
  "delete /api/auth/sessions/{id}": async () => {
    const { session_id, token } = await person();
    return { path: `/api/auth/sessions/${session_id}`, token };
  },
  "delete /api/auth/sessions": async () => ({ token: (await person()).token }),
  "get /api/auth/sign-ins": async () => ({ path: "/api/auth/sign-ins?limit=5", token: (await person()).token }),
  "post /api/auth/mfa/sign-in": async () => {
    const someone = await enrolled();
    return { body: { mfa_token: await pendingSignIn(someone), code: codeOf(someone.secret) } };
  },
  "get /api/auth/mfa": async () => ({ token: (await enrolled()).token }),
  "post /api/auth/mfa/totp": async () => ({ token: (await person()).token }),
  "post /api/auth/mfa/totp/confirm": async () => {
    const someone = await enrolled();
    await sql("update second_factors set confirmed_at = null where user_id = $1", [someone.id]);
    return { token: someone.token, body: { code: codeOf(someone.secret) } };
  },
  "delete /api/auth/mfa/totp": async () => ({ token: (await enrolled()).token }),
  "post /api/auth/mfa/recovery-codes": async () => ({ token: (await enrolled()).token }),
  "post /api/auth/reauthenticate": async () => ({
    token: (await personWithPassword()).token,
    body: { password: PASSWORD },
  }),
  "post /api/auth/logout": async () => ({ token: (await person()).token }),
  "get /api/auth/me": async () => ({ token: (await person()).token }),
  "get /api/admin/users": async () => ({
    path: "/api/admin/users?status=active&search=robin&sort=name&limit=5",
    token: (await volunteer("users.view")).token,
  }),
  "get /api/admin/users/{id}": async () => ({
    path: `/api/admin/users/${(await person()).id}`,
    token: (await volunteer("users.view")).token,
  }),
  "put /api/admin/users/{id}/approve": async () => ({
    path: `/api/admin/users/${(await person("pending_validation")).id}/approve`,
    token: (await volunteer("users.approve")).token,
  }),
  "post /api/admin/users/{id}/reject": async () => ({
    path: `/api/admin/users/${(await person("pending_validation")).id}/reject`,
    token: (await volunteer("users.reject")).token,
    body: { reason: "We could not reach you." },
  }),
  "get /api/admin/audit-log": async () => ({
    path: `/api/admin/audit-log?subject_type=users&subject_id=${(await person()).id}&from=2026-01-01T00:00:00Z&limit=5`,
    token: (await volunteer("settings.audit")).token,
  }),
  "get /api/admin/permissions": async () => ({
    path: "/api/admin/permissions?limit=100",
    token: (await volunteer("permissions.view")).token,
  }),
  "get /api/admin/roles": async () => ({
    path: "/api/admin/roles?search=admin&limit=5",
    token: (await volunteer("permissions.view")).token,
  }),
  "get /api/admin/roles/{id}": async () => ({
    path: `/api/admin/roles/${await role(["events.view"])}`,
    token: (await volunteer("permissions.view")).token,
  }),
  "post /api/admin/roles": async () => ({
    token: (await volunteer("permissions.manage_roles")).token,
    body: {
      code: `example-${crypto.randomUUID()}`,
      name: "Greeter",
      description: "Welcomes people at events",
      permissions: ["permissions.manage_roles"],
      second_factor_required: false,
    },
  }),
  "put /api/admin/roles/{id}": async () => ({
    path: `/api/admin/roles/${await role(["permissions.manage_roles"])}`,
    token: (await volunteer("permissions.manage_roles")).token,
    body: { name: "Host", description: "Opens the door", second_factor_required: true },
  }),
  "put /api/admin/roles/{id}/permissions": async () => ({
    path: `/api/admin/roles/${await role()}/permissions`,
    token: (await volunteer("permissions.manage_roles")).token,
    body: { permissions: ["permissions.manage_roles"] },
  }),
  "delete /api/admin/roles/{id}": async () => ({
    path: `/api/admin/roles/${await role(["permissions.delete_roles"])}`,
    token: (await volunteer("permissions.delete_roles")).token,
  }),
  "get /api/admin/users/{id}/roles": async () => ({
    path: `/api/admin/users/${(await volunteer("events.view")).id}/roles`,
    token: (await volunteer("permissions.view")).token,
  }),
  "put /api/admin/users/{id}/roles": async () => ({
    path: `/api/admin/users/${(await person()).id}/roles`,
    token: (await volunteer("permissions.assign")).token,
    body: { role_ids: [await role(["permissions.assign"])] },
  }),
  "get /api/events": async () => ({}),
  "get /api/events/{id}": async () => ({ path: `/api/events/${await event()}` }),
  "get /api/plans": async () => ({}),
  "get /api/members/subscription": async () => {
    const member = await person();
    await sql(
      "insert into subscriptions (user_id, plan_id, status, billing_cycle, base_subscription_cents, current_term_start, current_term_end) values ($1, $2, 'active', 'yearly', 6000, now(), now() + interval '1 year')",
      [member.id, await plan()],
    );
    return { token: member.token };
  },
  "post /api/checkout/subscription": async () => ({
    token: (await person("payment_pending")).token,
    body: { plan_id: await plan(), donation_cents: 500 },
  }),
  "get /api/checkout/paid": async () => ({}),
  "get /api/checkout/cancelled": async () => ({}),
  "post /api/webhooks/stripe": paidEvent,
};

/** The event that tells of a paid checkout, as Stripe would send it. */
async function paidEvent(): Promise<Example> {
  const paid = await paidCheckout();
  return signedEvent(await stripeApi.events.retrieve(eventOf(paid, "checkout.session.completed")));
}

/** The name of a route in {@link examples}. */
export const nameOf = ({ method, path }: Pick<Route, "method" | "path">) => `${method} ${path}`;

/** The example of a route. */
export async function exampleOf(route: Route): Promise<Required<Pick<Example, "path">> & Example> {
  const arrange = examples[nameOf(route)];
  if (!arrange) throw new Error(`test/generated/examples.ts has no example for ${nameOf(route)}`);
  return { path: route.path, ...(await arrange()) };
}

/** Arranges and makes the call. */
export async function callExample(route: Route): Promise<Answer<unknown>> {
  const { path, ...options } = await exampleOf(route);
  return call<unknown>(route.method.toUpperCase(), path, options);
}
