import { describe, expect, test } from "vitest";
import type { Donation } from "../../src/donations/admin/schemas.ts";
import { outcome, post, put } from "../harness/client.ts";
import { offlineDonation, paidDonation, refund, startedDonation, tell } from "../harness/donations.ts";
import { donation as given } from "../harness/giving.ts";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { stripeApi } from "../harness/payments.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

describe.concurrent("the first receipt", () => {
  const receiptsOf = (donation_id: string) =>
    sql("select r.id = e.id as mailed from donation_receipts r left join emails e using (id) where donation_id = $1", [
      donation_id,
    ]);

  test("is mailed once, also after its mail was deleted", async () => {
    const paid = await paidDonation();
    expect(await receiptsOf(paid.donation_id)).toEqual([{ mailed: true }]);
    await sql("delete from emails where to_email = $1", [paid.donor_email]);
    await stripeApi.refunds.create({ payment_intent: paid.payment_intent, amount: 100 });
    await tell(paid);
    expect(await sql("select template from emails where to_email = $1", [paid.donor_email])).toEqual([
      { template: "refund_notice" },
    ]);
    expect(await receiptsOf(paid.donation_id)).toEqual([{ mailed: null }]);
  });
});

describe.concurrent("sending a receipt again", () => {
  const resend = async (id: string) =>
    post<Donation>(`/api/admin/donations/${id}/resend-receipt`, undefined, await volunteer("donations.edit"));

  test("mails it again, each time, and shows that it was", async () => {
    const donor_email = anyEmail("donor");
    const { id, receipts } = await offlineDonation({ donor_email });
    expect(receipts).toHaveLength(1);
    const answer = await resend(id);
    expect(answer.status).toBe(200);
    expect(answer.body.receipts).toHaveLength(2);
    expect((await resend(id)).body.receipts).toHaveLength(3);
    const mails = await untilMails(donor_email, 3);
    expect(new Set(mails.map(({ text }) => text)).size).toBe(1);
  });

  test("says what was given, and what went back of it since", async () => {
    const donor_email = anyEmail("donor");
    const { id } = await offlineDonation({ donor_email });
    await refund(id, { amount_cents: 1500 }, await volunteer("donations.refund"));
    await resend(id);
    const mails = await untilMails(donor_email, 2);
    expect(mails.map(({ text }) => text).join()).toContain(
      "Donation: $40.00\nPayment: In cash\nRefunded since: $15.00\n",
    );
  });

  test("goes to where it should have gone, of a donation of long ago too", async () => {
    const { id } = await offlineDonation({ received_at: "2020-01-01", send_receipt: false });
    const donor_email = anyEmail("right");
    await put(
      `/api/admin/donations/${id}`,
      { donor_name: "Alex", donor_email, message: null, anonymous: false, notes: null },
      await volunteer("donations.edit"),
    );
    expect((await resend(id)).body.receipts).toMatchObject([{ to_email: donor_email }]);
    expect((await untilMails(donor_email))[0]?.text).toContain("January 1, 2020");
  });

  test("goes to the address that a member has now", async () => {
    const member = await person();
    const { donation_id } = await given(member);
    const email = anyEmail("moved");
    await sql("update users set email = $2 where id = $1", [member.id, email]);
    expect((await resend(donation_id)).body.receipts).toMatchObject([{ to_email: email }]);
  });

  test("is refused where there is none to send, and after twenty times", async () => {
    expect(outcome(await resend(crypto.randomUUID()))).toEqual([404, "donation_not_found"]);
    const { donation_id, donor_email } = await startedDonation();
    expect(outcome(await resend(donation_id))).toEqual([409, "not_completed"]);
    expect(await mailsTo(donor_email)).toEqual([]);
    expect(outcome(await resend((await offlineDonation()).id))).toEqual([409, "no_address"]);
    const { id } = await offlineDonation({ donor_email: anyEmail("donor") });
    await sql(
      `with mailed as (insert into emails (template, to_email, status, sent_at)
         select 'donation_receipt', 'donor@example.org', 'sent', now() from generate_series(1, 19) returning id)
       insert into donation_receipts (id, donation_id) select id, $1 from mailed`,
      [id],
    );
    expect((await resend(id)).body.receipts).toHaveLength(21);
    expect(outcome(await resend(id))).toEqual([409, "resent_too_often"]);
    await refund(id, {}, await volunteer("donations.refund"));
    expect(outcome(await resend(id))).toEqual([409, "not_completed"]);
  });
});
