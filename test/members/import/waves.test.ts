import { describe, expect, test } from "vitest";
import { call, post, put } from "../../harness/client.ts";
import { mailsTo } from "../../harness/mailbox.ts";
import { onPaper, volunteer } from "../../harness/people.ts";
import { insert, sql } from "../../harness/platform.ts";

describe.concurrent("a link that waits to go out is taken back, and counts as not sent,", () => {
  test.each([
    [
      "is made inactive",
      "active",
      async (id: string) =>
        put(`/api/admin/users/${id}/status`, { status: "inactive" }, await volunteer("users.change_status")),
    ],
    [
      "is deleted",
      "active",
      async (id: string) => call("DELETE", `/api/admin/users/${id}`, await volunteer("users.delete")),
    ],
    [
      "is rejected",
      "pending_validation",
      async (id: string) =>
        post(`/api/admin/users/${id}/reject`, { reason: "Not now" }, await volunteer("users.reject")),
    ],
  ] as const)("when the person %s", async (_, status, act) => {
    const someone = await onPaper(status, { activation_sent_at: new Date() });
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
    const link = await insert("account_tokens", {
      user_id: someone.id,
      purpose: "activate",
      new_email: someone.email,
      expires_at: hours(24),
    });
    await insert("emails", {
      template: "activation",
      to_email: someone.email,
      user_id: someone.id,
      account_token_id: link.id,
      lane: 2,
      next_attempt_at: hours(1),
    });
    expect((await act(someone.id)).status).toBe(200);
    expect(await sql("select template from emails where to_email = $1", [someone.email])).toEqual([]);
    expect(await sql("select activation_sent_at from users where id = $1", [someone.id])).toEqual([
      { activation_sent_at: null },
    ]);
    expect(await mailsTo(someone.email)).toEqual([]);
  });
});
