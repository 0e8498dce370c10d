import { describe, expect, test } from "vitest";
import type { Donation, DonationSummary } from "../../src/donations/schemas.ts";
import { type Answer, get, outcome, pathsOf, post, put, refusal } from "../harness/client.ts";
import {
  donationRow,
  handedOver,
  offlineDonation,
  paidDonation,
  recordOffline,
  refund,
  startedDonation,
  tell,
} from "../harness/donations.ts";
import { failDatabase } from "../harness/faults.ts";
import { donation as given, reversal } from "../harness/giving.ts";
import { whileChanging } from "../harness/locks.ts";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { everythingIn, type Page, pagesOf } from "../harness/pages.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

const viewer = () => volunteer("donations.view");
const find = async (id: string) => (await get<Donation>(`/api/admin/donations/${id}`, await viewer())).body;

/** Donations that a search for their mark finds, and nothing else: the database is shared. */
async function marked() {
  const mark = crypto.randomUUID();
  const { token } = await viewer();
  return {
    mark,
    token,
    list: async (filters = "") =>
      (await get<Page<DonationSummary>>(`/api/admin/donations?search=${mark}${filters}`, { token })).body,
    amounts: async (filters = "") =>
      (await everythingIn<DonationSummary>(`/api/admin/donations?search=${mark}${filters}`, 2, { token })).map(
        ({ amount_cents }) => amount_cents,
      ),
  };
}

describe.concurrent("the list of donations", () => {
  test("finds by type, status, payment method, amount, and part of name, address or message in any case", async () => {
    const { mark, amounts } = await marked();
    const member = await person();
    await given(member, { amount_cents: 100, message: `first ${mark}` });
    await given(member, { amount_cents: 200, message: `second ${mark.toUpperCase()}`, paid_at: null });
    await offlineDonation({ amount_cents: 300, donor_name: `Alex ${mark}` });
    await offlineDonation({ amount_cents: 400, donor_email: `${mark}@example.org`, payment_method: "cheque" });
    expect((await amounts("&sort=oldest")).length).toBe(4);
    expect(await amounts("&sort=amount")).toEqual([400, 300, 200, 100]);
    expect(await amounts("&sort=amount&donation_type=member")).toEqual([200, 100]);
    expect(await amounts("&sort=amount&donation_type=public")).toEqual([400, 300]);
    expect(await amounts("&sort=amount&status=pending")).toEqual([200]);
    expect(await amounts("&sort=amount&status=completed")).toEqual([400, 300, 100]);
    expect(await amounts("&sort=amount&status=refunded")).toEqual([]);
    expect(await amounts("&payment_method=cheque")).toEqual([400]);
    expect(await amounts("&payment_method=cash")).toEqual([300]);
    expect(await amounts("&sort=amount&min_amount_cents=200&max_amount_cents=300")).toEqual([300, 200]);
    expect(await amounts("&min_amount_cents=401")).toEqual([]);
    expect(await amounts("&max_amount_cents=0")).toEqual([]);
  });

  test("finds by when they were begun, or paid", async () => {
    const { mark, amounts } = await marked();
    const member = await person();
    const message = mark;
    await given(member, {
      amount_cents: 100,
      message,
      created_at: "2025-01-31T23:00:00Z",
      paid_at: "2025-02-01T00:00:00Z",
    });
    await given(member, {
      amount_cents: 200,
      message,
      created_at: "2025-02-28T23:00:00Z",
      paid_at: "2025-03-01T00:00:00Z",
    });
    await given(member, { amount_cents: 300, message, created_at: "2025-02-10T00:00:00Z", paid_at: null });
    const february = "&from=2025-02-01T00:00:00Z&to=2025-03-01T00:00:00Z&sort=amount";
    expect(await amounts(february)).toEqual([300, 200]);
    expect(await amounts(`${february}&dated_by=created`)).toEqual([300, 200]);
    expect(await amounts(`${february}&dated_by=paid`)).toEqual([100]);
    expect(await amounts("&dated_by=paid&from=2025-03-01T00:00:00Z")).toEqual([200]);
  });

  test.for(["newest", "oldest", "amount"])("has everything once on its pages, sorted by %s", async (sort) => {
    const { mark, token } = await marked();
    const member = await person();
    for (const amount_cents of [500, 100, 500, 300, 100, 500, 200])
      await given(member, { amount_cents, message: mark, created_at: "2025-02-10T00:00:00Z" });
    const pages = await pagesOf<DonationSummary>(`/api/admin/donations?search=${mark}&sort=${sort}`, 3, { token });
    expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1]);
    expect(pages.map(({ total }) => total)).toEqual([7, 7, 7]);
    const all = pages.flatMap(({ items }) => items);
    expect(new Set(all.map(({ id }) => id)).size).toBe(7);
    const ids = all.map(({ id }) => id);
    if (sort === "newest") expect(ids).toEqual(ids.toSorted().reverse());
    if (sort === "oldest") expect(ids).toEqual(ids.toSorted());
    if (sort === "amount")
      expect(all.map(({ amount_cents }) => amount_cents)).toEqual([500, 500, 500, 300, 200, 100, 100]);
  });

  test("tells of each what went back of it and what is left", async () => {
    const { mark, list } = await marked();
    const member = await person();
    const message = mark;
    const { payment_id } = await given(member, { amount_cents: 2000, message, paid_at: "2025-02-01T12:00:00.000Z" });
    await reversal(payment_id, { amount_cents: 300 });
    await reversal(payment_id, { amount_cents: 500, kind: "dispute" });
    await reversal(payment_id, { amount_cents: 400, returned_at: new Date().toISOString() });
    await reversal(payment_id, { amount_cents: 100, occurred_at: null });
    await given(member, { amount_cents: 700, message, paid_at: null });
    const { items, total } = await list("&sort=amount");
    expect(total).toBe(2);
    expect(items).toMatchObject([
      {
        amount_cents: 2000,
        refunded_cents: 800,
        net_cents: 1200,
        currency: "usd",
        paid_at: "2025-02-01T12:00:00.000Z",
        user_id: member.id,
      },
      { amount_cents: 700, refunded_cents: 0, net_cents: 0, paid_at: null, status: "pending" },
    ]);
  });

  test("refuses filters that fit nothing, and a cursor of another order", async () => {
    const { token } = await viewer();
    const ask = (query: string) => get(`/api/admin/donations?${query}`, { token });
    expect(pathsOf(await ask("from=2025-03-01T00:00:00Z&to=2025-02-01T00:00:00Z"))).toEqual(["to"]);
    expect(pathsOf(await ask("min_amount_cents=5&max_amount_cents=4"))).toEqual(["max_amount_cents"]);
    for (const [query, path] of [
      ["min_amount_cents=-1", "min_amount_cents"],
      ["max_amount_cents=1.5", "max_amount_cents"],
      ["status=paid", "status"],
      ["donation_type=other", "donation_type"],
      ["from=yesterday", "from"],
      ["sort=name", "sort"],
    ] as const)
      expect(pathsOf(await ask(query))).toEqual([path]);
    await offlineDonation();
    await offlineDonation();
    const { body } = await get<Page<DonationSummary>>("/api/admin/donations?limit=1&sort=amount", { token });
    expect(pathsOf(await ask(`cursor=${body.next_cursor}`))).toEqual(["cursor"]);
  });

  test("shows who gave anonymously to those who look after donations, and says so", async () => {
    const { mark, list } = await marked();
    const { id } = await offlineDonation({ donor_name: `Alex ${mark}`, message: "No fuss", anonymous: true });
    expect((await list()).items).toMatchObject([
      { id, anonymous: true, donor_name: `Alex ${mark}`, message: "No fuss" },
    ]);
  });
});

describe.concurrent("a donation", () => {
  test("that was paid online shows its payment, its reversals and its receipt", async () => {
    const { donation_id, donor_email, payment_intent, session_id } = await paidDonation({ message: "Hello" });
    await refund(donation_id, { amount_cents: 500 }, await volunteer("donations.refund"));
    await untilMails(donor_email);
    expect(await find(donation_id)).toMatchObject({
      donation_type: "public",
      status: "completed",
      amount_cents: 2500,
      refunded_cents: 500,
      net_cents: 2000,
      message: "Hello",
      notes: null,
      recorded_by: null,
      stripe_payment_intent_id: payment_intent,
      stripe_checkout_session_id: session_id,
      reversals: [{ kind: "refund", status: "succeeded", amount_cents: 500, returned_at: null }],
      receipts: [{ to_email: donor_email }],
    });
  });

  test("that is not there is 404", async () => {
    const answer = await get(`/api/admin/donations/${crypto.randomUUID()}`, await viewer());
    expect(outcome(answer)).toEqual([404, "donation_not_found"]);
  });
});

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
    expect(receipt?.text).toContain("Date: March 1, 2026\nDonation: $40.00\nPayment: By cheque\n");
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
      expect(await sql("select id from emails where dedupe_key = $1", [`donation_receipt:${body.id}`])).toEqual([]);
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
    const id = crypto.randomUUID();
    await recordOffline(handedOver({ id }), { token });
    const { donation_id } = await startedDonation();
    for (const body of [
      handedOver({ id, amount_cents: 4001 }),
      handedOver({ id, payment_method: "cheque" }),
      handedOver({ id, received_at: "2026-03-02T12:00:00Z" }),
      handedOver({ id: donation_id }),
    ])
      expect(outcome(await recordOffline(body, { token }))).toEqual([409, "donation_exists"]);
    const somebody_else = await volunteer("donations.create");
    expect(outcome(await recordOffline(handedOver({ id }), somebody_else))).toEqual([409, "donation_exists"]);
    expect(await sql("select id from payments where donation_id = $1", [donation_id])).toEqual([]);
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

describe.concurrent("changing a donation", () => {
  const details = (more: Record<string, unknown> = {}) => ({
    donor_name: "Kim Changed",
    donor_email: anyEmail("changed"),
    message: "Another",
    anonymous: true,
    notes: "Rang us",
    ...more,
  });

  test("changes the donor and the notes, and is in the audit log without saying what they are", async () => {
    const { id } = await offlineDonation();
    const { id: by, token } = await volunteer("donations.edit", "donations.view");
    const wanted = details();
    const answer = await put<Donation>(`/api/admin/donations/${id}`, wanted, { token });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ ...wanted, amount_cents: 4000, status: "completed", net_cents: 4000 });
    const [entry] = await sql<{ actor_id: string; changes: object }>(
      "select actor_id, changes from audit_log where subject_id = $1 and action = 'update'",
      [id],
    );
    expect(entry).toEqual({
      actor_id: by,
      changes: { donor_name: null, donor_email: null, message: null, anonymous: [false, true], notes: null },
    });
    const none = details({ donor_name: null, donor_email: null, message: null, notes: null });
    expect((await put<Donation>(`/api/admin/donations/${id}`, none, { token })).body).toMatchObject(none);
  });

  test("never changes amount, status or anything else: those are refused by name", async () => {
    const { id } = await offlineDonation();
    const before = await donationRow(id);
    const { token } = await volunteer("donations.edit");
    for (const more of [{ amount_cents: 1 }, { status: "failed" }, { payment_method: "stripe" }, { user_id: id }]) {
      const answer = await put(`/api/admin/donations/${id}`, details(more), { token });
      const unknown = { path: Object.keys(more)[0], message: "is not a known field" };
      expect(refusal(answer)).toEqual([400, "invalid_input", [unknown]]);
    }
    expect(await donationRow(id)).toEqual(before);
  });

  test("that is not there is 404", async () => {
    const editor = await volunteer("donations.edit");
    expect(outcome(await put(`/api/admin/donations/${crypto.randomUUID()}`, details(), editor))).toEqual([
      404,
      "donation_not_found",
    ]);
  });

  test("of a member leaves name and address to the account: they come back as they are, and others are refused", async () => {
    const { token } = await volunteer("donations.edit");
    const member = await person();
    const { donation_id } = await startedDonation({ member });
    const row = await donationRow(donation_id);
    const { donor_name, donor_email } = row;
    const details = { donor_name, donor_email, message: null, anonymous: false, notes: "Called us" };
    for (const other of [{ donor_name: "Somebody Else" }, { donor_email: anyEmail("else") }]) {
      const answer = await put(`/api/admin/donations/${donation_id}`, { ...details, ...other }, { token });
      expect([answer.status, answer.body.code]).toEqual([409, "donor_is_member"]);
    }
    expect(await donationRow(donation_id)).toEqual(row);
    expect((await put(`/api/admin/donations/${donation_id}`, details, { token })).status).toBe(200);
    expect(await donationRow(donation_id)).toMatchObject({ donor_name, donor_email, notes: "Called us" });
  });

  test.for([
    {
      what: "name is as long as two names can be",
      donor_name: `${"A".repeat(100)} ${"B".repeat(100)}`,
      donor_email: "a@example.org",
    },
    { what: "name and address were not trimmed", donor_name: " Alex  ", donor_email: " Alex@Example.org " },
    { what: "name and address are not known", donor_name: null, donor_email: null },
  ])("of a member whose $what can be edited all the same", async ({ donor_name, donor_email }) => {
    const { token } = await volunteer("donations.edit");
    const { donation_id } = await startedDonation({ member: await person() });
    const known = { donor_name, donor_email };
    await sql("update donations set donor_name = $2, donor_email = $3 where id = $1", [
      donation_id,
      donor_name,
      donor_email,
    ]);
    for (const [notes, donor] of Object.entries({
      "As it is": known,
      Null: { donor_name: null, donor_email: null },
      Absent: {},
    })) {
      const details = { ...donor, message: null, anonymous: false, notes };
      expect((await put(`/api/admin/donations/${donation_id}`, details, { token })).status).toBe(200);
      expect(await donationRow(donation_id)).toMatchObject({ ...known, notes });
    }
    const other = { donor_name: "Somebody Else", message: null, anonymous: false, notes: null };
    expect(outcome(await put(`/api/admin/donations/${donation_id}`, other, { token }))).toEqual([
      409,
      "donor_is_member",
    ]);
  });

  test("leaves the donor as they are where it does not speak of them", async () => {
    const { id } = await offlineDonation();
    const { donor_name, donor_email } = await donationRow(id);
    const rest = { message: null, anonymous: false, notes: "Called us" };
    const answer = await put(`/api/admin/donations/${id}`, rest, await volunteer("donations.edit"));
    expect(answer.body).toMatchObject({ donor_name, donor_email, ...rest });
  });

  test("takes a donor away for good: Stripe, which knows them still, does not bring them back", async () => {
    const paid = await paidDonation();
    const nobody = details({ donor_name: null, donor_email: null });
    await put(`/api/admin/donations/${paid.donation_id}`, nobody, await volunteer("donations.edit"));
    await tell(paid);
    await refund(paid.donation_id, { amount_cents: 100 }, await volunteer("donations.refund"));
    expect(await donationRow(paid.donation_id)).toMatchObject({ donor_name: null, donor_email: null });
  });
});

describe.concurrent("sending a receipt again", () => {
  const resend = async (id: string) =>
    post<Donation>(`/api/admin/donations/${id}/resend-receipt`, undefined, await volunteer("donations.edit"));

  test("mails it again, each time, and shows that it was", async () => {
    const donor_email = anyEmail("donor");
    const { id, receipts } = await offlineDonation({ donor_email });
    expect(receipts).toHaveLength(1);
    const answer = await resend(id);
    expect(answer.status).toBe(200);
    expect(answer.body.receipts).toHaveLength(2);
    expect((await resend(id)).body.receipts).toHaveLength(3);
    const mails = await untilMails(donor_email, 3);
    expect(new Set(mails.map(({ text }) => text)).size).toBe(1);
  });

  test("says what was given, and what went back of it since", async () => {
    const donor_email = anyEmail("donor");
    const { id } = await offlineDonation({ donor_email });
    await refund(id, { amount_cents: 1500 }, await volunteer("donations.refund"));
    await resend(id);
    const [, again] = await untilMails(donor_email, 2);
    expect(again?.text).toContain("Donation: $40.00\nPayment: In cash\nGiven back since: $15.00\n");
  });

  test("goes to where it should have gone, of a donation of long ago too", async () => {
    const { id } = await offlineDonation({ received_at: "2020-01-01T00:00:00Z", send_receipt: false });
    const donor_email = anyEmail("right");
    await put(
      `/api/admin/donations/${id}`,
      { donor_name: "Alex", donor_email, message: null, anonymous: false, notes: null },
      await volunteer("donations.edit"),
    );
    expect((await resend(id)).body.receipts).toMatchObject([{ to_email: donor_email }]);
    expect((await untilMails(donor_email))[0]?.text).toContain("January 1, 2020");
  });

  test("goes to the address that a member has now", async () => {
    const member = await person();
    const { donation_id } = await given(member);
    const email = anyEmail("moved");
    await sql("update users set email = $2 where id = $1", [member.id, email]);
    expect((await resend(donation_id)).body.receipts).toMatchObject([{ to_email: email }]);
  });

  test("is refused where there is none to send, and after twenty times", async () => {
    expect(outcome(await resend(crypto.randomUUID()))).toEqual([404, "donation_not_found"]);
    const { donation_id, donor_email } = await startedDonation();
    expect(outcome(await resend(donation_id))).toEqual([409, "not_completed"]);
    expect(await mailsTo(donor_email)).toEqual([]);
    expect(outcome(await resend((await offlineDonation()).id))).toEqual([409, "no_address"]);
    const { id } = await offlineDonation({ donor_email: anyEmail("donor") });
    await sql(
      "insert into emails (template, to_email, dedupe_key, status, sent_at) select 'donation_receipt', 'donor@example.org', 'donation_receipt:' || $1 || ':' || n, 'sent', now() from generate_series(1, 19) n",
      [id],
    );
    expect((await resend(id)).body.receipts).toHaveLength(21);
    expect(outcome(await resend(id))).toEqual([409, "resent_too_often"]);
    await refund(id, {}, await volunteer("donations.refund"));
    expect(outcome(await resend(id))).toEqual([409, "not_completed"]);
  });
});

describe.concurrent("who gave anonymously", () => {
  const nobody = { user_id: null, donor_name: null, donor_email: null, message: null, notes: null };

  /** A member's donation in cash, with a receipt; they want no mention. */
  async function anonymousGift() {
    const member = await person();
    const { id } = await offlineDonation({
      donation_type: "member",
      donor_name: undefined,
      user_id: member.id,
      message: "No fuss",
      notes: "Met them in May",
      anonymous: true,
    });
    const theirs = { user_id: member.id, donor_name: `${member.first_name} Example`, donor_email: member.email };
    return { id, member, shown: { ...theirs, message: "No fuss", notes: "Met them in May" } };
  }

  const addresses = ({ body }: Answer<Donation>) => new Set(body.receipts.map(({ to_email }) => to_email));

  /** Two who may do the same with donations: one without seeing donors, one who sees them. */
  const workers = () =>
    Promise.all([
      volunteer("donations.create", "donations.edit", "donations.refund"),
      volunteer("donations.create", "donations.edit", "donations.refund", "donations.view"),
    ]);

  test.for(["resend-receipt", "refund"])(
    "is in the answer to %s only for those who see donors anyway",
    async (verb) => {
      const [blind, seeing] = await workers();
      const { id, member, shown } = await anonymousGift();
      const told = ({ token }: { token: string }, body?: object) =>
        post<Donation>(`/api/admin/donations/${id}/${verb}`, body, { token });
      const part = () => (verb === "refund" ? { id: crypto.randomUUID(), amount_cents: 1 } : undefined);
      const hidden = await told(blind, part());
      expect(hidden.status).toBe(200);
      expect(hidden.body).toMatchObject({ id, anonymous: true, amount_cents: 4000, ...nobody });
      expect(addresses(hidden)).toEqual(new Set([null]));
      expect(hidden.text).not.toContain(member.email);
      const open = await told(seeing, part());
      expect(open.body).toMatchObject(shown);
      expect(addresses(open)).toEqual(new Set([member.email]));
    },
  );

  test("is not in the answer to recording it either, though the volunteer wrote the name down", async () => {
    const [blind, seeing] = await workers();
    const given = { donor_email: anyEmail("donor"), message: "No fuss", anonymous: true };
    const hidden = await recordOffline(handedOver(given), blind);
    expect(hidden.status).toBe(201);
    expect(hidden.body).toMatchObject({ anonymous: true, ...nobody, receipts: [{ to_email: null }] });
    const open = await recordOffline(handedOver(given), seeing);
    expect(open.body).toMatchObject({
      ...given,
      donor_name: "Alex Example",
      receipts: [{ to_email: given.donor_email }],
    });
  });

  test("stays hidden from whoever makes them so, and is neither overwritten nor named by them afterwards", async () => {
    const [blind, seeing] = await workers();
    const { id } = await offlineDonation({ donor_email: anyEmail("donor") });
    const change = ({ token }: { token: string }, anonymous: boolean) =>
      put<Donation>(
        `/api/admin/donations/${id}`,
        { donor_name: "Kim", donor_email: null, message: "Hello", anonymous, notes: null },
        { token },
      );
    expect((await change(blind, false)).body).toMatchObject({ donor_name: "Kim", message: "Hello" });
    expect((await change(blind, true)).body).toMatchObject({ anonymous: true, ...nobody });
    const before = await donationRow(id);
    expect(outcome(await change(blind, false))).toEqual([403, "donor_hidden"]);
    expect(await donationRow(id)).toEqual(before);
    expect((await change(seeing, true)).body).toMatchObject({ donor_name: "Kim", message: "Hello" });
    expect((await change(seeing, false)).body).toMatchObject({ donor_name: "Kim", anonymous: false });
  });
});

test.concurrent("only those who look after donations see donors: other permissions do not do", async () => {
  const { id } = await offlineDonation();
  const others = await volunteer("donations.stats", "donations.create", "donations.edit", "users.view");
  for (const path of ["/api/admin/donations", `/api/admin/donations/${id}`])
    expect(outcome(await get(path, others))).toEqual([403, "permission_missing"]);
});
