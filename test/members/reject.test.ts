import { describe, expect, test } from "vitest";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { outcome, post, tripsOf } from "../harness/client.ts";
import { untilMails } from "../harness/mailbox.ts";
import { startedCheckout, stripeApi, subscriptionOf } from "../harness/payments.ts";
import { person, volunteer } from "../harness/people.ts";
import { sql, stripe } from "../harness/platform.ts";
import { give, systemRole } from "../harness/roles.ts";

const reject = (id: string, token: string, reason: unknown) =>
  post(`/api/admin/users/${id}/reject`, { reason }, { token });

describe.concurrent("rejecting", () => {
  test.each(["pending_validation", "pre_validated", "payment_pending"] as const)(
    "someone who is %s keeps the reason, when and by whom, and mails it",
    async (status) => {
      const applicant = await person(status);
      const admin = await volunteer("users.reject");
      const answer = await reject(applicant.id, admin.token, "  We could not\nreach you <b>.  ");
      expect([answer.status, answer.body.status]).toEqual([200, "rejected"]);
      const [row] = await sql(
        "select rejection_reason, rejected_by, rejected_at > now() - interval '1 minute' as lately from users where id = $1",
        [applicant.id],
      );
      expect(row).toEqual({ rejection_reason: "We could not\nreach you <b>.", rejected_by: admin.id, lately: true });
      const [mail] = await untilMails(applicant.email);
      expect(mail?.text).toContain("> We could not\n> reach you <b>.");
      expect(mail?.html).toContain("reach you &lt;b&gt;.");
    },
  );

  test("an address that was never verified gets no mail: it may be a stranger's", async () => {
    const applicant = await person("pending_email");
    const admin = await volunteer("users.reject");
    expect((await reject(applicant.id, admin.token, "Spam")).status).toBe(200);
    expect(await sql("select from emails where user_id = $1", [applicant.id])).toEqual([]);
  });

  test.each(["active", "inactive", "rejected"] as const)("someone who is %s is refused", async (status) => {
    const someone = await person(status);
    const admin = await volunteer("users.reject");
    const answer = await reject(someone.id, admin.token, "Because");
    expect(outcome(answer)).toEqual([409, "status_conflict"]);
  });

  test("a superadmin is for superadmins: it would take all their powers", async () => {
    const superadmin = await systemRole("superadmin");
    const someone = await person("pre_validated");
    const [admin, other] = [await volunteer(...ALL_PERMISSIONS), await person()];
    await give(someone.id, superadmin);
    const answer = await reject(someone.id, admin.token, "Because");
    expect(outcome(answer)).toEqual([403, "superadmins_only"]);
    expect(await sql("select status, rejection_reason from users where id = $1", [someone.id])).toEqual([
      { status: "pre_validated", rejection_reason: null },
    ]);
    expect(await sql("select from emails where user_id = $1", [someone.id])).toEqual([]);
    await give(other.id, superadmin);
    expect((await reject(someone.id, other.token, "Because")).status).toBe(200);
  });

  test("needs a reason", async () => {
    const applicant = await person("pending_validation");
    const admin = await volunteer("users.reject");
    for (const reason of [undefined, "", "   ", 7, "x".repeat(2001), "\u0000"])
      expect((await reject(applicant.id, admin.token, reason)).status).toBe(400);
  });

  test("ends the checkout of their dues, so that they cannot pay it any more", async () => {
    const { member, session_id } = await startedCheckout();
    const admin = await volunteer("users.reject");
    expect((await reject(member.id, admin.token, "Because")).status).toBe(200);
    expect(await subscriptionOf(member)).toMatchObject({ status: "cancelled" });
    expect((await stripeApi.checkout.sessions.retrieve(session_id)).status).toBe("expired");
  });

  test("cancels dues that Stripe was not asked for yet, and stays within one round trip", async () => {
    const { member } = await startedCheckout();
    await sql("update subscriptions set stripe_checkout_session_id = null where user_id = $1", [member.id]);
    const admin = await volunteer("users.reject");
    const answer = await reject(member.id, admin.token, "Because");
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([200, 1]);
    expect(await subscriptionOf(member)).toMatchObject({ status: "cancelled" });
  });

  test("stands although Stripe does not answer", async () => {
    const { member, session_id } = await startedCheckout();
    await stripe.fault({ mode: "status", count: 3, match: `${session_id}/expire` });
    const admin = await volunteer("users.reject");
    const answer = await reject(member.id, admin.token, "Because");
    expect([answer.status, answer.body.status]).toEqual([200, "rejected"]);
    expect(await subscriptionOf(member)).toMatchObject({ status: "pending" });
  });

  test("ends what their bank is asked to pay for, so that nothing is collected later", async () => {
    const { member, subscription_id, session_id } = await startedCheckout();
    await stripe.deliveryMode("manual", subscription_id);
    await stripe.pay(session_id, { email: member.email, later: true });
    const admin = await volunteer("users.reject");
    const answer = await reject(member.id, admin.token, "Because");
    expect([answer.status, answer.body.status]).toEqual([200, "rejected"]);
    expect(await subscriptionOf(member)).toMatchObject({ status: "cancelled" });
    const { subscription } = await stripeApi.checkout.sessions.retrieve(session_id);
    expect(await stripeApi.subscriptions.retrieve(String(subscription))).toMatchObject({ status: "canceled" });
  });
});
