import { describe, expect, test } from "vitest";
import { MAIL_KINDS, type MailKind } from "../../src/mail/lanes.ts";
import { unsubscribeLink } from "../../src/mail/unsubscribe-link.ts";
import { call, get, outcome } from "../harness/client.ts";
import { unsubscribeToken } from "../harness/mail-feedback.ts";
import { untilMails } from "../harness/mailbox.ts";
import { newsletter } from "../harness/newsletters.ts";
import { EVENT_NEWS, outgoing, sendDueMails } from "../harness/outbox.ts";
import { erase, person } from "../harness/people.ts";
import { settings, sql, startWorker } from "../harness/platform.ts";

/** The path of the link in a mail. */
async function linkOf({ id }: { id: string }, kind: MailKind): Promise<string> {
  const [row] = await sql<{ unsubscribe_key: string }>("select unsubscribe_key from mail_pace");
  return new URL(unsubscribeLink(settings, row?.unsubscribe_key ?? "", { user_id: id, kind })).pathname;
}

/** What somebody wants, by kind. */
async function wishesOf({ id }: { id: string }) {
  const [row] = await sql<Record<MailKind, boolean>>(
    "select newsletter_consent_at is not null as newsletter, wants_event_news as event_news, wants_reminders as reminders from users where id = $1",
    [id],
  );
  return row;
}

const everything = { newsletter: true, event_news: true, reminders: true };
const subscriber = (status: Parameters<typeof person>[0] = "active") =>
  person(status, { newsletter_consent_at: new Date("2026-01-01T00:00:00Z") });

describe.concurrent("the link that stops mails of a kind", () => {
  test.each(MAIL_KINDS)(
    "shows a page and stops %s alone once its button is used; another button takes it back",
    async (kind) => {
      const someone = await subscriber();
      const link = await linkOf(someone, kind);
      const html = { headers: { Accept: "text/html" } };
      const asked = await get(link, html);
      expect([asked.status, asked.text.includes(`<form method="post" action="${link}"`)]).toEqual([200, true]);
      expect(await wishesOf(someone)).toEqual(everything);

      const done = await call("POST", link, html);
      expect([
        done.status,
        done.text.includes("You are unsubscribed"),
        done.text.includes(`action="${link}/undo"`),
      ]).toEqual([200, true, true]);
      expect(await wishesOf(someone)).toEqual({ ...everything, [kind]: false });

      expect((await call("POST", `${link}/undo`, html)).status).toBe(200);
      expect(await wishesOf(someone)).toEqual(everything);
    },
  );

  test("a newsletter has not lost those who subscribe again at once", async () => {
    const someone = await subscriber();
    const newsletter_id = await newsletter();
    await sql("insert into newsletter_recipients (newsletter_id, user_id, queued_at) values ($1, $2, now())", [
      newsletter_id,
      someone.id,
    ]);
    const lost = () =>
      sql("select count(unsubscribed_at)::int as lost from newsletter_recipients where newsletter_id = $1", [
        newsletter_id,
      ]);
    const link = await linkOf(someone, "newsletter");
    await call("POST", link);
    expect(await lost()).toEqual([{ lost: 1 }]);
    await call("POST", `${link}/undo`);
    expect(await lost()).toEqual([{ lost: 0 }]);
  });

  test.each([
    ["a form", "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"],
    [
      "a form of parts",
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
    ["nothing", "text/plain", ""],
  ])("takes what mail programs send: %s (RFC 8058)", async (_, type, body) => {
    const someone = await subscriber();
    const answer = await call("POST", await linkOf(someone, "newsletter"), { body, headers: { "Content-Type": type } });
    expect(answer.status).toBe(200);
    expect(await wishesOf(someone)).toEqual({ ...everything, newsletter: false });
  });

  test("works for people who are no longer members, and again and again", async () => {
    const someone = await subscriber("inactive");
    const link = await linkOf(someone, "event_news");
    for (let time = 0; time < 2; time += 1) expect((await call("POST", link)).status).toBe(200);
    expect(await wishesOf(someone)).toEqual({ ...everything, event_news: false });
  });

  test("tells nobody who is here", async () => {
    const [someone, gone] = [await subscriber(), await person()];
    await erase(gone);
    const links = [someone, gone, { id: crypto.randomUUID() }].map((one) => linkOf(one, "newsletter"));
    const answers = await Promise.all(links.map(async (link) => call("POST", await link)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  });

  test("stops nothing unless we made it", async () => {
    const someone = await subscriber();
    const good = (await linkOf(someone, "newsletter")).slice("/api/unsubscribe/".length);
    const older = await unsubscribeToken(someone.id, "newsletter");
    const forged = [
      `${someone.id}.newsletter`,
      ...[good, older].flatMap((token) => [
        token.replace("newsletter", "reminders"),
        token.replace(someone.id, crypto.randomUUID()),
        token.replace(someone.id, "somebody"),
      ]),
      `${someone.id}.newsletter.${"0".repeat(64)}`,
      await unsubscribeToken(someone.id, "account" as MailKind),
    ];
    for (const token of forged)
      for (const [method, end] of [
        ["GET", ""],
        ["POST", ""],
        ["POST", "/undo"],
      ] as const)
        expect(outcome(await call(method, `/api/unsubscribe/${token}${end}`))).toEqual([400, "link_not_valid"]);
    expect(await wishesOf(someone)).toEqual(everything);
  });
});

test("the link outlives a change of JWT_SECRET; links of older mails work as long as their secret is known", async () => {
  const someone = await subscriber();
  const changed = { JWT_SECRET: "another secret, which is long enough to sign with, and is the newest one" };
  const rotating = await startWorker({ ...changed, JWT_SECRET_PREVIOUS: settings.JWT_SECRET });
  const rotated = await startWorker(changed);
  const link = await linkOf(someone, "event_news");
  const older = `/api/unsubscribe/${await unsubscribeToken(someone.id, "event_news")}`;
  const statuses = async ({ url }: { url: string }) => [
    (await call("POST", link, { url })).status,
    (await call("POST", older, { url })).status,
  ];
  const seen = [await statuses(rotating), await statuses(rotated)];
  await Promise.all([rotating.stop(), rotated.stop()]);
  expect(seen).toEqual([
    [200, 200],
    [200, 400],
  ]);
});

describe("a mail that people can do without", () => {
  test("carries the link in its headers and at its end, and one about the account does not", async () => {
    const someone = await subscriber();
    await outgoing(someone.email, { user_id: someone.id, ...EVENT_NEWS });
    await outgoing(someone.email, { user_id: someone.id });
    await sendDueMails();
    const mails = await untilMails(someone.email, 2);
    const link = `${settings.API_URL}${await linkOf(someone, "event_news")}`;
    const [news, ...others] = mails.filter(({ text }) => text.includes("unsubscribe"));
    expect(others).toEqual([]);
    expect(news?.text).toContain(`\n${link}\n`);
    expect(news?.html).toContain(`href="${link}"`);
    expect(news?.headers).toEqual({
      "List-Unsubscribe": `<${link}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    expect(mails.find((mail) => mail !== news)?.headers).toEqual({});
  });
});
