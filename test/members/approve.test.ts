import { describe, expect, test } from "vitest";
import { userstatus } from "../../src/tables/people.ts";
import { put } from "../harness/client.ts";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { person, volunteer } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";
import { statusOf } from "../harness/subscriptions.ts";

const approve = (id: string, token: string) => put(`/api/admin/users/${id}/approve`, undefined, { token });

describe.concurrent("approving", () => {
  test("welcomes the applicant and asks them to pay, in one mail, and the answer is the person", async () => {
    const name = `Dues ${crypto.randomUUID()}`;
    await plan({ name, price_cents: 123_450 });
    const applicant = await person("pending_validation");
    const { token } = await volunteer("users.approve");
    const { status, body } = await approve(applicant.id, token);
    expect([status, body.id, body.status]).toEqual([200, applicant.id, "payment_pending"]);
    const mails = await untilMails(applicant.email);
    expect(mails.map(({ subject }) => subject)).toEqual(["Welcome to LOAF"]);
    expect(mails[0]?.text).toContain(`${name}: $1,234.50 a year`);
  });

  test("names every plan that can be paid online, and none that cannot", async () => {
    const mark = crypto.randomUUID();
    const offered = (name: string, columns: Record<string, unknown>) => plan({ ...columns, name: `${name} ${mark}` });
    await offered("For life", { billing_cycle: "lifetime", position: 1 });
    await offered("Season", { billing_cycle: "custom", term_end_month: 6, term_end_day: 30, position: 2 });
    await offered("Quarter", { billing_cycle: "quarterly", position: 3 });
    await offered("Undecided", { billing_cycle: "custom" });
    await offered("Hidden", { active: false });
    await offered("Archived", { archived_at: new Date() });
    const applicant = await person("pending_validation");
    await approve(applicant.id, (await volunteer("users.approve")).token);
    const [prompt] = await untilMails(applicant.email);
    expect(prompt?.text.split("\n").filter((line) => line.includes(mark))).toEqual([
      `For life ${mark}: $60.00 once, for life`,
      `Season ${mark}: $60.00 until June 30`,
      `Quarter ${mark}: $60.00 a quarter`,
    ]);
  });

  test("by two at the same time: one 200, one 409, one mail", async () => {
    const applicant = await person("pre_validated");
    const admins = [await volunteer("users.approve"), await volunteer("users.approve")];
    const answers = await Promise.all(admins.map(({ token }) => approve(applicant.id, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe("status_conflict");
    await untilMails(applicant.email);
    const queued = await sql("select template from emails where user_id = $1 order by 1", [applicant.id]);
    expect(queued).toEqual([{ template: "approval" }]);
    expect(await mailsTo(applicant.email)).toHaveLength(1);
  });

  test.each(userstatus.enumValues.filter((status) => !["pending_validation", "pre_validated"].includes(status)))(
    "someone who is %s is refused and mails nothing",
    async (status) => {
      const someone = await person(status);
      const { token } = await volunteer("users.approve");
      expect((await approve(someone.id, token)).status).toBe(409);
      expect(await statusOf(someone)).toBe(status);
      expect(await sql("select from emails where user_id = $1", [someone.id])).toEqual([]);
    },
  );

  test("is in the audit log: who, whom, from what to what, in which request", async () => {
    const applicant = await person("pending_validation");
    const admin = await volunteer("users.approve");
    const { request_id } = await approve(applicant.id, admin.token);
    const rows = await sql(
      "select actor_id, action, subject_type, changes from audit_log where request_id = $1 and action = 'update'",
      [request_id],
    );
    expect(rows).toEqual([
      {
        actor_id: admin.id,
        action: "update",
        subject_type: "users",
        changes: { status: ["pending_validation", "payment_pending"] },
      },
    ]);
  });
});
