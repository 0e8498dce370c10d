import { expect, test } from "vitest";
import type { MailHealth } from "../../src/mail/health.ts";
import { mailsTo } from "../harness/mailbox.ts";
import { outboxOfOwn } from "../harness/own-mails.ts";
import { ownPlatform } from "../harness/own-platform.ts";

type Platform = Awaited<ReturnType<typeof ownPlatform>>;

async function healthOf({ call, volunteer }: Platform): Promise<MailHealth> {
  const { token } = await volunteer("settings.email");
  return (await call<MailHealth>("GET", "/api/admin/outbox/health", { token })).body;
}

test("account security goes first, then what somebody waits for, then bulk, and all keep one pace", async () => {
  const platform = await ownPlatform();
  const outbox = outboxOfOwn(platform);
  await outbox.settings({ mails_per_second: 4 });
  await outbox.add(8, { lane: 2 });
  await outbox.add(2, { lane: 1 });
  await outbox.add(2, { lane: 0 });
  const started = Date.now();
  await Promise.all([outbox.send(), outbox.send()]);
  const rows = await outbox.untilDone();
  const sent = (of: number) => rows.filter(({ lane }) => lane === of).map(({ sent_at }) => Number(sent_at));
  expect(Math.max(...sent(0))).toBeLessThanOrEqual(Math.min(...sent(1)));
  expect(Math.max(...sent(1))).toBeLessThanOrEqual(Math.min(...sent(2)));
  // Twelve mails: the last second's worth begins after two seconds.
  expect(Math.max(...sent(2)) - started).toBeGreaterThan(1400);
});

test("a password reset in the middle of bulk leaves within two seconds", async () => {
  const platform = await ownPlatform();
  const outbox = outboxOfOwn(platform);
  const { email } = await platform.person("active");
  await outbox.settings({ mails_per_second: 20 });
  await outbox.add(300, { lane: 2 });
  // The test ends before all of it is out.
  outbox.send().catch(() => undefined);
  await expect.poll(async () => (await outbox.rows()).some(({ sent_at }) => sent_at), { timeout: 5000 }).toBe(true);
  const body = { email };
  expect((await platform.call("POST", "/api/auth/forgot-password", { body })).status).toBe(200);
  await expect.poll(() => mailsTo(email), { timeout: 5000, interval: 50 }).toHaveLength(1);
  const sent = () =>
    platform.sql<{ seconds: number; waiting: number }>(
      `select extract(epoch from sent_at - created_at)::float8 as seconds,
         (select count(*)::int from emails where status = 'pending') as waiting
       from emails where to_email = $1 and status = 'sent'`,
      [email],
    );
  // The mail is there before the row says so.
  await expect.poll(sent).toHaveLength(1);
  const [row] = await sent();
  expect(row?.waiting).toBeGreaterThan(200);
  expect(row?.seconds).toBeLessThan(2);
  await platform.sql("delete from emails");
});

test("the last tenth of the day is for account security; the rest waits for the next day, without an attempt", async () => {
  const platform = await ownPlatform();
  const outbox = outboxOfOwn(platform);
  await outbox.settings({ mails_per_day: 20 });
  await outbox.add(25, { lane: 1 });
  await outbox.send();
  const sent = async (lane: number) =>
    (await outbox.rows()).filter((row) => row.lane === lane && row.status === "sent").length;
  expect(await sent(1)).toBe(18);
  await outbox.add(5, { lane: 0 });
  await outbox.add(5, { lane: 2 });
  await outbox.send();
  expect([await sent(0), await sent(1), await sent(2)]).toEqual([2, 18, 0]);
  const waiting = (await outbox.rows()).filter(({ status }) => status === "pending");
  expect(waiting.map(({ attempts }) => attempts)).toEqual(waiting.map(() => 0));
  const health = await healthOf(platform);
  expect(health).toMatchObject({ sent_today: 20, mails_per_day: 20, day_spent: true });
  expect(health.waiting.map(({ lane, mails }) => [lane, mails])).toEqual([
    [0, 3],
    [1, 7],
    [2, 5],
  ]);
  expect(health.days[0]).toMatchObject({ sent: 20, failed: 0, withheld: 0 });
  // At the next midnight in UTC, or on the way there.
  const midnight = new Date().setUTCHours(24, 0, 0, 0);
  const look = (await outbox.pace())?.next_look_at?.getTime() ?? 0;
  expect(Math.abs(look - Math.min(midnight, Date.now() + 12 * 3_600_000))).toBeLessThan(10_000);

  await platform.sql("update mail_pace set day = day - 1");
  // A delivery that was on its way may have begun the new day.
  expect(await healthOf(platform)).toMatchObject({ day_spent: false });
  await outbox.send();
  expect(await outbox.untilDone()).toHaveLength(35);
  expect((await outbox.pace())?.sent_today).toBe(15);
});
