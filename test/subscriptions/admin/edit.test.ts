import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { outcome, refusal } from "../../harness/client.ts";
import { failDatabase } from "../../harness/faults.ts";
import { person } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";
import {
  inDays,
  lettersTo,
  offlineMember,
  renewalOf,
  rowOf,
  statusOf,
  subscriber,
  treasurer,
} from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.edit");
const edit = (id: string, change: object) => clerk.send("PUT", `/${id}`, change);

/** Somebody whose dues are late, and whose grace ends in so many days. */
async function late(days: number, status: "active" | "inactive" = "active") {
  const member = await person(status);
  return offlineMember({
    member,
    status: "past_due",
    current_term_start: inDays(-380),
    current_term_end: inDays(-15),
    grace_ends_at: inDays(days),
  });
}

describe.concurrent("a volunteer changes", () => {
  test("the end of a term, and nothing else by it", async () => {
    const { member, subscription_id } = await offlineMember({ notes: "Kept." });
    const before = await rowOf(subscription_id);
    const end = inDays(500);
    const { status, body } = await edit(subscription_id, { current_term_end: end.toISOString() });
    expect([status, body.current_term_end]).toEqual([200, end.toISOString()]);
    const { updated_at, ...after } = { updated_at: null, ...(await rowOf(subscription_id)) };
    expect(updated_at).not.toBeNull();
    expect({ ...after, current_term_end: null, updated_at: null }).toEqual({
      ...before,
      current_term_end: null,
      updated_at: null,
    });
    expect(await lettersTo(member)).toEqual([]);
  });

  test("notes, and takes them away", async () => {
    const { subscription_id } = await offlineMember();
    expect((await edit(subscription_id, { notes: "Pays in May." })).body.notes).toBe("Pays in May.");
    expect((await edit(subscription_id, { current_term_end: inDays(90).toISOString() })).body.notes).toBe(
      "Pays in May.",
    );
    expect((await edit(subscription_id, { notes: null })).body.notes).toBeNull();
  });

  test("notes of what renews itself and of what has ended", async () => {
    const [{ subscription_id }, ended] = await Promise.all([subscriber(), offlineMember({ status: "expired" })]);
    for (const id of [subscription_id, ended.subscription_id])
      expect((await edit(id, { notes: "Seen." })).body.notes).toBe("Seen.");
  });

  test("a term that is past due: it runs again, and whoever had lapsed is a member again", async () => {
    const { member, subscription_id } = await late(-1, "inactive");
    const { body } = await edit(subscription_id, { current_term_end: inDays(30).toISOString() });
    expect(body).toMatchObject({ status: "active", grace_ends_at: null, member: { status: "active" } });
    expect(await statusOf(member)).toBe("active");
  });
});

describe.concurrent("the grace of late dues", () => {
  test("made longer brings back whoever had lapsed", async () => {
    const { member, subscription_id } = await late(-1, "inactive");
    const until = inDays(10).toISOString();
    const { body } = await edit(subscription_id, { grace_ends_at: until });
    expect(body).toMatchObject({ status: "past_due", grace_ends_at: until, member: { status: "active" } });
    expect(await statusOf(member)).toBe("active");
  });

  test("made shorter is shorter, and never over already", async () => {
    const { member, subscription_id } = await late(10);
    const sooner = { grace_ends_at: inDays(1).toISOString() };
    expect((await edit(subscription_id, sooner)).body).toMatchObject({ status: "past_due", ...sooner });
    const answer = await edit(subscription_id, { grace_ends_at: inDays(-1).toISOString(), notes: "Too late." });
    expect(refusal(answer)).toMatchObject([
      400,
      "invalid_input",
      [{ path: "grace_ends_at", message: "must be in the future" }],
    ]);
    expect(await rowOf(subscription_id)).toMatchObject({ grace_ends_at: new Date(sooner.grace_ends_at), notes: null });
    expect(await statusOf(member)).toBe("active");
  });

  test("is two years at most", async () => {
    const { subscription_id } = await late(10);
    const before = await rowOf(subscription_id);
    for (const grace_ends_at of [inDays(732).toISOString(), "9999-12-31T23:59:59Z"]) {
      const answer = await edit(subscription_id, { grace_ends_at });
      expect([answer.status, "errors" in answer.body && answer.body.errors]).toEqual([
        400,
        [{ path: "grace_ends_at", message: "must be no more than two years ahead" }],
      ]);
      expect(await rowOf(subscription_id)).toEqual(before);
    }
    const grace_ends_at = inDays(729).toISOString();
    expect((await edit(subscription_id, { grace_ends_at })).body).toMatchObject({ status: "past_due", grace_ends_at });
  });

  test("is there only while they are late", async () => {
    const { subscription_id } = await offlineMember();
    expect(outcome(await edit(subscription_id, { grace_ends_at: inDays(5).toISOString() }))).toEqual([
      409,
      "not_past_due",
    ]);
    expect((await rowOf(subscription_id)).grace_ends_at).toBeNull();
  });

  test("of dues that Stripe collects can be longer too, while their term is Stripe's", async () => {
    const { member, subscription_id } = await subscriber();
    await sql("update subscriptions set status = 'past_due', grace_ends_at = now() where id = $1", [subscription_id]);
    await sql("update users set status = 'inactive' where id = $1", [member.id]);
    expect(outcome(await edit(subscription_id, { current_term_end: inDays(900).toISOString() }))).toEqual([
      409,
      "renews_itself",
    ]);
    expect((await edit(subscription_id, { grace_ends_at: inDays(5).toISOString() })).body.member.status).toBe("active");
  });
});

describe.concurrent("a change is refused", () => {
  test.each(["expired", "cancelled", "pending"])("to the term of one that is %s", async (status) => {
    const { subscription_id } = await offlineMember({ status });
    const answer = await edit(subscription_id, { current_term_end: inDays(20).toISOString() });
    expect(outcome(answer)).toEqual([409, "subscription_ended"]);
  });

  test("where a term would end before it starts, or is for life", async () => {
    const [{ subscription_id }, forLife] = await Promise.all([
      offlineMember(),
      offlineMember({ billing_cycle: "lifetime", current_term_end: null }),
    ]);
    const early = { current_term_end: inDays(-31).toISOString() };
    expect(outcome(await edit(subscription_id, early))).toEqual([409, "term_before_start"]);
    expect(outcome(await edit(forLife.subscription_id, { current_term_end: inDays(9).toISOString() }))).toEqual([
      409,
      "term_without_end",
    ]);
  });

  test("to the end of a term while a checkout for the one after it is open; to its notes it is not", async () => {
    const { member, subscription_id } = await offlineMember();
    const renewal = await renewalOf(member);
    const before = await rowOf(subscription_id);
    const later = { current_term_end: inDays(400).toISOString() };
    expect(outcome(await edit(subscription_id, later))).toEqual([409, "renewal_open"]);
    expect(await rowOf(subscription_id)).toEqual(before);
    expect((await edit(subscription_id, { notes: "Renews." })).status).toBe(200);
    const { send } = await treasurer("subscriptions.cancel");
    expect((await send("POST", `/${renewal}/cancel`, {})).status).toBe(200);
    expect((await edit(subscription_id, later)).body).toMatchObject(later);
  });

  test("all of it, where one part is", async () => {
    const { subscription_id } = await offlineMember();
    const change = { grace_ends_at: inDays(5).toISOString(), notes: "Not kept." };
    expect((await edit(subscription_id, change)).status).toBe(409);
    expect((await rowOf(subscription_id)).notes).toBeNull();
  });

  test.each(["status", "base_subscription_cents", "donation_cents", "payment_method", "stripe_subscription_id"])(
    "of %s, by name",
    async (field) => {
      const { subscription_id } = await offlineMember();
      const answer = await edit(subscription_id, { notes: "x", [field]: "active" });
      expect(refusal(answer)).toMatchObject([400, "invalid_input", [{ path: field }]]);
    },
  );

  test("of nothing, and of what is not there", async () => {
    const { subscription_id } = await offlineMember();
    expect((await edit(subscription_id, {})).status).toBe(400);
    expect(outcome(await edit(randomUUID(), { notes: "x" }))).toEqual([404, "subscription_not_found"]);
  });
});

test.each(["before", "after_commit"] as const)(
  "a change that the database fails (%s) once is made all the same",
  async (mode) => {
    const { subscription_id } = await offlineMember();
    await failDatabase({ mode, match: subscription_id });
    expect((await edit(subscription_id, { notes: "Once." })).body.notes).toBe("Once.");
  },
);
