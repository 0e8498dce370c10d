import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { outcome, tripsOf } from "../../harness/client.ts";
import { failDatabase } from "../../harness/faults.ts";
import { checkout, openSessionsFor, startedCheckout, stripeApi, subscriptionsOf } from "../../harness/payments.ts";
import { person } from "../../harness/people.ts";
import { plan } from "../../harness/plans.ts";
import { sql, stripe } from "../../harness/platform.ts";
import {
  inDays,
  lettersTo,
  offlineMember,
  rowOf,
  statusOf,
  subscriber,
  treasurer,
} from "../../harness/subscriptions.ts";

const clerk = await treasurer("subscriptions.cancel", "subscriptions.create");
const cancel = (id: string, body: object = {}) => clerk.send("POST", `/${id}/cancel`, body);
const atStripe = (id: string) => stripeApi.subscriptions.retrieve(id);

const NOW = { at_period_end: false };

describe.concurrent("a term that Stripe knows nothing of", () => {
  test("ends with its term where nothing else is said, and the person is a member until then", async () => {
    const { member, subscription_id } = await offlineMember();
    const answer = await cancel(subscription_id, { reason: "Moves away." });
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([200, 1]);
    const row = await rowOf(subscription_id);
    expect(answer.body).toMatchObject({
      status: "active",
      cancel_at_period_end: true,
      cancel_reason: "Moves away.",
      current_term_end: row.current_term_end?.toISOString(),
    });
    expect(row.cancelled_at).not.toBeNull();
    expect(await statusOf(member)).toBe("active");
    const [letter, ...others] = await lettersTo(member);
    expect(others).toEqual([]);
    expect(letter?.template).toBe("membership_cancelled");
    expect(Date.parse(String(letter?.data.ends_at))).toBe(row.current_term_end?.getTime());
    expect(JSON.stringify(letter)).not.toContain("Moves away");
  });

  test("ends now, and the person is no member any more", async () => {
    const { member, subscription_id } = await offlineMember();
    const { body } = await cancel(subscription_id, { ...NOW, reason: "Asked for it." });
    expect(body).toMatchObject({
      status: "cancelled",
      cancel_at_period_end: false,
      cancel_reason: "Asked for it.",
      member: { status: "inactive" },
    });
    expect(await statusOf(member)).toBe("inactive");
    expect(await lettersTo(member)).toEqual([
      { template: "membership_cancelled", data: { first_name: "Robin", ends_at: null } },
    ]);
  });

  test("ends now although it was to end later", async () => {
    const { subscription_id } = await offlineMember();
    await cancel(subscription_id);
    expect((await cancel(subscription_id, NOW)).body).toMatchObject({
      status: "cancelled",
      cancel_at_period_end: false,
    });
  });

  test("ends now when it is past due: there is no term to wait for", async () => {
    const { member, subscription_id } = await offlineMember({
      status: "past_due",
      current_term_end: inDays(-3),
      grace_ends_at: inDays(11),
    });
    expect((await cancel(subscription_id)).body).toMatchObject({ status: "cancelled", grace_ends_at: null });
    expect(await statusOf(member)).toBe("inactive");
  });

  test("ends now when it is paused, and for life only so", async () => {
    const [paused, forLife] = await Promise.all([
      offlineMember({ status: "paused", paused_at: new Date() }),
      offlineMember({ billing_cycle: "lifetime", current_term_end: null }),
    ]);
    expect((await cancel(paused.subscription_id, NOW)).body).toMatchObject({ status: "cancelled", paused_at: null });
    expect(outcome(await cancel(forLife.subscription_id))).toEqual([409, "term_without_end"]);
    expect((await cancel(forLife.subscription_id, NOW)).body.status).toBe("cancelled");
  });

  test("is not cut off under a checkout that is open for the term after it", async () => {
    const { member, subscription_id } = await offlineMember();
    const custom = await plan({ billing_cycle: "custom", term_end_month: 6, term_end_day: 30 });
    expect((await checkout(member, custom, 0)).status).toBe(200);
    expect(outcome(await cancel(subscription_id, NOW))).toEqual([409, "renewal_open"]);
    expect(await statusOf(member)).toBe("active");
    const renewal = (await subscriptionsOf(member)).find(({ status }) => status === "pending");
    expect((await cancel(renewal?.id ?? "", NOW)).status).toBe(200);
    expect((await cancel(subscription_id, NOW)).body).toMatchObject({ status: "cancelled" });
  });

  test("is told of each time that its person wants to leave, and that they stay", async () => {
    const { member, subscription_id } = await offlineMember();
    const pauser = await treasurer("subscriptions.pause");
    await cancel(subscription_id);
    await pauser.send("POST", `/${subscription_id}/resume`, { undo: "cancellation" });
    await cancel(subscription_id);
    expect((await lettersTo(member)).map(({ template }) => template)).toEqual([
      "membership_cancelled",
      "membership_continues",
      "membership_cancelled",
    ]);
  });

  test("twice at its end is once, with one mail, and for the first reason", async () => {
    const { member, subscription_id } = await offlineMember();
    const first = await cancel(subscription_id, { reason: "Moves away." });
    const second = await cancel(subscription_id);
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ cancelled_at: first.body.cancelled_at, cancel_reason: "Moves away." });
    expect(await lettersTo(member)).toHaveLength(1);
  });

  test.each(["cancelled", "expired"])("that is %s is refused", async (status) => {
    const { subscription_id } = await offlineMember({ status });
    for (const at_period_end of [true, false])
      expect(outcome(await cancel(subscription_id, { at_period_end }))).toEqual([409, "subscription_ended"]);
  });

  test("is cancelled by the first of two at once, and the second is refused", async () => {
    const { member, subscription_id } = await offlineMember();
    const answers = await Promise.all([cancel(subscription_id, NOW), cancel(subscription_id, NOW)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await lettersTo(member)).toHaveLength(1);
  });

  test.each([
    ["before", true, "active"],
    ["after_commit", true, "active"],
    ["before", false, "cancelled"],
  ] as const)(
    "that the database failed (%s, at_period_end %s) is cancelled by asking again",
    async (mode, at_period_end, status) => {
      const { member, subscription_id } = await offlineMember();
      await failDatabase({ mode, match: subscription_id });
      expect(outcome(await cancel(subscription_id, { at_period_end }))).toEqual([503, "database_unavailable"]);
      expect((await cancel(subscription_id, { at_period_end })).body.status).toBe(status);
      expect(await lettersTo(member)).toHaveLength(1);
    },
  );

  test("whose end the database did and did not tell of has ended, once", async () => {
    const { member, subscription_id } = await offlineMember();
    await failDatabase({ mode: "after_commit", match: subscription_id });
    expect((await cancel(subscription_id, NOW)).status).toBe(503);
    expect(outcome(await cancel(subscription_id, NOW))).toEqual([409, "subscription_ended"]);
    expect(await statusOf(member)).toBe("inactive");
    expect(await lettersTo(member)).toHaveLength(1);
  });
});

describe.concurrent("a term that took the place of another one", () => {
  /** Records the term that somebody's next year, or life, is for; returns its id. */
  async function next(member: { id: string }, more: object = {}): Promise<string> {
    const term = { id: randomUUID(), user_id: member.id, plan_id: await plan(), payment_method: "cash", ...more };
    const { status } = await clerk.send("POST", "", term);
    if (status !== 201) throw new Error(`The term was answered ${status}`);
    return term.id;
  }

  test.for(["yearly", "lifetime"])(
    "and is cancelled now (%s) gives it back: the person is a member until that ends, and is told so",
    async (billing_cycle) => {
      const { member, subscription_id } = await offlineMember();
      const before = await rowOf(subscription_id);
      const renewal = await next(member, { plan_id: await plan({ billing_cycle }) });
      expect((await rowOf(subscription_id)).status).toBe("expired");
      const { status, body, headers } = await cancel(renewal, NOW);
      expect([status, body.status, body.member.status]).toEqual([200, "cancelled", "active"]);
      const { updated_at, ...after } = { updated_at: null, ...(await rowOf(subscription_id)) };
      expect(after).toEqual({ ...before, updated_at: undefined });
      const letter = (await lettersTo(member)).at(-1);
      expect(letter?.template).toBe("membership_cancelled");
      expect(Date.parse(String(letter?.data.ends_at))).toBe(before.current_term_end?.getTime());
      const entries = await sql<{ actor_id: string }>(
        "select actor_id from audit_log where request_id = $1 and subject_type = 'subscriptions' and subject_id = $2",
        [headers.get("x-request-id"), subscription_id],
      );
      expect(entries).toEqual([{ actor_id: clerk.id }]);

      // Whoever wants to leave altogether gives that up, too.
      expect((await cancel(subscription_id, NOW)).body).toMatchObject({
        status: "cancelled",
        member: { status: "inactive" },
      });
      expect((await lettersTo(member)).at(-1)?.data.ends_at).toBeNull();
    },
  );

  test("gives back the last one alone, each in its turn", async () => {
    const { member, subscription_id: first } = await offlineMember();
    const second = await next(member);
    const third = await next(member);
    const standing = async () => Promise.all([first, second, third].map(async (id) => (await rowOf(id)).status));
    expect(await standing()).toEqual(["expired", "expired", "active"]);
    await cancel(third, NOW);
    expect(await standing()).toEqual(["expired", "active", "cancelled"]);
    await cancel(second, NOW);
    expect(await standing()).toEqual(["active", "cancelled", "cancelled"]);
    expect(await statusOf(member)).toBe("active");
  });

  test("gives it back as it was to end", async () => {
    const { member, subscription_id } = await offlineMember();
    await cancel(subscription_id, { reason: "Moves away." });
    await cancel(await next(member), NOW);
    expect(await rowOf(subscription_id)).toMatchObject({
      status: "active",
      cancel_at_period_end: true,
      cancel_reason: "Moves away.",
    });
  });

  test("and is to end with its term gives nothing back, nor does a checkout that is cancelled", async () => {
    const { member, subscription_id } = await offlineMember();
    const renewal = await next(member);
    const { body } = await cancel(renewal);
    expect(body).toMatchObject({ status: "active", cancel_at_period_end: true });
    const letter = (await lettersTo(member)).at(-1);
    expect(Date.parse(String(letter?.data.ends_at))).toBe((await rowOf(renewal)).current_term_end?.getTime());
    await sql("update subscriptions set status = 'expired' where id = $1", [renewal]);
    const [begun] = await sql<{ id: string }>(
      `insert into subscriptions (user_id, plan_id, billing_cycle, base_subscription_cents)
       select user_id, plan_id, 'yearly', 6000 from subscriptions where id = $1 returning id`,
      [renewal],
    );
    expect((await cancel(begun?.id ?? "")).body.status).toBe("cancelled");
    for (const id of [subscription_id, renewal]) expect((await rowOf(id)).status).toBe("expired");
  });

  test.for([
    { what: "is over", columns: { current_term_end: inDays(-1) } },
    { what: "Stripe renewed", columns: { stripe_subscription_id: `sub_${randomUUID()}` } },
    { what: "was cancelled", columns: { status: "cancelled" } },
  ])("gives nothing back that $what", async ({ columns }) => {
    const { member, subscription_id } = await offlineMember({ status: "expired", ...columns });
    const before = await rowOf(subscription_id);
    expect((await cancel(await next(member), NOW)).body.member.status).toBe("inactive");
    expect(await rowOf(subscription_id)).toEqual(before);
    expect((await lettersTo(member)).at(-1)?.data.ends_at).toBeNull();
  });

  test("for too little money is taken back, cancelled and recorded again, as it should have been", async () => {
    const { member, subscription_id } = await offlineMember();
    const { current_term_end: term_start } = await rowOf(subscription_id);
    const wrong = await next(member, { base_subscription_cents: 600 });
    expect((await clerk.send("POST", `/${wrong}/refund`, { id: randomUUID() })).status).toBe(200);
    await cancel(wrong, NOW);
    const right = await rowOf(await next(member, { base_subscription_cents: 6000, term_start }));
    expect(right).toMatchObject({ status: "active", base_subscription_cents: 6000 });
    expect(right.current_term_end?.getUTCFullYear()).toBe(Number(term_start?.getUTCFullYear()) + 1);
    expect((await rowOf(subscription_id)).status).toBe("expired");
    expect(await statusOf(member)).toBe("active");
  });
});

describe.concurrent("a subscription of Stripe's", () => {
  test("is cancelled there first, at the end of its term, in two round trips", async () => {
    const { member, subscription_id, stripe_subscription_id } = await subscriber();
    const answer = await cancel(subscription_id, { reason: "No money." });
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([200, 2]);
    expect(answer.body).toMatchObject({
      status: "active",
      cancel_at_period_end: true,
      renews: false,
      cancel_reason: "No money.",
    });
    const subscription = await atStripe(stripe_subscription_id);
    expect(subscription).toMatchObject({ status: "active", cancel_at_period_end: true });
    // The reason stays with us.
    expect(JSON.stringify(await stripe.requests(stripe_subscription_id))).not.toContain("No money");
    expect(subscription.cancellation_details?.comment).toBeNull();
    expect(await statusOf(member)).toBe("active");
    const letters = (await lettersTo(member)).map(({ template }) => template);
    expect(letters).toEqual(["thank_you", "membership_cancelled"]);
  });

  test("that is past due is cancelled there at once: there is no term to wait for, and nothing more is collected", async () => {
    const { member, subscription_id, stripe_subscription_id } = await subscriber();
    const { customer } = await atStripe(stripe_subscription_id);
    await stripe.decline({ customer: String(customer) }, true);
    await stripe.advance(367, String(customer));
    await clerk.send("POST", `/${subscription_id}/sync`);
    await sql("update subscriptions set status = 'past_due', grace_ends_at = now() + interval '9 days' where id = $1", [
      subscription_id,
    ]);
    expect((await cancel(subscription_id)).body).toMatchObject({ status: "cancelled", cancel_at_period_end: false });
    expect((await atStripe(stripe_subscription_id)).status).toBe("canceled");
    expect((await lettersTo(member)).at(-1)).toMatchObject({ data: { ends_at: null } });
  });

  test("is told of each time that its person wants to leave", async () => {
    const { member, subscription_id } = await subscriber();
    const pauser = await treasurer("subscriptions.pause");
    await cancel(subscription_id);
    await pauser.send("POST", `/${subscription_id}/resume`, { undo: "cancellation" });
    // Stripe's instants are seconds.
    await sleep(1100);
    await cancel(subscription_id);
    const told = (await lettersTo(member)).filter(({ template }) => template === "membership_cancelled");
    expect(told).toHaveLength(2);
  });

  test("is cancelled there first, at once, and the person is no member any more", async () => {
    const { member, subscription_id, stripe_subscription_id } = await subscriber();
    const { body } = await cancel(subscription_id, NOW);
    expect(body).toMatchObject({ status: "cancelled", member: { status: "inactive" } });
    expect((await atStripe(stripe_subscription_id)).status).toBe("canceled");
    expect(await statusOf(member)).toBe("inactive");
    const letters = (await lettersTo(member)).map(({ template }) => template);
    expect(letters).toEqual(["thank_you", "membership_cancelled"]);
  });

  const failures = [
    { what: "status", fault: { mode: "status", status: 500 } },
    { what: "drop", fault: { mode: "drop" } },
    { what: "hang", fault: { mode: "hang", ms: 50 } },
    { what: "after", fault: { mode: "after" } },
  ] as const;

  // Done and not heard of, a cancellation is found to be done when it is tried again.
  const cells = failures
    .flatMap((failure) => [true, false].map((at_period_end) => ({ ...failure, at_period_end })))
    .filter(({ what, at_period_end }) => what !== "after" || at_period_end);

  test.for(cells)(
    "that Stripe failed to cancel ($what, at_period_end $at_period_end) is 503, and cancelled by asking again",
    async ({ fault, at_period_end }) => {
      const { member, subscription_id, stripe_subscription_id } = await subscriber();
      await stripe.fault({ ...fault, count: 2, match: stripe_subscription_id });
      expect(outcome(await cancel(subscription_id, { at_period_end, reason: "First." }))).toEqual([
        503,
        "stripe_unavailable",
      ]);
      // Nothing but the reason is ours to say before Stripe has answered, and it is not shown before.
      expect(await rowOf(subscription_id)).toMatchObject({ status: "active", cancel_at_period_end: false });

      const { status, body } = await cancel(subscription_id, { at_period_end, reason: "Second." });
      expect(status).toBe(200);
      expect(body).toMatchObject(
        at_period_end ? { status: "active", cancel_at_period_end: true } : { status: "cancelled" },
      );
      expect(body.cancel_reason).toBe("Second.");
      expect(await atStripe(stripe_subscription_id)).toMatchObject(
        at_period_end ? { status: "active", cancel_at_period_end: true } : { status: "canceled" },
      );
      expect((await lettersTo(member)).filter(({ template }) => template === "membership_cancelled")).toHaveLength(1);
    },
  );

  test("that Stripe ended without our hearing of it is found to have ended", async () => {
    const { member, subscription_id, stripe_subscription_id } = await subscriber();
    await stripe.fault({ mode: "after", match: stripe_subscription_id });
    const { status, body } = await cancel(subscription_id, { ...NOW, reason: "Kept." });
    expect([status, body.status, body.cancel_reason]).toEqual([200, "cancelled", "Kept."]);
    expect((await atStripe(stripe_subscription_id)).status).toBe("canceled");
    expect((await lettersTo(member)).filter(({ template }) => template === "membership_cancelled")).toHaveLength(1);
  });

  test("ends here too when somebody asked Stripe while it was being told, and was told of before", async () => {
    const { member, subscription_id, stripe_subscription_id } = await subscriber();
    await stripe.deliveryMode("withhold", stripe_subscription_id);
    await stripe.fault({ mode: "delay", ms: 1500, match: stripe_subscription_id });
    const cancelling = cancel(subscription_id, NOW);
    const told = async () => (await stripe.requests(stripe_subscription_id)).some(({ method }) => method === "DELETE");
    await vi.waitFor(async () => expect(await told()).toBe(true), 5000);
    const other = await treasurer("subscriptions.edit");
    expect((await other.send("POST", `/${subscription_id}/sync`)).body).toMatchObject({ status: "active" });
    expect((await cancelling).body).toMatchObject({ status: "cancelled", member: { status: "inactive" } });
    expect([(await rowOf(subscription_id)).status, await statusOf(member)]).toEqual(["cancelled", "inactive"]);
  });

  test.for([
    { mode: "before", at_period_end: true },
    { mode: "before", at_period_end: false },
    { mode: "after_commit", at_period_end: true },
    { mode: "after_commit", at_period_end: false },
  ] as const)(
    "that the database failed ($mode, $at_period_end) after Stripe did it agrees when Stripe's event comes",
    async ({ mode, at_period_end }) => {
      const { member, subscription_id, stripe_subscription_id } = await subscriber();
      await failDatabase({ mode, match: subscription_id, skip: 1 });
      expect(outcome(await cancel(subscription_id, { at_period_end, reason: "Kept." }))).toEqual([
        503,
        "database_unavailable",
      ]);
      const held = (await stripe.deliveries(stripe_subscription_id)).filter(({ state }) => state === "manual");
      await stripe.deliver(held.map(({ event_id }) => event_id));
      expect(await rowOf(subscription_id)).toMatchObject({
        ...(at_period_end ? { status: "active", cancel_at_period_end: true } : { status: "cancelled" }),
        cancel_reason: "Kept.",
      });
      expect(await statusOf(member)).toBe(at_period_end ? "active" : "inactive");
      expect((await lettersTo(member)).filter(({ template }) => template === "membership_cancelled")).toHaveLength(1);
    },
  );

  test("that the database failed before Stripe was asked is untouched there", async () => {
    const { subscription_id, stripe_subscription_id } = await subscriber();
    await failDatabase({ mode: "before", match: subscription_id });
    expect((await cancel(subscription_id, NOW)).status).toBe(503);
    expect((await atStripe(stripe_subscription_id)).status).toBe("active");
    expect((await cancel(subscription_id, NOW)).body.status).toBe("cancelled");
  });

  test.each([true, false])(
    "that has ended at Stripe and not here yet (at_period_end %s) is found to have ended",
    async (at_period_end) => {
      const { member, subscription_id, stripe_subscription_id } = await subscriber();
      await stripeApi.subscriptions.cancel(stripe_subscription_id);
      expect((await cancel(subscription_id, { at_period_end })).body).toMatchObject({ status: "cancelled" });
      expect(await statusOf(member)).toBe("inactive");
    },
  );
});

/** A checkout whose events do not arrive, so that no webhook meets the faults of a test. */
async function unheardCheckout() {
  const started = await startedCheckout();
  await stripe.deliveryMode("manual", started.subscription_id);
  return started;
}

describe.concurrent("a checkout that nobody has paid", () => {
  test("is ended, at Stripe first, and nobody is written to", async () => {
    const { member, subscription_id, session_id } = await startedCheckout();
    const answer = await cancel(subscription_id);
    expect([answer.status, (await tripsOf(answer)).before]).toEqual([200, 2]);
    expect(answer.body).toMatchObject({ status: "cancelled", member: { status: "payment_pending" } });
    expect((await stripeApi.checkout.sessions.retrieve(session_id)).status).toBe("expired");
    expect(await lettersTo(member)).toEqual([]);
  });

  test("without a session is ended at once", async () => {
    const member = await person("payment_pending");
    const [row] = await sql<{ id: string }>(
      "insert into subscriptions (user_id, plan_id, billing_cycle, base_subscription_cents) values ($1, $2, 'yearly', 6000) returning id",
      [member.id, await plan()],
    );
    expect((await cancel(row?.id ?? "")).body.status).toBe("cancelled");
    expect(await statusOf(member)).toBe("payment_pending");
  });

  test("that has just been paid is not", async () => {
    const { member, subscription_id, session_id } = await unheardCheckout();
    await stripe.deliveryMode("manual", member.email);
    await stripe.pay(session_id, { email: member.email });
    expect(outcome(await cancel(subscription_id))).toEqual([409, "payment_in_progress"]);
    expect((await subscriptionsOf(member)).map(({ status }) => status)).toEqual(["pending"]);
  });

  test.each(["status", "drop", "after"] as const)(
    "stays while Stripe fails (%s), and is ended by asking again",
    async (mode) => {
      const { subscription_id, session_id } = await startedCheckout();
      await stripe.fault({ mode, count: 2, match: `${session_id}/expire` });
      const first = await cancel(subscription_id);
      if (first.status !== 200) expect(outcome(first)).toEqual([503, "stripe_unavailable"]);
      if (first.status !== 200) expect((await cancel(subscription_id)).status).toBe(200);
      expect((await rowOf(subscription_id)).status).toBe("cancelled");
      expect(await openSessionsFor(subscription_id)).toEqual([]);
    },
  );

  test.each(["before", "after_commit"] as const)(
    "that the database failed (%s) once its session was void is ended by asking again",
    async (mode) => {
      const { subscription_id } = await unheardCheckout();
      await failDatabase({ mode, match: subscription_id, skip: 1 });
      expect((await cancel(subscription_id)).status).toBe(503);
      expect([200, 409]).toContain((await cancel(subscription_id)).status);
      expect((await rowOf(subscription_id)).status).toBe("cancelled");
      expect(await openSessionsFor(subscription_id)).toEqual([]);
    },
  );

  test.each(["the next attempt", "a term that is recorded"])(
    "that the database failed once its session was void is worth nothing, and makes way for %s",
    async (next) => {
      const { member, plan_id, subscription_id, session_id } = await unheardCheckout();
      await failDatabase({ mode: "before", match: subscription_id, skip: 1 });
      expect((await cancel(subscription_id)).status).toBe(503);
      expect((await rowOf(subscription_id)).status).toBe("pending");
      expect((await stripeApi.checkout.sessions.retrieve(session_id)).status).toBe("expired");
      if (next === "the next attempt") {
        const { status, body } = await checkout(member, plan_id, 0);
        expect([status, await openSessionsFor(subscription_id)]).toEqual([200, [body.session_id]]);
      } else {
        const { send } = await treasurer("subscriptions.create");
        const term = { id: randomUUID(), user_id: member.id, plan_id, payment_method: "cash" };
        expect((await send("POST", "", term)).status).toBe(201);
        expect((await rowOf(subscription_id)).status).toBe("cancelled");
      }
    },
  );
});

describe.concurrent("a person's status follows from what ran", () => {
  test("and not from a checkout that nobody paid: a volunteer who was made active by hand stays so", async () => {
    const member = await person("active");
    const { subscription_id } = await startedCheckout({ member });
    expect((await cancel(subscription_id)).body).toMatchObject({ status: "cancelled", member: { status: "active" } });
  });

  test("which may be another subscription than the one that is cancelled", async () => {
    const { member } = await offlineMember();
    await checkout(member, await plan({ billing_cycle: "lifetime" }));
    const pending = (await subscriptionsOf(member)).find(({ status }) => status === "pending");
    const { body } = await cancel(pending?.id ?? "");
    expect(body).toMatchObject({ status: "cancelled", member: { status: "active" } });
  });

  test("and brings nobody back who was turned down", async () => {
    const { member, subscription_id } = await offlineMember({ member: await person("rejected") });
    await cancel(subscription_id);
    expect(await statusOf(member)).toBe("rejected");
    await cancel(subscription_id, NOW);
    expect(await statusOf(member)).toBe("rejected");
    expect(await lettersTo(member)).toEqual([]);
  });
});

test("what is not there is 404", async () => {
  expect(outcome(await cancel(randomUUID()))).toEqual([404, "subscription_not_found"]);
});
