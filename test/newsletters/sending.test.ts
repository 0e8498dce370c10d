import { expect, test, vi } from "vitest";
import { outcome } from "../harness/client.ts";
import { failMails, mailsTo, untilMails } from "../harness/mailbox.ts";
import { HOURLY, newsletterPlatform } from "../harness/newsletter-platform.ts";
import { newsletterToken } from "../harness/newsletters.ts";
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
  // The one that failed was handed over to nobody.
  expect(stopped.body).toEqual({ send_status: "stopped", handed_over: 2, withdrawn: 1 });
  expect((await rows(id)).map(({ user_id }) => user_id)).not.toContain(waiting?.id);
  // What was under way turns out to be refused.
  await become(in_flight, "last_error = '401 restricted_api_key', next_attempt_at = now()");
  await releaseMails();
  for (const person of [waiting, in_flight]) expect(await mailsTo(person?.email ?? "")).toEqual([]);
  const [refused] = (await rows(id)).filter(({ user_id }) => user_id === in_flight?.id);
  expect(refused).toMatchObject({ status: "withheld", last_error: "newsletter_stopped" });
  expect((await ask<object>("GET", `/${id}`)).body).toMatchObject({ statistics: { recipients: 4, queued: 3 } });

  expect((await ask("GET", `/${id}/recipients`)).body).toMatchObject({ count: 3 });
  expect((await ask("POST", `/${id}/send`, { count: 3 })).status).toBe(200);
  await sendNow();
  await releaseMails();
  await untilMails(waiting?.email ?? "");
  await untilMails(in_flight?.email ?? "");
  await untilMails(failed?.email ?? "");
  expect((await ask<object>("GET", `/${id}`)).body).toMatchObject({ published_at: expect.any(String) });
  expect(await mailsTo(sent?.email ?? "")).toEqual([]);
  const after = await rows(id);
  expect(after).toHaveLength(4);
  // The mail that failed is the same one, so the provider can tell that it had it before.
  const idOf = (all: typeof after) => all.find(({ user_id }) => user_id === failed?.id)?.id;
  expect(idOf(after)).toBe(idOf(before));
});

test("the events are those of the moment when the first mail is written, whatever a test or an earlier try showed", async () => {
  const { platform, draft, ask, sendNow, rows, holdMails } = await newsletterPlatform(1);
  const someone = await platform.volunteer("newsletters.edit");
  const listed = async () => {
    const [row] = await platform.sql<{ events: { title: string }[] | null }>("select events from newsletter_archives");
    return row?.events?.map(({ title }) => title) ?? null;
  };
  const picnic = await platform.insert("events", {
    title: "Picnic",
    location: "The park",
    start_at: new Date(Date.now() + 3_600_000),
    end_at: new Date(Date.now() + 7_200_000),
    published: true,
  });
  const id = await draft({ shows_events: true });
  await platform.call("POST", `/api/admin/newsletters/${id}/test`, { token: someone.token });
  expect((await untilMails(someone.email))[0]?.text).toContain("Picnic");

  await holdMails();
  await ask("POST", `/${id}/send`, { count: 1 });
  await sendNow();
  expect([(await rows(id)).length, await listed()]).toEqual([1, ["Picnic"]]);
  await platform.sql("update events set cancelled_at = now() where id = $1", [picnic]);
  expect((await ask("POST", `/${id}/stop`)).body).toMatchObject({ send_status: "draft" });
  expect(await listed()).toBeNull();
  await ask("POST", `/${id}/send`, { count: 1 });
  await sendNow();
  expect([(await rows(id)).length, await listed()]).toEqual([1, []]);
});

test.for([
  ["for a wrong key", { status: 401 }],
  ["because it is broken", { status: 503 }],
  ["for now", { status: 429, retry_after: 600 }],
] as const)(
  "stopped after the provider refused all of it %s, nobody gets it, and it is a draft again",
  async ([, fault]) => {
    const { draft, people, ask, sendNow, rows } = await newsletterPlatform(3);
    await failMails({ mode: "status", match: people[0]?.email ?? "", count: 1, ...fault });
    const id = await draft();
    await ask("POST", `/${id}/send`, { count: 3 });
    await sendNow();
    await vi.waitFor(async () => {
      const last_errors = (await rows(id)).map(({ last_error }) => last_error);
      expect(last_errors).toEqual(Array(3).fill(expect.stringMatching(`^${fault.status}`)));
    }, 10_000);
    expect((await ask("POST", `/${id}/stop`)).body).toEqual({ send_status: "draft", handed_over: 0, withdrawn: 3 });
    expect(await rows(id)).toEqual([]);
  },
);

test("what the provider may have is not taken back, but the newsletter leaves the archive, and deleted it is not tried again", async () => {
  const { platform, draft, people, ask, sendNow, rows } = await newsletterPlatform(2);
  const [reader] = people;
  await failMails({ mode: "after_send", match: reader?.email ?? "", count: 1 });
  const id = await draft();
  await ask("POST", `/${id}/send`, { count: 2 });
  await sendNow();
  const link = `/api/newsletters/read?token=${await newsletterToken(id)}`;
  const open = async () => [
    (await platform.call("GET", `/api/newsletters/${id}`, { token: reader?.token })).status,
    (await platform.call("GET", link, { headers: { Accept: "application/json" } })).status,
  ];
  const errors = async () => [...new Set((await rows(id)).map(({ last_error }) => last_error))];
  await vi.waitFor(async () => expect(await errors()).not.toContain(null), 10_000);
  expect(await open()).toEqual([200, 200]);
  const stop = async () => (await ask("POST", `/${id}/stop`)).body;
  expect(await stop()).toEqual({ send_status: "stopped", handed_over: 2, withdrawn: 0 });
  expect(await open()).toEqual([404, 404]);

  // A refusal now says nothing about the attempt before.
  await failMails({ mode: "status", status: 401, match: reader?.email ?? "", count: 1 });
  await platform.sql("update emails set next_attempt_at = now() where newsletter_id = $1", [id]);
  await platform.look("mail");
  await vi.waitFor(async () => expect(await errors()).toEqual([expect.stringMatching(/^\w.*, then 401/)]), 10_000);
  expect(await stop()).toEqual({ send_status: "stopped", handed_over: 2, withdrawn: 0 });

  expect((await ask("DELETE", `/${id}`)).status).toBe(200);
  expect(await platform.sql("select distinct status, last_error from emails where template = 'newsletter'")).toEqual([
    { status: "withheld", last_error: "newsletter_deleted" },
  ]);
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
  const night = zoneAt(23);
  await platform.sql("update organisation_settings set time_zone = $1", [night]);
  const id = await draft();
  const { body } = await ask<{ send_at: string }>("POST", `/${id}/send`, { count: 2 });
  expect(hourIn(night, body.send_at)).toBe(8);
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
