import { describe, expect, test } from "vitest";
import { userstatus } from "../../src/tables/people.ts";
import { register } from "../harness/accounts.ts";
import { outcome, post } from "../harness/client.ts";
import { mailsTo, tokenIn, untilMails } from "../harness/mailbox.ts";
import { giveRole, person, volunteer } from "../harness/people.ts";
import { insert, sql, worker } from "../harness/platform.ts";
import { statusOf } from "../harness/subscriptions.ts";

const reconsider = (id: string, token: string) => post(`/api/admin/users/${id}/reconsider`, undefined, { token });

const rejectionOf = async (id: string) =>
  (await sql("select status, rejection_reason, rejected_at, rejected_by from users where id = $1", [id]))[0];

const CLEARED = { rejection_reason: null, rejected_at: null, rejected_by: null };

describe.concurrent("reconsidering", () => {
  test("lets a rejected person wait again, clears the rejection, and tells them", async () => {
    const [someone, { token, id }] = [await person("rejected"), await volunteer("users.reject")];
    await sql("update users set rejected_by = $2, taken_on_by = $2, taken_on_at = now() where id = $1", [
      someone.id,
      id,
    ]);
    const answer = await reconsider(someone.id, token);
    expect([answer.status, answer.body.status]).toEqual([200, "pending_validation"]);
    expect(await rejectionOf(someone.id)).toEqual({ status: "pending_validation", ...CLEARED });
    const [mail] = await untilMails(someone.email);
    expect(mail).toMatchObject({ subject: "About your application to LOAF", text: expect.stringContaining("again") });
    expect(await sql("select taken_on_by from users where id = $1", [someone.id])).toEqual([{ taken_on_by: null }]);
  });

  test("deletes the news of the rejection if it failed", async () => {
    const [someone, { token }] = [await person("rejected"), await volunteer("users.reject")];
    const columns = { user_id: someone.id, to_email: someone.email, status: "failed" };
    await insert("emails", { template: "rejection", ...columns });
    expect((await reconsider(someone.id, token)).status).toBe(200);
    expect(await sql("select template from emails where user_id = $1", [someone.id])).toEqual([
      { template: "reconsidered" },
    ]);
  });

  test("sends somebody who never verified their address back to that, with a new link", async () => {
    const { email } = await register();
    const [{ id = "" } = {}] = await sql<{ id: string }>("select id from users where email = $1", [email]);
    const { token } = await volunteer("users.reject");
    await post(`/api/admin/users/${id}/reject`, { reason: "Spam" }, { token });
    const answer = await reconsider(id, token);
    expect([answer.status, answer.body.status]).toEqual([200, "pending_email"]);
    expect(await rejectionOf(id)).toEqual({ status: "pending_email", ...CLEARED });
    const mails = await untilMails(email, 2);
    expect(mails.map(({ subject }) => subject)).toEqual(Array(2).fill("Confirm your email address for LOAF"));
    await post("/api/auth/verify-email", { token: tokenIn(mails.at(-1) ?? { text: "" }) });
    expect(await statusOf({ id })).toBe("pending_validation");
  });

  test("gives the whole time again for the new link, however old the registration is", async () => {
    const { email } = await register();
    const [{ id = "" } = {}] = await sql<{ id: string }>(
      `update users set created_at = now() - interval '2 years', status = 'rejected', rejection_reason = 'Spam', rejected_at = now()
       where email = $1 returning id`,
      [email],
    );
    await sql("update users set status_since = now() - interval '36 days' where id = $1", [id]);
    const { token } = await volunteer("users.reject", "users.edit");
    const resend = () => post(`/api/admin/users/${id}/resend-verification`, undefined, { token });
    const links = async () => (await sql("select from account_tokens where user_id = $1", [id])).length;
    expect(outcome(await resend())).toEqual([409, "registration_too_old"]);
    await post("/api/auth/resend-verification", { email });
    expect(await links()).toBe(1);
    await reconsider(id, token);
    expect(await links()).toBe(2);
    await worker.fire("17 3 * * *");
    expect(await statusOf({ id })).toBe("pending_email");
  });

  test("sends no link beyond the five that an address gets a day", async () => {
    const someone = await person("rejected", { email_verified: false });
    await sql(
      "insert into account_tokens (user_id, purpose, expires_at) select $1, 'verify_email', now() from generate_series(1, 5)",
      [someone.id],
    );
    expect((await reconsider(someone.id, (await volunteer("users.reject")).token)).status).toBe(200);
    expect(await statusOf(someone)).toBe("pending_email");
    expect(await mailsTo(someone.email)).toEqual([]);
  });

  test("lets somebody whom a volunteer entered wait, although nobody verified an address", async () => {
    const someone = await person("rejected", { email_verified: false, origin: "paper" });
    const answer = await reconsider(someone.id, (await volunteer("users.reject")).token);
    expect([answer.status, answer.body.status]).toEqual([200, "pending_validation"]);
    expect(await sql("select from emails where user_id = $1", [someone.id])).toEqual([]);
  });

  test("takes back the mail about the rejection, if it has not gone out", async () => {
    const someone = await person("rejected");
    await sql(
      "insert into emails (template, to_email, user_id, attempts, next_attempt_at) values ('rejection', $1, $2, 1, now() + interval '1 hour')",
      [someone.email, someone.id],
    );
    await reconsider(someone.id, (await volunteer("users.reject")).token);
    expect(await sql("select template from emails where user_id = $1", [someone.id])).toEqual([
      { template: "reconsidered" },
    ]);
  });

  test("needs the powers that the person gets back", async () => {
    const someone = await person("rejected");
    await giveRole(someone.id, ["settings.edit"]);
    const refused = await reconsider(someone.id, (await volunteer("users.reject")).token);
    expect(outcome(refused)).toEqual([403, "beyond_own_permissions"]);
    expect(await statusOf(someone)).toBe("rejected");
    const { token } = await volunteer("users.reject", "settings.edit");
    expect((await reconsider(someone.id, token)).status).toBe(200);
  });

  test.each(userstatus.enumValues.filter((status) => status !== "rejected"))(
    "refuses someone who is %s",
    async (status) => {
      const someone = await person(status);
      const answer = await reconsider(someone.id, (await volunteer("users.reject")).token);
      expect(outcome(answer)).toEqual([409, "status_conflict"]);
      expect(await statusOf(someone)).toBe(status);
    },
  );
});
