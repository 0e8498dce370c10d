import { describe, expect, test } from "vitest";
import type { Permission } from "../../src/access/permissions.ts";
import type { UserStatus } from "../../src/people/schemas.ts";
import { outcome, post, put } from "../harness/client.ts";
import { untilMails } from "../harness/mailbox.ts";
import { onPaper, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { give, systemRole } from "../harness/roles.ts";
import { offlineMember } from "../harness/subscriptions.ts";

const move = async (id: string, status: UserStatus, reason?: string, ...more: Permission[]) =>
  put(`/api/admin/users/${id}/status`, { status, reason }, await volunteer("users.change_status", ...more));

describe.concurrent("changing a status", () => {
  test("to inactive tells the member, and keeps the reason as a note", async () => {
    const member = await person();
    const answer = await move(member.id, "inactive", " They moved away. ");
    expect([answer.status, answer.body.status]).toEqual([200, "inactive"]);
    expect((await untilMails(member.email))[0]?.text).toContain("Your membership ended on");
    const notes = await sql(
      "select body, sensitive, author_id is not null as signed from user_notes where user_id = $1",
      [member.id],
    );
    expect(notes).toEqual([{ body: "inactive: They moved away.", sensitive: false, signed: true }]);
  });

  test("is no way around a running subscription: that is canceled first", async () => {
    const { member, subscription_id } = await offlineMember();
    expect(outcome(await move(member.id, "inactive"))).toEqual([409, "subscription_running"]);
    const now = { at_period_end: false };
    const canceled = await post(
      `/api/admin/subscriptions/${subscription_id}/cancel`,
      now,
      await volunteer("subscriptions.cancel"),
    );
    expect(canceled.status).toBe(200);
    expect((await move(member.id, "payment_pending")).status).toBe(200);
    const mails = await sql("select template from emails where to_email = $1 order by created_at", [member.email]);
    expect(mails.at(-1)).toEqual({ template: "payment_prompt" });
  });

  test("takes and gives back powers only with all of them", async () => {
    const organizer = await person("active", { permissions: ["events.edit"] });
    expect(outcome(await move(organizer.id, "inactive"))).toEqual([403, "beyond_own_permissions"]);
    expect((await move(organizer.id, "inactive", undefined, "events.edit")).status).toBe(200);
    expect(outcome(await move(organizer.id, "payment_pending"))).toEqual([403, "beyond_own_permissions"]);
    const superadmin = await person();
    await give(superadmin.id, await systemRole("superadmin"));
    expect(outcome(await move(superadmin.id, "inactive"))).toEqual([403, "superadmins_only"]);
  });

  test("keeps to the flow, and says where else a status comes from", async () => {
    const member = await person("payment_pending");
    for (const status of ["pending_email", "pending_validation", "pre_validated", "payment_pending", "active"] as const)
      expect(outcome(await move(member.id, status))).toEqual([409, "status_conflict"]);
    for (const status of ["rejected", "inactive"] as const)
      expect(outcome(await move(member.id, status))).toEqual([409, "status_conflict"]);
    const applicant = await person("pending_validation");
    expect((await move(applicant.id, "payment_pending")).body.detail).toContain("approve the application");
    const unconfirmed = await person("pending_email");
    expect(outcome(await move(unconfirmed.id, "pending_validation"))).toEqual([409, "status_conflict"]);
  });

  test("of one's own application is for somebody else", async () => {
    const applicant = await person("pending_validation", { permissions: ["users.change_status"] });
    const answer = await put(`/api/admin/users/${applicant.id}/status`, { status: "pre_validated" }, applicant);
    expect(outcome(answer)).toEqual([403, "own_application"]);
  });

  test("people without an address go all the way by the same routes", async () => {
    const { id } = await onPaper("pending_email", { email: null });
    for (const status of ["pending_validation", "pre_validated"] as const)
      expect((await move(id, status)).body.status).toBe(status);
    expect((await put(`/api/admin/users/${id}/approve`, undefined, await volunteer("users.approve"))).status).toBe(200);
    expect(await sql("select from emails where user_id = $1", [id])).toEqual([]);
  });
});

describe.concurrent("sending a link again", () => {
  const resend = async (id: string) =>
    post(`/api/admin/users/${id}/resend-verification`, undefined, await volunteer("users.edit"));

  test("verifies a registration, or opens an account that volunteers entered", async () => {
    const [waiting, paper] = [await person("pending_email"), await onPaper()];
    expect([(await resend(waiting.id)).status, (await resend(paper.id)).status]).toEqual([200, 200]);
    expect((await untilMails(waiting.email))[0]?.text).toContain("/verify-email?token=");
    expect((await untilMails(paper.email))[0]?.text).toContain("/activate?token=");
  });

  test("is refused without an address, to a confirmed one, and where somebody else owns it", async () => {
    const owner = await person();
    const [nowhere, twin] = [await onPaper("active", { email: null }), await onPaper("active", { email: owner.email })];
    expect(outcome(await resend(nowhere.id))).toEqual([409, "no_address"]);
    expect(outcome(await resend(owner.id))).toEqual([409, "already_verified"]);
    expect(outcome(await resend(twin.id))).toEqual([409, "address_has_owner"]);
  });

  test("goes to one address five times a day, also from many at once", async () => {
    const { id, email } = await onPaper();
    const answers = await Promise.all(Array.from({ length: 7 }, () => resend(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(await sql("select from emails where to_email = $1", [email])).toHaveLength(5);
  });
});
