import type { Route } from "../../src/http/route.ts";
import { PASSWORD, personWithPassword, refreshTokenOf, register, registration } from "../harness/accounts.ts";
import { type Answer, type Call, call } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { eventOf, paidCheckout, signedEvent, stripeApi } from "../harness/payments.ts";
import { person, volunteer } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";

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
  "post /api/auth/resend-verification": async () => ({ body: { email: (await register()).email } }),
  "get /api/auth/verify-email": async () => ({ path: `/api/auth/verify-email?token=${(await register()).token}` }),
  "post /api/auth/verify-email": async () => ({ body: { token: (await register()).token } }),
  "post /api/auth/login": async () => ({ body: { email: (await personWithPassword()).email, password: PASSWORD } }),
  "post /api/auth/refresh": async () => ({ body: { refresh_token: await refreshTokenOf(await person()) } }),
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
