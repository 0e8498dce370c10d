import { describe, expect, test } from "vitest";
import type { MyDonation, MyDonationPage } from "../../../src/donations/my/schemas.ts";
import { get } from "../../harness/client.ts";
import { donation, dues, reversal } from "../../harness/giving.ts";
import { everythingIn, pagesOf } from "../../harness/pages.ts";
import { person } from "../../harness/people.ts";

const PATH = "/api/members/donations";
const on = (day: number) => new Date(Date.UTC(2026, 4, day, 12)).toISOString();
const given = ({ token }: { token: string }) => everythingIn<MyDonation>(PATH, 100, { token });

describe.concurrent("what I gave", () => {
  test("lists donations and what was given on top of dues, newest first, and no dues", async () => {
    const member = await person();
    const { donation_id } = await donation(member, { amount_cents: 2500, paid_at: on(1), message: "For the choir" });
    await dues(member, { base_subscription_cents: 6000, paid_at: on(2) });
    const top_up = await dues(member, { donation_cents: 1500, paid_at: on(3), payment_method: "cash" });
    const { status, body } = await get<MyDonationPage>(PATH, { token: member.token });
    expect([status, body]).toEqual([
      200,
      {
        items: [
          {
            id: top_up,
            kind: "subscription_top_up",
            status: "completed",
            amount_cents: 1500,
            refunded_cents: 0,
            net_cents: 1500,
            currency: "usd",
            receipt_number: expect.any(Number),
            payment_method: "cash",
            message: null,
            anonymous: false,
            given_at: on(3),
          },
          {
            id: donation_id,
            kind: "donation",
            status: "completed",
            amount_cents: 2500,
            refunded_cents: 0,
            net_cents: 2500,
            currency: "usd",
            receipt_number: expect.any(Number),
            payment_method: "stripe",
            message: "For the choir",
            anonymous: false,
            given_at: on(1),
          },
        ],
        next_cursor: null,
      },
    ]);
  });

  test("says what went back, what came back of that, and what is left", async () => {
    const member = await person();
    const [part, whole, failed, disputed] = [
      await donation(member, { amount_cents: 1000, paid_at: on(5) }),
      await donation(member, { amount_cents: 1000, paid_at: on(4), status: "refunded" }),
      await donation(member, { amount_cents: 1000, paid_at: on(3) }),
      await donation(member, { amount_cents: 1000, paid_at: on(2) }),
    ];
    await reversal(part.payment_id, { amount_cents: 300 });
    await reversal(part.payment_id, { amount_cents: 200 });
    await reversal(whole.payment_id, { amount_cents: 1000 });
    await reversal(failed.payment_id, { amount_cents: 400, occurred_at: on(6), returned_at: on(7) });
    await reversal(failed.payment_id, { amount_cents: 400, occurred_at: null });
    await reversal(disputed.payment_id, { amount_cents: 1000, kind: "dispute" });
    // 60 dollars of dues and 15 on top: what goes back is taken from what was on top first.
    await reversal(await dues(member, { donation_cents: 1500, paid_at: on(1) }), { amount_cents: 2000 });
    expect(
      (await given(member)).map(({ status, amount_cents, refunded_cents, net_cents }) => [
        status,
        amount_cents,
        refunded_cents,
        net_cents,
      ]),
    ).toEqual([
      ["completed", 1000, 500, 500],
      ["refunded", 1000, 1000, 0],
      ["completed", 1000, 0, 1000],
      ["completed", 1000, 1000, 0],
      ["refunded", 1500, 1500, 0],
    ]);
  });

  test("nothing was received of a donation that is not paid", async () => {
    const member = await person();
    await donation(member, { paid_at: null, created_at: on(2) });
    await donation(member, { paid_at: null, created_at: on(1), status: "failed" });
    expect((await given(member)).map(({ status, net_cents, given_at }) => [status, net_cents, given_at])).toEqual([
      ["pending", 0, on(2)],
      ["failed", 0, on(1)],
    ]);
  });

  test("every gift is on one page, however many are of the same instant", async () => {
    const member = await person();
    const made: string[] = [];
    for (const day of [1, 2, 2, 2, 3]) {
      made.push((await donation(member, { paid_at: on(day) })).donation_id);
      made.push(await dues(member, { donation_cents: 100, paid_at: on(day) }));
    }
    const pages = await pagesOf<MyDonation>(PATH, 3, { token: member.token });
    expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 3, 1]);
    const items = pages.flatMap((page) => page.items);
    expect(items.map(({ id }) => id).sort()).toEqual(made.sort());
    const order = items.map(({ given_at, id }) => given_at + id);
    expect(order).toEqual([...order].sort().reverse());
  });

  test("is nobody else's", async () => {
    const [member, other] = [await person(), await person()];
    await donation(other);
    await dues(other, { donation_cents: 500 });
    expect(await given(member)).toEqual([]);
    expect(await given(other)).toHaveLength(2);
  });

  test("refuses a cursor of another list", async () => {
    const { token } = await person();
    const { status, body } = await get(`${PATH}?cursor=x`, { token });
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ path: "cursor" })]]);
  });
});
