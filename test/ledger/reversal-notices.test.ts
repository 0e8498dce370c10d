import { describe, expect, test } from "vitest";
import { type Paid, paidDonation, tell } from "../harness/donations.ts";
import { stripeApi } from "../harness/payments.ts";
import { volunteer } from "../harness/people.ts";
import { sql, stripe } from "../harness/platform.ts";

const mailsTo = async ({ donor_email }: Paid): Promise<string[]> =>
  (
    await sql<{ template: string }>("select template from emails where to_email = $1 order by queue_number", [
      donor_email,
    ])
  ).map(({ template }) => template);

/** What a volunteer was told about one refund or dispute. */
const toldTo = async ({ id }: { id: string }, stripe_id: string): Promise<string[]> =>
  (
    await sql<{ template: string }>(
      "select template from emails where user_id = $1 and data->>'stripe_id' = $2 order by queue_number",
      [id, stripe_id],
    )
  ).map(({ template }) => template);

/** Deletes mails, as happens after 90 days. */
const forgetMails = (paid: Paid, stripe_id: string) =>
  sql("delete from emails where to_email = $1 or data->>'stripe_id' = $2", [paid.donor_email, stripe_id]);

const notifiedOf = (stripe_id: string) =>
  sql(
    `select payer_notified_at is not null as payer, failure_notified_at is not null as failure,
       volunteers_notified_of as volunteers from reversals where stripe_id = $1`,
    [stripe_id],
  );

const refundAtStripe = ({ payment_intent }: Paid, amount: number) =>
  stripeApi.refunds.create({ payment_intent, amount });

describe.concurrent("a notice of money that goes back", () => {
  test("is mailed once for each refund, even when two webhooks that know both come at once", async () => {
    const paid = await paidDonation();
    const made = await Promise.all([500, 700].map((amount) => refundAtStripe(paid, amount)));
    await tell(paid, { at_once: true });
    expect(await mailsTo(paid)).toEqual(["donation_receipt", "refund_notice", "refund_notice"]);
    for (const { id } of made)
      expect(await notifiedOf(id)).toEqual([{ payer: true, failure: false, volunteers: null }]);
  });

  test("is not mailed again after the mails were deleted, and a failure still reaches the payer", async () => {
    const [paid, treasurer] = [await paidDonation(), await volunteer("donations.refund")];
    const { id } = await refundAtStripe(paid, 700);
    await tell(paid);
    await forgetMails(paid, id);
    await refundAtStripe(paid, 100);
    await tell(paid);
    expect(await mailsTo(paid)).toEqual(["refund_notice"]);

    await forgetMails(paid, id);
    await stripe.failRefund(id);
    await tell(paid);
    expect(await mailsTo(paid)).toEqual(["refund_failed"]);
    expect(await toldTo(treasurer, id)).toEqual(["refund_undelivered"]);
    expect(await notifiedOf(id)).toEqual([{ payer: true, failure: true, volunteers: "failure" }]);

    await forgetMails(paid, id);
    await refundAtStripe(paid, 100);
    await tell(paid);
    expect([await mailsTo(paid), await toldTo(treasurer, id)]).toEqual([["refund_notice"], []]);
  });

  test("tells volunteers about an inquiry, and again when it becomes a dispute", async () => {
    const [paid, treasurer] = [await paidDonation(), await volunteer("donations.refund")];
    const { payment_intent } = paid;
    const { dispute } = await stripe.dispute({ payment_intent, inquiry: true });
    await tell(paid);
    expect(await notifiedOf(dispute)).toEqual([{ payer: false, failure: false, volunteers: "inquiry" }]);
    await stripe.dispute({ payment_intent });
    await tell(paid);
    expect(await toldTo(treasurer, dispute)).toEqual(["dispute_opened", "dispute_opened"]);
    expect(await notifiedOf(dispute)).toEqual([{ payer: false, failure: false, volunteers: "dispute" }]);
  });

  test("leaves no trace in the audit log", async () => {
    const paid = await paidDonation();
    const { id } = await refundAtStripe(paid, 700);
    await tell(paid);
    const entries = await sql<{ action: string }>(
      "select action from audit_log where subject_type = 'reversals' and subject_id = (select id::text from reversals where stripe_id = $1)",
      [id],
    );
    expect(entries).toEqual([{ action: "insert" }]);
  });
});
