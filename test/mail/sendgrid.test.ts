import { expect, test } from "vitest";
import { outboxOfOwn } from "../harness/own-mails.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { startSendGrid } from "../harness/sendgrid.ts";

async function onSendGrid() {
  const sendgrid = await startSendGrid();
  return { sendgrid, outbox: outboxOfOwn(await ownPlatform(sendgrid.settings)) };
}

test("SendGrid gets each mail in its published form, with our id for its webhooks and without tracking, bulk too", async () => {
  const { sendgrid, outbox } = await onSendGrid();
  const addresses = await outbox.add(3, { lane: 2 });
  await outbox.add(1, { lane: 0 });
  await outbox.send();
  const rows = await outbox.untilDone();
  const received = new Map(
    sendgrid.received.map(({ id, mail }) => [mail.personalizations[0]?.to[0]?.email, { id, mail }]),
  );
  for (const row of rows) {
    const { id, mail } = received.get(row.to_email) ?? {};
    expect(row).toMatchObject({ status: "sent", attempts: 1, batch_id: null, provider_message_id: id });
    expect(mail?.personalizations[0]?.custom_args).toEqual({ email_id: row.id });
    expect(mail?.tracking_settings.click_tracking).toEqual({ enable: false, enable_text: false });
    expect(mail?.tracking_settings.open_tracking).toEqual({ enable: false });
    expect(mail?.from).toEqual({ email: "hello@loaf.test", name: "LOAF" });
    expect(mail?.content[0].value).toContain("Robin");
  }
  expect(sendgrid.requests.toSorted()).toEqual([...addresses, rows[3]?.to_email].toSorted());
});

test("what SendGrid refuses for the mail's sake fails; anything else is tried again, also if it went out: it knows no keys", async () => {
  const { sendgrid, outbox } = await onSendGrid();
  const outcomes: [number, string][] = [
    [400, "failed"],
    [413, "failed"],
    [401, "pending"],
    [403, "pending"],
    [500, "pending"],
    [503, "pending"],
  ];
  for (const [status, becomes] of outcomes) {
    const [address] = await outbox.add(1);
    sendgrid.answerNext({ status });
    await outbox.send();
    const row = (await outbox.rows()).find(({ to_email }) => to_email === address);
    expect(row, String(status)).toMatchObject({ status: becomes, attempts: 1, last_error: String(status) });
  }
  const [lost] = await outbox.add(1);
  sendgrid.answerNext("drop");
  await outbox.send();
  await outbox.makeDue();
  await outbox.send();
  const rows = await outbox.untilDone();
  expect(rows.map(({ status }) => status)).toEqual(["failed", "failed", "sent", "sent", "sent", "sent", "sent"]);
  expect(sendgrid.requests.filter((address) => address === lost)).toHaveLength(2);
});

test("SendGrid's limit is kept until it is reset, and the attempt does not count", async () => {
  const { sendgrid, outbox } = await onSendGrid();
  await outbox.add(1);
  const reset = Math.ceil(Date.now() / 1000) + 2;
  sendgrid.answerNext({ status: 429, headers: { "X-RateLimit-Reset": String(reset) } });
  await outbox.send();
  const [row] = await outbox.untilDone();
  expect(sendgrid.requests).toHaveLength(2);
  expect(row).toMatchObject({ status: "sent", attempts: 1 });
  expect(Number(row?.sent_at)).toBeGreaterThanOrEqual(reset * 1000 - 50);
});
