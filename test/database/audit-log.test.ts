import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { MADE_UP } from "../../cli/personal-columns.ts";
import { put } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { database, sql } from "../harness/platform.ts";

/** Tables whose personal columns are what volunteers wrote for the organization. The log shows what it said before. */
const OF_THE_ORGANIZATION = [
  "events",
  "newsletter_archives",
  "financial_reports",
  "bylaws_documents",
  "organisation_settings",
];

describe.concurrent("the audit log", () => {
  interface Entry {
    action: string;
    actor_id: string | null;
    request_id: string | null;
    subject_id: string;
    changes: Record<string, [unknown, unknown] | null>;
  }
  const entriesOf = (table: string, id: string) =>
    sql<Entry>(
      "select * from audit_log where subject_type = $1 and subject_id = $2 order by created_at, action = 'delete'",
      [table, id],
    );

  test("says who did it, in which request, and what changed from what to what", async () => {
    const [admin, applicant] = await Promise.all([volunteer("users.approve"), person("pending_validation")]);
    const answer = await put(`/api/admin/users/${applicant.id}/approve`, undefined, admin);
    expect(answer.status).toBe(200);
    const entry = (await entriesOf("users", applicant.id)).findLast(({ action }) => action === "update");
    expect(entry).toMatchObject({
      action: "update",
      actor_id: admin.id,
      request_id: answer.request_id,
      changes: { status: ["pending_validation", "payment_pending"] },
    });
    expect(Object.keys(entry?.changes ?? {})).toEqual(["status"]);
  });

  test("names personal columns and never their values, and no secret in any row", async () => {
    const secrets = {
      email: anyEmail("audited"),
      password_hash: "$argon2id$v=19$hash-of-somebody",
      first_name: "Secretfirst",
      last_name: "Secretlast",
      phone: "+1 555 0199",
      bio: "A secret life",
      rejection_reason: "a secret reason",
      partner_first_name: "Secretpartner",
      partner_last_name: "Partnersecret",
      referred_by: "a secret friend",
      stripe_customer_id: `cus_secret_${randomUUID()}`,
    };
    const { id } = await person("rejected", { ...secrets, partner_is_member: true, rejected_at: new Date() });
    const other = anyEmail("renamed");
    await sql("update users set email = $2, first_name = 'Othersecret', partner_is_member = false where id = $1", [
      id,
      other,
    ]);
    await sql("delete from sessions where user_id = $1", [id]);
    await sql("delete from users where id = $1", [id]);

    const entries = await entriesOf("users", id);
    expect(entries.map(({ action }) => action)).toEqual(["insert", "update", "delete"]);
    const [inserted, updated] = entries;
    for (const column of [...Object.keys(secrets), "partner_is_member"])
      expect([column, inserted?.changes[column]]).toEqual([column, null]);
    expect(updated?.changes).toEqual({ email: null, first_name: null, partner_is_member: null });
    const written = JSON.stringify(entries);
    for (const value of [...Object.values(secrets), other, "Othersecret"]) expect(written).not.toContain(value);
    expect(inserted?.changes.status).toEqual([null, "rejected"]);
  });

  test("shows no column that is about a person, of any table, but for ids", async () => {
    const triggers = await sql<{ name: string; args: string }>(
      `select tgrelid::regclass::text as name, encode(tgargs, 'escape') as args from pg_trigger
       where tgfoid = 'audit()'::regprocedure order by 1`,
    );
    expect(triggers.length).toBeGreaterThan(15);
    const shown = triggers.flatMap(({ name, args }) => {
      const [, personal = [], unimportant = [], harmless] = args
        .split("\\000")
        .slice(0, -1)
        .map((list) => list.split(","));
      const hidden = [...personal, ...unimportant];
      return Object.keys(MADE_UP[name] ?? {})
        .filter((column) => !column.startsWith("stripe_") && !OF_THE_ORGANIZATION.includes(name))
        .filter((column) => !hidden.includes(column) && (harmless === undefined || harmless.includes(column)))
        .map((column) => `${name}.${column}`);
    });
    expect(shown).toEqual([]);
  });

  test("does not even name what is sealed, and who may see what", async () => {
    const { id } = await person("active", { legal_name: "A secret name", birthday: "1980-02-29" });
    const entries = await entriesOf("users", id);
    await sql(
      `update users set legal_name = 'Another', name_on_documents = 'legal', pronouns = 'they/them', birthday = null,
        photo_uploads = 1, photo_uploads_since = now(), photo_preference = 'public', photo_audience = 'members', in_directory = true where id = $1`,
      [id],
    );
    expect(await entriesOf("users", id)).toEqual(entries);
    const columns = entries.flatMap(({ changes }) => Object.keys(changes));
    expect(columns).toContain("first_name");
    expect(columns.join()).not.toMatch(/legal_name|name_on_documents|pronouns|birthday|audience|photo|in_directory/);
  });

  test("does not say who gave", async () => {
    const [made] = await sql<{ id: string }>(
      "insert into donations (donation_type, amount_cents, donor_name, donor_email, message) values ('public', 500, 'Secret Donor', 'donor@example.org', 'For the secret cause') returning id",
    );
    const [entry] = await entriesOf("donations", made?.id ?? "");
    expect(entry?.changes).toMatchObject({
      amount_cents: [null, 500],
      donor_name: null,
      donor_email: null,
      message: null,
    });
    expect(JSON.stringify(entry)).not.toMatch(/secret|donor@/i);
  });

  test("has no entry for a change that changed nothing, and none by whoever acted before on the connection", async () => {
    const id = await event();
    const before = (await entriesOf("events", id)).length;
    await sql("update events set title = title where id = $1", [id]);
    expect(await entriesOf("events", id)).toHaveLength(before);

    const client = await database.connect();
    const actor = randomUUID();
    try {
      await client.query("begin");
      await client.query("select identify($1, 'the first request')", [actor]);
      await client.query("update events set title = 'By somebody' where id = $1", [id]);
      await client.query("commit");
      await client.query("update events set title = 'By nobody' where id = $1", [id]);
    } finally {
      client.release();
    }
    expect((await entriesOf("events", id)).slice(-2)).toMatchObject([
      { actor_id: actor, request_id: "the first request", changes: { title: ["Picnic", "By somebody"] } },
      { actor_id: null, request_id: null, changes: { title: ["By somebody", "By nobody"] } },
    ]);
  });

  test("outlives whom it speaks of", async () => {
    const [admin, applicant] = await Promise.all([volunteer("users.approve"), person("pending_validation")]);
    await put(`/api/admin/users/${applicant.id}/approve`, undefined, admin);
    await sql("delete from user_role_assignments where user_id = $1", [admin.id]);
    await sql("delete from users where id = $1", [admin.id]);
    expect((await entriesOf("users", applicant.id)).at(-1)?.actor_id).toBe(admin.id);
  });
});
