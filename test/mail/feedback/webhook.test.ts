import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resendFeedback } from "../../../src/mail/feedback/resend.ts";
import { numbersOf } from "../../../src/mail/feedback/sendgrid.ts";
import { call, get, outcome } from "../../harness/client.ts";
import {
  feedbackOf,
  resendEvent,
  sendgridKeys,
  sentMail,
  signedByResend,
  tell,
  told,
} from "../../harness/mail-feedback.ts";
import { outgoing } from "../../harness/outbox.ts";
import { person } from "../../harness/people.ts";
import { settings, sql, startWorker, worker } from "../../harness/platform.ts";

const WEBHOOK = "/api/webhooks/email";
const send = (request: { body: string; headers: Record<string, string> }, url?: string) =>
  call("POST", WEBHOOK, { ...request, ...(url && { url }) });

/** What the person's own profile says of their address. */
const suppressionOf = async ({ token }: { token: string }, url = worker.url) =>
  (await get<{ mail_suppressed: { reason: string; since: string } | null }>("/api/members/profile", { token, url }))
    .body.mail_suppressed;

describe.concurrent("what Resend tells us", () => {
  test("is accepted as Standard Webhooks publishes it", async () => {
    // https://github.com/standard-webhooks/standard-webhooks: the signature of its specification's example.
    const headers = new Headers({
      "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "svix-timestamp": "1614265330",
      "svix-signature": "v1,wrong v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const body = new TextEncoder().encode('{"test": 2432232314}');
    expect(await resendFeedback.verify({ body, headers }, secret)).toBe(true);
    expect(await resendFeedback.verify({ body: body.slice(1), headers }, secret)).toBe(false);
    expect(await resendFeedback.verify({ body, headers }, "whsec_AAAA")).toBe(false);
  });

  test.each([
    ["without a signature", () => ({ body: "{}", headers: {} })],
    ["with the signature of another secret", () => signedByResend("{}", { secret: "whsec_c29tZWJvZHkgZWxzZQ==" })],
    ["with a signature that is no base64", () => signedByResend("{}", { signature: "v1,***" })],
    ["with a signature of another version", () => signedByResend("{}", { signature: "v2,AAAA" })],
    ["signed six minutes ago", () => signedByResend("{}", { age: 360 })],
    ["signed in six minutes", () => signedByResend("{}", { age: -360 })],
    ["whose body was changed", () => ({ ...signedByResend("{}"), body: "{} " })],
  ])("is refused %s", async (_, request) => {
    expect(outcome(await send(request()))).toEqual([400, "invalid_signature"]);
  });

  test.each(["", "no json", "[]", '{"type": "email.bounced", "data": {}}', '{"type": 1}'])(
    "is refused where it is signed but no event: %s",
    async (body) => {
      expect(outcome(await send(signedByResend(body)))).toEqual([400, "invalid_event"]);
    },
  );

  test("is refused when it is larger than 1 MiB", async () => {
    expect(outcome(await send(signedByResend("x".repeat(1024 * 1024 + 1))))).toEqual([413, "body_too_large"]);
  });

  test.each(["email.opened", "email.clicked", "email.sent", "contact.created"])(
    "of %s changes nothing",
    async (type) => {
      const { email } = await person();
      const email_id = await sentMail(email);
      const event = { ...resendEvent({ email_id }), type };
      expect((await send(signedByResend(JSON.stringify(event)))).status).toBe(200);
      expect(await feedbackOf(email_id)).toMatchObject({ feedback: null });
      expect(await sql("select from mail_events where email_id = $1", [email_id])).toEqual([]);
    },
  );

  test("finds the mail by our id, or by Resend's, and leaves others' mails alone", async () => {
    const { email } = await person();
    const [by_ours, by_theirs] = [await sentMail(email), await sentMail(email, { provider_message_id: "re_known_as" })];
    // Resend may be faster than we are at storing its id.
    await sql("update emails set provider_message_id = null where id = $1", [by_ours]);
    expect((await tell({ email_id: by_ours })).status).toBe(200);
    expect((await tell({ provider_message_id: "re_known_as" })).status).toBe(200);
    expect((await tell({ kind: "hard_bounce", email_id: crypto.randomUUID() })).body).toEqual({ received: true });
    for (const id of [by_ours, by_theirs]) expect(await feedbackOf(id)).toMatchObject({ feedback: "delivered" });
  });

  test("counts once, however often it comes, also at once", async () => {
    const someone = await person();
    const email_id = await sentMail(someone.email);
    const request = told({ kind: "soft_bounce", email_id, id: `msg_${crypto.randomUUID()}` });
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(request)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await sql("select from mail_events where email_id = $1", [email_id])).toHaveLength(1);
    expect(await suppressionOf(someone)).toBeNull();
  });

  test("three soft bounces that come at the same moment still count as three", async () => {
    const someone = await person();
    const ids = await Promise.all([1, 2, 3].map(() => sentMail(someone.email)));
    await Promise.all(ids.map((email_id) => tell({ kind: "soft_bounce", email_id })));
    expect(await suppressionOf(someone)).toMatchObject({ reason: "soft_bounces" });
  });

  test("means the same in any order", async () => {
    const kinds = ["delivered", "soft_bounce", "hard_bounce", "complained"] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        async (told_kinds, numbers) => {
          const [a, b] = [await person(), await person()];
          const history = told_kinds.map((kind, index) => ({
            kind,
            occurred_at: new Date(Date.now() - 60_000 + index * 1000),
          }));
          const shuffled = history
            .map((event) => ({ event, at: numbers.next().value ?? 0 }))
            .sort((one, two) => one.at - two.at);
          const [first, second] = [await sentMail(a.email), await sentMail(b.email)];
          for (const event of history) await tell({ ...event, email_id: first });
          for (const { event } of shuffled) await tell({ ...event, email_id: second });
          expect(await feedbackOf(second)).toEqual(await feedbackOf(first));
          expect((await suppressionOf(b))?.reason).toBe((await suppressionOf(a))?.reason);
        },
      ),
      { numRuns: 6 },
    );
  });
});

describe.concurrent("an address", () => {
  test.each([
    ["hard_bounce", "hard_bounce"],
    ["complained", "complaint"],
  ] as const)("gets no more mail after one %s, and its person and volunteers see why", async (kind, reason) => {
    const someone = await person();
    await tell({ kind, email_id: await sentMail(someone.email.toUpperCase()) });
    expect(await suppressionOf(someone)).toMatchObject({ reason });
    const desk = await person("active", { permissions: ["users.view"] });
    const page = await get<{ mail_suppressed: unknown }>(`/api/admin/users/${someone.id}`, desk);
    expect(page.body.mail_suppressed).toEqual(await suppressionOf(someone));
    expect(
      (await get<{ mail_suppressed: unknown }>(`/api/admin/users/${desk.id}`, desk)).body.mail_suppressed,
    ).toBeNull();
  });

  test("gets mail until the third soft bounce in a row; a mail that arrives starts the count again", async () => {
    const someone = await person();
    const bounce = async () => tell({ kind: "soft_bounce", email_id: await sentMail(someone.email) });
    await bounce();
    await bounce();
    await tell({ kind: "delivered", email_id: await sentMail(someone.email) });
    await bounce();
    await bounce();
    expect(await suppressionOf(someone)).toBeNull();
    await bounce();
    expect(await suppressionOf(someone)).toMatchObject({ reason: "soft_bounces" });
    // A mail of account security got through.
    await tell({ kind: "delivered", email_id: await sentMail(someone.email) });
    expect(await suppressionOf(someone)).toBeNull();
  });

  test("stays suppressed after a hard bounce, even if a mail is said to have arrived", async () => {
    const someone = await person();
    const email_id = await sentMail(someone.email);
    await tell({ kind: "hard_bounce", email_id });
    await tell({ kind: "delivered", email_id });
    expect(await feedbackOf(email_id)).toMatchObject({ feedback: "bounced" });
    expect(await suppressionOf(someone)).toMatchObject({ reason: "hard_bounce" });
    await tell({ kind: "complained", email_id });
    expect(await feedbackOf(email_id)).toMatchObject({ feedback: "complained" });
    expect(await suppressionOf(someone)).toMatchObject({ reason: "complaint" });
  });

  test("of our own domain is never suppressed", async () => {
    const ours = await person("active", { email: `board.${crypto.randomUUID()}@loaf.test` });
    await tell({ kind: "hard_bounce", email_id: await sentMail(ours.email) });
    expect(await suppressionOf(ours)).toBeNull();
  });

  test("is kept nowhere in a form that can be read", async () => {
    const someone = await person();
    await tell({ kind: "hard_bounce", email_id: await sentMail(someone.email) });
    const [row] = await sql<{ text: string; hashes: string }>(
      `select (select string_agg(to_jsonb(s)::text, '') from mail_suppressions s) || (select string_agg(to_jsonb(e)::text, '') from mail_events e) as text,
        encode(sha256(convert_to($1, 'UTF8')), 'hex') as hashes`,
      [someone.email],
    );
    expect(row?.text).not.toContain(someone.email);
    // Whoever has the database alone cannot ask it for an address.
    expect(row?.text).not.toContain(row?.hashes);
  });
});

describe("what SendGrid tells us", () => {
  test("is accepted with its signature, many at once, and only then", async () => {
    const { public_key, signed } = sendgridKeys();
    const sendgrid = await startWorker({
      MAIL_PROVIDER: "sendgrid",
      MAIL_WEBHOOK_SECRET: public_key,
      SECOND_FACTOR_KEY: "another key, to which we are changing",
      SECOND_FACTOR_KEY_PREVIOUS: settings.SECOND_FACTOR_KEY,
    });
    const [a, b, c, d, e] = [await person(), await person(), await person(), await person(), await person()];
    const at = Math.floor(Date.now() / 1000);
    const ids = await Promise.all([a, b, c].map(({ email }) => sentMail(email)));
    const by_name = await outgoing(d.email, {
      status: "sent",
      sent_at: new Date(),
      provider_message_id: "filterdrecv-1",
    });
    const dropped = await Promise.all([e, d].map(({ email }) => sentMail(email, { provider_message_id: "another" })));
    const event = (email_id: string | undefined, more: object) => ({
      email: "robin@example.org",
      timestamp: at,
      sg_event_id: crypto.randomUUID(),
      sg_message_id: "another.filter001",
      ...(email_id && { email_id }),
      ...more,
    });
    const body = JSON.stringify([
      event(ids[0], { event: "bounce", type: "bounce" }),
      event(ids[1], { event: "bounce", type: "blocked" }),
      event(ids[2], { event: "spamreport" }),
      event(undefined, { event: "delivered", sg_message_id: "filterdrecv-1.filter001.123" }),
      event(dropped[0], { event: "dropped", reason: "Bounced Address" }),
      event(dropped[1], { event: "dropped", reason: "Spam Content" }),
      event(ids[0], { event: "open" }),
      "nonsense",
      { event: "delivered" },
    ]);
    const answers = [
      await send(signed(body), sendgrid.url),
      await send(signed(body, { age: 400 }), sendgrid.url),
      await send({ ...signed(body), body: `${body} ` }, sendgrid.url),
      await send(sendgridKeys().signed(body), sendgrid.url),
      await send({ body, headers: {} }, sendgrid.url),
      await send(told({}), sendgrid.url),
      await send(signed("{}"), sendgrid.url),
    ];
    const known_before = await person();
    await tell({ kind: "hard_bounce", email_id: await sentMail(known_before.email) });
    const reasons = await Promise.all(
      [a, b, c, d, e, known_before].map(async (someone) => (await suppressionOf(someone, sendgrid.url))?.reason),
    );
    await sendgrid.stop();
    expect(answers.map(outcome)).toEqual([
      [200, undefined],
      ...Array.from({ length: 5 }, () => [400, "invalid_signature"]),
      [400, "invalid_event"],
    ]);
    const fates = await Promise.all([...ids, by_name].map(async (id) => (await feedbackOf(id))?.feedback));
    expect(fates).toEqual(["bounced", "bounced", "complained", "delivered"]);
    // The last one was told while the previous key was the only one.
    expect(reasons).toEqual(["hard_bounce", undefined, "complaint", undefined, "hard_bounce", "hard_bounce"]);
    const given_up = await sql("select status, last_error from emails where id = any($1) order by last_error", [
      dropped,
    ]);
    expect(given_up).toEqual([
      { status: "failed", last_error: "dropped: Bounced Address" },
      { status: "failed", last_error: "dropped: Spam Content" },
    ]);
  });

  test("no bytes that are not a signature are read as one", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => [null, 64].includes(numbersOf(bytes)?.length ?? null)),
    );
  });
});
