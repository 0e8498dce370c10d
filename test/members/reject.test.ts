import { describe, expect, test } from "vitest";
import { ALL_PERMISSIONS } from "../../src/access/permissions.ts";
import { call, get, outcome, post, tripsOf } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { whileChanging } from "../harness/locks.ts";
import { untilMails } from "../harness/mailbox.ts";
import { outboxOf } from "../harness/outbox.ts";
import { startedCheckout, stripeApi, subscriptionOf } from "../harness/payments.ts";
import { person, volunteer } from "../harness/people.ts";
import { insert, sql, stripe } from "../harness/platform.ts";
import { give, systemRole } from "../harness/roles.ts";

const del = (path: string, { token }: { token: string }) => call("DELETE", path, { token });

const reject = (id: string, token: string, reason: unknown) =>
  post(`/api/admin/users/${id}/reject`, { reason }, { token });

const answersOf = ({ id }: { id: string }) =>
  sql("select event_id, rsvp_status from event_rsvps where user_id = $1", [id]);
const templatesOf = async ({ email }: { email: string }) => (await outboxOf(email)).map(({ template }) => template);

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

  test("gives what they hold at events to those who are next, and they hear of nothing but the rejection", async () => {
    const [applicant, next] = [await person("pending_validation"), await person()];
    const welcome = { welcome_statuses: "{active,pending_validation}", capacity: 1, waiting_list: true };
    const [full, other, over] = [
      await event({ ...welcome, place_audience: "accepted" }),
      await event(welcome),
      await event({ ...welcome, starts_in: -9 }),
    ];
    const said = (event_id: string, user_id: string, rsvp_status: string, more: object = {}) =>
      insert("event_rsvps", { event_id, user_id, rsvp_status, ...more });
    await said(full, applicant.id, "yes");
    await said(full, next.id, "waitlisted");
    await said(other, next.id, "yes");
    await said(other, applicant.id, "waitlisted");
    await said(over, applicant.id, "yes", { attended: true });
    for (const template of ["event_changed", "event_seat_given"])
      await insert("emails", {
        template,
        to_email: applicant.email,
        user_id: applicant.id,
        next_attempt_at: new Date(Date.now() + 3_600_000),
      });
    const admin = await volunteer("users.reject");
    const answer = await reject(applicant.id, admin.token, "Because");
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([200, 1]);
    expect(await answersOf(applicant)).toEqual([{ event_id: over, rsvp_status: "yes" }]);
    expect(await answersOf(next)).toEqual(expect.arrayContaining([{ event_id: full, rsvp_status: "yes" }]));
    expect((await del(`/api/events/${other}/rsvp`, next)).status).toBe(200);
    expect(await templatesOf(next)).toEqual(["event_promoted"]);
    expect(await templatesOf(applicant)).toEqual(["rejection"]);
    expect((await get<{ location: string | null }>(`/api/events/${full}`, applicant)).body.location).toBeNull();
  });

  test("deletes good news that has not gone out, so that nobody can send it after all", async () => {
    const applicant = await person("payment_pending");
    for (const template of ["approval", "payment_prompt", "reconsidered", "event_confirmed", "password_changed"])
      for (const status of ["failed", "withheld"])
        await insert("emails", { template, to_email: applicant.email, user_id: applicant.id, status });
    const admin = await volunteer("users.reject");
    expect((await reject(applicant.id, admin.token, "Because")).status).toBe(200);
    const unsent = "select template, status from emails where user_id = $1 and template <> 'rejection' order by status";
    expect(await sql(unsent, [applicant.id])).toEqual([
      { template: "password_changed", status: "failed" },
      { template: "password_changed", status: "withheld" },
    ]);
  });

  test("also takes the seat that somebody takes in this moment", async () => {
    const [applicant, next] = [await person("pending_validation"), await person()];
    const id = await event({ capacity: 1, waiting_list: true });
    await insert("event_rsvps", { event_id: id, user_id: next.id, rsvp_status: "waitlisted" });
    const admin = await volunteer("users.reject");
    const { status } = await whileChanging(
      `with locked as (select id from users where id = $1 for no key update)
       insert into event_rsvps (event_id, user_id, rsvp_status) select $2, id, 'yes' from locked`,
      [applicant.id, id],
      () => reject(applicant.id, admin.token, "Because"),
    );
    expect(status).toBe(200);
    expect([await answersOf(applicant), await answersOf(next)]).toEqual([[], [{ event_id: id, rsvp_status: "yes" }]]);
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
