import { describe, expect, test } from "vitest";
import type { Donation, DonationSummary } from "../../src/donations/admin/schemas.ts";
import { get, outcome, post, put } from "../harness/client.ts";
import { rowsOfCsv } from "../harness/csv.ts";
import { dayIn } from "../harness/days.ts";
import {
  donationRow,
  handedOver,
  offlineDonation,
  paidDonation,
  recordOffline,
  startedDonation,
} from "../harness/donations.ts";
import { dues, donation as given } from "../harness/giving.ts";
import { untilMails } from "../harness/mailbox.ts";
import type { Page } from "../harness/pages.ts";
import { anyEmail, onPaper, person, volunteer } from "../harness/people.ts";
import { sql, worker } from "../harness/platform.ts";

const anyWord = () => `w${crypto.randomUUID().replaceAll("-", "")}`;

const treasurer = () =>
  volunteer("donations.view", "donations.edit", "donations.export", "subscriptions.export", "users.view");

describe.concurrent("a member who changed their name and address", () => {
  /** Somebody who gave online and in cash under a former name and address, of which rows from before may hold copies. */
  async function renamed() {
    const [former, name] = [anyWord(), anyWord()];
    const member = await person("active", {
      first_name: "Robert",
      last_name: former,
      email: `${former}@example.org`,
    });
    const online = await paidDonation({ member });
    const cash = await offlineDonation({ donation_type: "member", donor_name: undefined, user_id: member.id });
    expect(cash).toMatchObject({ donor_name: `Robert ${former}`, donor_email: member.email });
    const ids = [online.donation_id, cash.id];
    await dues(member);
    await sql("update donations set donor_name = $2, donor_email = $3 where id = any($1)", [
      ids,
      `Robert ${former}`,
      member.email,
    ]);
    const profile = { first_name: "Rosa", last_name: name, legal_name: `Robert ${former}` };
    expect((await put("/api/members/profile", profile, member)).status).toBe(200);
    const email = `${name}@example.org`;
    await sql("update users set email = $2 where id = $1", [member.id, email]);
    const shown = { user_id: member.id, donor_name: `Rosa ${name}`, donor_email: email };
    return { member, former, name, ids, shown };
  }

  test("has the new ones in the list, the donation, their record and both files, and the former ones are nowhere", async () => {
    const [{ member, former, ids, shown }, reader] = await Promise.all([renamed(), treasurer()]);
    const { donor_name: name, donor_email: email, user_id } = shown;
    const list = await get<Page<DonationSummary>>(`/api/admin/donations?user_id=${member.id}`, reader);
    const record = await get<{ donations: Page<DonationSummary> }>(`/api/admin/users/${member.id}`, reader);
    for (const { items } of [list.body, record.body.donations]) expect(items).toMatchObject([shown, shown]);
    const one = await get<Donation>(`/api/admin/donations/${ids[1]}`, reader);
    // Where the receipt went is a former address.
    expect(one.body).toMatchObject({ ...shown, receipts: [{ to_email: null }] });
    const donations = await get("/api/admin/donations/export", reader);
    const ledger = await get("/api/admin/ledger/export", reader);
    const rows = (text: string) => rowsOfCsv(text).filter((row) => row.user_id === user_id);
    expect(rows(donations.text)).toMatchObject([shown, shown]);
    const line = { name, email };
    expect(rows(ledger.text).filter(({ movement }) => movement === "payment")).toMatchObject([line, line, line]);
    for (const { text } of [list, record, one, donations, ledger]) expect(text).not.toContain(former);
  });

  test("is found by the new ones, together with the words of a message, and not by the former ones", async () => {
    const [{ member, former, name, ids }, reader] = await Promise.all([renamed(), treasurer()]);
    const message = anyWord();
    const { donation_id } = await given(member, { message });
    const found = async (search: string) => {
      const query = `search=${encodeURIComponent(search)}`;
      const { body } = await get<Page<DonationSummary>>(`/api/admin/donations?${query}&sort=oldest`, reader);
      const { text } = await get(`/api/admin/donations/export?${query}`, reader);
      const listed = body.items.map(({ id }) => id);
      expect(rowsOfCsv(text).map(({ id }) => id)).toEqual(listed.toReversed());
      return listed;
    };
    expect(await found(name)).toEqual([...ids, donation_id]);
    expect(await found(`${name.toUpperCase()}@example rosa`)).toEqual([...ids, donation_id]);
    expect(await found(`rosa ${message}`)).toEqual([donation_id]);
    for (const search of [former, `robert ${message}`, `${former}@example.org`])
      expect(await found(search)).toEqual([]);
  });

  test("keeps them in an edit, which refuses the former ones, and gets the receipt again at the new address", async () => {
    const [{ former, ids, shown }, editor] = await Promise.all([renamed(), treasurer()]);
    const [id = ""] = ids;
    const details = { message: null, anonymous: false, notes: null };
    const { donor_name, donor_email } = shown;
    const path = `/api/admin/donations/${id}`;
    expect((await put(path, { ...details, donor_name, donor_email }, editor)).status).toBe(200);
    expect(outcome(await put(path, { ...details, donor_name: `Robert ${former}` }, editor))).toEqual([
      409,
      "donor_is_member",
    ]);
    const again = await post<Donation>(`${path}/resend-receipt`, undefined, editor);
    expect(new Set(again.body.receipts.map(({ to_email }) => to_email))).toEqual(new Set([donor_email, null]));
    const [receipt] = await untilMails(donor_email);
    expect(receipt?.text).toMatch(new RegExp(`^Dear Rosa,[\\s\\S]*\nReceived from: ${donor_name}\n`));
    expect(receipt?.text).not.toContain(former);
  });

  test("loses at night what donations had copied, while what guests gave stays", async () => {
    const [{ member, former, ids }, guest] = [await renamed(), await offlineDonation()];
    const unconfirmed = await person("pending_email", { last_name: former });
    const { donation_id } = await startedDonation({ member: unconfirmed });
    const paper = await onPaper("active");
    const { donation_id: on_paper } = await given(paper);
    await sql("update donations set donor_name = 'On Paper' where id = $1", [on_paper]);
    const theirs = { donor_name: `Robin ${former}`, donor_email: unconfirmed.email };
    await worker.fire("17 3 * * *");
    for (const id of [...ids, on_paper])
      expect(await donationRow(id)).toMatchObject({ donor_name: null, donor_email: null });
    expect(await donationRow(guest.id)).toMatchObject({ donor_name: "Alex Example" });
    expect(await donationRow(donation_id)).toMatchObject({ user_id: unconfirmed.id, ...theirs });
    const { body } = await get<{ donations: DonationSummary[] }>("/api/members/export", member);
    expect(body.donations.map(({ donor_email }) => donor_email)).not.toContain(member.email);
  });
});

describe.concurrent("what a donation says of a member", () => {
  test("is nothing, online and in cash: it is all in the account", async () => {
    const member = await person();
    const { donation_id } = await paidDonation({ member });
    const { id } = await offlineDonation({ donation_type: "member", donor_name: undefined, user_id: member.id });
    for (const each of [donation_id, id])
      expect(await donationRow(each)).toMatchObject({ user_id: member.id, donor_name: null, donor_email: null });
  });

  test("stays with it when a registration that nobody confirmed is deleted", async () => {
    const [member, reader] = [await person("pending_email"), await treasurer()];
    const { donation_id } = await paidDonation({ member });
    // They typed the address themselves, as a guest does.
    const [receipt] = await untilMails(member.email);
    expect(receipt?.text).toContain("\nReceived from: Robin Example\n");
    await sql("update users set status_since = now() - interval '38 days' where id = $1", [member.id]);
    await worker.fire("17 3 * * *");
    expect(await sql("select from users where id = $1", [member.id])).toEqual([]);
    const { body } = await get<Donation>(`/api/admin/donations/${donation_id}`, reader);
    expect(body).toMatchObject({ user_id: null, donor_name: "Robin Example", donor_email: member.email });
    const statement = await get(
      `/api/admin/donations/statement?donor_email=${member.email}&year=${dayIn(Date.now()).slice(0, 4)}`,
      reader,
    );
    expect(statement.body).toMatchObject({ donor_name: "Robin Example", donations: { amount_cents: 2500 } });
  });
});

describe.concurrent("a receipt of a donation", () => {
  const textOf = async (email: string) => (await untilMails(email))[0]?.text;

  test("names a member as they want to be named on documents, and greets them by the name they go by", async () => {
    const clerk = await volunteer("donations.create");
    const names = { first_name: "Rosa", last_name: "Shown", legal_name: "Robert Sealed" };
    for (const [name_on_documents, name] of [
      ["shown", "Rosa Shown"],
      ["legal", "Robert Sealed"],
    ]) {
      const member = await person("active", { ...names, name_on_documents });
      const cash = handedOver({ donation_type: "member", donor_name: undefined, user_id: member.id, anonymous: true });
      expect((await recordOffline(cash, clerk)).status).toBe(201);
      expect(await textOf(member.email)).toMatch(
        new RegExp(`^Dear Rosa,[\\s\\S]*\nReceived from: ${name}\nReceived by: `),
      );
    }
  });

  test("names a guest as they named themselves, and nobody if they did not", async () => {
    const [named, nameless] = [anyEmail("donor"), anyEmail("donor")];
    await offlineDonation({ donor_email: named });
    await offlineDonation({ donor_email: nameless, donor_name: undefined, anonymous: true });
    expect(await textOf(named)).toContain("\nReceived from: Alex Example\nReceived by: ");
    expect(await textOf(nameless)).toMatch(/^Hello,/);
    expect(await textOf(nameless)).not.toContain("Received from");
  });
});
