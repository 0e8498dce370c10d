import { expect, test } from "vitest";
import type { Donation } from "../../src/donations/admin/schemas.ts";
import { get } from "../harness/client.ts";
import { donate, gift, handedOver, recordOffline } from "../harness/donations.ts";
import { donation } from "../harness/giving.ts";
import type { Page } from "../harness/pages.ts";
import { person, volunteer } from "../harness/people.ts";

test("somebody with one name has just that name wherever the full name is written", async () => {
  const member = await person("active", { first_name: "Madonna", last_name: "" });
  await donate(gift({ donor_name: undefined, donor_email: undefined }), { token: member.token });

  const cash = handedOver({ donation_type: "member", user_id: member.id, donor_name: undefined });
  const clerk = await volunteer("donations.create", "donations.view");
  expect((await recordOffline(cash, clerk)).body.donor_name).toBe("Madonna");
  const { body: given } = await get<Page<Donation>>(`/api/admin/donations?user_id=${member.id}`, clerk);
  expect(given.items.map(({ donor_name }) => donor_name)).toEqual(["Madonna", "Madonna"]);

  await donation(member, { amount_cents: 2500, paid_at: "2025-03-01T12:00:00.000Z" });
  const { body } = await get("/api/members/donations/statement/2025", { token: member.token });
  expect(body.donor_name).toBe("Madonna");
});
