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
    const known = { donor_name: `${member.first_name} Example`, donor_email: member.email };
    const details = { ...known, message: null, anonymous: false, notes: "Called us" };
    for (const other of [{ donor_name: "Somebody Else" }, { donor_email: anyEmail("else") }]) {
      const answer = await put(`/api/admin/donations/${donation_id}`, { ...details, ...other }, { token });
      expect(outcome(answer)).toEqual([409, "donor_is_member"]);
    }
    expect(await donationRow(donation_id)).toEqual(row);
    const answer = await put(`/api/admin/donations/${donation_id}`, details, { token });
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining(details)]);
    expect(await donationRow(donation_id)).toMatchObject({ donor_name: null, donor_email: null, notes: "Called us" });
  });

  test.for([
    { what: "name is as long as two names can be", first_name: "A".repeat(100), last_name: "B".repeat(100) },
    { what: "name was not trimmed", first_name: " Alex ", last_name: "" },
  ])("of a member whose $what can be edited all the same", async ({ first_name, last_name }) => {
    const { token } = await volunteer("donations.edit");
    const member = await person("active", { first_name, last_name });
    const { donation_id } = await startedDonation({ member });
    const known = { donor_name: `${first_name} ${last_name}`.trim(), donor_email: member.email };
    for (const [notes, donor] of Object.entries({
      "As it is": known,
      Null: { donor_name: null, donor_email: null },
      Absent: {},
    })) {
      const details = { ...donor, message: null, anonymous: false, notes };
      const answer = await put(`/api/admin/donations/${donation_id}`, details, { token });
      expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ ...known, notes })]);
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
