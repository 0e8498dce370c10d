import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALL_PERMISSIONS, type Permission } from "../../src/access/permissions.ts";
import { outcome, post, put } from "../harness/client.ts";
import { giveRole, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { inDays, offlineMember, statusOf } from "../harness/subscriptions.ts";

const reject = (id: string, token: string) => post(`/api/admin/users/${id}/reject`, { reason: "Because" }, { token });

describe.concurrent("rejecting takes somebody's powers, so the actor must hold them all", () => {
  test("whatever either may do, with each one's permissions from several roles", async () => {
    const some = fc.subarray(["events.view", "events.edit", "users.view"] as const satisfies Permission[]);
    await fc.assert(
      fc.asyncProperty(some, some, some, async (own, theirs, more) => {
        const actor = await volunteer("users.reject", ...own);
        const applicant = await person("pre_validated", { permissions: theirs });
        if (more.length > 0) await giveRole(applicant.id, more);
        const beyond = [...theirs, ...more].filter((code) => !own.includes(code));
        const answer = await reject(applicant.id, actor.token);
        expect(outcome(answer)).toEqual(beyond.length > 0 ? [403, "beyond_own_permissions"] : [200, undefined]);
        // Many at once are judged alike, and taking a rejection back gives the powers back.
        const body = { ids: [applicant.id], reason: "Because" };
        const many = await post<{ not_moved: { code: string }[] }>("/api/admin/users/reject", body, actor);
        const code = beyond.length > 0 ? "beyond_own_permissions" : "status_conflict";
        expect(many.body.not_moved.map((one) => one.code)).toEqual([code]);
        const reconsidered = await post(`/api/admin/users/${applicant.id}/reconsider`, undefined, actor);
        if (beyond.length > 0) expect(outcome(reconsidered)).toEqual([403, "beyond_own_permissions"]);
        else expect((await reject(applicant.id, actor.token)).status).toBe(200);
        expect(await statusOf(applicant)).toBe(beyond.length > 0 ? "pre_validated" : "rejected");
      }),
      { numRuns: 12 },
    );
  });

  test("and the refusal says which of them the actor lacks; nobody is told anything", async () => {
    const applicant = await person("payment_pending", { permissions: ["users.view", "events.edit", "donations.view"] });
    const { token } = await volunteer("users.reject", "users.view");
    const answer = await reject(applicant.id, token);
    expect(outcome(answer)).toEqual([403, "beyond_own_permissions"]);
    expect(answer.body.detail).toBe(
      "You can only reject people whose permissions you hold yourself. You lack: donations.view, events.edit.",
    );
    expect(await sql("select from emails where user_id = $1", [applicant.id])).toEqual([]);
  });

  test("also when a role is given at the same moment: whoever comes first, nobody loses what they lack", async () => {
    const applicant = await person("pre_validated");
    const role_id = await giveRole((await person()).id, ["events.edit"]);
    const [rejecting, giving] = await Promise.all([volunteer("users.reject"), volunteer(...ALL_PERMISSIONS)]);
    const [rejected, given] = await Promise.all([
      reject(applicant.id, rejecting.token),
      put(`/api/admin/users/${applicant.id}/roles`, { role_ids: [role_id] }, giving),
    ]);
    expect(given.status).toBe(200);
    expect([200, 403]).toContain(rejected.status);
    expect(await statusOf(applicant)).toBe(rejected.status === 200 ? "rejected" : "pre_validated");
  });
});

describe.concurrent("ending somebody's membership takes their powers, because roles of former members do not count", () => {
  const organizer = async () => {
    const { subscription_id, member } = await offlineMember();
    await giveRole(member.id, ["events.edit"]);
    return { path: `/api/admin/subscriptions/${subscription_id}`, member };
  };

  test("at once: only with all of them", async () => {
    const { path, member } = await organizer();
    const now = { at_period_end: false };
    const refused = await post(`${path}/cancel`, now, await volunteer("subscriptions.cancel"));
    expect(outcome(refused)).toEqual([403, "beyond_own_permissions"]);
    expect(await statusOf(member)).toBe("active");
    expect((await post(`${path}/cancel`, now, await volunteer("subscriptions.cancel", "events.edit"))).status).toBe(
      200,
    );
    expect(await statusOf(member)).toBe("inactive");
  });

  test("with the term: that takes nothing now", async () => {
    const { path } = await organizer();
    const answer = await post(`${path}/cancel`, { at_period_end: true }, await volunteer("subscriptions.cancel"));
    expect(answer.status).toBe(200);
  });

  test("earlier than it would: only with all of them", async () => {
    const { path } = await organizer();
    const desk = await volunteer("subscriptions.edit");
    const current_term_end = inDays(1);
    expect(outcome(await put(path, { current_term_end }, desk))).toEqual([403, "beyond_own_permissions"]);
    expect((await put(path, { current_term_end: inDays(3000) }, desk)).status).toBe(200);
    expect((await put(path, { current_term_end }, await volunteer("subscriptions.edit", "events.edit"))).status).toBe(
      200,
    );
  });
});

describe.concurrent("nobody decides on their own application", () => {
  test.each(["pending_validation", "pre_validated"] as const)(
    "not even with every permission, as %s",
    async (status) => {
      const applicant = await person(status, { permissions: ALL_PERMISSIONS });
      const approved = await put(`/api/admin/users/${applicant.id}/approve`, undefined, applicant);
      expect(outcome(approved)).toEqual([403, "own_application"]);
      expect(outcome(await reject(applicant.id, applicant.token))).toEqual([403, "own_application"]);
      expect(await statusOf(applicant)).toBe(status);
    },
  );

  test("somebody else with the permission does", async () => {
    const applicant = await person("pre_validated", { permissions: ["users.approve"] });
    const { token } = await volunteer("users.approve");
    expect((await put(`/api/admin/users/${applicant.id}/approve`, undefined, { token })).status).toBe(200);
  });
});
