import { describe, expect, test } from "vitest";
import { ALL_PERMISSIONS, type Permission } from "../../src/access/permissions.ts";
import { hashPassword } from "../../src/accounts/passwords.ts";
import { linkFor } from "../harness/accounts.ts";
import { get, outcome, post, put } from "../harness/client.ts";
import { tokenIn, untilMails } from "../harness/mailbox.ts";
import { anyEmail, erased, giveRole, onPaper, type Person, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { give, systemRole } from "../harness/roles.ts";

const edit = async (id: string, body: Record<string, unknown>, ...more: Permission[]) =>
  put<{ email: string | null; updated_at: string; detail: string }>(
    `/api/admin/users/${id}`,
    body,
    await volunteer("users.edit", ...more),
  );
/** Enters another address for somebody. */
const move = (id: string, email: string) => edit(id, { email }, "users.view_sensitive");
const emailOf = async (id: string) => (await sql("select email from users where id = $1", [id]))[0]?.email;

describe.concurrent("editing somebody", () => {
  test("changes what is named, and leaves the rest", async () => {
    const { id } = await person("active", { phone: "+12125550123", pronouns: "they/them" });
    const answer = await edit(id, { first_name: "Alex", last_name: "", phone: "(212) 555-0199" });
    expect([answer.status, answer.body]).toEqual([
      200,
      expect.objectContaining({ first_name: "Alex", last_name: "", phone: "+12125550199" }),
    ]);
    expect(answer.body).toMatchObject({ pronouns: "they/them" });
    expect((await edit(id, {})).status).toBe(200);
  });

  test("that somebody else changed meanwhile is refused to whoever says what they read", async () => {
    const { id } = await person();
    const read = await get<{ updated_at: string }>(`/api/admin/users/${id}`, await volunteer("users.view"));
    const { updated_at } = read.body;
    await new Promise((resolve) => setTimeout(resolve, 5));
    const first = await edit(id, { first_name: "Alex", updated_at });
    expect(first.status).toBe(200);
    const second = await edit(id, { first_name: "Kim", updated_at });
    expect(outcome(second)).toEqual([409, "changed_meanwhile"]);
    expect((await edit(id, { first_name: "Kim", updated_at: first.body.updated_at })).status).toBe(200);
  });

  test("needs all the powers they hold", async () => {
    const treasurer = await person("active", { permissions: ["donations.refund"] });
    expect(outcome(await edit(treasurer.id, { first_name: "Alex" }))).toEqual([403, "beyond_own_permissions"]);
    expect((await edit(treasurer.id, { first_name: "Alex" }, "donations.refund")).status).toBe(200);
    const superadmin = await person();
    await give(superadmin.id, await systemRole("superadmin"));
    const all = await put(
      `/api/admin/users/${superadmin.id}`,
      { first_name: "A" },
      await volunteer(...ALL_PERMISSIONS),
    );
    expect(outcome(all)).toEqual([403, "superadmins_only"]);
  });

  test("does not reach what they hide, nor their legal name, without the permission to see it", async () => {
    const { id } = await person("active", { bio: "Mine", phone_audience: "admins", bio_audience: "nobody" });
    const refused = await edit(id, { phone: null, bio: "Theirs", legal_name: "Alexandra" });
    expect(outcome(refused)).toEqual([403, "hidden_field"]);
    expect(refused.body.detail).toContain("bio, legal_name.");
    expect((await edit(id, { phone: null })).status).toBe(200);
    expect((await edit(id, { bio: "Theirs", legal_name: "Alexandra" }, "users.view_sensitive")).status).toBe(200);
    // Whoever has no account cannot look after it.
    const paper = await onPaper();
    expect((await edit(paper.id, { bio: "Theirs", legal_name: "Alexandra", birthday: "1970-01-01" })).status).toBe(200);
  });

  test("does not put words into the mouth of whoever applied themselves, so that no member is asked about them", async () => {
    for (const origin of ["registration", "invitation"]) {
      const { id } = await person("pending_validation", { origin, referred_by: "Sam" });
      for (const referred_by of ["Kim", null])
        expect(outcome(await edit(id, { referred_by }, ...ALL_PERMISSIONS))).toEqual([409, "referred_by_is_theirs"]);
      expect((await edit(id, { referred_by: "Sam", first_name: "Alex" })).status).toBe(200);
      const silent = await person("pending_validation", { origin });
      expect(outcome(await edit(silent.id, { referred_by: "Kim" }))).toEqual([409, "referred_by_is_theirs"]);
    }
    const paper = await onPaper();
    expect((await edit(paper.id, { referred_by: "Kim" })).body).toMatchObject({ referred_by: "Kim" });
  });

  test("who was erased is not there", async () => {
    const { id } = await onPaper("inactive", erased);
    expect(outcome(await edit(id, { first_name: "Alex" }))).toEqual([404, "user_not_found"]);
  });
});

describe.concurrent("another address", () => {
  test("of somebody with an account is confirmed at the new one, and told to the old one", async () => {
    const someone = await person();
    const new_email = anyEmail("new");
    const answer = await move(someone.id, new_email);
    expect([answer.status, answer.body.email]).toEqual([200, someone.email]);
    expect(
      await sql(
        "select subject_id, changes from audit_log where request_id = $1 and action = 'email_change.requested'",
        [answer.request_id],
      ),
    ).toEqual([{ subject_id: someone.id, changes: { email: null } }]);
    expect((await untilMails(someone.email))[0]?.text).toContain("A volunteer at LOAF entered another email address");
    const token = tokenIn((await untilMails(new_email))[0] ?? { text: "" });
    expect(await emailOf(someone.id)).toBe(someone.email);
    expect((await post("/api/auth/confirm-email", { token })).status).toBe(200);
    expect(await emailOf(someone.id)).toBe(new_email);
  });

  test("is not confirmed once the volunteer who asked may no longer ask: the account has more powers, or they have none", async () => {
    const changes: Record<string, (asker: Person, owner: Person) => Promise<unknown>> = {
      "the owner is a superadmin": async (_, owner) => give(owner.id, await systemRole("superadmin")),
      "the owner may do more": async (_, owner) => giveRole(owner.id, ["donations.view"]),
      "the asker has no role": (asker) => sql("delete from user_role_assignments where user_id = $1", [asker.id]),
      "the asker has left": (asker) => sql("update users set status = 'inactive' where id = $1", [asker.id]),
    };
    const outcomes = Object.entries(changes).map(async ([name, change]) => {
      const [asker, owner] = [await volunteer("users.edit", "users.view_sensitive"), await person()];
      const new_email = anyEmail("new");
      expect((await put(`/api/admin/users/${owner.id}`, { email: new_email }, asker)).status).toBe(200);
      const token = tokenIn((await untilMails(new_email))[0] ?? { text: "" });
      await change(asker, owner);
      const opened = await get(`/api/auth/confirm-email?token=${token}`);
      const confirmed = await post("/api/auth/confirm-email", { token });
      return [name, opened.status, ...outcome(confirmed), (await emailOf(owner.id)) === owner.email];
    });
    expect(await Promise.all(outcomes)).toEqual(
      Object.keys(changes).map((name) => [name, 400, 400, "link_not_valid", true]),
    );
  });

  test.each(["with an account", "on paper", "on paper, without an address"])(
    "of somebody %s is for those who may see all that the account shows",
    async (who) => {
      const on_paper = who !== "with an account";
      const email = who.endsWith("without an address") ? null : anyEmail();
      const someone = on_paper ? await onPaper("active", { email }) : await person();
      const refused = await edit(someone.id, { email: anyEmail("new"), first_name: "Alex" });
      expect(outcome(refused)).toEqual([403, "needs_view_sensitive"]);
      expect(await sql("select first_name, email from users where id = $1", [someone.id])).toEqual([
        { first_name: "Robin", email: someone.email },
      ]);
      expect(await sql("select from account_tokens where user_id = $1", [someone.id])).toEqual([]);
      expect(await sql("select from emails where user_id = $1", [someone.id])).toEqual([]);
    },
  );

  test("that somebody owns is not taken: its owner is told", async () => {
    const [someone, owner] = [await person(), await person()];
    expect((await move(someone.id, owner.email)).status).toBe(200);
    expect((await untilMails(owner.email)).map(({ subject }) => subject)).toEqual(["Your account at LOAF"]);
    expect(await emailOf(someone.id)).toBe(someone.email);
  });

  test("that is the same changes and mails nothing", async () => {
    const someone = await person();
    expect((await edit(someone.id, { email: someone.email.toUpperCase() })).status).toBe(200);
    expect(await sql("select from emails where to_email = $1", [someone.email])).toEqual([]);
  });

  test("needs a proof of who one is from the last 15 minutes, which other changes do not", async () => {
    const [admin, someone] = [await volunteer("users.edit", "users.view_sensitive"), await person()];
    await sql("update sessions set authenticated_at = now() - interval '16 minutes' where id = $1", [admin.session_id]);
    const path = `/api/admin/users/${someone.id}`;
    expect(outcome(await put(path, { email: anyEmail("new") }, admin))).toEqual([403, "reauthentication_required"]);
    expect((await put(path, { email: someone.email, first_name: "Alex" }, admin)).status).toBe(200);
  });

  test("cannot be removed from an account, and one's own and an unconfirmed one are for their owners", async () => {
    const [someone, waiting, admin] = [await person(), await person("pending_email"), await volunteer("users.edit")];
    expect(outcome(await edit(someone.id, { email: null }))).toEqual([409, "address_needed"]);
    expect(outcome(await edit(waiting.id, { email: anyEmail("new") }))).toEqual([409, "address_not_verified"]);
    const own = await put(`/api/admin/users/${admin.id}`, { email: anyEmail("new") }, admin);
    expect(outcome(own)).toEqual([409, "own_address"]);
  });

  test("of somebody on paper just changes, and what went to the old one opens nothing", async () => {
    const { id } = await onPaper("active", { origin: "import", password_hash: hashPassword("a passphrase") });
    const link = await linkFor(id, "activate");
    const email = anyEmail("right");
    expect((await move(id, email)).body.email).toBe(email);
    const owner = await person();
    expect(outcome(await move(id, owner.email))).toEqual([409, "address_has_owner"]);
    const late = await post("/api/auth/activate", { token: link, password: "another long passphrase" });
    expect(outcome(late)).toEqual([400, "link_not_valid"]);
    expect((await edit(id, { email: "" })).body.email).toBeNull();
    expect(await sql("select email, password_hash from users where id = $1", [id])).toEqual([
      { email: null, password_hash: null },
    ]);
    expect(await sql("select from emails where user_id = $1", [id])).toEqual([]);
  });
});
