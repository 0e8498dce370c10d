import { beforeAll, describe, expect, test, vi } from "vitest";
import { registration } from "../harness/accounts.ts";
import { follow, outcome, post, put, tripsOf } from "../harness/client.ts";
import { answered } from "../harness/events.ts";
import { failDatabase } from "../harness/faults.ts";
import { attemptsTo, failMails, mailsTo, tokenIn, untilMails } from "../harness/mailbox.ts";
import {
  makeDue,
  type OutboxRow,
  outboxOf,
  outboxRow,
  outgoing,
  sendDueMails,
  untilSent,
  untilSettled,
} from "../harness/outbox.ts";
import { anyEmail, volunteer } from "../harness/people.ts";
import { sql, startWorker } from "../harness/platform.ts";

/** Registers somebody, whose verification mail then waits in the outbox or is on its way. */
async function registered(url?: string): Promise<{ email: string; status: number }> {
  const body = registration();
  const { status } = await post("/api/auth/register", body, url ? { url } : {});
  return { email: body.email, status };
}

/** Registers somebody whose mail meets a fault. */
async function registeredWith(
  fault: Omit<Parameters<typeof failMails>[0], "match" | "count">,
  count = 1,
  url?: string,
) {
  const body = registration();
  await failMails({ ...fault, match: body.email, count });
  const { status } = await post("/api/auth/register", body, url ? { url } : {});
  expect(status).toBe(201);
  return body.email;
}

/** The attempts that the provider has seen, as soon as there are so many. */
const untilAttempts = (email: string, count: number) =>
  vi.waitFor(
    async () => {
      const attempts = await attemptsTo(email);
      expect(attempts).toHaveLength(count);
      return attempts;
    },
    { timeout: 10_000, interval: 20 },
  );

const keysOf = (attempts: { idempotency_key: string | null }[]) => [
  ...new Set(attempts.map(({ idempotency_key }) => idempotency_key)),
];

/** Somebody whose mail the provider never answers: registered before all else, so that the wait is over when it is looked at. */
let hanging: { email: string; row: OutboxRow };

beforeAll(async () => {
  const email = await registeredWith({ mode: "hang" });
  hanging = { email, row: await outboxRow(email) };
});

describe.concurrent("a mail", () => {
  test("that the provider hangs on to holds up nobody's answer, is given up on after a while, and tried again", async () => {
    const { email, row } = hanging;
    // When the answer came, nothing was known of the mail yet.
    expect(row).toMatchObject({ status: "pending", last_error: null });

    expect(await untilSettled(email, 1)).toMatchObject({ status: "pending", last_error: "TimeoutError", minutes: 1 });
    expect(await attemptsTo(email)).toMatchObject([{ status: null, idempotency_key: row.id }]);
    expect(await mailsTo(email)).toEqual([]);
    await makeDue(email);
    await sendDueMails();
    await untilMails(email);
    expect(keysOf(await attemptsTo(email))).toEqual([row.id]);
  });

  test("that the provider fails at waits in the outbox, and goes out later with the same key", async () => {
    const email = await registeredWith({ mode: "status", status: 500 });
    const failed = await untilSettled(email, 1);
    expect(failed).toMatchObject({ status: "pending", attempts: 1, last_error: "500 application_error", minutes: 1 });
    expect(await mailsTo(email)).toEqual([]);

    await makeDue(email);
    await sendDueMails();
    const [mail, ...others] = await untilMails(email);
    expect(others).toEqual([]);
    expect(await untilSent(email)).toMatchObject({
      attempts: 2,
      last_error: null,
      provider_message_id: mail?.id,
    });
    expect(await attemptsTo(email)).toMatchObject([
      { status: 500, idempotency_key: failed.id },
      { status: 200, idempotency_key: failed.id },
    ]);
    // The link is made anew at each attempt, and works.
    expect((await follow(`/api/auth/verify-email?token=${tokenIn(mail ?? { text: "" })}`)).status).toBe(200);
  });

  test("that is not due yet is left where it is", async () => {
    const email = anyEmail("later");
    await outgoing(email, { next_attempt_at: new Date(Date.now() + 3_600_000) });
    await sendDueMails();
    expect(await attemptsTo(email)).toEqual([]);
    expect(await outboxRow(email)).toMatchObject({ status: "pending", attempts: 0 });
  });

  test.for([
    ["hangs up on us", { mode: "hang", ms: 20 }],
    ["does not know our key", { mode: "status", status: 401 }],
  ] as const)("is tried again when the provider %s", async ([, fault]) => {
    const email = await registeredWith(fault);
    expect(await untilSettled(email, 1)).toMatchObject({ status: "pending", attempts: 1 });
    await makeDue(email);
    await sendDueMails();
    expect(await untilMails(email)).toHaveLength(1);
  });

  test("that is one too many for a provider that does not say until when is tried again like any other", async () => {
    const email = await registeredWith({ mode: "status", status: 429 });
    expect(await untilSettled(email, 1)).toMatchObject({
      status: "pending",
      attempts: 1,
      last_error: "429 application_error",
      minutes: 1,
    });
    await makeDue(email);
    await sendDueMails();
    expect(await untilMails(email)).toHaveLength(1);
  });

  test("that was accepted with the answer lost is sent again with the same key, and is one mail", async () => {
    const email = await registeredWith({ mode: "after_send" });
    const { id } = await untilSettled(email, 1);
    expect(await mailsTo(email)).toHaveLength(1);
    await makeDue(email);
    await sendDueMails();
    const row = await untilSent(email);
    expect(row.attempts).toBe(2);
    expect(keysOf(await attemptsTo(email))).toEqual([id]);
    const [mail, ...others] = await mailsTo(email);
    expect(others).toEqual([]);
    expect(row.provider_message_id).toBe(mail?.id);
  });

  test("that was accepted, and reads otherwise at the next attempt, counts as sent and is one mail", async () => {
    const email = anyEmail("renamed");
    await failMails({ mode: "after_send", match: email, count: 1 });
    await outgoing(email);
    await sendDueMails();
    await untilSettled(email, 1);
    await sql('update emails set data = \'{"first_name": "Sandy"}\' where to_email = $1', [email]);
    await makeDue(email);
    await sendDueMails();
    expect(await untilSent(email)).toMatchObject({ attempts: 2 });
    expect((await mailsTo(email)).map(({ text }) => text.includes("Robin"))).toEqual([true]);
  });

  test.for([400, 422])(
    "that the provider refuses for good (%d) fails, for all to see, and is not tried again",
    async (status) => {
      const email = await registeredWith({ mode: "status", status });
      expect(await untilSettled(email, 1)).toMatchObject({
        status: "failed",
        attempts: 1,
        last_error: `${status} application_error`,
        sent_at: null,
      });
      await sql("update emails set next_attempt_at = now() where to_email = $1", [email]);
      await sendDueMails();
      expect(await attemptsTo(email)).toHaveLength(1);
    },
  );

  test.for([
    ["names no template", { template: "no_such_template" }, "unknown template"],
    ["lacks its data", { data: {} }, "not rendered"],
  ] as const)("that %s fails, and holds up no other", async ([, columns, last_error]) => {
    const [broken, sound] = [anyEmail("broken"), anyEmail("sound")];
    await outgoing(broken, columns);
    await outgoing(sound);
    await sendDueMails();
    expect(await untilSettled(broken, 1)).toMatchObject({ status: "failed", last_error });
    expect(await attemptsTo(broken)).toEqual([]);
    expect(await untilMails(sound)).toHaveLength(1);
  });

  test("is tried twelve times, less and less often, within the day for which keys are remembered; then it fails", async () => {
    const email = anyEmail("never");
    await failMails({ mode: "status", status: 503, match: email, count: 20 });
    await outgoing(email);
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 11; attempt += 1) {
      await sendDueMails();
      const row = await untilSettled(email, attempt);
      expect(row).toMatchObject({ status: "pending", attempts: attempt });
      pauses.push(row.minutes ?? 0);
      await makeDue(email);
    }
    await sendDueMails();
    expect(await untilSettled(email, 12)).toMatchObject({
      status: "failed",
      attempts: 12,
      last_error: "503 application_error",
    });
    // Each is up to a tenth longer or shorter than planned.
    [1, 2, 5, 15, 30, 60, 120, 240, 240, 240, 240].forEach((minutes, index) => {
      expect(Math.abs((pauses[index] ?? 0) - minutes)).toBeLessThanOrEqual(minutes / 10 + 0.5);
    });
    expect(pauses.reduce((sum, minutes) => sum + minutes)).toBeLessThan(24 * 60);
    expect(keysOf(await attemptsTo(email))).toHaveLength(1);
    expect(await mailsTo(email)).toEqual([]);
  });

  test("whose row another delivery has taken over is left to that one", async () => {
    const email = anyEmail("overtaken");
    await failMails({ mode: "hang", ms: 300, match: email, count: 1 });
    await outgoing(email);
    const first = sendDueMails();
    await untilAttempts(email, 1);
    // Its lease ran out, and the next delivery sends it before the first one learns what became of its own attempt.
    await makeDue(email);
    await sendDueMails();
    expect(await untilSent(email)).toMatchObject({ attempts: 2 });
    await first;
    expect(await outboxRow(email)).toMatchObject({ status: "sent", attempts: 2, last_error: null });
    expect(await mailsTo(email)).toHaveLength(1);
  });
});

describe.concurrent("many deliveries at once", () => {
  test("send each of fifty mails once", async () => {
    const emails = Array.from({ length: 50 }, () => anyEmail("many"));
    await sql(
      "insert into emails (template, to_email, data) select 'approval', unnest($1::text[]), '{\"first_name\": \"Robin\"}'",
      [emails],
    );
    await Promise.all(Array.from({ length: 6 }, () => sendDueMails()));
    for (const email of emails) {
      expect(await untilMails(email)).toHaveLength(1);
      expect(await attemptsTo(email)).toHaveLength(1);
      expect(await untilSettled(email, 1)).toMatchObject({ status: "sent", attempts: 1 });
    }
  });
});

describe.concurrent("nothing is lost", () => {
  test("when the database's answer to the registration is lost", async () => {
    const body = registration();
    await failDatabase({ mode: "after_commit", match: body.email });
    const answer = await post("/api/auth/register", body);
    expect(outcome(answer)).toEqual([503, "database_unavailable"]);
    expect(await untilMails(body.email)).toHaveLength(1);
  });

  test("when the answer is lost, and the second attempt finds everything done", async () => {
    const { event_id, guest } = await answered();
    const { token } = await volunteer("events.publish");
    await failDatabase({ mode: "after_commit", match: event_id });
    const canceled = await put(`/api/admin/events/${event_id}/status`, { status: "cancelled" }, { token });
    expect(canceled.status).toBe(200);
    // Others may send this mail, too. So this asks whether the request itself went to look.
    await expect.poll(async () => (await tripsOf(canceled)).after).toBeGreaterThan(0);
    expect(await untilMails(guest.email)).toHaveLength(1);
  });

  test("and nothing is mailed when what would have caused it is undone", async () => {
    const body = registration();
    await failDatabase({ mode: "before", match: body.email });
    expect((await post("/api/auth/register", body)).status).toBe(503);
    await sendDueMails();
    expect(await outboxOf(body.email)).toEqual([]);
    expect(await attemptsTo(body.email)).toEqual([]);
  });
});

// One after the other: a delivery that dies leaves behind whatever it had claimed, other tests' mails too.
describe("nothing is lost, and nothing sent twice,", () => {
  test("when the Worker is killed between writing the mail and sending it", async () => {
    const mortal = await startWorker();
    const email = await registeredWith({ mode: "hang" }, 1, mortal.url);
    await untilAttempts(email, 1);
    await mortal.stop();
    const orphan = await outboxRow(email);
    expect(orphan).toMatchObject({ status: "pending", attempts: 1, last_error: null });
    expect(await mailsTo(email)).toEqual([]);

    // As long as the dead one's lease runs, nobody else takes it.
    await sendDueMails();
    expect(await attemptsTo(email)).toHaveLength(1);

    await makeDue(email);
    await sendDueMails();
    const [mail, ...others] = await untilMails(email);
    expect(others).toEqual([]);
    expect(await untilSent(email)).toMatchObject({ attempts: 2 });
    expect(keysOf(await attemptsTo(email))).toEqual([orphan.id]);
    expect((await follow(`/api/auth/verify-email?token=${tokenIn(mail ?? { text: "" })}`)).status).toBe(200);
  });

  test("when what became of an attempt cannot be written down: it is sent again with the same key, and is one mail", async () => {
    const email = anyEmail("unwritten");
    const id = await outgoing(email, { next_attempt_at: new Date(Date.now() + 3_600_000) });
    // Only the trip that settles a mail names the row's id.
    await failDatabase({ mode: "before", match: id });
    await makeDue(email);
    await sendDueMails();
    await untilMails(email);
    expect(await outboxRow(email)).toMatchObject({ status: "pending", attempts: 1 });
    // Another test's Worker may claim the mail and end before it has sent it.
    await vi.waitFor(
      async () => {
        await makeDue(email);
        await sendDueMails();
        expect((await outboxRow(email)).status).toBe("sent");
      },
      { timeout: 15_000, interval: 500 },
    );
    expect((await outboxRow(email)).attempts).toBeGreaterThanOrEqual(2);
    expect(await mailsTo(email)).toHaveLength(1);
    expect(new Set(keysOf(await attemptsTo(email)))).toEqual(new Set([id]));
  });
});

// By itself: no other test's cron sends it.
test("a mail goes out right after the answer, once, with its row's id as the key", async () => {
  const { email, status } = await registered();
  expect(status).toBe(201);
  const [mail, ...others] = await untilMails(email);
  expect(others).toEqual([]);
  const row = await untilSettled(email, 1);
  expect(row).toMatchObject({
    template: "verification",
    status: "sent",
    attempts: 1,
    provider_message_id: mail?.id,
    last_error: null,
  });
  expect(row.sent_at).toBeInstanceOf(Date);
  expect(await attemptsTo(email)).toMatchObject([{ idempotency_key: row.id, status: 200 }]);
});

test("the outbox holds neither a secret nor a mail's words", async () => {
  const { email } = await registered();
  const [mail] = await untilMails(email);
  const [row] = await sql("select * from emails where to_email = $1", [email]);
  const [, mac] = tokenIn(mail ?? { text: "" }).split(".");
  expect(mac?.length).toBeGreaterThan(40);
  expect(JSON.stringify(row)).not.toContain(mac);
  // To an address that nobody has proved to be theirs, nothing is said that somebody typed.
  expect(row?.data).toEqual({});
  expect(mail?.text).not.toContain("Robin");
});
