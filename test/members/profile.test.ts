import { describe, expect, test } from "vitest";
import { get, put } from "../harness/client.ts";
import { person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

const PROFILE = "/api/members/profile";

describe.concurrent("my profile", () => {
  test.each(["pending_email", "pending_validation", "payment_pending", "active", "inactive"] as const)(
    "is open to me while I am %s",
    async (status) => {
      const me = await person(status);
      expect((await get(PROFILE, me)).body).toMatchObject({
        id: me.id,
        email: me.email,
        status,
        legal_name: null,
        language: "en",
        photo_preference: "none",
        newsletter_consent_at: null,
      });
    },
  );

  test("refuses a name that turns what stands after it, and says so", async () => {
    const answer = await put<{ errors: { message: string }[] }>(PROFILE, { first_name: "Sam \u202e" }, await person());
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      [{ path: "first_name", message: "must be one line, without invisible control characters" }],
    ]);
  });

  test("keeps what I change; what I leave out stays, and an empty field is none", async () => {
    const me = await person();
    const change = {
      first_name: "Sam",
      last_name: "",
      legal_name: "Samuel Example",
      pronouns: "they/them",
      phone: "+12125550123",
      address: "1 Example Street\nNew York",
      birthday: "1990-02-28",
      bio: "Bakes bread.",
      partner_first_name: "Ari",
      partner_last_name: "Example",
      partner_is_member: true,
      language: "es",
      time_zone: "Europe/Madrid",
      photo_preference: "members",
      wants_event_news: false,
      wants_reminders: false,
      an_old_forms_field: "ignored",
    };
    const { an_old_forms_field: _, ...kept } = change;
    const changed = await put<Record<string, unknown>>(PROFILE, change, me);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject(kept);
    const next = await put(PROFILE, { bio: "  ", birthday: null }, me);
    expect(next.body).toMatchObject({ ...kept, bio: null, birthday: null });
    expect((await get(PROFILE, me)).body).toEqual(next.body);
    expect((await put(PROFILE, {}, me)).body).toEqual(next.body);
  });

  test.each([
    ["+44 20 7946 0018", "+442079460018"],
    ["0044 20 7946 0018", "+442079460018"],
    ["(212) 555-0123", "+12125550123"],
    ["212.555.0123 x12", "+12125550123;ext=12"],
    ["", null],
    [null, null],
  ])("takes a phone number as people write it: %s", async (written, phone) => {
    expect((await put(PROFILE, { phone: written }, await person())).body).toMatchObject({ phone });
  });

  test("remembers the first yes to newsletters, and forgets it with a no", async () => {
    const me = await person();
    const say = async (newsletter_consent: boolean) =>
      (await put<{ newsletter_consent_at: string | null }>(PROFILE, { newsletter_consent }, me)).body
        .newsletter_consent_at;
    const first = await say(true);
    expect(first).not.toBeNull();
    expect(await say(true)).toBe(first);
    expect(await say(false)).toBeNull();
  });

  test.each([
    ["birthday", "2999-01-01"],
    ["birthday", "1990-02-30"],
    ["birthday", "01/02/1990"],
    ["language", "fr"],
    ["time_zone", "Mars/Olympus"],
    ["photo_preference", "maybe"],
    ["first_name", ""],
    ["first_name", null],
    ["phone", "a".repeat(51)],
    ["phone", "call me"],
    ["phone", "+1 2"],
    ["phone", "12"],
    ["bio", "a".repeat(2001)],
  ])("refuses %s: %j", async (field, value) => {
    const answer = await put<{ errors: { path: string }[] }>(PROFILE, { [field]: value }, await person());
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ path }) => path)).toEqual([field]);
  });

  test("refuses a birthday that is still to come, and documents in a legal name that nobody entered", async () => {
    const me = await person();
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    expect((await put(PROFILE, { birthday: tomorrow }, me)).body).toMatchObject({
      code: "invalid_input",
      errors: [{ path: "birthday", message: "must not be in the future" }],
    });
    expect((await put(PROFILE, { name_on_documents: "legal" }, me)).body).toMatchObject({ code: "legal_name_needed" });
    expect((await put(PROFILE, { name_on_documents: "legal", legal_name: "Robin A. Example" }, me)).status).toBe(200);
    expect((await put(PROFILE, { legal_name: null }, me)).body).toMatchObject({ code: "legal_name_needed" });
  });

  test("leaves only the names of the fields in the audit log, and of what is sealed not even those", async () => {
    const me = await person();
    await put(PROFILE, { bio: "Sings", pronouns: "they/them", legal_name: "Sealed Name" }, me);
    const [, entry] = await sql<{ changes: object }>(
      "select changes from audit_log where subject_type = 'users' and subject_id = $1 and action = 'update' order by created_at",
      [me.id],
    );
    expect(entry?.changes).toEqual({ bio: null });
  });
});
