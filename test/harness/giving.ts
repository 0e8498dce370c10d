import type { Person } from "./people.ts";
import { plan } from "./plans.ts";
import { sql } from "./platform.ts";

/** The year that it is where the organization is. */
export const presentYear = () =>
  Number(new Intl.DateTimeFormat("en-US", { year: "numeric", timeZone: "America/New_York" }).format());

async function idOf(text: string, params: unknown[]): Promise<string> {
  const [row] = await sql<{ id: string }>(`${text} returning id`, params);
  if (!row) throw new Error("The insert returned no row");
  return row.id;
}

interface Gift {
  amount_cents?: number;
  /** When it was paid. Null if it is unpaid, or no longer paid. */
  paid_at?: string | null;
  status?: string;
  payment_method?: string;
  message?: string | null;
  created_at?: string;
}

/** A person's donation, with its payment if it is paid. */
export async function donation(
  { id }: Pick<Person, "id">,
  { amount_cents = 2500, paid_at = new Date().toISOString(), ...columns }: Gift = {},
): Promise<{ donation_id: string; payment_id: string | undefined }> {
  const {
    status = paid_at ? "completed" : "pending",
    payment_method = "stripe",
    message = null,
    created_at = paid_at ?? new Date().toISOString(),
  } = columns;
  const donation_id = await idOf(
    `insert into donations (user_id, donation_type, status, amount_cents, completed_at, payment_method, message, created_at)
     values ($1, 'member', $2, $3, $4, $5, $6, $7)`,
    [id, status, amount_cents, paid_at, payment_method, message, created_at],
  );
  if (!paid_at) return { donation_id, payment_id: undefined };
  const payment_id = await idOf(
    "insert into payments (user_id, donation_id, payment_method, donation_cents, paid_at) values ($1, $2, $3, $4, $5)",
    [id, donation_id, payment_method, amount_cents, paid_at],
  );
  return { donation_id, payment_id };
}

/** Dues that a person paid, with an optional donation. Returns the payment's id. */
export async function dues(
  { id }: Pick<Person, "id">,
  {
    base_subscription_cents = 6000,
    donation_cents = 0,
    paid_at = new Date().toISOString(),
    payment_method = "stripe",
  }: { base_subscription_cents?: number; donation_cents?: number; paid_at?: string; payment_method?: string } = {},
): Promise<string> {
  const subscription_id = await idOf(
    `insert into subscriptions (user_id, plan_id, status, billing_cycle, base_subscription_cents, donation_cents)
     values ($1, $2, 'expired', 'yearly', $3, $4)`,
    [id, await plan(), base_subscription_cents, donation_cents],
  );
  return idOf(
    `insert into payments (user_id, subscription_id, payment_method, base_subscription_cents, donation_cents, paid_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, subscription_id, payment_method, base_subscription_cents, donation_cents, paid_at],
  );
}

/** Money that went back from a payment, and possibly returned. */
export const reversal = (
  payment_id: string | undefined,
  {
    amount_cents,
    kind = "refund",
    occurred_at = new Date().toISOString(),
    returned_at = null,
  }: { amount_cents: number; kind?: "refund" | "dispute"; occurred_at?: string | null; returned_at?: string | null },
): Promise<string> =>
  idOf(
    "insert into reversals (payment_id, kind, status, amount_cents, occurred_at, returned_at) values ($1, $2, 'succeeded', $3, $4, $5)",
    [payment_id, kind, amount_cents, occurred_at, returned_at],
  );
