import { describe, expect, test } from "vitest";
import type { GivingStatement } from "../../../src/donations/statement/schemas.ts";
import { type Answer, get, outcome, pathsOf } from "../../harness/client.ts";
import { offlineDonation } from "../../harness/donations.ts";
import { donation, dues, reversal } from "../../harness/giving.ts";
import { printed, readPdf } from "../../harness/pdf.ts";
import { anyEmail, type Person, person, volunteer } from "../../harness/people.ts";
import { sql, worker } from "../../harness/platform.ts";

const treasurer = () => volunteer("donations.view");
const ofMember = (id: string, year: number, { token }: Pick<Person, "token">) =>
  get<GivingStatement>(`/api/admin/users/${id}/donations/statement/${year}`, { token });
const pathOf = (donor_email: string, year: number | string) =>
  `/api/admin/donations/statement?donor_email=${encodeURIComponent(donor_email)}&year=${year}`;
const ofDonor = async (donor_email: string, year: number | string) =>
  get<GivingStatement>(pathOf(donor_email, year), await treasurer());

/** What the audit log has of a request. */
const audited = ({ request_id }: Pick<Answer, "request_id">) =>
  sql(
    "select actor_id, action, subject_type, subject_id, changes from audit_log where request_id = $1 and action like '%.read'",
    [request_id],
  );

describe.concurrent("a member's giving statement, for a treasurer", () => {
  test("is the one that the member gets", async () => {
    const member = await person("active", { first_name: "Alex", last_name: "Example" });
    const gift = await donation(member, { amount_cents: 2500, paid_at: "2025-03-01T12:00:00.000Z" });
    await reversal(gift.payment_id, { amount_cents: 500, occurred_at: "2025-04-01T12:00:00.000Z" });
    await dues(member, { donation_cents: 1500, paid_at: "2025-05-01T12:00:00.000Z" });
    const { body: own } = await get<GivingStatement>("/api/members/donations/statement/2025", { token: member.token });
    const { status, body } = await ofMember(member.id, 2025, await treasurer());
    expect([status, { ...body, as_of: "" }]).toEqual([200, { ...own, as_of: "" }]);
    expect([body.donor_name, body.donor_email, body.total.net_cents]).toEqual(["Alex Example", null, 3500]);
  });

  test("leaves in the audit log who read whose, and of which year", async () => {
    const member = await person();
    await donation(member, { paid_at: "2025-03-01T12:00:00.000Z" });
    const reader = await treasurer();
    expect(await audited(await ofMember(member.id, 2025, reader))).toEqual([
      {
        actor_id: reader.id,
        action: "giving_statement.read",
        subject_type: "users",
        subject_id: member.id,
        changes: { year: [null, 2025] },
      },
    ]);
    const own = await get("/api/members/donations/statement/2025", { token: member.token });
    expect([own.status, await audited(own)]).toEqual([200, []]);
  });

  test("is not there for nobody, and not for years without money", async () => {
    const member = await person();
    await donation(member, { paid_at: "2025-03-01T12:00:00.000Z" });
    const reader = await treasurer();
    expect(outcome(await ofMember(crypto.randomUUID(), 2025, reader))).toEqual([404, "user_not_found"]);
    const none = await ofMember(member.id, 2024, reader);
    expect([outcome(none), await audited(none)]).toEqual([[404, "no_statement"], []]);
    expect(outcome(await ofMember((await person()).id, 2025, reader))).toEqual([404, "no_statement"]);
  });
});

describe.concurrent("the giving statement of a donor without an account", () => {
  test("covers what the address gave without an account, however it is spelled, and nothing else", async () => {
    const donor_email = anyEmail("donor");
    const member = await person("active", { email: donor_email });
    await sql("update donations set donor_email = $2 where id = $1", [
      (await donation(member, { amount_cents: 1, paid_at: "2025-03-01T12:00:00.000Z" })).donation_id,
      donor_email,
    ]);
    await dues(member, { paid_at: "2025-03-01T12:00:00.000Z" });
    await offlineDonation({ donor_email: anyEmail("other"), received_at: "2025-03-01T12:00:00.000Z" });
    const first = await offlineDonation({ donor_email, amount_cents: 1000, received_at: "2025-03-01T12:00:00.000Z" });
    const second = await offlineDonation({
      donor_email,
      donor_name: "Alex Later",
      amount_cents: 200,
      received_at: "2025-04-01T12:00:00.000Z",
    });
    await sql("update donations set donor_email = $2 where id = $1", [second.id, donor_email.toUpperCase()]);
    await offlineDonation({ donor_email, amount_cents: 50, received_at: "2024-04-01T12:00:00.000Z" });
    for (const asked of [donor_email, donor_email.toUpperCase()]) {
      const { status, body } = await ofDonor(asked, 2025);
      expect([status, body.donor_name, body.donor_email]).toEqual([200, "Alex Later", donor_email]);
      expect(body.donations).toMatchObject({
        net_cents: 1200,
        lines: [
          { amount_cents: 1000, receipt_number: first.receipt_number },
          { amount_cents: 200, receipt_number: second.receipt_number },
        ],
      });
      expect([body.total.net_cents, body.subscription_top_ups.lines, body.dues.lines]).toEqual([1200, [], []]);
    }
    expect((await ofDonor(donor_email, 2024)).body.total.net_cents).toBe(50);
  });

  test("calls a donor who gave no name by the address", async () => {
    const donor_email = anyEmail("donor");
    await offlineDonation({ donor_email, donor_name: undefined, anonymous: true });
    expect((await ofDonor(donor_email, 2026)).body.donor_name).toBe(donor_email);
    await offlineDonation({ donor_email, received_at: "2026-02-01T12:00:00.000Z" });
    expect((await ofDonor(donor_email, 2026)).body.donor_name).toBe("Alex Example");
  });

  test("is not there for addresses that gave nothing, members' included, in the same shape", async () => {
    const member = await person();
    await donation(member, { paid_at: "2025-03-01T12:00:00.000Z" });
    const donor_email = anyEmail("donor");
    await offlineDonation({ donor_email, received_at: "2025-03-01T12:00:00.000Z" });
    for (const [asked, year] of [
      [anyEmail("unknown"), 2025],
      [member.email, 2025],
      [donor_email, 2024],
      [donor_email, 2099],
    ] as const)
      expect(outcome(await ofDonor(asked, year))).toEqual([404, "no_statement"]);
    expect(pathsOf(await ofDonor("no address", 2025))).toEqual(["donor_email"]);
    expect(pathsOf(await ofDonor(donor_email, "25"))).toEqual(["year"]);
  });

  test("leaves in the audit log who read it, naming a donation and no address", async () => {
    const donor_email = anyEmail("donor");
    const { id } = await offlineDonation({ donor_email });
    const reader = await treasurer();
    const answer = await get<GivingStatement>(pathOf(donor_email, 2026), reader);
    expect(await audited(answer)).toEqual([
      {
        actor_id: reader.id,
        action: "giving_statement.read",
        subject_type: "donations",
        subject_id: id,
        changes: { year: [null, 2026] },
      },
    ]);
  });

  test("is a page and a PDF that speak of no dues", async () => {
    const donor_email = anyEmail("donor");
    const { receipt_number } = await offlineDonation({ donor_email });
    const { token } = await treasurer();
    const asked = (Accept: string) =>
      fetch(worker.url + pathOf(donor_email, 2026), {
        headers: { Authorization: `Bearer ${token}`, Accept, "CF-Connecting-IP": "10.1.2.4" },
      });
    const lines = printed(readPdf(new Uint8Array(await (await asked("application/pdf")).arrayBuffer()))).flat();
    expect(lines).toEqual(expect.arrayContaining(["Donor | Alex Example", `Email | ${donor_email}`]));
    expect(lines).toContain(`March 1, 2026 | ${receipt_number} | In cash | $40.00 | $0.00 | $40.00`);
    const page = await (await asked("text/html")).text();
    expect(page).toContain(`<dt>Email</dt><dd><bdi>${donor_email}</bdi></dd>`);
    expect(lines.join() + page).not.toMatch(/dues/i);
  });
});
