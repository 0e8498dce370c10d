import { describe, expect, test, vi } from "vitest";
import { get, post } from "../harness/client.ts";
import { feedbackOf, suppress, tell } from "../harness/mail-feedback.ts";
import { attemptsTo, failMails, listAtProvider, mailsTo, tokenIn, untilMails } from "../harness/mailbox.ts";
import { outboxRow, outgoing, sendDueMails, untilSettled } from "../harness/outbox.ts";
import { outboxOfOwn } from "../harness/own-mails.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { worker } from "../harness/platform.ts";
import { startSendGrid } from "../harness/sendgrid.ts";

/** Somebody whose mail bounced: we do not write to them any more, and Resend would skip their mails. */
async function bounced() {
  const someone = await person();
  await suppress(someone.email);
  await listAtProvider(someone.email);
  return someone;
}

const logged = (event: string, id: string, { logs }: Pick<typeof worker, "logs"> = worker) =>
  vi.waitFor(() => {
    const line = logs.map(({ message }) => message).find((text) => text.includes(event) && text.includes(id));
    if (line === undefined) throw new Error(`Nothing says ${event} of ${id}`);
    return JSON.parse(line) as Record<string, unknown>;
  });

describe.concurrent("an address that Resend skips after a bounce", () => {
  test("still gets the link for a new password: we take it off Resend's list before", async () => {
    const someone = await bounced();
    expect((await post("/api/auth/forgot-password", { email: someone.email })).status).toBe(200);
    const [mail] = await untilMails(someone.email);
    const token = tokenIn(mail ?? { text: "" });
    const answer = await post("/api/auth/reset-password", { token, new_password: "a new and long passphrase" });
    expect(answer.status).toBe(200);
  });

  test("gets the mail that would end the suppression, and everything once its owner confirmed it", async () => {
    const someone = await bounced();
    await post("/api/auth/change-email", { new_email: someone.email }, { token: someone.token });
    const [mail] = await untilMails(someone.email);
    expect((await post("/api/auth/confirm-email", { token: tokenIn(mail ?? { text: "" }) })).status).toBe(200);
    await outgoing(someone.email, { user_id: someone.id });
    await sendDueMails();
    expect(await untilMails(someone.email, 2)).toHaveLength(2);
  });

  test("is tried anyway if it cannot be taken off the list. What Resend then says shows, and the mail can be sent again", async () => {
    const desk = await volunteer("settings.email");
    const email = anyEmail("skipped");
    await suppress(email);
    await listAtProvider(email);
    await failMails({ mode: "status", match: `DELETE ${email}`, count: 1, status: 401 });
    const id = await outgoing(email, {
      template: "password_changed",
      lane: 0,
      data: { first_name: "Robin", changed_at: "2027-03-01T18:30:00.000Z" },
    });
    await sendDueMails();
    expect(await untilSettled(email, 1)).toMatchObject({ status: "sent", attempts: 1 });
    const { provider_message_id } = await outboxRow(email);
    const event = { kind: "suppressed", email_id: id, provider_message_id: provider_message_id ?? "" } as const;
    expect((await tell(event)).status).toBe(200);
    const dropped = { status: "failed", last_error: "dropped: OnAccountSuppressionList", sent_at: null };
    expect(await outboxRow(email)).toMatchObject(dropped);
    expect(await logged("mail_dropped", id)).toMatchObject({ level: "error", reason: "OnAccountSuppressionList" });
    expect(await mailsTo(email)).toEqual([]);

    expect((await post(`/api/admin/outbox/${id}/retry`, undefined, desk)).status).toBe(200);
    await untilMails(email);
    expect(await untilSettled(email, 1)).toMatchObject({ status: "sent", last_error: null });
    // Resend would answer the first key with the mail that it skipped.
    const keys = (await attemptsTo(email)).map(({ idempotency_key }) => idempotency_key);
    expect(keys).toEqual([id, `${id}.${provider_message_id}`]);
    // The event comes once more: it speaks of the first try.
    await tell(event);
    expect(await outboxRow(email)).toMatchObject({ status: "sent" });
  });
});

test("that an address could not be taken off the list of Resend is in the log, once its mail was sent anyway", async () => {
  // A Worker of its own: either of the tests' Workers may send what is due in their database.
  const platform = await ownPlatform();
  const email = anyEmail("skipped");
  await suppress(email, platform.sql);
  await listAtProvider(email);
  await failMails({ mode: "status", match: `DELETE ${email}`, count: 1, status: 401 });
  const id = await platform.insert("emails", {
    template: "password_changed",
    to_email: email,
    lane: 0,
    data: '{"first_name": "Robin", "changed_at": "2027-03-01T18:30:00.000Z"}',
  });
  const outbox = outboxOfOwn(platform);
  await outbox.send();
  expect(await outbox.untilDone()).toMatchObject([{ status: "sent", attempts: 1 }]);
  expect(await logged("address_not_unlisted", id, platform)).toMatchObject({ level: "error", reason: "401" });
});

describe.concurrent("a mail that Resend took and did not send", () => {
  test("for the account's sake has failed, and says nothing against the address", async () => {
    const someone = await person();
    const id = await outgoing(someone.email, { user_id: someone.id });
    await sendDueMails();
    const { provider_message_id } = await untilSettled(someone.email, 1);
    await tell({ kind: "failed", email_id: id, provider_message_id: provider_message_id ?? "" });
    expect(await outboxRow(someone.email)).toMatchObject({
      status: "failed",
      last_error: "dropped: reached_daily_quota",
    });
    expect(await feedbackOf(id)).toMatchObject({ feedback: null });
    const profile = await get<{ mail_suppressed: unknown }>("/api/members/profile", { token: someone.token });
    expect(profile.body.mail_suppressed).toBeNull();
  });

  test("because of an address that we did not know of suppresses it, so that the next link arrives", async () => {
    const someone = await person();
    await listAtProvider(someone.email);
    const id = await outgoing(someone.email, { user_id: someone.id });
    await sendDueMails();
    const { provider_message_id } = await untilSettled(someone.email, 1);
    await tell({ kind: "suppressed", email_id: id, provider_message_id: provider_message_id ?? "" });
    const profile = await get<{ mail_suppressed: unknown }>("/api/members/profile", { token: someone.token });
    expect(profile.body.mail_suppressed).toMatchObject({ reason: "hard_bounce" });
    await post("/api/auth/forgot-password", { email: someone.email });
    expect(await untilMails(someone.email)).toHaveLength(1);
  });

  test("has failed even if Resend says so before we have written down that it took it", async () => {
    const email = anyEmail("early");
    const id = await outgoing(email, { attempts: 1, next_attempt_at: new Date(Date.now() + 60_000) });
    await tell({ kind: "failed", email_id: id, provider_message_id: "re_early" });
    expect(await outboxRow(email)).toMatchObject({ status: "failed", provider_message_id: "re_early" });
  });
});

test("SendGrid sends account security to addresses that it skips; the lists are cleared, and a refusal holds nothing up", async () => {
  const sendgrid = await startSendGrid();
  const platform = await ownPlatform(sendgrid.settings);
  const outbox = outboxOfOwn(platform);
  const [bounce = "", report = "", refused = "", unknown = ""] = [1, 2, 3, 4].map(() => anyEmail("skipped"));
  for (const email of [bounce, refused, unknown]) sendgrid.lists.bounces.add(email);
  sendgrid.lists.spam_reports.add(report);
  for (const email of [bounce, report, refused]) await suppress(email, platform.sql);
  const mail = (to_email: string, lane: number) =>
    platform.insert("emails", { template: "approval", to_email, lane, data: '{"first_name": "Robin"}' });
  await mail(bounce, 0);
  await mail(report, 0);
  await mail(unknown, 0);
  // We do not know that it is on the list.
  await mail(unknown, 1);
  await outbox.send();
  await outbox.untilDone();
  sendgrid.refuseRemovals(403, 403);
  await mail(refused, 0);
  await outbox.send();
  await outbox.untilDone();
  const received = sendgrid.received.map(({ mail: { personalizations } }) => personalizations[0]?.to[0]?.email);
  expect(received.toSorted()).toEqual([bounce, report, refused, unknown].toSorted());
  expect(sendgrid.dropped).toEqual([unknown]);
  expect([...sendgrid.lists.bounces, ...sendgrid.lists.spam_reports].toSorted()).toEqual([refused, unknown].toSorted());
});
