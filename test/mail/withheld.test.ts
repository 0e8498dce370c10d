import { describe, expect, test, vi } from "vitest";
import { get, outcome, post } from "../harness/client.ts";
import { sentMail, tell } from "../harness/mail-feedback.ts";
import { attemptsTo, mailsTo, tokenIn, untilMails } from "../harness/mailbox.ts";
import { EVENT_NEWS, MESSAGE, outboxOf, outgoing, sendDueMails } from "../harness/outbox.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

const fateOf = async (email: string) =>
  (await outboxOf(email)).map(({ template, status, last_error }) => [template, status, last_error]);

describe("a mail that is due", () => {
  test("is withheld where the address is suppressed, unless it is about the security of the account", async () => {
    const someone = await person();
    const past = await sentMail(someone.email);
    await tell({ kind: "hard_bounce", email_id: past });
    await sql("delete from emails where id = $1", [past]);
    await outgoing(someone.email, { user_id: someone.id });
    await outgoing(someone.email, {
      user_id: someone.id,
      template: "password_changed",
      lane: 0,
      data: { first_name: "Robin", changed_at: "2027-03-01T18:30:00.000Z" },
    });
    await sendDueMails();
    expect((await untilMails(someone.email)).map(({ subject }) => subject)).toEqual([
      "Your password for LOAF was changed",
    ]);
    await vi.waitFor(async () =>
      expect((await fateOf(someone.email)).sort()).toEqual([
        ["approval", "withheld", "suppressed"],
        ["password_changed", "sent", null],
      ]),
    );
  });

  test("is withheld where the person unsubscribed from its kind; mails about the account or an answer of theirs go out", async () => {
    const someone = await person("active", { wants_event_news: false });
    for (const mail of [EVENT_NEWS, MESSAGE]) await outgoing(someone.email, { user_id: someone.id, ...mail });
    await outgoing(someone.email, { user_id: someone.id });
    await sendDueMails();
    await untilMails(someone.email, 2);
    await vi.waitFor(async () =>
      expect((await fateOf(someone.email)).sort()).toEqual([
        ["approval", "sent", null],
        ["event_for_newcomers", "withheld", "unsubscribed"],
        ["event_message", "sent", null],
      ]),
    );
    expect(await attemptsTo(someone.email)).toHaveLength(2);
  });

  test.each(["expired", "used"])("is withheld where its link has %s, and cannot be sent after all", async (why) => {
    const desk = await volunteer("settings.email");
    const someone = await person();
    const links = await Promise.all(
      ["dead", "open"].map((state) =>
        insert("account_tokens", {
          user_id: someone.id,
          purpose: "reset_password",
          expires_at: new Date(Date.now() + (state === "dead" && why === "expired" ? -1000 : 3_600_000)),
          used_at: state === "dead" && why === "used" ? new Date() : null,
        }),
      ),
    );
    const [dead] = await Promise.all(
      links.map(({ id }) =>
        outgoing(someone.email, {
          user_id: someone.id,
          account_token_id: id,
          template: "password_reset",
          lane: 0,
          attempts: 8,
        }),
      ),
    );
    await sendDueMails();
    expect(await untilMails(someone.email)).toHaveLength(1);
    await vi.waitFor(async () =>
      expect((await fateOf(someone.email)).sort()).toEqual([
        ["password_reset", "sent", null],
        ["password_reset", "withheld", "link_expired"],
      ]),
    );
    expect(outcome(await post(`/api/admin/outbox/${dead}/retry`, undefined, desk))).toEqual([409, "mail_link_expired"]);
  });

  test("does not wait behind a thousand that nobody gets", async () => {
    const platform = await ownPlatform();
    const gone = anyEmail("gone");
    const someone = await platform.person("active");
    const mail = await platform.insert("emails", {
      template: "approval",
      to_email: gone,
      status: "sent",
      sent_at: new Date(),
    });
    await tell({ kind: "hard_bounce", email_id: mail }, { url: platform.url });
    await platform.sql(
      `insert into emails (template, to_email, data, next_attempt_at)
       select 'approval', $1, '{"first_name": "Robin"}', now() - interval '1 hour' from generate_series(1, 1200)`,
      [gone],
    );
    await platform.insert("emails", { template: "approval", to_email: someone.email, data: '{"first_name": "Robin"}' });
    await platform.look("mail");
    expect(await mailsTo(someone.email)).toHaveLength(1);
    expect(await attemptsTo(gone)).toEqual([]);
  });
});

describe.concurrent("somebody to whose address we no longer write", () => {
  const profile = async (token: string) =>
    (await get<{ mail_suppressed: unknown; email: string }>("/api/members/profile", { token })).body;
  const bounced = async () => {
    const someone = await person();
    await tell({ kind: "complained", email_id: await sentMail(someone.email) });
    return someone;
  };
  const again = ({ token, email }: { token: string; email: string }) =>
    post("/api/auth/change-email", { new_email: email }, { token });

  test("gets mail again after they confirmed the address with the link that we mail them", async () => {
    const someone = await bounced();
    expect((await again(someone)).status).toBe(200);
    const [mail] = await untilMails(someone.email);
    expect((await profile(someone.token)).mail_suppressed).toMatchObject({ reason: "complaint" });
    const token = tokenIn(mail ?? { text: "" });
    expect((await post("/api/auth/confirm-email", { token })).status).toBe(200);
    expect(await profile(someone.token)).toMatchObject({ mail_suppressed: null, email: someone.email });
    expect(outcome(await again(someone))).toEqual([409, "address_unchanged"]);
    // What happened before, and is told late, counts no more. What happens from now on does.
    await tell({
      kind: "hard_bounce",
      email_id: await sentMail(someone.email),
      occurred_at: new Date(Date.now() - 60_000),
    });
    expect((await profile(someone.token)).mail_suppressed).toBeNull();
    await tell({
      kind: "hard_bounce",
      email_id: await sentMail(someone.email),
      occurred_at: new Date(Date.now() + 1000),
    });
    expect((await profile(someone.token)).mail_suppressed).toMatchObject({ reason: "hard_bounce" });
  });

  test("may ask for that five times a day", async () => {
    const someone = await bounced();
    const answers: number[] = [];
    for (let asked = 0; asked < 6; asked += 1) answers.push((await again(someone)).status);
    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
  });

  test("still gets the links with which they sign in, and a new address is a fresh start", async () => {
    const someone = await bounced();
    const new_email = anyEmail("new");
    expect((await post("/api/auth/change-email", { new_email }, { token: someone.token })).status).toBe(200);
    const [mail] = await untilMails(new_email);
    await post("/api/auth/confirm-email", { token: tokenIn(mail ?? { text: "" }) });
    expect(await profile(someone.token)).toMatchObject({ mail_suppressed: null, email: new_email });
    expect((await untilMails(someone.email, 2)).length).toBe(2);
  });
});
