import { expect, test } from "vitest";
import type { AccessLogPage } from "../../src/members/access-log/schemas.ts";
import { get, tripsOf } from "../harness/client.ts";
import { rowsOfCsv } from "../harness/csv.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";
import { offlineMember } from "../harness/subscriptions.ts";

const actionsFor = async (me: Person) =>
  (await get<AccessLogPage>("/api/members/access-log", me)).body.items.map(({ action }) => action);

/** Whom each page of an export is recorded to contain. */
const recorded = async (request_id: string) =>
  (
    await sql<{ subject_ids: string[] }>(
      "select subject_ids from audit_log where request_id = $1 and action like '%.exported' order by created_at",
      [request_id],
    )
  ).map(({ subject_ids }) => [...subject_ids].sort());

const gaveAt = (user_id: string | null, at: string, columns: Record<string, unknown> = {}) =>
  insert("donations", { user_id, donation_type: "member", amount_cents: 500, created_at: at, ...columns });

test("whoever is in a file of donations finds that in their access log, by a page or a confirmed address", async () => {
  const [giver, guest, anonymous, other] = [await person(), await person(), await person(), await person()];
  const day = "1999-03-04T12:00:00Z";
  await gaveAt(giver.id, day);
  await gaveAt(giver.id, day);
  await gaveAt(null, day, { donation_type: "public", donor_email: guest.email.toUpperCase() });
  await gaveAt(null, day, { donation_type: "public", donor_email: "nobody@example.org" });
  await gaveAt(anonymous.id, day, { anonymous: true });
  await gaveAt(other.id, "1999-04-01T12:00:00Z");
  const path = "/api/admin/donations/export?from=1999-03-04&to=1999-03-04";
  const clerk = await volunteer("donations.export");
  const { request_id, text } = await get(path, clerk);
  expect(rowsOfCsv(text)).toHaveLength(5);
  expect(await recorded(request_id)).toEqual([[giver.id, guest.id].sort()]);
  const all = await get(path, await volunteer("donations.export", "donations.view"));
  expect(await recorded(all.request_id)).toEqual([[giver.id, guest.id, anonymous.id].sort()]);
  expect(await actionsFor(giver)).toEqual(["donations.exported", "donations.exported"]);
  expect(await actionsFor(anonymous)).toEqual(["donations.exported"]);
  expect(await actionsFor(other)).toEqual([]);
});

test("each page of a file of money records its people once, in its one round trip, with all rows in the file", async () => {
  const [first, second] = [await person(), await person()];
  await sql(
    `insert into donations (user_id, donation_type, amount_cents, created_at)
     select case when n <= 2000 then $1::uuid else $2::uuid end, 'member', n, '1998-03-04T12:00:00Z'::timestamptz - n * interval '1 second'
     from generate_series(1, 2100) n`,
    [first.id, second.id],
  );
  const answer = await get(
    "/api/admin/donations/export?from=1998-03-04&to=1998-03-04&amounts=cents",
    await volunteer("donations.export"),
  );
  expect(rowsOfCsv(answer.text).map(({ amount_cents }) => Number(amount_cents))).toEqual(
    Array.from({ length: 2100 }, (_, index) => index + 1),
  );
  expect((await tripsOf(answer)).before).toBe(2);
  expect(await recorded(answer.request_id)).toEqual([[first.id], [second.id]]);
});

test("whoever is in a file of subscriptions or of the ledger finds that in their access log", async () => {
  const [payer, other] = [await person(), await person()];
  const { subscription_id, plan_id } = await offlineMember({ member: payer });
  await offlineMember({ member: other });
  const subscriptions = await get(
    `/api/admin/subscriptions/export?plan_id=${plan_id}`,
    await volunteer("subscriptions.export"),
  );
  expect(await recorded(subscriptions.request_id)).toEqual([[payer.id]]);
  await sql("update payments set paid_at = '2005-06-07T12:00:00Z' where subscription_id = $1", [subscription_id]);
  const ledger = await get(
    "/api/admin/ledger/export?from=2005-06-07&to=2005-06-07",
    await volunteer("subscriptions.export"),
  );
  expect(rowsOfCsv(ledger.text).map(({ user_id }) => user_id)).toEqual([payer.id]);
  expect(await recorded(ledger.request_id)).toEqual([[payer.id]]);
  expect((await actionsFor(payer)).toSorted()).toEqual(["ledger.exported", "subscriptions.exported"]);
  expect(await actionsFor(other)).toEqual([]);
});
