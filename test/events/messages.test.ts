import { describe, expect, test } from "vitest";
import * as z from "zod";
import { call, get, outcome, post } from "../harness/client.ts";
import { answered } from "../harness/events.ts";
import { suppress } from "../harness/mail-feedback.ts";
import { untilMails } from "../harness/mailbox.ts";
import { outboxOf, outgoing } from "../harness/outbox.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { insert, mail_url, sql } from "../harness/platform.ts";
import { zoneAt } from "../harness/zones.ts";

const host = await volunteer("events.rsvps");

const message = (more: Record<string, unknown> = {}) => ({
  id: crypto.randomUUID(),
  to: ["yes"],
  subject: "About Sunday",
  body: "Bring a blanket.\n<b>See you!</b>",
  count: 1,
  ...more,
});

const send = (event_id: string, body: object) =>
  post<{ id: string; count: number }>(`/api/admin/events/${event_id}/messages`, body, host);
const recipients = (event_id: string, to: string) =>
  get<{ count: number; left_out: { id: string }[] }>(
    `/api/admin/events/${event_id}/messages/recipients?to=${to}`,
    host,
  );

async function answer(event_id: string, rsvp_status: string | null, columns: Record<string, unknown> = {}) {
  const someone = await person();
  await insert("event_rsvps", { event_id, user_id: someone.id, rsvp_status, ...columns });
  return someone;
}

const got = async ({ email }: Person) => (await outboxOf(email)).length;

describe.concurrent("a message about an event", () => {
  test("goes to each of its groups once, as plain text, and replies go to the event's contact", async () => {
    const { event_id, guest } = await answered("yes", { contact_email: "picnic@example.org" });
    await sql("update users set time_zone = $2 where id = $1", [guest.id, zoneAt(12)]);
    const maybe = await answer(event_id, "maybe");
    const sent = await send(event_id, message({ to: ["yes", "maybe", "absent"], count: 2 }));
    expect([sent.status, sent.body.count]).toEqual([200, 2]);
    const [mail] = await untilMails(guest.email);
    expect(mail?.subject).toBe("About Sunday");
    expect(mail?.html).toContain("&lt;b&gt;See you!&lt;/b&gt;");
    const raw: unknown = await (
      await fetch(`${mail_url}/_control/messages?to=${encodeURIComponent(guest.email)}`)
    ).json();
    const [{ reply_to }] = z.tuple([z.object({ reply_to: z.unknown() })]).parse(raw);
    expect([reply_to].flat()).toEqual(["picnic@example.org"]);
    expect([await got(guest), await got(maybe)]).toEqual([1, 1]);
    // Newsletters are in lane 2: it must not wait behind one.
    expect(await sql("select distinct lane from emails where user_id = any($1)", [[guest.id, maybe.id]])).toEqual([
      { lane: 1 },
    ]);
    const [entry] = await sql<{ changes: object; actor_id: string }>(
      "select changes, actor_id from audit_log where id = $1",
      [sent.body.id],
    );
    expect(entry).toEqual({
      changes: { to: [null, ["yes", "maybe", "absent"]], count: [null, 2] },
      actor_id: host.id,
    });
  });

  test("reaches those who said yes or maybe, who wait, who came and who did not", async () => {
    const { event_id } = await answered("yes");
    await answer(event_id, "maybe");
    await answer(event_id, "no");
    await answer(event_id, "waitlisted");
    await answer(event_id, "yes", { attended: true, attended_at: new Date() });
    await answer(event_id, null, { attended: true, attended_at: new Date() });
    const counts = Object.entries({ yes: 2, maybe: 1, waiting: 1, present: 2, absent: 1, "yes,maybe,present": 4 });
    for (const [to, count] of counts) expect([to, (await recipients(event_id, to)).body.count]).toEqual([to, count]);
    expect(outcome(await recipients(event_id, "yes,no"))).toEqual([400, "invalid_input"]);
    expect((await recipients(event_id, "")).body.count).toBe(2);
  });

  test("leaves out and names people without a confirmed address that accepts mail; people who unsubscribed from event news get it", async () => {
    const { event_id, guest } = await answered("yes");
    const others = [await person("pending_email"), await person("active")];
    await suppress(others[1]?.email ?? "");
    const newsless = await person("active", { wants_event_news: false });
    for (const { id: user_id } of [...others, newsless])
      await insert("event_rsvps", { event_id, user_id, rsvp_status: "yes" });
    const { body } = await recipients(event_id, "yes");
    expect([body.count, body.left_out.map(({ id }) => id).sort()]).toEqual([2, others.map(({ id }) => id).sort()]);
    expect((await send(event_id, message({ count: 2 }))).status).toBe(200);
    expect(await Promise.all([guest, newsless, ...others].map(got))).toEqual([1, 1, 0, 0]);
  });

  test("is refused when others would get it than the sender saw, and nobody gets it then", async () => {
    const { event_id, guest } = await answered("yes");
    await answer(event_id, "yes");
    expect(outcome(await send(event_id, message()))).toEqual([409, "count_changed"]);
    expect(await got(guest)).toBe(0);
  });

  test("waits for the morning of those for whom it is night, unless the event is too close to wait", async () => {
    const times = { close: { starts_in: 2 }, later: { starts_in: 48 }, over: { starts_in: -3 } };
    const minutes: Record<string, number> = {};
    for (const [name, when] of Object.entries(times)) {
      const { event_id, guest } = await answered("yes", when);
      await sql("update users set time_zone = $2 where id = $1", [guest.id, zoneAt(2)]);
      expect((await send(event_id, message())).status).toBe(200);
      const [mail] = await sql<{ minutes: number }>(
        "select (extract(epoch from next_attempt_at - created_at) / 60)::int as minutes from emails where user_id = $1",
        [guest.id],
      );
      minutes[name] = mail?.minutes ?? -1;
    }
    // Between 2 AM and 3 AM, it is five to six hours until 8 AM. What goes out now is postponed by two minutes while it is sent.
    expect(minutes).toEqual({ close: expect.any(Number), later: expect.any(Number), over: expect.any(Number) });
    expect(minutes.close).toBeLessThan(5);
    for (const name of ["later", "over"]) expect(minutes[name]).toBeGreaterThan(290);
  });

  test("that waits or failed is deleted with the answer of whoever withdraws or is removed, and so is what else did not go out about the event", async () => {
    const { event_id, guest: staying } = await answered("yes", { starts_in: 48 });
    const { event_id: other, guest: declining } = await answered("yes", { starts_in: 48 });
    await insert("event_rsvps", { event_id, user_id: declining.id, rsvp_status: "yes" });
    const [removed, moving] = [await answer(event_id, "yes"), await answer(event_id, "yes")];
    await sql("update users set time_zone = $2 where id = any($1)", [
      [staying, declining, removed, moving].map(({ id }) => id),
      zoneAt(2),
    ]);
    expect((await send(event_id, message({ count: 4 }))).status).toBe(200);
    expect((await send(other, message())).status).toBe(200);
    const about = ["confirmed", "seat_given", "promoted", "seat_free", "changed", "cancelled"];
    for (const { id, email } of [staying, declining, removed, moving])
      for (const [place, kind] of about.entries())
        await outgoing(email, {
          template: `event_${kind}`,
          user_id: id,
          data: { event_id },
          status: ["pending", "failed", "withheld"][place % 3],
          next_attempt_at: new Date("2099-01-01T00:00:00Z"),
        });
    expect((await call("DELETE", `/api/events/${event_id}/rsvp`, declining)).status).toBe(200);
    expect((await call("DELETE", `/api/admin/events/${event_id}/rsvps/${removed.id}`, host)).status).toBe(200);
    expect((await post(`/api/events/${event_id}/rsvp`, { rsvp_status: "maybe" }, moving)).status).toBe(200);
    const waiting = async ({ email }: Person) => (await outboxOf(email)).map(({ template }) => template).sort();
    expect(await waiting(staying)).toEqual([...about.map((kind) => `event_${kind}`), "event_message"].sort());
    expect(await waiting(declining)).toEqual(["event_cancelled", "event_message"]);
    expect(await waiting(removed)).toEqual(["event_answer_removed", "event_cancelled"]);
    // A maybe has no seat, but still hears of the event.
    expect(await waiting(moving)).toEqual(["event_cancelled", "event_changed", "event_message", "event_seat_free"]);
  });

  test("is sent once for each id, also when it comes many times at once and people have answered since", async () => {
    const { event_id, guest } = await answered("yes");
    const once = message();
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(event_id, once)));
    expect(answers.map(({ status, body }) => [status, body.count])).toEqual(answers.map(() => [200, 1]));
    const late = await answer(event_id, "yes");
    expect((await send(event_id, once)).body).toEqual({ id: once.id, count: 1 });
    expect([await got(guest), await got(late)]).toEqual([1, 0]);
    expect(outcome(await send((await answered("yes")).event_id, once))).toEqual([409, "id_taken"]);
  });
});
