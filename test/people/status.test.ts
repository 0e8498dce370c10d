import { randomUUID } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sign } from "../../src/access/signatures.ts";
import type { UserStatus } from "../../src/people/schemas.ts";
import { STATUS_FLOW, type StatusChange } from "../../src/people/status.ts";
import { post, put } from "../harness/client.ts";
import { event } from "../harness/events.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { settings, sql } from "../harness/platform.ts";

/** The flow as DESIGN §5 draws it, written down once more, so that changing it by accident fails here. */
const MODEL: Record<
  Exclude<StatusChange, "pay" | "lapse" | "reconsider" | "reconsider_unverified">,
  Partial<Record<UserStatus, UserStatus>>
> = {
  verify: { pending_email: "pending_validation" },
  approve: { pending_validation: "payment_pending", pre_validated: "payment_pending" },
  reject: {
    pending_email: "rejected",
    pending_validation: "rejected",
    pre_validated: "rejected",
    payment_pending: "rejected",
  },
  pre_validate: { pending_validation: "pre_validated" },
  undo_pre_validation: { pre_validated: "pending_validation" },
  deactivate: { active: "inactive" },
  renew: { inactive: "payment_pending" },
};

/** What a volunteer asks for, to make one of these changes. */
const ASKED = { pre_validate: "pre_validated", deactivate: "inactive", renew: "payment_pending" } as const;

/** Recording the dues stands for paying them. */
const pay = (id: string) =>
  sql("update users set status = 'active' where id = $1 and status = 'payment_pending'", [id]);

/** Marks somebody as present at an event. */
async function attend(id: string, { token }: Person): Promise<number> {
  const body = { attendees: [{ user_id: id, attended: true }] };
  return (await put(`/api/admin/events/${await event({ starts_in: 1 })}/attendance`, body, { token })).status;
}

async function verify({ id }: Person): Promise<number> {
  const token_id = randomUUID();
  await sql(
    "insert into account_tokens (id, user_id, purpose, expires_at) values ($1, $2, 'verify_email', now() + interval '1 day')",
    [token_id, id],
  );
  return (await post("/api/auth/verify-email", { token: await sign(settings, "verify_email", token_id) })).status;
}

test("any sequence of what volunteers and applicants do keeps to the status flow", async () => {
  const admin = await volunteer("users.approve", "users.reject", "users.change_status", "events.attendance");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("verify", "approve", "reject", "attend", "pay", "pre_validate", "deactivate", "renew"), {
        minLength: 1,
        maxLength: 12,
      }),
      async (steps) => {
        const someone = await person("pending_email");
        let status: UserStatus = "pending_email";
        for (const step of steps) {
          if (step === "attend") {
            expect(await attend(someone.id, admin)).toBe(200);
            status = MODEL.pre_validate[status] ?? status;
          } else if (step === "pay") {
            await pay(someone.id);
            if (status === "payment_pending") status = "active";
          } else {
            const next: UserStatus | undefined = MODEL[step][status];
            const outcome =
              step === "verify"
                ? await verify(someone)
                : step === "approve"
                  ? (await put(`/api/admin/users/${someone.id}/approve`, undefined, admin)).status
                  : step === "reject"
                    ? (await post(`/api/admin/users/${someone.id}/reject`, { reason: "Because" }, admin)).status
                    : (await put(`/api/admin/users/${someone.id}/status`, { status: ASKED[step] }, admin)).status;
            // Opening the link again is no change, and never an error.
            expect(outcome).toBe(next || step === "verify" ? 200 : 409);
            status = next ?? status;
          }
          const [row] = await sql("select status from users where id = $1", [someone.id]);
          expect(row).toEqual({ status });
        }
      },
    ),
    { numRuns: 30 },
  );
});

test("the flow in the code is the one that was designed", () => {
  const flow = Object.fromEntries(
    Object.entries(STATUS_FLOW).map(([change, { from, to }]) => [
      change,
      Object.fromEntries(from.map((status) => [status, to])),
    ]),
  );
  expect(flow).toEqual({
    ...MODEL,
    pay: { payment_pending: "active", inactive: "active" },
    lapse: { active: "inactive" },
    reconsider: { rejected: "pending_validation" },
    reconsider_unverified: { rejected: "pending_email" },
  });
});
