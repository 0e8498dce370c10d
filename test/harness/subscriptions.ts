import type { Permission } from "../../src/access/permissions.ts";
import type { Subscription } from "../../src/subscriptions/admin/schemas.ts";
import { type Answer, call } from "./client.ts";
import { checkout, DAY, eventOf, type PaidCheckout, paidCheckout, pendingOf } from "./payments.ts";
import { type Person, person, volunteer } from "./people.ts";
import { CUSTOM, plan } from "./plans.ts";
import { insert, sql, stripe } from "./platform.ts";

export const ADMIN = "/api/admin/subscriptions";

/** The time this many days from now. */
export const inDays = (days: number) => new Date(Date.now() + days * DAY);

/** A person with an online subscription that renews automatically. The test delivers Stripe's events. */
export async function subscriber(options: Parameters<typeof paidCheckout>[0] = {}): Promise<PaidCheckout> {
  const paid = await paidCheckout(options);
  await stripe.deliver([eventOf(paid, "invoice.paid")]);
  return paid;
}

export interface OfflineMember {
  member: Person;
  plan_id: string;
  subscription_id: string;
}

/** A person whose term was paid in cash 30 days ago. The term is a year by default. */
export async function offlineMember({
  member,
  ...columns
}: {
  member?: Person;
  [column: string]: unknown;
} = {}): Promise<OfflineMember> {
  const someone = member ?? (await person());
  const made = await insert<{ id: string; plan_id: string }>("subscriptions", {
    user_id: someone.id,
    plan_id: await plan({ billing_cycle: columns.billing_cycle ?? "yearly" }),
    status: "active",
    billing_cycle: "yearly",
    base_subscription_cents: 6000,
    payment_method: "cash",
    current_term_start: inDays(-30),
    current_term_end: inDays(335),
    ...columns,
  });
  await sql(
    `insert into payments (user_id, subscription_id, payment_method, base_subscription_cents, paid_at, term_start, term_end)
     select user_id, id, payment_method, base_subscription_cents, now() - interval '30 days', current_term_start, current_term_end
     from subscriptions where id = $1`,
    [made.id],
  );
  return { member: someone, plan_id: made.plan_id, subscription_id: made.id };
}

/** Opens a checkout for a member's next term. Returns the id of its subscription. */
export async function renewalOf(member: Person): Promise<string> {
  const { status } = await checkout(member, await plan(CUSTOM));
  if (status !== 200) throw new Error(`The checkout responded with ${status}`);
  return (await pendingOf(member)).id;
}

export interface Row {
  id: string;
  plan_id: string;
  status: string;
  base_subscription_cents: number;
  donation_cents: number;
  payment_method: string;
  current_term_start: Date | null;
  current_term_end: Date | null;
  grace_ends_at: Date | null;
  paused_at: Date | null;
  resumes_at: Date | null;
  cancel_at_period_end: boolean;
  cancelled_at: Date | null;
  cancel_reason: string | null;
  notes: string | null;
}

/** A subscription's row in the database. */
export async function rowOf(subscription_id: string): Promise<Row> {
  const [row] = await sql<Row & Record<string, unknown>>("select * from subscriptions where id = $1", [
    subscription_id,
  ]);
  if (!row) throw new Error("Subscription not found");
  return row;
}

export const statusOf = async ({ id }: { id: string }): Promise<string | undefined> =>
  (await sql<{ status: string }>("select status from users where id = $1", [id]))[0]?.status;

/** A person's payments, oldest first. */
export const paymentsOf = ({ id }: { id: string }) =>
  sql<Record<string, unknown>>("select * from payments where user_id = $1 order by created_at, id", [id]);

/** The templates and data of mails to a person about their membership. */
export const lettersTo = ({ id }: { id: string }): Promise<{ template: string; data: Record<string, unknown> }[]> =>
  sql(
    "select template, data from emails where user_id = $1 and template <> 'new_sign_in' order by created_at, template",
    [id],
  );

/** A volunteer with these permissions, and functions to call the routes of one subscription. */
export async function treasurer(...permissions: Permission[]) {
  const someone = await volunteer("subscriptions.view", ...permissions);
  const send = <Body = Subscription & { code?: string }>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer<Body>> => call<Body>(method, `${ADMIN}${path}`, { token: someone.token, body });
  return { ...someone, send };
}
