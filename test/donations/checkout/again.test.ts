import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { outcome } from "../../harness/client.ts";
import {
  donate,
  donationOf,
  donationRow,
  donationsOf,
  gift,
  paidDonation,
  startedDonation,
  statusOnceTold,
  tell,
} from "../../harness/donations.ts";
import { askedFor, failDatabase, failDatabaseLater, untilAskedFor } from "../../harness/faults.ts";
import { sessionsFor } from "../../harness/payments.ts";
import { anyEmail, person } from "../../harness/people.ts";
import { sql, stripe } from "../../harness/platform.ts";

describe.concurrent("with a request_id", () => {
  test("the same request gives the same session, however often and how many at once", async () => {
    const body = gift({ request_id: crypto.randomUUID(), message: "Once" });
    const answers = await Promise.all(Array.from({ length: 12 }, () => donate(body)));
    answers.push(await donate(body));
    // What came while Stripe still worked on the first may be told to try again; never is there a second session.
    for (const answer of answers.filter(({ status }) => status !== 200))
      expect(outcome(answer)).toEqual([503, "stripe_unavailable"]);
    const sessions = new Set(answers.flatMap(({ body: { session_id } }) => session_id ?? []));
    expect(sessions.size).toBe(1);
    const row = await donationOf(body.donor_email);
    expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([...sessions]);
    expect(row).toMatchObject({ status: "pending", stripe_checkout_session_id: [...sessions][0] });
  });

  test("another donation is refused, whatever is different, and a member's are nobody else's", async () => {
    const request_id = crypto.randomUUID();
    const theirs = gift({ request_id, message: "For my sister" });
    const first = await donate(theirs);
    const member = await person();
    for (const other of [
      { donor_email: anyEmail("other") },
      { amount_cents: 2600 },
      { message: "For my brother" },
      { message: undefined },
      { donor_name: "Somebody Else" },
      { anonymous: true },
    ])
      expect(outcome(await donate({ ...theirs, ...other }))).toEqual([409, "request_id_reused"]);
    expect(await donationsOf(theirs.donor_email)).toHaveLength(1);
    expect((await donate(theirs)).body.session_id).toBe(first.body.session_id);

    const { body } = await donate(theirs, member);
    expect(body.session_id).not.toBe(first.body.session_id);
    await sql("update users set first_name = 'Renamed' where id = $1", [member.id]);
    expect((await donate(theirs, member)).body.session_id).toBe(body.session_id);
    expect(outcome(await donate({ ...theirs, amount_cents: 2600 }, member))).toEqual([409, "request_id_reused"]);
  });

  test("a donation that was paid is not made again", async () => {
    const body = gift({ request_id: crypto.randomUUID() });
    const { donation_id } = await paidDonation(body);
    expect(outcome(await donate(body))).toEqual([409, "donation_completed"]);
    expect(await sessionsFor(donation_id)).toHaveLength(1);
    expect(await donationsOf(body.donor_email)).toHaveLength(1);
  });

  test("a checkout that has ended stays so, and another request_id starts again", async () => {
    const body = gift({ request_id: crypto.randomUUID() });
    const { donation_id, session_id } = await startedDonation(body);
    await stripe.expire(session_id);
    expect(await statusOnceTold(donation_id)).toBe("failed");
    expect(outcome(await donate(body))).toEqual([409, "checkout_expired"]);
    expect((await donate({ ...body, request_id: crypto.randomUUID() })).status).toBe(200);
    expect((await donationRow(donation_id)).status).toBe("failed");
  });

  test("a session that was made and never handed out is left when it is too late for it", async () => {
    const body = gift({ request_id: crypto.randomUUID() });
    const { donation_id, session_id } = await startedDonation(body);
    await sql(
      "update donations set stripe_checkout_session_id = null, checkout_expires_at = now() + interval '10 minutes' where id = $1",
      [donation_id],
    );
    const again = await donate(body);
    expect(again.status).toBe(200);
    expect(again.body.session_id).not.toBe(session_id);
    expect((await donationRow(donation_id)).stripe_checkout_session_id).toBe(again.body.session_id);
  });

  test.for(["before", "after"])("a spare session that ends %s the other one is paid changes nothing", async (when) => {
    const body = gift({ request_id: crypto.randomUUID() });
    const { donation_id, session_id: spare } = await startedDonation(body);
    await sql(
      "update donations set stripe_checkout_session_id = null, checkout_expires_at = now() + interval '10 minutes' where id = $1",
      [donation_id],
    );
    const { session_id } = (await donate(body)).body;
    const ends = () => stripe.expire(spare);
    const pays = () => stripe.pay(session_id, { email: body.donor_email });
    for (const step of when === "before" ? [ends, pays] : [pays, ends]) {
      await step();
      await tell({ donation_id });
      const status = step === ends && when === "before" ? "pending" : "completed";
      expect(await donationRow(donation_id)).toMatchObject({ status, stripe_checkout_session_id: session_id });
    }
    expect((await donationRow(donation_id)).stripe_payment_intent_id).not.toBeNull();
    const heard = (await stripe.deliveries(donation_id)).map(({ event_id }) => event_id);
    expect(await sql("select id from stripe_events where id = any($1) and status = 'parked'", [heard])).toEqual([]);
  });

  test("of two sessions of one request, only the one that is kept can be paid", async () => {
    const body = gift({ request_id: crypto.randomUUID() });
    const { donation_id } = await startedDonation(body);
    await sql("update donations set stripe_checkout_session_id = null where id = $1", [donation_id]);
    // Its first answer comes late.
    await failDatabase({ mode: "delay", ms: 1000, match: donation_id });
    const before = await askedFor(donation_id);
    const slow = donate(body);
    await untilAskedFor(donation_id, before + 1);
    // Until it has run, and its answer waits.
    await sleep(250);
    await sql("update donations set stripe_checkout_session_id = $2 where id = $1", [donation_id, `cs_${donation_id}`]);
    expect(outcome(await slow)).toEqual([409, "checkout_superseded"]);
    expect((await sessionsFor(donation_id)).map(({ status }) => status)).toEqual(["expired"]);
    expect((await donationRow(donation_id)).stripe_checkout_session_id).toBe(`cs_${donation_id}`);
  });
});

describe.concurrent("when Stripe fails", () => {
  const failures = [
    { what: "hangs up", fault: { mode: "drop" } },
    { what: "does it and loses the answer", fault: { mode: "after" } },
    { what: "answers 500", fault: { mode: "status", status: 500 } },
  ] as const;

  test.for(failures)("and $what again and again: 503, and the row is failed", async ({ fault }) => {
    const body = gift();
    await stripe.fault({ ...fault, count: 2, match: body.donor_email });
    const failed = await donate(body);
    expect(outcome(failed)).toEqual([503, "stripe_unavailable"]);
    expect(failed.headers.get("Retry-After")).toMatch(/^\d+$/);
    const row = await donationOf(body.donor_email);
    expect(row).toMatchObject({ status: "failed", stripe_checkout_session_id: null });
  });

  test.for(failures)(
    "and $what again and again: the same request later is the same donation, with one session handed out",
    async ({ fault }) => {
      const body = gift({ request_id: crypto.randomUUID() });
      await stripe.fault({ ...fault, count: 2, match: body.donor_email });
      expect(outcome(await donate(body))).toEqual([503, "stripe_unavailable"]);
      const later = await donate(body);
      expect(later.status).toBe(200);
      const row = await donationOf(body.donor_email);
      expect(row).toMatchObject({ status: "pending", stripe_checkout_session_id: later.body.session_id });
      expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([later.body.session_id]);
      await stripe.pay(later.body.session_id, { email: body.donor_email });
      expect(await statusOnceTold(row.id)).toBe("completed");
    },
  );

  // A 500 Stripe repeats to the same key.
  test.for(failures.slice(0, 2))("and $what once, nobody notices", async ({ fault }) => {
    const body = gift();
    await stripe.fault({ ...fault, match: body.donor_email });
    const answer = await donate(body);
    const row = await donationOf(body.donor_email);
    expect(answer.status).toBe(200);
    expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([answer.body.session_id]);
    expect(row.status).toBe("pending");
  });
});

describe.concurrent("when the database fails", () => {
  test.for([
    { trip: "before Stripe is asked", fail: failDatabase, mode: "before", rows: 0, sessions: 0 },
    { trip: "before Stripe is asked", fail: failDatabase, mode: "after_commit", rows: 1, sessions: 0 },
    { trip: "after Stripe answered", fail: failDatabaseLater, mode: "before", rows: 1, sessions: 1 },
    { trip: "after Stripe answered", fail: failDatabaseLater, mode: "after_commit", rows: 1, sessions: 1 },
  ] as const)(
    "$trip ($mode): 503, and the same request later is the same donation with one session",
    async ({ fail, mode, rows, sessions }) => {
      const member = await person();
      const body = { amount_cents: 1500, request_id: crypto.randomUUID() };
      await fail({ mode, match: member.id });
      expect(outcome(await donate(body, member))).toEqual([503, "database_unavailable"]);
      const before = await donationsOf(member.email);
      expect(before).toHaveLength(rows);
      expect(before[0] ? await sessionsFor(before[0].id) : []).toHaveLength(sessions);

      const later = await donate(body, member);
      expect(later.status).toBe(200);
      const row = await donationOf(member.email);
      expect(row).toMatchObject({ status: "pending", stripe_checkout_session_id: later.body.session_id });
      expect((await sessionsFor(row.id)).map(({ id }) => id)).toEqual([later.body.session_id]);
    },
  );

  test("after Stripe answered, a payment of the session that was not handed out still comes home", async () => {
    const member = await person();
    await failDatabaseLater({ mode: "before", match: member.id });
    expect((await donate({ amount_cents: 1500 }, member)).status).toBe(503);
    const { id } = await donationOf(member.email);
    const [session] = await sessionsFor(id);
    await stripe.pay(session?.id ?? "", { email: member.email });
    expect(await statusOnceTold(id)).toBe("completed");
  });
});
