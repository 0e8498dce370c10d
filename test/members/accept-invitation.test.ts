import { describe, expect, test } from "vitest";
import { login, PASSWORD, register } from "../harness/accounts.ts";
import { call, follow, get, outcome, pathsOf, post } from "../harness/client.ts";
import { acceptance, invited } from "../harness/joining.ts";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { give, role, rolesOf, systemRole } from "../harness/roles.ts";
import { zoneAt } from "../harness/zones.ts";

const accept = (token: string, more: Record<string, unknown> = {}) =>
  post("/api/auth/accept-invitation", acceptance(token, more));

/** The verified person with an address. */
const ownerOf = async (email: string) =>
  (
    await sql<{ id: string; status: string; origin: string; first_name: string; last_name: string }>(
      "select id, status, origin, first_name, last_name from users where email = $1 and email_verified",
      [email],
    )
  )[0];

describe.concurrent("accepting an invitation", () => {
  test("makes a pre-validated person with a verified address, who can sign in, and tells those who approve", async () => {
    const approver = await volunteer("users.approve");
    await sql("update users set time_zone = $2 where id = $1", [approver.id, zoneAt(12)]);
    const { id, email, token } = await invited();
    const { status, body } = await accept(token);
    expect([status, body.title]).toEqual([200, "Your account is ready"]);
    const owner = await ownerOf(email);
    expect(owner).toMatchObject({
      status: "pre_validated",
      origin: "invitation",
      first_name: "Alex",
      last_name: "Invited",
    });
    expect((await login(email)).body.user).toMatchObject({ id: owner?.id, status: "pre_validated" });
    expect(await sql("select status, accepted_by from user_invitations where id = $1", [id])).toEqual([
      { status: "accepted", accepted_by: owner?.id },
    ]);
    expect((await untilMails(approver.email)).map(({ subject }) => subject)).toContain("LOAF: someone is waiting");
    expect(await mailsTo(email)).toEqual([]);
  });

  test("changes nothing until the button of its page is pressed", async () => {
    const { email, token } = await invited();
    for (const Accept of ["text/html", "*/*", ""]) {
      const shown = await get(`/api/auth/accept-invitation?token=${token}&utm_source=mail`, { headers: { Accept } });
      expect([shown.status, shown.text.includes("Accept the invitation"), shown.text.includes(email)]).toEqual([
        200,
        true,
        true,
      ]);
    }
    expect((await follow(`/api/auth/accept-invitation?token=${token}`)).body.email).toBe(email);
    expect(await ownerOf(email)).toBeUndefined();
    const done = await call("POST", "/api/auth/accept-invitation", {
      body: new URLSearchParams(acceptance(token, { last_name: "" })).toString(),
      headers: { Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect([done.status, done.text.includes("Your account is ready")]).toEqual([200, true]);
    expect(await ownerOf(email)).toMatchObject({ first_name: "Alex", last_name: "" });
  });

  test("works once, also for two at the same time", async () => {
    const { email, token } = await invited();
    const answers = await Promise.all([accept(token), accept(token, { first_name: "Other" }), accept(token)]);
    expect(answers.map(outcome).sort()).toEqual([
      [200, undefined],
      [409, "invitation_accepted"],
      [409, "invitation_accepted"],
    ]);
    expect(await sql("select from users where email = $1", [email])).toHaveLength(1);
    expect(outcome(await accept(token))).toEqual([409, "invitation_accepted"]);
    expect(outcome(await follow(`/api/auth/accept-invitation?token=${token}`))).toEqual([409, "invitation_accepted"]);
  });

  test("is refused for a revoked, an expired and a forged link", async () => {
    const revoked = await invited({ status: "revoked" });
    expect(outcome(await accept(revoked.token))).toEqual([400, "link_not_valid"]);
    const expired = await invited({ expires_at: new Date() });
    expect(outcome(await accept(expired.token))).toEqual([400, "link_expired"]);
    const replaced = await invited({ status: "expired" });
    expect(outcome(await accept(replaced.token))).toEqual([400, "link_expired"]);
    const { token, token_id, email } = await invited();
    expect(outcome(await accept(`${token_id}.${"A".repeat(43)}`))).toEqual([400, "link_not_valid"]);
    await sql("update account_tokens set expires_at = now() where id = $1", [token_id]);
    expect(outcome(await accept(token))).toEqual([400, "link_expired"]);
    expect(await ownerOf(email)).toBeUndefined();
  });

  test("refuses bad passwords and names by field, and the link stays good", async () => {
    const { email, token } = await invited();
    for (const password of ["short", "password1", email, "AlexInvited"])
      expect(pathsOf(await accept(token, { password }))).toEqual(["password"]);
    expect(pathsOf(await accept(token, { first_name: " " }))).toEqual(["first_name"]);
    expect((await accept(token)).status).toBe(200);
  });

  test("is refused once somebody verified the address in another way", async () => {
    const { email, token: registered } = await register();
    const { token } = await invited({ email });
    await post("/api/auth/verify-email", { token: registered });
    expect(outcome(await accept(token))).toEqual([409, "address_has_account"]);
    expect(outcome(await follow(`/api/auth/accept-invitation?token=${token}`))).toEqual([409, "address_has_account"]);
    expect(await sql("select from users where email = $1", [email])).toHaveLength(1);
  });

  test("while the address is verified at the same moment: one account", async () => {
    const { email, token: registered } = await register();
    const { token } = await invited({ email });
    await Promise.all([accept(token), post("/api/auth/verify-email", { token: registered })]);
    expect(await sql("select from users where email = $1 and email_verified", [email])).toHaveLength(1);
  });

  test("leaves other registrations of the address unverified: their links lead to the account, their passwords do not", async () => {
    const { email, token: registered } = await register({ password: "a stranger's passphrase" });
    const { token } = await invited({ email });
    expect((await accept(token)).status).toBe(200);
    const owner = await ownerOf(email);
    const { body } = await post("/api/auth/verify-email", { token: registered });
    expect(body.message).toContain("You already have an account");
    expect((await login(email)).body.user.id).toBe(owner?.id);
    expect((await login(email, "a stranger's passphrase")).body.user.id).not.toBe(owner?.id);
    expect(await sql("select from users where email = $1 and email_verified", [email])).toHaveLength(1);
  });

  test("leaves somebody whom a volunteer entered with the same address as they are", async () => {
    const { email, token } = await invited();
    const paper = await person("pending_validation", { email, email_verified: false, origin: "paper" });
    expect((await accept(token)).status).toBe(200);
    expect(await sql("select email, status, email_verified from users where id = $1", [paper.id])).toEqual([
      { email, status: "pending_validation", email_verified: false },
    ]);
  });
});

describe.concurrent("the role of an invitation", () => {
  const inviterOf = (...more: ("events.view" | "events.edit")[]) => volunteer("users.invite", "events.view", ...more);

  async function acceptedBy(invited_by: string, role_id: string): Promise<string[]> {
    const { email, token } = await invited({ invited_by, role_id });
    expect((await accept(token)).status).toBe(200);
    return rolesOf((await ownerOf(email))?.id ?? "");
  }

  test("is given on acceptance, and recorded as given by the inviter", async () => {
    const [inviter, role_id] = [await inviterOf(), await role(["events.view"])];
    expect(await acceptedBy(inviter.id, role_id)).toEqual([role_id]);
    expect(await sql("select assigned_by from user_role_assignments where role_id = $1", [role_id])).toEqual([
      { assigned_by: inviter.id },
    ]);
  });

  test("is not given if the inviter lost the powers for it meanwhile, or the role gained some", async () => {
    const role_id = await role(["events.view"]);
    const demoted = await inviterOf();
    await sql("delete from user_role_assignments where user_id = $1", [demoted.id]);
    const gone = await inviterOf();
    await sql("update users set status = 'inactive' where id = $1", [gone.id]);
    const mute = await volunteer("events.view");
    for (const { id } of [demoted, gone, mute]) expect(await acceptedBy(id, role_id)).toEqual([]);
    expect(await acceptedBy((await inviterOf()).id, await role(["events.view", "events.edit"]))).toEqual([]);
    const superadmin = await systemRole("superadmin");
    expect(await acceptedBy((await inviterOf()).id, superadmin)).toEqual([]);
    const chief = await person();
    await give(chief.id, superadmin);
    expect(await acceptedBy(chief.id, superadmin)).toEqual([superadmin]);
  });

  test("is not given if it was deleted, or the inviter's row is gone", async () => {
    const [inviter, role_id] = [await inviterOf(), await role(["events.view"])];
    const { email, token } = await invited({ invited_by: inviter.id, role_id });
    await sql("delete from roles where id = $1", [role_id]);
    expect((await accept(token)).status).toBe(200);
    expect(await rolesOf((await ownerOf(email))?.id ?? "")).toEqual([]);
    const orphan = await invited({ role_id: await role([]) });
    expect((await accept(orphan.token)).status).toBe(200);
    expect(await rolesOf((await ownerOf(orphan.email))?.id ?? "")).toEqual([]);
  });
});

test("whoever accepted signs in with the password they chose, and the link signs nobody in", async () => {
  const { email, token } = await invited();
  const { body } = await accept(token, { password: PASSWORD });
  expect(Object.keys(body).sort()).toEqual(["message", "organisation", "title"]);
  expect((await login(email, PASSWORD)).status).toBe(200);
});
