import type Stripe from "stripe";
import { expect } from "vitest";
import type { Donation } from "../../src/donations/admin/schemas.ts";
import { type Answer, type Call, post } from "./client.ts";
import { type CheckoutBody, signedEvent, stripeApi } from "./payments.ts";
import { anyEmail, type Person, volunteer } from "./people.ts";
import { sql, stripe } from "./platform.ts";

/** A donation request from someone who is not signed in. */
export const gift = (more: Record<string, unknown> = {}) => ({
  amount_cents: 2500,
  donor_name: "Alex Example",
  donor_email: anyEmail("donor"),
  ...more,
});

export const donate = (body: unknown, options?: Call): Promise<Answer<CheckoutBody>> =>
  post<CheckoutBody>("/api/donations/checkout", body, options);

export interface DonationRow {
  id: string;
  user_id: string | null;
  donation_type: string;
  status: string;
  amount_cents: number;
  /** Of guests. A member's are in their account. */
  donor_name: string | null;
  donor_email: string | null;
  message: string | null;
  anonymous: boolean;
  notes: string | null;
  recorded_by: string | null;
  payment_method: string;
  checkout_expires_at: Date | null;
  completed_at: Date | null;
  stripe_checkout_session_id: string | null;
  stripe_payment_intent_id: string | null;
}

/** The donations of whoever has this address, a guest or a member, oldest first. */
export const donationsOf = (donor_email: string): Promise<DonationRow[]> =>
  sql<DonationRow>(
    `select d.* from donations d left join users u on u.id = d.user_id
     where case when u.id is null then d.donor_email else u.email end = $1 order by d.created_at, d.id`,
    [donor_email],
  );

/** The only donation with this donor address. */
export async function donationOf(donor_email: string): Promise<DonationRow> {
  const [row, ...others] = await donationsOf(donor_email);
  if (!row || others.length > 0) throw new Error(`Expected one donation, found ${others.length + (row ? 1 : 0)}`);
  return row;
}

export async function donationRow(id: string): Promise<DonationRow> {
  const [row] = await sql<DonationRow>("select * from donations where id = $1", [id]);
  if (!row) throw new Error(`No donation ${id}`);
  return row;
}

export interface Started extends CheckoutBody {
  donation_id: string;
  donor_email: string;
}

/** A donation with an open checkout, by a signed-in member or by anyone. Its Stripe events wait until released. */
export async function startedDonation({
  member,
  ...more
}: {
  member?: Person;
  [field: string]: unknown;
} = {}): Promise<Started> {
  const body = gift(more);
  const answer = await donate(body, { token: member?.token });
  if (answer.status !== 200)
    throw new Error(`The checkout responded with ${answer.status}: ${JSON.stringify(answer.body)}`);
  const donor_email = member?.email ?? body.donor_email;
  const row = (await donationsOf(donor_email)).find(
    (each) => each.stripe_checkout_session_id === answer.body.session_id,
  );
  if (!row) throw new Error("No donation has this session");
  await stripe.deliveryMode("manual", row.id);
  return { donation_id: row.id, donor_email, ...answer.body };
}

export interface Paid extends Started {
  payment_intent: string;
}

/** A donation that was paid at Stripe and whose events we received. Later events wait until released. */
export async function paidDonation(options: Parameters<typeof startedDonation>[0] = {}): Promise<Paid> {
  const started = await startedDonation(options);
  await stripe.pay(started.session_id, { email: started.donor_email });
  const { payment_intent } = await stripeApi.checkout.sessions.retrieve(started.session_id);
  if (typeof payment_intent !== "string") throw new Error("The session has no payment intent");
  await stripe.deliveryMode("manual", payment_intent);
  const paid = { ...started, payment_intent };
  await tell(paid, { type: "checkout.session.completed" });
  return paid;
}

/** A paid donation of 2000 cents. Stripe's later events are withheld. */
export const quietDonation = (amount_cents = 2000): Promise<Paid> => paidDonation({ amount_cents });

/** Delivers all the events that Stripe withheld for a donation, or only those of one type. */
export async function tell(
  { donation_id, payment_intent = donation_id }: { donation_id: string; payment_intent?: string },
  { type, times = 1, at_once = false }: { type?: string; times?: number; at_once?: boolean } = {},
): Promise<void> {
  const held = [...(await stripe.deliveries(donation_id)), ...(await stripe.deliveries(payment_intent))];
  const ids = held.filter((each) => type === undefined || each.type === type).map(({ event_id }) => event_id);
  if (at_once) await Promise.all([...new Set(ids)].map(hear));
  else for (let told = 0; told < times; told += 1) for (const id of new Set(ids)) await hear(id);
}

/** A donation's status after Stripe's events have arrived. */
export async function statusOnceTold(donation_id: string): Promise<string> {
  await tell({ donation_id });
  return (await donationRow(donation_id)).status;
}

/** Processes an event as Stripe sends it. */
async function hear(event_id: string): Promise<void> {
  const { body, headers } = await signedEvent(await stripeApi.events.retrieve(event_id));
  const { status } = await post("/api/webhooks/stripe", body, { headers });
  expect(status).toBe(200);
}

/** An offline donation by someone who is not a member. */
export const handedOver = (more: Record<string, unknown> = {}) => ({
  id: crypto.randomUUID(),
  donation_type: "public",
  donor_name: "Alex Example",
  amount_cents: 4000,
  payment_method: "cash",
  received_at: "2026-03-01T12:00:00.000Z",
  ...more,
});

export const recordOffline = (body: unknown, { token }: { token: string }): Promise<Answer<Donation>> =>
  post<Donation>("/api/admin/donations", body, { token });

/** A cash donation recorded by a volunteer. */
export async function offlineDonation(more: Record<string, unknown> = {}): Promise<Donation> {
  const answer = await recordOffline(handedOver(more), await volunteer("donations.create"));
  if (answer.status !== 201)
    throw new Error(`The donation responded with ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A new refund request, unless the body has its own id. */
export const refund = (
  donation_id: string,
  body: Record<string, unknown>,
  { token }: { token: string },
): Promise<Answer<Donation>> =>
  post<Donation>(`/api/admin/donations/${donation_id}/refund`, { id: crypto.randomUUID(), ...body }, { token });

export interface ReversalRow {
  id: string;
  kind: string;
  status: string;
  amount_cents: number;
  reason: string | null;
  occurred_at: Date | null;
  returned_at: Date | null;
  stripe_id: string | null;
  requested_by: string | null;
}

/** Our reversal rows for a donation, oldest first. */
export const reversalsOf = (donation_id: string): Promise<ReversalRow[]> =>
  sql<ReversalRow>(
    "select r.* from reversals r join payments p on p.id = r.payment_id where p.donation_id = $1 order by r.created_at, r.id",
    [donation_id],
  );

/** Every refund that Stripe made for a payment. */
export const refundsAt = async (payment_intent: string): Promise<Stripe.Refund[]> =>
  (await stripeApi.refunds.list({ payment_intent, limit: 100 })).data;

/** The money returned for a donation, as Stripe and we see it. */
export async function gone({ donation_id, payment_intent }: Paid) {
  const [row] = await sql<{ net: number }>(
    "select sum(donation_cents)::int as net from ledger where donation_id = $1",
    [donation_id],
  );
  const { amount_cents } = await donationRow(donation_id);
  const refunds = await refundsAt(payment_intent);
  return {
    ours: amount_cents - (row?.net ?? 0),
    stripe: refunds.filter(({ status }) => status === "succeeded").reduce((cents, { amount }) => cents + amount, 0),
    refunds: refunds.length,
    rows: (await reversalsOf(donation_id)).map(({ status }) => status),
  };
}
