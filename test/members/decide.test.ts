import { describe, expect, test } from "vitest";
import { post, put } from "../harness/client.ts";
import { untilMails } from "../harness/mailbox.ts";
import { person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { statusOf } from "../harness/subscriptions.ts";

const approve = (id: string, token: string) => put(`/api/admin/users/${id}/approve`, undefined, { token });
const reject = (id: string, token: string) => post(`/api/admin/users/${id}/reject`, { reason: "Because" }, { token });

describe.concurrent("an applicant who is approved and then rejected", () => {
  test("is not asked to pay afterwards, even if that mail had to wait", async () => {
    const [applicant, { token }] = await Promise.all([
      person("payment_pending"),
      volunteer("users.approve", "users.reject"),
    ]);
    // The provider refused them for now, so they are due again in a while.
    for (const template of ["approval", "payment_prompt"])
      await sql(
        `insert into emails (template, to_email, user_id, data, attempts, next_attempt_at, last_error)
         values ($1, $2, $3, '{"first_name": "Robin", "plans": []}', 1, now() + interval '1 hour', 'http 500')`,
        [template, applicant.email, applicant.id],
      );
    expect((await reject(applicant.id, token)).status).toBe(200);
    await untilMails(applicant.email);
    expect(await sql("select template from emails where user_id = $1", [applicant.id])).toEqual([
      { template: "rejection" },
    ]);
  });

  test("keeps the mails that others wait for, and those about other things", async () => {
    const [applicant, other, { token }] = await Promise.all([
      person("payment_pending"),
      person("payment_pending"),
      volunteer("users.reject"),
    ]);
    const waiting = (user_id: string, template: string) =>
      sql(
        "insert into emails (template, to_email, user_id, attempts, next_attempt_at) values ($1, 'any@example.org', $2, 1, now() + interval '1 hour')",
        [template, user_id],
      );
    await waiting(other.id, "payment_prompt");
    await waiting(applicant.id, "password_reset");
    expect((await reject(applicant.id, token)).status).toBe(200);
    expect(
      await sql("select template from emails where user_id = any($1) and template <> 'rejection' order by template", [
        [applicant.id, other.id],
      ]),
    ).toEqual([{ template: "password_reset" }, { template: "payment_prompt" }]);
  });

  test("at the same moment ends as rejected, whoever comes first, and no mail asks for money later", async () => {
    for (let round = 0; round < 5; round += 1) {
      const applicant = await person("pending_validation");
      const { token } = await volunteer("users.approve", "users.reject");
      const [approved, rejected] = await Promise.all([approve(applicant.id, token), reject(applicant.id, token)]);
      // Approved first, both are right; rejected first, there is nothing to approve.
      expect([200, 409]).toContain(approved.status);
      expect([rejected.status, await statusOf(applicant)]).toEqual([200, "rejected"]);
      const waiting = await sql(
        "select from emails where user_id = $1 and template <> 'rejection' and status = 'pending'",
        [applicant.id],
      );
      expect(waiting).toEqual([]);
    }
  });
});
