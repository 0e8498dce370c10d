import { describe, expect, test, vi } from "vitest";
import { get, outcome, post } from "../harness/client.ts";
import { sentMail, tell } from "../harness/mail-feedback.ts";
import { failMails, untilMails } from "../harness/mailbox.ts";
import { outboxRow, outgoing } from "../harness/outbox.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

interface Listed {
  total: number;
  items: { id: string; to_email: string; status: string; feedback: string | null; next_attempt_at: string | null }[];
}

describe.concurrent("the outbox", () => {
  test("shows what became of each mail, by any of its filters, and nothing of what it says", async () => {
    const desk = await volunteer("settings.email");
    const someone = await person();
    const past = { user_id: someone.id, created_at: new Date("2026-02-03T12:00:00Z") };
    const waiting = await outgoing(someone.email, {
      ...past,
      template: "activation",
      lane: 0,
      next_attempt_at: new Date("2099-01-01T00:00:00Z"),
      data: { first_name: "A secret name" },
    });
    const failed = await outgoing(someone.email, { ...past, status: "failed", last_error: "422 validation_error" });
    const bounced = await sentMail(someone.email, { ...past, lane: 2, created_at: new Date("2026-02-04T12:00:00Z") });
    await tell({ kind: "soft_bounce", email_id: bounced });

    const ids = async (query: string) =>
      (await get<Listed>(`/api/admin/outbox?user_id=${someone.id}&${query}`, desk)).body.items.map(({ id }) => id);
    const all = await get<Listed>(`/api/admin/outbox?email=${someone.email.toUpperCase()}`, desk);
    expect(all.body).toMatchObject({
      total: 3,
      items: [{ id: bounced, feedback: "bounced", next_attempt_at: null }, {}, {}],
    });
    expect(all.text).not.toContain("A secret name");
    expect(await ids("status=failed")).toEqual([failed]);
    expect(await ids("feedback=bounced")).toEqual([bounced]);
    expect(await ids("template=activation")).toEqual([waiting]);
    expect(await ids("lane=0")).toEqual([waiting]);
    expect(await ids("last_error=422")).toEqual([failed]);
    expect(await ids("from=2026-02-04&to=2026-02-04")).toEqual([bounced]);
    expect((await ids("to=2026-02-03")).sort()).toEqual([failed, waiting].sort());
  });

  test("sends a mail that was given up on as soon as somebody asks, once", async () => {
    const desk = await volunteer("settings.email");
    const email = anyEmail("retry");
    const id = await outgoing(email, { status: "failed", attempts: 12, last_error: "500" });
    const retry = () => post(`/api/admin/outbox/${id}/retry`, undefined, desk);
    const answers = await Promise.all([retry(), retry(), retry()]);
    for (const answer of answers) expect([200, 409]).toContain(answer.status);
    expect(await untilMails(email)).toHaveLength(1);
    await vi.waitFor(async () => expect(await outboxRow(email)).toMatchObject({ status: "sent", attempts: 1 }), 10_000);
    expect(outcome(await retry())).toEqual([409, "already_sent"]);
    expect(await untilMails(email)).toHaveLength(1);
  });

  test("sends all at once that failed in an outage and still have a working link, counts them, and says who did it", async () => {
    const desk = await volunteer("settings.email");
    const someone = await person();
    const mail = (columns: Record<string, unknown>) =>
      outgoing(someone.email, { user_id: someone.id, status: "failed", last_error: "503", attempts: 12, ...columns });
    const link = await insert("account_tokens", {
      user_id: someone.id,
      purpose: "reset_password",
      expires_at: new Date("2026-01-01T00:00:00Z"),
    });
    const again = [await mail({}), await mail({ last_error: "503 busy" })];
    await mail({ last_error: "422 validation_error" });
    await mail({ template: "password_reset", lane: 0, account_token_id: link.id });
    await mail({ created_at: new Date("2026-01-01T00:00:00Z") });
    await mail({ status: "withheld", last_error: "unsubscribed" });
    const retry = (filters: object) =>
      post("/api/admin/outbox/retry", { email: someone.email, from: "2026-02-01", ...filters }, desk);
    const answer = await retry({ last_error: "503" });
    expect([answer.status, answer.body]).toEqual([200, { retried: 2, left: 0 }]);
    expect(await untilMails(someone.email, 2)).toHaveLength(2);
    await vi.waitFor(async () =>
      expect(await sql("select id from emails where user_id = $1 and status = 'sent'", [someone.id])).toHaveLength(2),
    );
    expect((await sql("select id from emails where id = any($1) and status = 'sent'", [again])).length).toBe(2);
    const [entry] = await sql<{ changes: unknown }>(
      "select changes from audit_log where actor_id = $1 and action = $2",
      [desk.id, "emails.retried"],
    );
    expect(entry?.changes).toMatchObject({ email: null, last_error: [null, "503"], retried: [null, 2] });
    expect((await retry({ last_error: "503" })).body).toEqual({ retried: 0, left: 0 });
    expect((await retry({ status: "withheld" })).body).toEqual({ retried: 1, left: 0 });
    for (const wrong of [{ from: undefined }, { status: "sent" }, { to: "2026-01-01" }, { feedback: "bounced" }])
      expect(outcome(await retry(wrong))).toEqual([400, "invalid_input"]);
  });

  test("leaves one that is waiting as it is", async () => {
    const desk = await volunteer("settings.email");
    const email = anyEmail("waiting");
    const id = await outgoing(email, { attempts: 3, next_attempt_at: new Date("2099-01-01T00:00:00Z") });
    const answer = await post(`/api/admin/outbox/${id}/retry`, undefined, desk);
    expect(outcome(answer)).toEqual([409, "already_waiting"]);
    expect(await outboxRow(email)).toMatchObject({ status: "pending", attempts: 3 });
  });

  test("withholds one again whose address is still suppressed", async () => {
    const desk = await volunteer("settings.email");
    const email = anyEmail("suppressed");
    await tell({ kind: "complained", email_id: await sentMail(email, { template: "rejection" }) });
    await sql("delete from emails where to_email = $1", [email]);
    const id = await outgoing(email, { status: "withheld", last_error: "suppressed" });
    await failMails({ mode: "status", match: email, count: 1 });
    expect((await post(`/api/admin/outbox/${id}/retry`, undefined, desk)).body).toMatchObject({ status: "pending" });
    await vi.waitFor(async () =>
      expect(await outboxRow(email)).toMatchObject({ status: "withheld", last_error: "suppressed", attempts: 0 }),
    );
  });
});

test("the health of mail counts the last days, and what waits in which lane", async () => {
  const platform = await ownPlatform();
  const { token } = await platform.volunteer("settings.email");
  const health = () => platform.call<Record<string, unknown>>("GET", "/api/admin/outbox/health", { token });
  expect((await health()).body).toMatchObject({ waiting: [], sent_today: 0, mails_per_day: null, day_spent: false });
  const mail = (columns: Record<string, unknown>) =>
    platform.insert("emails", { template: "approval", to_email: "robin@example.org", ...columns });
  const sent = (sent_at: Date, feedback: string | null) =>
    mail({ status: "sent", sent_at, created_at: sent_at, feedback, feedback_at: feedback && sent_at });
  const now = new Date();
  await sent(now, "delivered");
  await sent(now, "bounced");
  await sent(now, null);
  await sent(new Date(now.getTime() - 2 * 86_400_000), "complained");
  await sent(new Date(now.getTime() - 30 * 86_400_000), "delivered");
  // It waited for weeks, until the day's limit let it go.
  const waited = new Date(now.getTime() - 4 * 86_400_000);
  await mail({ status: "sent", sent_at: waited, created_at: new Date(waited.getTime() - 20 * 86_400_000) });
  await mail({ status: "failed" });
  await mail({ status: "withheld" });
  await mail({ lane: 2, next_attempt_at: "2026-01-02T03:04:05.678Z" });
  await mail({ lane: 2, next_attempt_at: "2099-01-01T00:00:00.000Z" });
  await mail({ lane: 0, next_attempt_at: "2099-01-01T00:00:00.000Z" });
  // The provider does not answer: each attempt moves the next one.
  const tried = { lane: 1, next_attempt_at: "2099-01-01T00:00:00.000Z", attempts: 7, last_error: "503" };
  await mail({ ...tried, created_at: "2026-01-02T03:04:05.678Z" });
  await mail({ ...tried, created_at: "2026-01-03T03:04:05.678Z" });
  await platform.sql("update mail_pace set sent_today = 90, day = (now() at time zone 'UTC')::date");
  await platform.sql("update organisation_settings set mails_per_day = 100");

  const { body } = await health();
  const days = body.days as Record<string, unknown>[];
  expect(days).toHaveLength(7);
  const none = { sent: 0, delivered: 0, bounced: 0, complained: 0, failed: 0, withheld: 0 };
  const day = (ago: number) => new Date(now.getTime() - ago * 86_400_000).toISOString().slice(0, 10);
  expect(days[0]).toEqual({ ...none, day: day(0), sent: 3, delivered: 1, bounced: 1, failed: 1, withheld: 1 });
  expect(days[1]).toEqual({ ...none, day: day(1) });
  expect(days[2]).toEqual({ ...none, day: day(2), sent: 1, complained: 1 });
  expect(days[4]).toEqual({ ...none, day: day(4), sent: 1 });
  expect(body).toMatchObject({
    waiting: [
      { lane: 0, mails: 1, tried: 0, oldest_due_at: null },
      { lane: 1, mails: 2, tried: 2, oldest_due_at: "2026-01-02T03:04:05.678Z" },
      { lane: 2, mails: 2, tried: 0, oldest_due_at: "2026-01-02T03:04:05.678Z" },
    ],
    sent_today: 90,
    mails_per_day: 100,
    day_spent: true,
  });
  await platform.sql("update mail_pace set day = day - 1");
  expect((await health()).body).toMatchObject({ sent_today: 0, day_spent: false });
});
