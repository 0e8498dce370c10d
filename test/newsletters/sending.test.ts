import { expect, test, vi } from "vitest";
import { outcome } from "../harness/client.ts";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { HOURLY, newsletterPlatform } from "../harness/newsletter-platform.ts";
import { hourIn, zoneAt } from "../harness/zones.ts";

test("a newsletter goes to those who want it when its five minutes are over, and says to all the same", async () => {
  const { platform, draft, people, ask, sendNow, rows } = await newsletterPlatform(3);
  const id = await draft({ title: "Spring", shows_events: true });
  expect(outcome(await ask("POST", `/${id}/send`, { count: 4 }))).toEqual([409, "count_changed"]);
  const sent = await ask<{ send_status: string; send_at: string }>("POST", `/${id}/send`, { count: 3 });
  expect([sent.status, sent.body.send_status]).toEqual([200, "scheduled"]);
  const minutes = (Date.parse(sent.body.send_at) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(4.8);
  expect(minutes).toBeLessThan(5.2);
  expect(outcome(await ask("POST", `/${id}/send`, { count: 3 }))).toEqual([409, "newsletter_under_way"]);

  // Before its time, nothing happens.
  await platform.fire(HOURLY);
  expect(await rows(id)).toEqual([]);

  // Meanwhile one changes their mind, and somebody new would like it: the recipients were frozen.
  const [kept, gone, also] = people;
  await platform.sql("update users set newsletter_consent_at = null where id = $1", [gone?.id]);
  const late = await platform.person("active");
  await platform.sql("update users set newsletter_consent_at = now() where id = $1", [late.id]);
  const title = "Picnic in the open";
  await platform.insert("events", {
    title,
    location: "The park",
    start_at: new Date(Date.now() + 3_600_000),
    end_at: new Date(Date.now() + 7_200_000),
    published: true,
    place_audience: "everybody",
  });
  await sendNow();
  expect((await rows(id)).map(({ user_id }) => user_id).sort()).toEqual([kept?.id, also?.id].sort());
  expect((await rows(id))[0]).toMatchObject({ lane: 2, data: { newsletter_id: id, content: null } });

  // What is changed now does not change what they read.
  await platform.sql("update events set title = 'Something else'");
  const [first] = await untilMails(kept?.email ?? "");
  const [second] = await untilMails(also?.email ?? "");
  // Only the link that unsubscribes is one's own.
  const shared = (text = "") => text.replaceAll(/unsubscribe\/[\w.-]+/g, "unsubscribe");
  expect(first?.subject).toBe("Spring");
  expect([shared(first?.html), shared(first?.text)]).toEqual([shared(second?.html), shared(second?.text)]);
  expect(first?.html).toContain(title);
  expect(first?.html).not.toMatch(/Robin|@example\.org/);
  const [, link = ""] = /(http\S+\/api\/newsletters\/read\?token=\S+)/.exec(first?.text ?? "") ?? [];
  const read = await platform.call("GET", new URL(link).pathname + new URL(link).search);
  expect(read.text).toContain(title);
  expect(await mailsTo(late.email)).toEqual([]);

  await platform.sql("update emails set feedback = 'bounced', feedback_at = now() where user_id = $1", [kept?.id]);
  await platform.sql("update users set newsletter_consent_at = null where id = $1", [also?.id]);
  await vi.waitFor(async () => expect((await rows(id)).map(({ status }) => status)).toEqual(["sent", "sent"]), 10_000);
  const { body } = await ask<object>("GET", `/${id}`);
  expect(body).toMatchObject({
    send_status: "sent",
    published_at: expect.any(String),
    statistics: {
      recipients: 2,
      queued: 2,
      unsubscribed: 1,
      emails: { pending: 0, sent: 2, failed: 0, withheld: 0, bounced: 1, complained: 0 },
    },
  });
});

test("stopped within five minutes it is a draft again, nobody got it, and it can be changed and sent to others", async () => {
  const { platform, draft, people, ask, sendNow, rows } = await newsletterPlatform(2);
  const id = await draft();
  await ask("POST", `/${id}/send`, { count: 2 });
  const stopped = await ask("POST", `/${id}/stop`);
  expect(stopped.body).toEqual({ send_status: "draft", handed_over: 0, withdrawn: 0 });
  expect(outcome(await ask("POST", `/${id}/stop`))).toEqual([409, "newsletter_not_under_way"]);
  await sendNow();
  expect(await rows(id)).toEqual([]);
  expect((await ask("PUT", `/${id}`, { body: "Corrected" })).status).toBe(200);
  await platform.sql("update users set newsletter_consent_at = null where id = $1", [people[0]?.id]);
  expect((await ask("POST", `/${id}/send`, { count: 1 })).status).toBe(200);
  await sendNow();
  expect((await rows(id)).map(({ user_id }) => user_id)).toEqual([people[1]?.id]);
});

test("stopped before any delivery took a mail it is a draft again, and no longer in the archive", async () => {
  const { draft, people, ask, sendNow, rows, holdMails, platform } = await newsletterPlatform(1);
  await holdMails();
  const id = await draft();
  await ask("POST", `/${id}/send`, { count: 1 });
  await sendNow();
  const archive = async () =>
    (await platform.call<{ items: unknown[] }>("GET", "/api/newsletters", { token: people[0]?.token })).body.items;
  expect([(await rows(id)).length, (await archive()).length]).toEqual([1, 1]);
  const stopped = await ask("POST", `/${id}/stop`);
  expect(stopped.body).toEqual({ send_status: "draft", handed_over: 0, withdrawn: 1 });
  expect(await archive()).toEqual([]);
});

test("stopped later nobody gets it whose mail no delivery took, and sent again it reaches only them and those whose mail failed", async () => {
  const { platform, draft, people, ask, sendNow, rows, holdMails, releaseMails } = await newsletterPlatform(4);
  await holdMails();
  const id = await draft();
  await ask("POST", `/${id}/send`, { count: 4 });
  await sendNow();
  const [sent, in_flight, failed, waiting] = people;
  const become = (person: { id: string } | undefined, columns: string) =>
    platform.sql(`update emails set attempts = 1, ${columns} where user_id = $1`, [person?.id]);
  await become(sent, "status = 'sent', sent_at = now()");
  await become(in_flight, "next_attempt_at = now() + interval '2 minutes'");
  await become(failed, "status = 'failed'");
  const before = await rows(id);

  const stopped = await ask("POST", `/${id}/stop`);
  expect(stopped.body).toEqual({ send_status: "stopped", handed_over: 3, withdrawn: 1 });
  expect((await rows(id)).map(({ user_id }) => user_id)).not.toContain(waiting?.id);
  await releaseMails();
  expect(await mailsTo(waiting?.email ?? "")).toEqual([]);
  expect((await ask<object>("GET", `/${id}`)).body).toMatchObject({ statistics: { recipients: 4, queued: 3 } });

  expect((await ask("GET", `/${id}/recipients`)).body).toMatchObject({ count: 2 });
  expect((await ask("POST", `/${id}/send`, { count: 2 })).status).toBe(200);
  await sendNow();
  await releaseMails();
  await untilMails(waiting?.email ?? "");
  await untilMails(failed?.email ?? "");
  expect(await mailsTo(sent?.email ?? "")).toEqual([]);
  const after = await rows(id);
  expect(after).toHaveLength(4);
  // The mail that failed is the same one, so the provider can tell that it had it before.
  const idOf = (all: typeof after) => all.find(({ user_id }) => user_id === failed?.id)?.id;
  expect(idOf(after)).toBe(idOf(before));
});

test("many looks at once write each mail once, and one that breaks off is gone on with", async () => {
  const { platform, draft, addReaders, ask, makeDue, rows, holdMails } = await newsletterPlatform(0);
  await holdMails();
  await addReaders(1300);
  const id = await draft();
  await ask("POST", `/${id}/send`, { count: 1300 });
  await makeDue();
  await platform.sql("update newsletter_archives set send_status = 'sending' where id = $1", [id]);
  await platform.sql(
    "update newsletter_recipients set queued_at = now() where user_id in (select user_id from newsletter_recipients order by random() limit 100)",
  );
  await Promise.all([platform.fire(HOURLY), platform.fire(HOURLY), platform.fire(HOURLY)]);
  const written = await rows(id);
  expect(written).toHaveLength(1200);
  expect(new Set(written.map(({ user_id }) => user_id)).size).toBe(1200);
  expect((await ask<object>("GET", `/${id}`)).body).toMatchObject({ send_status: "sent" });
});

test("a newsletter that somebody sends at night begins at 8 in the morning, and reaches nobody at night", async () => {
  const { platform, draft, people, ask, sendNow, rows } = await newsletterPlatform(2);
  await platform.sql("update organisation_settings set time_zone = $1", [zoneAt(23)]);
  const id = await draft();
  const { body } = await ask<{ send_at: string }>("POST", `/${id}/send`, { count: 2 });
  expect(hourIn(zoneAt(23), body.send_at)).toBe(8);
  expect(Date.parse(body.send_at) - Date.now()).toBeLessThan(10 * 3_600_000);

  await platform.sql("update organisation_settings set time_zone = $1", [zoneAt(12)]);
  await platform.sql("update users set time_zone = $2 where id = $1", [people[0]?.id, zoneAt(23)]);
  await sendNow();
  await vi.waitFor(async () => {
    const fates = (await rows(id)).map(({ user_id, status }) => [user_id, status]);
    expect(Object.fromEntries(fates)).toEqual({ [people[0]?.id ?? ""]: "pending", [people[1]?.id ?? ""]: "sent" });
  });
  // It can still be stopped for those who wait.
  const stopped = await ask<{ withdrawn: number }>("POST", `/${id}/stop`);
  expect([stopped.status, stopped.body.withdrawn]).toEqual([200, 1]);
});
