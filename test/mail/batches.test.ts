import { expect, test } from "vitest";
import { failDatabase } from "../harness/faults.ts";
import { attemptsTo, failMails } from "../harness/mailbox.ts";
import { type OwnMail, outboxOfOwn } from "../harness/own-mails.ts";
import { ownPlatform } from "../harness/own-platform.ts";

async function ownOutbox() {
  const platform = await ownPlatform();
  return { ...platform, outbox: outboxOfOwn(platform) };
}

const batchesOf = (rows: OwnMail[]) => [...new Set(rows.map(({ batch_id }) => batch_id))];
const statuses = (rows: OwnMail[]) => [...new Set(rows.map(({ status }) => status))];

/** The keys under which the provider saw a mail. */
const keysTo = async (address: string) => (await attemptsTo(address)).map(({ idempotency_key }) => idempotency_key);

test("bulk goes in requests of at most a hundred, each with its batch's id as the key", async () => {
  const { outbox } = await ownOutbox();
  const addresses = await outbox.add(101, { lane: 2 });
  await outbox.send();
  const rows = await outbox.untilDone();
  expect(statuses(rows)).toEqual(["sent"]);
  expect(batchesOf(rows)).toHaveLength(2);
  expect(new Set(rows.map(({ provider_message_id }) => provider_message_id)).size).toBe(101);
  for (const row of [rows[0], rows[100]]) expect(await keysTo(row?.to_email ?? "")).toEqual([row?.batch_id]);
  expect(await outbox.received(addresses)).toEqual(addresses.map(() => 1));
});

test.for([
  ["was accepted with the answer lost", { mode: "after_send" }],
  ["failed at the provider", { mode: "status", status: 503 }],
] as const)("a batch that %s is repeated as it was, and is one mail for each", async ([, fault]) => {
  const { outbox } = await ownOutbox();
  const addresses = await outbox.add(30, { lane: 2 });
  await failMails({ ...fault, match: addresses[0] ?? "", count: 1 });
  await outbox.send();
  const before = await outbox.rows();
  expect(statuses(before)).toEqual(["pending"]);
  expect(new Set(before.map(({ next_attempt_at }) => next_attempt_at.getTime())).size).toBe(1);
  // Others that came meanwhile do not join it.
  await outbox.add(10, { lane: 2 });
  await outbox.makeDue();
  await outbox.send();
  const rows = await outbox.untilDone();
  expect(statuses(rows)).toEqual(["sent"]);
  expect(batchesOf(rows.slice(0, 30))).toEqual(batchesOf(before));
  expect(batchesOf(rows.slice(30))).not.toEqual(batchesOf(before));
  const [key] = batchesOf(before);
  for (const address of [addresses[0], addresses[29]]) expect(await keysTo(address ?? "")).toEqual([key, key]);
  expect(await outbox.received(addresses)).toEqual(addresses.map(() => 1));
});

test("a batch is repeated whole, even if the day has less left: its rest would be taken for a repetition", async () => {
  const { outbox, sql } = await ownOutbox();
  const addresses = await outbox.add(30, { lane: 2 });
  await failMails({ mode: "status", status: 503, match: addresses[0] ?? "", count: 1 });
  await outbox.send();
  await outbox.settings({ mails_per_day: 100 });
  await sql("update mail_pace set sent_today = 80");
  await outbox.makeDue();
  await outbox.send();
  const rows = await outbox.untilDone();
  expect(statuses(rows)).toEqual(["sent"]);
  expect(batchesOf(rows)).toHaveLength(1);
  expect(await outbox.received(addresses)).toEqual(addresses.map(() => 1));
  // Nothing new goes over the limit.
  const [late = ""] = await outbox.add(1, { lane: 2 });
  await outbox.send();
  expect(await keysTo(late)).toEqual([]);
});

test("a delivery that is killed between sending a batch and writing that down sends nobody a second mail", async () => {
  const { outbox } = await ownOutbox();
  const addresses = await outbox.add(40, { lane: 2 });
  const [first] = await outbox.rows();
  // Only the trip that settles a mail names the row's id.
  await failDatabase({ mode: "before", match: first?.id ?? "" });
  await outbox.send();
  expect(await outbox.received(addresses)).toEqual(addresses.map(() => 1));
  expect(statuses(await outbox.rows())).toEqual(["pending"]);
  await outbox.makeDue();
  await outbox.send();
  expect(statuses(await outbox.untilDone())).toEqual(["sent"]);
  expect(await outbox.received(addresses)).toEqual(addresses.map(() => 1));
});

test("a mail whose row is gone when its batch is repeated keeps the others from nothing", async () => {
  const { outbox, sql } = await ownOutbox();
  const addresses = await outbox.add(5, { lane: 2 });
  await failMails({ mode: "after_send", match: addresses[0] ?? "", count: 1 });
  await outbox.send();
  await sql("delete from emails where to_email = $1", [addresses[2]]);
  await outbox.makeDue();
  await outbox.send();
  expect(statuses(await outbox.untilDone())).toEqual(["sent"]);
  expect(await outbox.received(addresses)).toEqual([1, 1, 1, 1, 1]);
});

test("an address that the provider refuses fails alone, and so does a mail that cannot be made", async () => {
  const { outbox, sql } = await ownOutbox();
  const addresses = await outbox.add(4, { lane: 2 });
  await sql("update emails set to_email = 'no address' where to_email = $1", [addresses[1]]);
  await sql("update emails set template = 'no_such_template' where to_email = $1", [addresses[2]]);
  await outbox.send();
  expect(await outbox.untilDone()).toMatchObject([
    { status: "sent" },
    { status: "failed", last_error: "422 validation_error", attempts: 1 },
    { status: "failed", last_error: "unknown template", attempts: 1 },
    { status: "sent" },
  ]);
  expect(await outbox.received(addresses)).toEqual([1, 0, 0, 1]);
});

test("a batch that the provider refuses as a whole goes out singly", async () => {
  const { outbox } = await ownOutbox();
  const addresses = await outbox.add(25, { lane: 2 });
  await failMails({ mode: "status", status: 422, match: addresses[0] ?? "", count: 2 });
  await outbox.send();
  const rows = await outbox.untilDone();
  expect(rows[0]).toMatchObject({ status: "failed", batch_id: null, last_error: "422 application_error" });
  expect(statuses(rows.slice(1))).toEqual(["sent"]);
  expect((await keysTo(addresses[1] ?? ""))[1]).toBe(rows[1]?.id);
  expect(await outbox.received(addresses)).toEqual([0, ...addresses.slice(1).map(() => 1)]);
});
