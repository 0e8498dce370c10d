import { expect, test } from "vitest";
import type { MyExport } from "../../src/members/export/schemas.ts";
import { get, outcome } from "../harness/client.ts";
import { subscribed } from "../harness/payments.ts";
import { person } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";

test("people download everything about themselves, notes of volunteers too, and nothing of anybody else", async () => {
  const me = await person("active", { legal_name: "Robin Legal", phone_audience: "nobody", referred_by: "A friend" });
  const other = await person("active", { first_name: "Someone", last_name: "Else" });
  await insert("user_notes", { user_id: me.id, author_id: other.id, body: "Likes tea", sensitive: true });
  await sql("insert into user_tags (user_id, tag) values ($1, 'choir')", [me.id]);
  await insert("vouchings", { applicant_id: me.id, member_id: other.id, answer: "yes", answered_at: new Date() });
  const subscription_id = await subscribed(me, { notes: "for volunteers alone" });
  const payment = await insert("payments", {
    user_id: me.id,
    subscription_id,
    base_subscription_cents: 6000,
    paid_at: new Date(),
  });
  await insert("reversals", {
    payment_id: payment.id,
    kind: "refund",
    status: "succeeded",
    amount_cents: 500,
    occurred_at: new Date(),
  });
  const gift = { donation_type: "public", amount_cents: 700, donor_name: "Robin", message: "Keep going" };
  const donation = await insert("donations", { ...gift, donor_email: me.email.toUpperCase() });
  await insert("donation_receipts", { donation_id: donation.id });
  await insert("donations", { ...gift, donor_email: other.email, message: "Not mine" });
  await insert("emails", { template: "approval", to_email: me.email, user_id: me.id, data: { first_name: "Robin" } });
  await insert("login_attempts", { email: me.email, user_id: me.id, succeeded: true, user_agent: "Firefox" });
  const event = await insert("events", {
    title: "Picnic",
    location: "Park",
    start_at: new Date(),
    end_at: new Date(Date.now() + 1000),
  });
  await sql("insert into event_rsvps (event_id, user_id, rsvp_status, attended) values ($1, $2, 'yes', true)", [
    event.id,
    me.id,
  ]);
  const newsletter = await insert("newsletter_archives", { title: "Spring" });
  await sql(
    "insert into newsletter_recipients (newsletter_id, user_id, queued_at, outcome) values ($1, $2, now(), 'withheld')",
    [newsletter.id, me.id],
  );

  const fileOf = async () =>
    (
      await insert<{ id: string }>("stored_files", {
        kind: "event_photo",
        key: `event_photo/${crypto.randomUUID()}`,
        status: "stored",
        content_type: "image/webp",
      })
    ).id;
  const mine = { event_id: event.id, uploaded_by: me.id };
  const { id: shown_id } = await insert("event_galleries", {
    ...mine,
    caption: "By the lake",
    file_id: await fileOf(),
  });
  const takedown_at = "2026-05-06T07:08:09.000Z";
  await insert("event_galleries", {
    ...mine,
    caption: "Hidden",
    file_id: await fileOf(),
    takedown_at,
    created_at: "2026-01-01",
  });
  const { id: photo_id } = await insert("event_galleries", {
    event_id: event.id,
    uploaded_by: other.id,
    caption: "With me in it",
    file_id: await fileOf(),
    takedown_at,
  });
  const takedown = { sha256: "0".repeat(64), asked_by: me.id };
  await insert("photo_takedowns", { ...takedown, photo_id, created_at: takedown_at });
  const gone_id = crypto.randomUUID();
  await insert("photo_takedowns", { ...takedown, photo_id: gone_id, created_at: "2026-01-01" });

  const answer = await get<MyExport>("/api/members/export", { token: me.token });
  expect(answer.headers.get("Content-Disposition")).toBe('attachment; filename="my-data.json"');
  expect(answer.body).toMatchObject({
    profile: { id: me.id, legal_name: "Robin Legal" },
    privacy: { phone_audience: "nobody" },
    application: { status: "active", referred_by: "A friend" },
    roles: [{ role: "Member" }],
    sessions: [{ revoked_at: null }],
    sign_ins: [{ user_agent: "Firefox" }],
    subscriptions: [{ id: subscription_id, status: "active" }],
    payments: [{ id: payment.id, receipt_number: expect.any(Number), base_subscription_cents: 6000 }],
    refunds: [{ payment_id: payment.id, amount_cents: 500 }],
    donations: [{ message: "Keep going", receipted_at: [expect.stringMatching(/Z$/)] }],
    rsvps: [{ event: "Picnic", attended: true }],
    photos: [
      {
        id: shown_id,
        event: "Picnic",
        caption: "By the lake",
        url: expect.stringMatching(/\/api\/photos\/.+\/full\.webp$/),
        thumbnail_url: expect.stringMatching(/\/api\/photos\/.+\/thumb\.webp$/),
      },
      { caption: "Hidden", url: null, takedown_at },
    ],
    photos_taken_down: [
      { photo_id, event: "Picnic", caption: "With me in it", takedown_at },
      { photo_id: gone_id, event: null, caption: null, taken_at: null },
    ],
    mails: [{ template: "approval", data: { first_name: "Robin" } }],
    newsletters: [{ title: "Spring", outcome: "withheld", unsubscribed_at: null }],
    notes: [{ body: "Likes tea", sensitive: true }],
    tags: [{ tag: "choir" }],
    vouchings: [{ asked: "about_me", answer: "yes" }],
    history: expect.arrayContaining([expect.objectContaining({ action: "insert" })]),
  });
  for (const hidden of [other.id, other.email, "Someone", "Not mine", "for volunteers alone", "password_hash"])
    expect(answer.text).not.toContain(hidden);
});

test.each(["pending_email", "rejected", "inactive"] as const)(
  "somebody who is %s can download it too",
  async (status) => {
    const me = await person(status);
    expect((await get<MyExport>("/api/members/export", { token: me.token })).body.profile.status).toBe(status);
  },
);

test("a download needs a fresh proof of who asks", async () => {
  const me = await person("active");
  await sql("update sessions set authenticated_at = now() - interval '16 minutes' where user_id = $1", [me.id]);
  expect(outcome(await get("/api/members/export", { token: me.token }))).toEqual([403, "reauthentication_required"]);
});
