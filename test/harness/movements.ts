import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { ZONE } from "./days.ts";
import { sql } from "./platform.ts";

/** A payment and its reversals, which is everything the ledger is made of. Times are days after the first one. */
export interface Paid {
  id: string;
  dues: number;
  donation: number;
  day: number;
  /** What Stripe keeps of the payment, some days later. */
  fee: number;
  fee_after: number;
  reversals: Reversal[];
}

interface Reversal {
  id: string;
  /** What Stripe keeps of it, on the day when it left. */
  fee: number;
  kind: "refund" | "dispute";
  amount: number;
  /** When it left. Null if it was only requested or failed at once. */
  left: number | null;
  /** When it came back, because the refund failed or the dispute was won. */
  returned: number | null;
}

/** Small and large amounts, so that reversals often use up a part to the last cent. */
const cents = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 50_000 }));

/** Payments of dues with or without a donation, or of a donation alone. Never more is reversed than was paid. */
export const paid = (what: "dues" | "donation", days: number): fc.Arbitrary<Paid> =>
  fc
    .record({
      dues: what === "dues" ? cents : fc.constant(0),
      donation: what === "dues" ? fc.oneof(fc.constant(0), cents) : cents,
      day: fc.nat(days),
      fee: fc.constantFrom(0, 0, 33, 175),
      fee_after: fc.nat(3),
      reversals: fc.array(
        fc.record({
          fee: fc.constantFrom(0, 1500, -20),
          kind: fc.constantFrom("refund" as const, "dispute" as const),
          share: fc.constantFrom(1, 2, 3, 10),
          after: fc.option(fc.nat(days), { freq: 6 }),
          back_after: fc.option(fc.nat(90), { freq: 2 }),
        }),
        { maxLength: 4 },
      ),
    })
    .map(({ reversals, ...payment }) => {
      const { dues, donation, day } = payment;
      let left = dues + donation;
      return {
        id: randomUUID(),
        ...payment,
        reversals: reversals.flatMap(({ fee, kind, share, after, back_after }) => {
          const amount = Math.ceil(left / share);
          if (amount === 0) return [];
          left -= amount;
          const gone = after === null ? null : day + after;
          const returned = gone === null || back_after === null ? null : gone + back_after;
          return [{ id: randomUUID(), fee: gone === null ? 0 : fee, kind, amount, left: gone, returned }];
        }),
      };
    });

export interface Movement {
  day: number;
  kind: "payment" | "refund" | "dispute";
  dues: number;
  donation: number;
}

/**
 * The movements, computed independently. Money that leaves comes from the donation first. Money that returns goes to
 * the dues first.
 */
export function movementsOf({ dues, donation, day, reversals }: Paid): Movement[] {
  const left = { dues, donation };
  const moves = reversals.flatMap(({ id, kind, amount, left: gone, returned }) => [
    ...(gone === null ? [] : [{ day: gone, id, kind, cents: amount }]),
    ...(returned === null ? [] : [{ day: returned, id, kind, cents: -amount }]),
  ]);
  moves.sort((a, b) => a.day - b.day || (a.id === b.id ? b.cents - a.cents : a.id < b.id ? -1 : 1));
  return [
    { day, kind: "payment", dues, donation },
    ...moves.map(({ day, kind, cents }): Movement => {
      const taken = cents > 0 ? Math.min(left.donation, cents) : -Math.max(0, -cents - (dues - left.dues));
      left.donation -= taken;
      left.dues -= cents - taken;
      return { day, kind, dues: -(cents - taken), donation: -taken };
    }),
  ];
}

/**
 * Inserts payments, at the local time of the organization's clock that `first` says, and at that time some days later. Each
 * belongs to the donation with its id, or to the subscription.
 */
export async function record(
  rows: readonly Paid[],
  first: string,
  subscription_id: string | null,
  run: typeof sql = sql,
): Promise<void> {
  await run(
    `insert into payments (id, subscription_id, donation_id, user_id, base_subscription_cents, donation_cents, paid_at)
     select p.id, $3, case when $3::uuid is null then p.id end, (select user_id from subscriptions where id = $3),
       p.dues, p.donation, ($2::timestamp + p.day * interval '1 day') at time zone '${ZONE}'
     from jsonb_to_recordset($1) as p (id uuid, dues integer, donation integer, day integer)`,
    [JSON.stringify(rows), first, subscription_id],
  );
  await run(
    `insert into reversals (id, payment_id, kind, status, amount_cents, occurred_at, returned_at)
     select r.id, r.payment_id, r.kind, 'succeeded', r.amount, ($2::timestamp + r.left * interval '1 day') at time zone '${ZONE}',
       ($2::timestamp + r.returned * interval '1 day') at time zone '${ZONE}'
     from jsonb_to_recordset($1) as r (id uuid, payment_id uuid, kind text, amount integer, "left" integer, returned integer)`,
    [
      JSON.stringify(rows.flatMap(({ id, reversals }) => reversals.map((each) => ({ ...each, payment_id: id })))),
      first,
    ],
  );
}

/** Inserts the fees of payments whose {@link record} was inserted. */
export async function recordFees(rows: readonly Paid[], first: string, run: typeof sql = sql): Promise<void> {
  const fees = rows.flatMap(({ id, day, fee, fee_after, reversals }) => [
    { payment_id: id, reversal_id: null, fee, day: day + fee_after },
    ...reversals.map((each) => ({ payment_id: id, reversal_id: each.id, fee: each.fee, day: each.left })),
  ]);
  await run(
    `insert into stripe_fees (id, payment_id, reversal_id, fee_cents, occurred_at)
     select 'txn_' || gen_random_uuid(), f.payment_id, f.reversal_id, f.fee,
       ($2::timestamp + f.day * interval '1 day') at time zone '${ZONE}'
     from jsonb_to_recordset($1) as f (payment_id uuid, reversal_id uuid, fee integer, day integer)`,
    [JSON.stringify(fees.filter(({ fee }) => fee !== 0)), first],
  );
}

/** Deletes payments, so that the next ones have their years to themselves. */
export async function forget(rows: readonly Paid[], run: typeof sql = sql): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await run("delete from stripe_fees where payment_id = any($1)", [ids]);
  await run("delete from reversals where payment_id = any($1)", [ids]);
  await run("delete from payments where id = any($1)", [ids]);
  await run("delete from donations where id = any($1)", [ids]);
}

/** The figures for some movements, summed one by one. */
export function sumsOf(movements: readonly Movement[], part: "dues" | "donation") {
  const sums = { received_cents: 0, refunded_cents: 0, disputed_cents: 0, net_cents: 0 };
  for (const movement of movements) {
    sums.net_cents += movement[part];
    if (movement.kind === "payment") sums.received_cents += movement[part];
    if (movement.kind === "refund") sums.refunded_cents -= movement[part];
    if (movement.kind === "dispute") sums.disputed_cents -= movement[part];
  }
  return sums;
}
