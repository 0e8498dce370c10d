import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { get, outcome, post } from "../harness/client.ts";
import { eventOf, inboxOf, paidCheckout, stripeApi, subscriptionOf } from "../harness/payments.ts";
import { volunteer } from "../harness/people.ts";
import { sql, stripe } from "../harness/platform.ts";

interface EventPage {
  items: { id: string; type: string; status: string; reason: string | null; object_id: string }[];
  next_cursor: string | null;
  total: number;
}

const PATH = "/api/admin/webhook-events";
const list = async (token: string, search: Record<string, string>) =>
  (await get<EventPage>(`${PATH}?${new URLSearchParams(search)}`, { token })).body;
const dismiss = (token: string, id: string) => post(`${PATH}/${id}/dismiss`, undefined, { token });
const replay = (token: string, id: string) => post(`${PATH}/${id}/replay`, undefined, { token });

/** Events of one object of a test's own, a minute apart, the oldest first; returns the object and their ids. */
async function inbox(...statuses: string[]) {
  const object_id = `sub_${randomUUID()}`;
  const ids: string[] = [];
  for (const [minute, status] of statuses.entries()) {
    const id = `evt_${randomUUID()}`;
    await sql(
      `insert into stripe_events (id, type, object_id, status, reason, stripe_created_at, created_at)
       values ($1, 'invoice.paid', $2, $3, $4, '2027-01-01', '2027-01-01T10:00:00Z'::timestamptz + $5 * interval '1 minute')`,
      [id, object_id, status, status === "parked" ? "the person cannot become active" : null, minute],
    );
    ids.push(id);
  }
  return { object_id, ids };
}

test("the inbox is read newest first, page by page, and filtered by what became of an event, its type, object and time", async () => {
  const { token } = await volunteer("settings.audit");
  const { object_id, ids } = await inbox("applied", "parked", "ignored", "parked");
  const all = await list(token, { object_id });
  expect(all).toMatchObject({ total: 4, next_cursor: null });
  expect(all.items.map(({ id }) => id)).toEqual(ids.toReversed());

  const first = await list(token, { object_id, limit: "3" });
  const second = await list(token, { object_id, limit: "3", cursor: first.next_cursor ?? "" });
  expect([...first.items, ...second.items]).toEqual(all.items);
  expect([first.total, second.total, second.next_cursor]).toEqual([4, 4, null]);

  const parked = await list(token, { object_id, status: "parked" });
  expect(parked.items.map(({ id, reason }) => [id, reason])).toEqual(
    [ids[3], ids[1]].map((id) => [id, "the person cannot become active"]),
  );
  expect(await list(token, { object_id, type: "charge.refunded" })).toMatchObject({ items: [], total: 0 });
  const between = { from: "2027-01-01T10:01:00Z", to: "2027-01-01T10:03:00Z" };
  expect((await list(token, { object_id, ...between })).items.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  expect((await get(`${PATH}?from=${between.to}&to=${between.from}`, { token })).status).toBe(400);
});

test("a parked event is applied when it is replayed after what stood in its way is gone", async () => {
  const { token } = await volunteer("settings.audit");
  const paid = await paidCheckout();
  const id = eventOf(paid, "checkout.session.completed");
  await sql("update users set status = 'rejected', rejection_reason = 'none', rejected_at = now() where id = $1", [
    paid.member.id,
  ]);
  await stripe.deliver([id]);
  expect(await inboxOf([id])).toMatchObject([{ status: "parked", reason: "the person cannot become active" }]);

  expect((await replay(token, id)).body).toMatchObject({ id, status: "parked", deliveries: 2 });
  await sql("update users set status = 'payment_pending' where id = $1", [paid.member.id]);
  const answer = await replay(token, id);
  expect([answer.status, answer.body]).toMatchObject([200, { id, status: "applied", reason: null, deliveries: 3 }]);
  expect(await subscriptionOf(paid.member)).toMatchObject({ status: "active" });
  expect(await sql("select status from users where id = $1", [paid.member.id])).toEqual([{ status: "active" }]);
  expect(await sql("select from payments where user_id = $1", [paid.member.id])).toHaveLength(1);
});

test("an event that never came can be replayed too", async () => {
  const { token } = await volunteer("settings.audit");
  const paid = await paidCheckout();
  const id = eventOf(paid, "checkout.session.completed");
  expect((await replay(token, id)).body).toMatchObject({ id, status: "applied", deliveries: 1 });
  expect(await subscriptionOf(paid.member)).toMatchObject({ status: "active" });
});

test("what Stripe has forgotten cannot be replayed, and what nobody knows is not there", async () => {
  const { token } = await volunteer("settings.audit");
  const { ids } = await inbox("parked");
  const gone = await replay(token, ids[0] ?? "");
  expect(outcome(gone)).toEqual([409, "event_gone"]);
  const unknown = await replay(token, `evt_${randomUUID()}`);
  expect(outcome(unknown)).toEqual([404, "event_not_found"]);
});

test("a parked event that a volunteer dismisses is parked no more, and the audit log has who did it", async () => {
  const { token, id: volunteer_id } = await volunteer("settings.audit");
  const { object_id, ids } = await inbox("parked", "applied");
  const [id = "", applied = ""] = ids;
  const answer = await dismiss(token, id);
  expect([answer.status, answer.body]).toMatchObject([
    200,
    { id, status: "ignored", reason: "dismissed: the person cannot become active", deliveries: 1 },
  ]);
  expect(await list(token, { object_id, status: "parked" })).toMatchObject({ total: 0 });
  expect(
    await sql(
      "select actor_id, action, changes from audit_log where subject_type = 'stripe_events' and subject_id = $1",
      [id],
    ),
  ).toEqual([{ actor_id: volunteer_id, action: "stripe_events.dismissed", changes: {} }]);

  expect((await dismiss(token, id)).body).toEqual(answer.body);
  expect((await dismiss(token, applied)).body).toMatchObject({ status: "applied", reason: null });
  expect((await dismiss(token, `evt_${randomUUID()}`)).body.code).toBe("event_not_found");
  expect(await sql("select from audit_log where subject_id = any($1)", [ids])).toHaveLength(1);
});

test("while Stripe does not answer, a replay is refused and changes nothing", async () => {
  const { token } = await volunteer("settings.audit");
  const paid = await paidCheckout();
  const id = eventOf(paid, "checkout.session.completed");
  await stripe.fault({ mode: "status", status: 500, count: 2, match: `/v1/events/${id}` });
  const answer = await replay(token, id);
  expect(outcome(answer)).toEqual([503, "stripe_unavailable"]);
  expect(await inboxOf([id])).toEqual([]);
  expect((await stripeApi.events.retrieve(id)).type).toBe("checkout.session.completed");
  expect((await replay(token, id)).status).toBe(200);
});
