import { describe, expect, test } from "vitest";
import type { Donation } from "../../../src/donations/admin/schemas.ts";
import { outcome, put, refusal } from "../../harness/client.ts";
import { donationRow, offlineDonation, paidDonation, refund, startedDonation, tell } from "../../harness/donations.ts";
import { anyEmail, person, volunteer } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";

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
      expect(outcome(answer)).toEqual([409, "donor_is_member"]);
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
    const answer = await refund(paid.donation_id, { amount_cents: 100 }, await volunteer("donations.refund"));
    expect([answer.status, answer.body.refunded_cents]).toEqual([200, 100]);
    expect(await donationRow(paid.donation_id)).toMatchObject({ donor_name: null, donor_email: null });
  });
});
