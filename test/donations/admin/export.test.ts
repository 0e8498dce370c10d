import { describe, expect, type TestContext, test, vi } from "vitest";
import type { Permission } from "../../../src/access/permissions.ts";
import { type Answer, get, logged, outcome, tripsOf } from "../../harness/client.ts";
import { parseCsv, rowsOfCsv } from "../../harness/csv.ts";
import { dayIn } from "../../harness/days.ts";
import { handedOver, recordOffline } from "../../harness/donations.ts";
import { failDatabase, untilAskedFor } from "../../harness/faults.ts";
import { donation, reversal } from "../../harness/giving.ts";
import { person, volunteer } from "../../harness/people.ts";
import { inBulk, sql, worker } from "../../harness/platform.ts";

const PATH = "/api/admin/donations/export";

/** A word that only one test's donations have in their messages. */
const anyWord = () => `w${crypto.randomUUID().replaceAll("-", "")}`;

const treasurer = (...more: Permission[]) => volunteer("donations.export", ...more);

/**
 * Donations of two months, so that many are of the same instant; returns the word they are found by. They go with the
 * test, because every search would read through them.
 */
async function manyDonations(count: number, { onTestFinished }: TestContext): Promise<string> {
  const word = anyWord();
  onTestFinished(() => inBulk("delete from donations where message = $1", [word]));
  await inBulk(
    `insert into donations (donation_type, status, amount_cents, message, created_at)
     select 'public', 'pending', n, $1, '2026-01-01T00:00:00Z'::timestamptz + (n % 60) * interval '1 day'
     from generate_series(1, $2::integer) n`,
    [word, count],
  );
  return word;
}

const auditOf = ({ request_id }: Pick<Answer, "request_id">) =>
  sql("select actor_id, action, subject_type, subject_id, changes from audit_log where request_id = $1", [request_id]);

describe.concurrent("an export of donations", () => {
  test("has each that matches once, newest first, over as many pages as it takes, each one round trip", async (context) => {
    const [{ token }, word] = [await treasurer(), await manyDonations(4500, context)];
    const answer = await get(`${PATH}?search=${word}`, { token });
    expect(answer.status).toBe(200);
    const expected = await sql<{ id: string }>(
      "select id from donations where message = $1 order by created_at desc, id desc",
      [word],
    );
    expect(rowsOfCsv(answer.text).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect((await tripsOf(answer)).before).toBe(3);
  });

  test("ends after a page that is just full", async (context) => {
    const [{ token }, word] = [await treasurer(), await manyDonations(2000, context)];
    const answer = await get(`${PATH}?search=${word}`, { token });
    expect(rowsOfCsv(answer.text)).toHaveLength(2000);
    expect((await tripsOf(answer)).before).toBe(1);
  });

  test("is a file with a dated name that nobody keeps", async () => {
    const { token } = await treasurer();
    const { headers } = await get(`${PATH}?search=${anyWord()}`, { token });
    const today = dayIn(new Date());
    expect(headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("Content-Disposition")).toBe(`attachment; filename="donations-${today}.csv"`);
    expect(headers.get("Cache-Control")).toBe("no-store");
  });

  test("says what became of the money, as decimals or in cents", async () => {
    const [{ token }, word, member] = [await treasurer(), anyWord(), await person()];
    const given = await donation(member, { amount_cents: 10_050, message: word, paid_at: "2026-03-01T12:00:00.000Z" });
    await reversal(given.payment_id, { amount_cents: 1000 });
    await reversal(given.payment_id, { amount_cents: 500, returned_at: new Date().toISOString() });
    await reversal(given.payment_id, { amount_cents: 49, kind: "dispute" });
    await donation(member, { amount_cents: 700, message: word, paid_at: null });
    const { text } = await get(`${PATH}?search=${word}`, { token });
    const [pending, paid] = rowsOfCsv(text);
    expect(paid).toMatchObject({
      id: given.donation_id,
      created_at: "2026-03-01",
      paid_at: "2026-03-01",
      donation_type: "member",
      status: "completed",
      payment_method: "stripe",
      currency: "usd",
      amount: "100.50",
      received: "100.50",
      refunded: "10.00",
      disputed: "0.49",
      net: "90.01",
      anonymous: "false",
      user_id: member.id,
      message: word,
      notes: "",
    });
    expect(pending).toMatchObject({ status: "pending", paid_at: "", amount: "7.00", received: "0.00", net: "0.00" });
    const in_cents = rowsOfCsv((await get(`${PATH}?search=${word}&amounts=cents`, { token })).text)[1];
    expect(in_cents).toMatchObject({ amount_cents: "10050", refunded_cents: "1000", net_cents: "9001" });
    expect(Object.keys(in_cents ?? {})).not.toContain("amount");
    expect(Object.keys(paid ?? {})).not.toContain("amount_cents");
  });

  test("has days of the organization's time zone, and who recorded it by name", async () => {
    const [{ token }, word] = [await treasurer("donations.view"), anyWord()];
    const clerk = await person("active", { first_name: "Kim", last_name: "", permissions: ["donations.create"] });
    for (const received_at of ["2026-03-02T04:59:59.999Z", "2026-03-02T05:00:00.000Z"])
      await recordOffline(handedOver({ received_at, message: word }), clerk);
    const rows = rowsOfCsv((await get(`${PATH}?search=${word}`, { token })).text);
    expect(rows.map(({ paid_at, recorded_by }) => [paid_at, recorded_by]).sort()).toEqual([
      ["2026-03-01", "Kim"],
      ["2026-03-02", "Kim"],
    ]);
  });

  test("names its columns for people where asked to, each once and as many", async () => {
    const [{ token }, word] = [await treasurer(), anyWord()];
    const headers = async (query: string) =>
      parseCsv((await get(`${PATH}?search=${word}${query}`, { token })).text)[0] ?? [];
    const [fields, names] = [await headers(""), await headers("&headers=human")];
    expect(names).toHaveLength(fields.length);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(["Paid", "Amount", "Donor", "Recorded by"]));
    expect(fields).toEqual(expect.arrayContaining(["paid_at", "amount", "donor_name", "recorded_by"]));
    for (const name of names) expect(name).toMatch(/^[A-Z][A-Za-z ]+$/);
  });

  test("takes the filters of the list, and finds the same", async () => {
    const [{ token }, word] = [await treasurer("donations.view"), anyWord()];
    const member = await person();
    for (const [index, status] of ["completed", "pending", "completed"].entries())
      await donation(member, {
        amount_cents: 1000 * (index + 1),
        message: word,
        paid_at: status === "completed" ? `2026-0${index + 1}-01T00:00:00.000Z` : null,
        created_at: `2026-0${index + 1}-01T00:00:00.000Z`,
      });
    for (const filter of [
      "",
      "status=pending",
      "donation_type=public",
      "from=2026-02-01T00:00:00Z",
      "to=2026-02-01T00:00:00Z",
      "dated_by=paid&from=2026-01-15T00:00:00Z",
      "min_amount_cents=2000",
      "max_amount_cents=2000",
      "payment_method=cash",
    ]) {
      const listed = await get<{ items: { id: string }[] }>(`/api/admin/donations?search=${word}&${filter}`, { token });
      const { text } = await get(`${PATH}?search=${word}&${filter}`, { token });
      expect(
        rowsOfCsv(text).map(({ id }) => id),
        filter,
      ).toEqual(listed.body.items.map(({ id }) => id));
    }
    for (const wrong of [
      "status=lost",
      "from=yesterday",
      "bom=yes",
      "headers=short",
      "amounts=dollars",
      "min_amount_cents=5&max_amount_cents=4",
    ])
      expect((await get(`${PATH}?${wrong}`, { token })).status, wrong).toBe(400);
  });

  test("begins with a byte order mark where Excel shall read it", async () => {
    const [{ token }, word] = [await treasurer(), anyWord()];
    const begins = async (query: string) => {
      const answer = await fetch(`${worker.url}${PATH}?search=${word}${query}`, {
        headers: { Authorization: `Bearer ${token}`, "CF-Connecting-IP": "10.9.8.7" },
      });
      return [...new Uint8Array(await answer.arrayBuffer()).slice(0, 3)];
    };
    expect(await begins("&bom=1")).toEqual([0xef, 0xbb, 0xbf]);
    expect(await begins("")).toEqual([...new TextEncoder().encode("id,")]);
  });

  test("has no formula in what donors have written", async () => {
    const [{ token }, word] = [await treasurer(), anyWord()];
    const typed = { donor_name: '=HYPERLINK("https://example.org")', donor_email: "-x@example.org" };
    await sql(
      "insert into donations (donation_type, amount_cents, donor_name, donor_email, message) values ('public', 100, $1, $2, $3)",
      [typed.donor_name, typed.donor_email, `+1,\r\n"${word}"`],
    );
    const { text } = await get(`${PATH}?search=${word}`, { token });
    expect(rowsOfCsv(text)).toEqual([
      expect.objectContaining({
        donor_name: `'${typed.donor_name}`,
        donor_email: `'${typed.donor_email}`,
        message: `'+1,\r\n"${word}"`,
      }),
    ]);
  });
});

describe.concurrent("who gave anonymously", () => {
  async function anonymous() {
    const word = anyWord();
    const { id: user_id } = await person("active", {
      first_name: "Name",
      last_name: word,
      email: `${word}@example.org`,
    });
    const [row] = await sql<{ id: string }>(
      `insert into donations (user_id, donation_type, amount_cents, message, notes, anonymous, status, completed_at)
       values ($1, 'member', 100, 'Hello', 'Met them in May', true, 'completed', now()) returning id`,
      [user_id],
    );
    return { word, id: row?.id, user_id };
  }

  test("is named in an export only for those who see donors anyway", async () => {
    const { word, id, user_id } = await anonymous();
    const since = `from=${new Date(Date.now() - 60_000).toISOString()}`;
    const seenBy = async ({ token }: { token: string }) =>
      rowsOfCsv((await get(`${PATH}?${since}`, { token })).text).find((row) => row.id === id);
    expect(await seenBy(await treasurer("donations.view"))).toMatchObject({
      anonymous: "true",
      user_id,
      donor_name: `Name ${word}`,
      donor_email: `${word}@example.org`,
      message: "Hello",
      notes: "Met them in May",
    });
    const nobody = { user_id: "", donor_name: "", donor_email: "", message: "", notes: "" };
    expect(await seenBy(await treasurer())).toMatchObject({ anonymous: "true", amount: "1.00", ...nobody });
  });

  test("is not found by a search of anybody else", async () => {
    const { word, id } = await anonymous();
    const found = async ({ token }: { token: string }) =>
      rowsOfCsv((await get(`${PATH}?search=${word}`, { token })).text).map((row) => row.id);
    expect(await found(await treasurer("donations.view"))).toEqual([id]);
    expect(await found(await treasurer())).toEqual([]);
  });
});

describe.concurrent("the audit log", () => {
  test("has one entry for an export of many pages: who, and by which filters, but not whom they looked for", async (context) => {
    const [someone, word] = [await treasurer(), await manyDonations(2001, context)];
    const answer = await get(`${PATH}?search=${word}&status=pending&min_amount_cents=1`, someone);
    expect((await tripsOf(answer)).before).toBe(2);
    expect(await auditOf(answer)).toEqual([
      {
        actor_id: someone.id,
        action: "donations.exported",
        subject_type: "donations",
        subject_id: null,
        changes: {
          status: [null, "pending"],
          dated_by: [null, "created"],
          min_amount_cents: [null, 1],
          search: null,
        },
      },
    ]);
    expect(JSON.stringify(await auditOf(answer))).not.toContain(word);
  });

  test("has one entry when the database's answer was lost and asked for again", async (context) => {
    const [someone, word] = [await treasurer(), await manyDonations(3, context)];
    await failDatabase({ mode: "after_commit", match: word });
    const answer = await get(`${PATH}?search=${word}`, someone);
    expect(rowsOfCsv(answer.text)).toHaveLength(3);
    expect((await tripsOf(answer)).before).toBe(2);
    expect(await auditOf(answer)).toHaveLength(1);
  });

  test("has none for whoever may not export", async () => {
    const someone = await volunteer("donations.view");
    const answer = await get(PATH, someone);
    expect(answer.status).toBe(403);
    await vi.waitFor(async () =>
      expect(await auditOf(answer)).toEqual([expect.objectContaining({ action: "access.denied" })]),
    );
  });
});

describe.concurrent("an export that fails", () => {
  /** Asks as a client that reads to the end; `broken` when the connection ended before the file did. */
  async function download(query: string, { token }: { token: string }) {
    const answer = await fetch(`${worker.url}${PATH}?${query}`, {
      headers: { Authorization: `Bearer ${token}`, "CF-Connecting-IP": "10.8.7.6" },
    });
    const begun = { status: answer.status, request_id: answer.headers.get("X-Request-Id") ?? "" };
    try {
      return { ...begun, text: await answer.text(), broken: false };
    } catch {
      return { ...begun, text: "", broken: true };
    }
  }

  test("at its first page is an error like any other", async (context) => {
    const [someone, word] = [await treasurer(), await manyDonations(2, context)];
    await failDatabase({ mode: "status", status: 500, match: word, count: 2 });
    const answer = await get(`${PATH}?search=${word}`, someone);
    expect(outcome(answer)).toEqual([503, "database_unavailable"]);
    expect(answer.headers.get("Content-Disposition")).toBeNull();
  });

  test("later breaks the connection, so that nobody takes the file for a whole one, and is logged", async (context) => {
    const [someone, word] = [await treasurer(), await manyDonations(4001, context)];
    await failDatabase({ mode: "status", status: 500, match: word, count: 2, skip: 2 });
    const { status, broken, request_id } = await download(`search=${word}`, someone);
    expect([status, broken]).toEqual([200, true]);
    await vi.waitFor(() =>
      expect(logged(request_id).map((line) => JSON.parse(line))).toContainEqual(
        expect.objectContaining({ level: "error", event: "export_broken", rows: 4000 }),
      ),
    );
  });

  test("once when the database can be asked again is whole", async (context) => {
    const [someone, word] = [await treasurer(), await manyDonations(4001, context)];
    await failDatabase({ mode: "before", match: word, skip: 1 });
    const { text, broken } = await download(`search=${word}`, someone);
    expect(broken).toBe(false);
    expect(new Set(rowsOfCsv(text).map(({ id }) => id)).size).toBe(4001);
  });

  test("stops at the next page after the permission was taken away", async (context) => {
    const [someone, word] = [await treasurer(), await manyDonations(4001, context)];
    // The second page is on its way while the role is taken: at the latest the third is refused.
    await failDatabase({ mode: "delay", ms: 2000, match: word, skip: 1 });
    const downloading = download(`search=${word}`, someone);
    await untilAskedFor(word, 2);
    await sql("delete from user_role_assignments where user_id = $1", [someone.id]);
    expect(await downloading).toMatchObject({ status: 200, broken: true });
  });

  test("to fit a page into one answer of the database takes smaller ones", async ({ onTestFinished }) => {
    const [someone, word] = [await treasurer(), anyWord()];
    onTestFinished(() => inBulk("delete from donations where starts_with(message, $1)", [word]));
    await inBulk(
      `insert into donations (donation_type, amount_cents, message)
       select 'public', 100, $1 || repeat('x', 9000) from generate_series(1, 2100)`,
      [word],
    );
    const { text, broken, request_id } = await download(`search=${word}`, someone);
    expect(broken).toBe(false);
    expect(new Set(rowsOfCsv(text).map(({ id }) => id)).size).toBe(2100);
    expect(await auditOf({ request_id })).toHaveLength(1);
  });
});
