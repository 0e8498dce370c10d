import { describe, expect, test } from "vitest";
import type { Donation } from "../../src/donations/admin/schemas.ts";
import type { MyDonationPage } from "../../src/donations/my/schemas.ts";
import type { GivingStatement } from "../../src/donations/statement/schemas.ts";
import { get, post } from "../harness/client.ts";
import { paidDonation, startedDonation, tell } from "../harness/donations.ts";
import { dues, presentYear } from "../harness/giving.ts";
import { untilMails } from "../harness/mailbox.ts";
import { stripeApi } from "../harness/payments.ts";
import { person, volunteer } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";
import { treasurer } from "../harness/subscriptions.ts";

const year = presentYear();

/** The numbers in the mails to an address. */
const mailed = async (email: string, count = 1) =>
  (await untilMails(email, count)).map(({ text }) => Number(/^Receipt number: (\d+)$/m.exec(text)?.[1]));

const donationOf = async (id: string) =>
  (await get<Donation>(`/api/admin/donations/${id}`, await volunteer("donations.view"))).body;

describe.concurrent("a payment has one receipt number", () => {
  test("in the receipt, in the lists and in the statement", async () => {
    const member = await person();
    const paid = await paidDonation({ member });
    const [number] = await mailed(member.email);
    expect(number).toBeGreaterThan(0);
    const { items } = (await get<MyDonationPage>("/api/members/donations", member)).body;
    const { body } = await get<GivingStatement>(`/api/members/donations/statement/${year}`, member);
    expect([await donationOf(paid.donation_id), ...items, ...body.donations.lines]).toMatchObject(
      Array(3).fill({ receipt_number: number }),
    );
  });

  test("whatever happens to it, and however often its receipt is sent", async () => {
    const paid = await paidDonation();
    const [number] = await mailed(paid.donor_email);
    await tell(paid, { times: 2 });
    await stripeApi.refunds.create({ payment_intent: paid.payment_intent, amount: 100 });
    await tell(paid);
    await post(`/api/admin/donations/${paid.donation_id}/resend-receipt`, undefined, await volunteer("donations.edit"));
    expect((await mailed(paid.donor_email, 3)).filter(Boolean)).toEqual([number, number]);
    expect((await donationOf(paid.donation_id)).receipt_number).toBe(number);
  });

  test("for dues with a donation on top: in the thank-you, in the subscription and on both lines", async () => {
    const member = await person("payment_pending");
    const clerk = await treasurer("subscriptions.create");
    const term = { id: crypto.randomUUID(), user_id: member.id, plan_id: await plan(), payment_method: "cash" };
    const recorded = await clerk.send("POST", "", { ...term, donation_cents: 500 });
    expect(recorded.status).toBe(201);
    const [number] = await mailed(member.email);
    expect(number).toBeGreaterThan(0);
    const seen = await clerk.send("GET", `/${term.id}`);
    const { items } = (await get<MyDonationPage>("/api/members/donations", member)).body;
    const { body } = await get<GivingStatement>(`/api/members/donations/statement/${year}`, member);
    expect([
      ...recorded.body.payments,
      ...seen.body.payments,
      ...items,
      ...body.subscription_top_ups.lines,
      ...body.dues.lines,
    ]).toMatchObject(Array(5).fill({ receipt_number: number }));
  });

  test("that no other payment has", async () => {
    const member = await person();
    const [one, other] = [await dues(member), await dues(member)];
    const numbers = await sql("select distinct receipt_number from payments where id in ($1, $2)", [one, other]);
    expect(numbers).toHaveLength(2);
    const again = sql("update payments set receipt_number = 1 where id = $1", [one]);
    await expect(again).rejects.toThrow(/can only be updated to DEFAULT/);
  });
});

describe.concurrent("where nothing was paid there is no receipt number", () => {
  test("for a checkout that is open", async () => {
    const member = await person();
    const { donation_id } = await startedDonation({ member });
    const { items } = (await get<MyDonationPage>("/api/members/donations", member)).body;
    expect([await donationOf(donation_id), ...items]).toMatchObject(Array(2).fill({ receipt_number: null }));
  });

  test("for a complimentary term", async () => {
    const member = await person("inactive");
    const clerk = await treasurer("subscriptions.create");
    const term = { id: crypto.randomUUID(), user_id: member.id, plan_id: await plan() };
    const { body } = await clerk.send("POST", "", { ...term, payment_method: "complimentary" });
    expect(body.payments).toMatchObject([{ receipt_number: null }]);
    expect(await mailed(member.email)).toEqual([Number.NaN]);
  });
});
