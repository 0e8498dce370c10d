import { describe, expect, test } from "vitest";
import type { Permission } from "../../../src/access/permissions.ts";
import type { UserDetail } from "../../../src/members/admin/detail-schemas.ts";
import type { SensitiveDetails } from "../../../src/members/admin/sensitive-schemas.ts";
import { get, tripsOf } from "../../harness/client.ts";
import { event } from "../../harness/events.ts";
import { donation } from "../../harness/giving.ts";
import { note } from "../../harness/notes.ts";
import { type Person, person, volunteer } from "../../harness/people.ts";
import { insert, sql } from "../../harness/platform.ts";
import { offlineMember } from "../../harness/subscriptions.ts";

/** Which permission opens which block. */
const BLOCKS: Record<string, Permission> = {
  vouchings: "users.approve",
  subscription: "subscriptions.view",
  donations: "donations.view",
  rsvps: "events.rsvps",
  mails: "settings.email",
  history: "settings.audit",
};

const open = ({ id }: Person, reader: Person) => get<UserDetail>(`/api/admin/users/${id}`, reader);

/** Somebody of whom there is one of everything. */
async function somebody() {
  const { member, subscription_id } = await offlineMember();
  const { donation_id } = await donation(member, { message: "For the picnic" });
  const event_id = await event();
  await insert("event_rsvps", { event_id, user_id: member.id, rsvp_status: "yes" });
  const { id: mail_id } = await insert<{ id: string }>("emails", {
    template: "approval",
    to_email: member.email,
    user_id: member.id,
    data: { secret: "in the letter" },
  });
  const friend = await person("active", { first_name: "Kim" });
  await insert("vouchings", { applicant_id: member.id, member_id: friend.id, answer: "yes", answered_at: new Date() });
  await sql("insert into user_tags (user_id, tag) values ($1, 'sings')", [member.id]);
  await note(member, { author_id: friend.id });
  return { member, subscription_id, donation_id, event_id, mail_id, friend };
}

describe.concurrent("opening a person", () => {
  test("shows all there is about them in one round trip, to those who may read it all", async () => {
    const { member, subscription_id, donation_id, event_id, mail_id, friend } = await somebody();
    const reader = await volunteer("users.view", ...Object.values(BLOCKS));
    const answer = await open(member, reader);
    expect(answer.body).toMatchObject({
      id: member.id,
      tags: ["sings"],
      notes: { total: 1, items: [{ body: "Called on Monday", author: { first_name: "Kim" } }] },
      vouchings: { total: 1, items: [{ member_id: friend.id, member: { first_name: "Kim" }, answer: "yes" }] },
      subscription: { id: subscription_id, currency: "usd" },
      donations: { total: 1, items: [{ id: donation_id, message: "For the picnic" }] },
      rsvps: { total: 1, items: [{ event_id, title: "Picnic", rsvp_status: "yes", attended: false }] },
      mails: { total: 1, items: [{ id: mail_id, template: "approval" }] },
    });
    expect(answer.body.history?.items.map(({ subject_type, action }) => `${action} ${subject_type}`)).toEqual(
      expect.arrayContaining(["insert users", "insert user_notes", "insert user_tags"]),
    );
    expect(answer.text).not.toContain("in the letter");
    expect((await tripsOf(answer)).before).toBe(1);
  });

  test.each(Object.entries(BLOCKS))(
    "shows %s to holders of %s, and without it there is no such field",
    async (block, permission) => {
      const { member } = await somebody();
      const others = Object.values(BLOCKS).filter((one) => one !== permission);
      const [only, all_others] = await Promise.all([
        volunteer("users.view", permission),
        volunteer("users.view", "users.view_sensitive", ...others),
      ]);
      const blocksFor = async (reader: Person) =>
        Object.keys((await open(member, reader)).body).filter((field) => field in BLOCKS);
      expect(await blocksFor(only)).toEqual([block]);
      expect(await blocksFor(all_others)).toEqual(Object.keys(BLOCKS).filter((one) => one !== block));
    },
  );

  test("shows the newest 20 of each kind, and how many there are", async () => {
    const someone = await person();
    const at = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString();
    for (let index = 0; index < 22; index += 1) {
      await note(someone, { body: `${index}`, created_at: at(index) });
      await donation(someone, { created_at: at(index), amount_cents: 100 + index });
    }
    const { body } = await open(someone, await volunteer("users.view", "donations.view"));
    expect(body.notes.total).toBe(22);
    expect(body.notes.items.map((one) => one.body)).toEqual([...Array(20).keys()].map((index) => `${21 - index}`));
    expect(body.donations?.total).toBe(22);
    expect(body.donations?.items[0]?.amount_cents).toBe(121);
    expect(body.donations?.items).toHaveLength(20);
    const { token } = await volunteer("donations.view");
    const rest = await get<{ total: number }>(`/api/admin/donations?user_id=${someone.id}`, { token });
    expect(rest.body.total).toBe(22);
  });

  test("shows the subscription that runs, not a newer attempt to pay", async () => {
    const { member, subscription_id, plan_id } = await offlineMember();
    await insert("subscriptions", {
      user_id: member.id,
      plan_id,
      status: "pending",
      billing_cycle: "yearly",
      base_subscription_cents: 6000,
      created_at: new Date(Date.now() + 60_000),
    });
    const { body } = await open(member, await volunteer("users.view", "subscriptions.view"));
    expect(body.subscription?.id).toBe(subscription_id);
    const nobody = await open(await person(), await volunteer("users.view", "subscriptions.view"));
    expect(nobody.body.subscription).toBeNull();
  });

  test("leaves one entry in the audit log, and the history does not fill up with such entries", async () => {
    const someone = await person();
    const reader = await volunteer("users.view", "settings.audit");
    const { request_id } = await open(someone, reader);
    const entries = await sql(
      "select action, actor_id, subject_type, subject_id, changes from audit_log where request_id = $1",
      [request_id],
    );
    expect(entries).toEqual([
      { action: "users.read", actor_id: reader.id, subject_type: "users", subject_id: someone.id, changes: {} },
    ]);
    const { history } = (await open(someone, reader)).body;
    expect(new Set(history?.items.map(({ action }) => action))).toEqual(new Set(["insert", "update"]));
  });
});

describe.concurrent("what a person hides", () => {
  const hidden = {
    legal_name: "Roberta Example",
    phone: "+12125550123",
    address: "1 Main Street",
    birthday: "1980-02-29",
    bio: "Sings",
    partner_first_name: "Kim",
    partner_last_name: "Example",
    partner_is_member: true,
  };

  test("is read by those who may see sensitive details, and in the same transaction the audit log says so", async () => {
    const [someone, reader] = await Promise.all([
      person("active", { ...hidden, phone_audience: "nobody", partner_audience: "nobody" }),
      volunteer("users.view_sensitive"),
    ]);
    const answer = await get<SensitiveDetails>(`/api/admin/users/${someone.id}/sensitive`, reader);
    expect(answer.body).toMatchObject({
      ...hidden,
      name_on_documents: "shown",
      privacy: { in_directory: false, phone_audience: "nobody", bio_audience: "nobody" },
    });
    const entries = await sql("select action, actor_id, subject_id from audit_log where request_id = $1", [
      answer.request_id,
    ]);
    expect(entries).toEqual([{ action: "users.read_sensitive", actor_id: reader.id, subject_id: someone.id }]);
    expect((await tripsOf(answer)).before).toBe(1);
  });
});
