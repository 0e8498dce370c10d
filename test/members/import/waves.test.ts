import { describe, expect, test } from "vitest";
import { call, post, put } from "../../harness/client.ts";
import { importing } from "../../harness/imports.ts";
import { failMails, mailsTo } from "../../harness/mailbox.ts";
import { outboxOfOwn } from "../../harness/own-mails.ts";
import { ownPlatform } from "../../harness/own-platform.ts";
import { anyEmail, onPaper, type Person, volunteer } from "../../harness/people.ts";
import { insert, sql } from "../../harness/platform.ts";
import { zoneAt } from "../../harness/zones.ts";

/** A platform by day, with an import that made so many people and whose wave is running. */
async function wavePlatform(people: number) {
  const platform = await ownPlatform();
  const outbox = outboxOfOwn(platform);
  await outbox.settings({ time_zone: zoneAt(12) });
  const desk = importing({ url: platform.url, token: (await platform.volunteer("users.import")).token });
  const addresses = Array.from({ length: people }, () => anyEmail("wave"));
  const per_day = 100;
  const id = await platform.insert("import_jobs", {
    file_name: "x.csv",
    status: "completed",
    activations_per_day: per_day,
  });
  await platform.sql(
    `with made as (
       insert into users (email, first_name, last_name, status, origin)
       select email, 'Kim', '', 'active', 'import' from unnest($2::text[]) as email returning id)
     insert into import_rows (job_id, row, cells, outcome, user_id, applied_at)
     select $1, 1 + row_number() over (), '[]', 'create', id, now() from made`,
    [id, addresses],
  );
  return {
    platform,
    outbox,
    addresses,
    start: () => desk.ask("POST", `/import-jobs/${id}/activation-waves`, { body: { per_day } }),
    stop: () => desk.ask("DELETE", `/import-jobs/${id}/activation-waves`),
    /** Writes the links that are due. */
    run: () => platform.fire("17 * * * *"),
    sent: async () => (await desk.ask("GET", `/import-jobs/${id}`)).body.activations_sent,
  };
}

test("a wave writes no more links than can go out the same day, after all that waits: a link must not expire in the queue", async () => {
  const { platform, outbox, run, sent } = await wavePlatform(8);
  await outbox.settings({ mails_per_day: 10 });
  const newsletter = await outbox.add(9, { lane: 2, next_attempt_at: new Date(Date.now() + 86_400_000) });
  await run();
  expect(await sent()).toBe(0);
  // What yesterday used up does not count.
  await platform.sql("update mail_pace set sent_today = 9, day = day - 1");
  await platform.sql("delete from emails where to_email = any($1)", [newsletter.slice(4)]);
  await run();
  expect(await sent()).toBe(5);
});

test("stopping a wave leaves the links that the provider may have, so nobody gets a second one", async () => {
  const { outbox, addresses, start, stop, run, sent } = await wavePlatform(2);
  await failMails({ mode: "after_send", match: addresses[0] ?? "", count: 1 });
  await run();
  const errors = async () => (await outbox.rows()).map(({ last_error }) => last_error);
  await expect.poll(errors).toEqual([expect.any(String), expect.any(String)]);
  expect((await stop()).body).toMatchObject({ activations_sent: 2, activations_waiting: 0 });
  await start();
  await run();
  await outbox.makeDue();
  await outbox.send();
  const rows = await outbox.untilDone();
  expect(rows.map(({ status }) => status)).toEqual(["sent", "sent"]);
  expect(await outbox.received(addresses)).toEqual([1, 1]);
  expect(await sent()).toBe(2);
});

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

/** A mail with a link that opens the person's account. It waits for the morning. */
async function activationTo({ id, email }: Pick<Person, "id" | "email">, columns: Record<string, unknown> = {}) {
  const link = await insert("account_tokens", {
    user_id: id,
    purpose: "activate",
    new_email: email,
    expires_at: hours(24),
  });
  await insert("emails", {
    template: "activation",
    to_email: email,
    user_id: id,
    account_token_id: link.id,
    lane: 2,
    next_attempt_at: hours(1),
    ...columns,
  });
}

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
    await activationTo(someone);
    expect((await act(someone.id)).status).toBe(200);
    expect(await sql("select template from emails where to_email = $1", [someone.email])).toEqual([]);
    expect(await sql("select activation_sent_at from users where id = $1", [someone.id])).toEqual([
      { activation_sent_at: null },
    ]);
    expect(await mailsTo(someone.email)).toEqual([]);
  });
});

test("whoever was sent a link before, or may get one from the provider, does not count as never mailed", async () => {
  const cases: Record<string, Record<string, unknown>[]> = {
    "sent before": [{ status: "sent", sent_at: hours(-48) }, {}],
    "under way": [{ attempts: 1 }],
    "without an answer": [{ attempts: 8, status: "failed", last_error: "no answer" }],
    refused: [{ attempts: 8, status: "failed", last_error: "422 no such address" }],
  };
  const { token } = await volunteer("users.change_status");
  const counts: Record<string, boolean> = {};
  for (const [name, mails] of Object.entries(cases)) {
    const someone = await onPaper("active", { activation_sent_at: new Date() });
    for (const columns of mails) await activationTo(someone, columns);
    expect((await put(`/api/admin/users/${someone.id}/status`, { status: "inactive" }, { token })).status).toBe(200);
    const [mailed] = await sql("select from users where id = $1 and activation_sent_at is not null", [someone.id]);
    counts[name] = mailed !== undefined;
    const unsent = "select from emails where user_id = $1 and template = 'activation' and status <> 'sent'";
    expect(await sql(unsent, [someone.id])).toEqual([]);
  }
  expect(counts).toEqual({ "sent before": true, "under way": true, "without an answer": true, refused: false });
});
