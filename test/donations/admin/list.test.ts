import { describe, expect, test } from "vitest";
import type { Donation, DonationSummary } from "../../../src/donations/admin/schemas.ts";
import { type Answer, get, outcome, pathsOf, post, put } from "../../harness/client.ts";
import {
  donationRow,
  handedOver,
  offlineDonation,
  paidDonation,
  recordOffline,
  refund,
} from "../../harness/donations.ts";
import { donation as given, reversal } from "../../harness/giving.ts";
import { untilMails } from "../../harness/mailbox.ts";
import { everythingIn, type Page, pagesOf } from "../../harness/pages.ts";
import { anyEmail, person, volunteer } from "../../harness/people.ts";

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
    for (const amount of ["-5", "5.5", "1e20", "999999999999999"])
      expect((await ask(`min_amount_cents=${amount}`)).body.errors).toEqual([
        { path: "min_amount_cents", message: "must be a whole number from 0 to 99999999" },
      ]);
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
