import { describe, expect, test } from "vitest";
import { get, outcome, pathsOf } from "../../harness/client.ts";
import { handedOver, recordOffline, startedDonation } from "../../harness/donations.ts";
import { failDatabase } from "../../harness/faults.ts";
import { whileChanging } from "../../harness/locks.ts";
import { untilMails } from "../../harness/mailbox.ts";
import { sendDueMails } from "../../harness/outbox.ts";
import type { Page } from "../../harness/pages.ts";
import { anyEmail, person, volunteer } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";

describe.concurrent("money that was handed over", () => {
  test("by somebody is written down with its payment, and the receipt is mailed", async () => {
    const donor_email = anyEmail("donor");
    const { id: by, token } = await volunteer("donations.create");
    const answer = await recordOffline(
      handedOver({ donor_email, payment_method: "cheque", notes: "No. 4711", message: "Well done" }),
      { token },
    );
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      donation_type: "public",
      status: "completed",
      amount_cents: 4000,
      net_cents: 4000,
      payment_method: "cheque",
      user_id: null,
      donor_name: "Alex Example",
      donor_email,
      paid_at: "2026-03-01T12:00:00.000Z",
      notes: "No. 4711",
      recorded_by: by,
    });
    expect(
      await sql(
        "select user_id, payment_method, base_subscription_cents, donation_cents, recorded_by, paid_at from payments where donation_id = $1",
        [answer.body.id],
      ),
    ).toEqual([
      {
        user_id: null,
        payment_method: "cheque",
        base_subscription_cents: 0,
        donation_cents: 4000,
        recorded_by: by,
        paid_at: new Date("2026-03-01T12:00:00.000Z"),
      },
    ]);
    const [receipt] = await untilMails(donor_email);
    expect(receipt?.text).toContain("Date: March 1, 2026\nDonation: $40.00\nPayment: By check\n");
    expect(receipt?.text).toContain("Well done");
    expect(receipt?.text).not.toContain("4711");
  });

  test("by a member is in the account's name, and in what they gave", async () => {
    const member = await person("active", { first_name: "Sam", last_name: "Sample" });
    const { donor_name: _, ...money } = handedOver();
    const body = { ...money, donation_type: "member", user_id: member.id };
    const answer = await recordOffline(body, await volunteer("donations.create"));
    expect(answer.body).toMatchObject({
      donation_type: "member",
      user_id: member.id,
      donor_name: "Sam Sample",
      donor_email: member.email,
    });
    const { body: mine } = await get<Page<{ id: string }>>("/api/members/donations", member);
    expect(mine.items.map(({ id }) => id)).toEqual([answer.body.id]);
    expect(await untilMails(member.email)).toHaveLength(1);
  });

  test("needs no name where it is anonymous, and sends no receipt where told not to, or without an address", async () => {
    const donor_email = anyEmail("donor");
    const { token } = await volunteer("donations.create");
    const silent = await recordOffline(handedOver({ donor_email, send_receipt: false }), { token });
    const nameless = await recordOffline(handedOver({ donor_name: undefined, anonymous: true }), { token });
    for (const { status, body } of [silent, nameless]) {
      expect(status).toBe(201);
      expect(body.receipts).toEqual([]);
      expect(await sql("select id from donation_receipts where donation_id = $1", [body.id])).toEqual([]);
    }
  });

  test("sent again with its id is written down once, also by many at once and when the answer is lost", async () => {
    const donor_email = anyEmail("donor");
    const { id: by, token } = await volunteer("donations.create");
    const id = crypto.randomUUID();
    const body = handedOver({ id, donor_email });
    await failDatabase({ mode: "after_commit", match: by });
    expect((await recordOffline(body, { token })).status).toBe(503);
    const answers = await Promise.all(Array.from({ length: 6 }, () => recordOffline(body, { token })));
    for (const { status, body: made } of answers) expect([status, made.id]).toEqual([201, id]);
    expect(await sql("select id from payments where donation_id = $1", [id])).toHaveLength(1);
    // Whoever committed the mail never heard of it: the queue or the hourly cron sends what nobody else does.
    await sendDueMails();
    await untilMails(donor_email);
    expect(await sql("select id from emails where to_email = $1", [donor_email])).toHaveLength(1);
  });

  test("of which the database says no before it is written leaves nothing", async () => {
    const { id: by, token } = await volunteer("donations.create");
    const id = crypto.randomUUID();
    await failDatabase({ mode: "before", match: by });
    expect((await recordOffline(handedOver({ id }), { token })).status).toBe(503);
    expect(await sql("select id from donations where id = $1", [id])).toEqual([]);
    expect(await sql("select id from payments where donation_id = $1", [id])).toEqual([]);
  });

  test("with another's id is refused, whatever is different", async () => {
    const { token } = await volunteer("donations.create");
    const given = { id: crypto.randomUUID(), donor_email: anyEmail("donor"), message: "Well done", notes: "No. 4711" };
    const once = handedOver(given);
    const first = await recordOffline(once, { token });
    const { donation_id } = await startedDonation();
    for (const other of [
      { amount_cents: 4001 },
      { payment_method: "cheque" },
      { received_at: "2026-03-02T12:00:00Z" },
      { received_at: "2026-03-01" },
      { donor_name: "Kim Example" },
      { donor_email: anyEmail("another") },
      { donor_email: undefined },
      { message: "Well done!" },
      { message: undefined },
      { notes: "No. 4712" },
      { notes: undefined },
      { anonymous: true },
      { send_receipt: false },
      { donation_type: "member", donor_name: undefined, donor_email: undefined, user_id: (await person()).id },
      { id: donation_id },
    ])
      expect(outcome(await recordOffline({ ...once, ...other }, { token })), JSON.stringify(other)).toEqual([
        409,
        "donation_exists",
      ]);
    const somebody_else = await volunteer("donations.create");
    expect(outcome(await recordOffline(once, somebody_else))).toEqual([409, "donation_exists"]);
    expect(await sql("select id from payments where donation_id = $1", [donation_id])).toEqual([]);
    const again = await recordOffline({ ...once, received_at: "2026-03-01T13:00:00+01:00" }, { token });
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
  });

  test("with the id of a member's donation is refused for another member, and with a receipt where there was none", async () => {
    const [{ token }, member, other] = [await volunteer("donations.create"), await person(), await person()];
    const once = handedOver({
      donor_name: undefined,
      donation_type: "member",
      user_id: member.id,
      send_receipt: false,
    });
    expect((await recordOffline(once, { token })).status).toBe(201);
    for (const different of [{ user_id: other.id }, { send_receipt: true }, { message: "Hello" }])
      expect(outcome(await recordOffline({ ...once, ...different }, { token }))).toEqual([409, "donation_exists"]);
    await sql("update users set first_name = 'Renamed' where id = $1", [member.id]);
    expect((await recordOffline(once, { token })).status).toBe(201);
    expect(await sql("select from emails where to_email = $1", [member.email])).toEqual([]);
  });

  test("is refused where it says nothing that can be", async () => {
    const { token } = await volunteer("donations.create");
    const { id: user_id } = await person();
    for (const [more, paths] of [
      [{ id: undefined }, ["id"]],
      [{ donation_type: "member" }, ["user_id", "donor_name"]],
      [{ donation_type: "member", user_id, donor_email: "a@example.org" }, ["donor_name", "donor_email"]],
      [{ user_id }, ["user_id"]],
      [{ donor_name: undefined }, ["donor_name"]],
      [{ amount_cents: 0 }, ["amount_cents"]],
      [{ amount_cents: 10.5 }, ["amount_cents"]],
      [{ payment_method: "stripe" }, ["payment_method"]],
      [{ payment_method: "complimentary" }, ["payment_method"]],
      [{ received_at: new Date(Date.now() + 60_000).toISOString() }, ["received_at"]],
      [{ received_at: "yesterday" }, ["received_at"]],
      [{ status: "refunded" }, ["status"]],
    ] as const) {
      const answer = await recordOffline(handedOver(more), { token });
      expect(outcome(answer), JSON.stringify(more)).toEqual([400, "invalid_input"]);
      expect(pathsOf(answer)).toEqual(paths);
    }
    const { donor_name: _, ...money } = handedOver();
    const unknown = { ...money, donation_type: "member", user_id: crypto.randomUUID() };
    expect(outcome(await recordOffline(unknown, { token }))).toEqual([404, "user_not_found"]);
  });
});

test.concurrent("a donation of somebody who is deleted at that moment is not recorded: 404", async () => {
  const [{ id: user_id }, clerk] = await Promise.all([person("pending_email"), volunteer("donations.create")]);
  const body = handedOver({ donation_type: "member", donor_name: undefined, user_id });
  const answer = await whileChanging("delete from users where id = $1", [user_id], () => recordOffline(body, clerk));
  expect(outcome(answer)).toEqual([404, "user_not_found"]);
});
