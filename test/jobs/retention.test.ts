import { expect, test } from "vitest";
import { linkFor } from "../harness/accounts.ts";
import { invited } from "../harness/joining.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { anyEmail, onPaper, person } from "../harness/people.ts";
import { sql, worker } from "../harness/platform.ts";

test("more than one batch is forgotten in one night", async () => {
  const email = anyEmail("often");
  await sql(
    "insert into login_attempts (email, succeeded, created_at) select $1, false, now() - interval '91 days' from generate_series(1, 1201)",
    [email],
  );
  await worker.fire("17 3 * * *");
  expect(await sql("select from login_attempts where email = $1", [email])).toEqual([]);
});

test("what is not needed any more is forgotten at night, and nothing else", async () => {
  const [old, recent, member] = [await person("pending_email"), await person("pending_email"), await person("active")];
  const age = (table: string, column: string, id: string, days: number) =>
    sql(
      `update ${table} set ${column} = now() - $2 * interval '1 day' where ${table === "users" ? "id" : "user_id"} = $1`,
      [id, days],
    );
  const rejected = await person("rejected", { email_verified: false });
  const ended = (days: number) => new Date(Date.now() - days * 86_400_000);
  const invitations = [
    await invited({ expires_at: ended(61) }),
    await invited({ expires_at: ended(61), status: "accepted" }),
    await invited({ expires_at: ended(59) }),
  ].map(({ id }) => id);
  const [paper, imported] = [await onPaper("rejected"), await onPaper("pending_email", { origin: "import" })];
  for (const { id } of [old, paper, imported]) await age("users", "status_since", id, 38);
  await age("users", "status_since", rejected.id, 38);
  // Reconsidered yesterday, for example.
  await age("users", "created_at", recent.id, 400);
  await age("users", "status_since", recent.id, 36);
  await age("users", "status_since", member.id, 4000);
  const other = await person();
  await linkFor(other.id, "reset_password");
  await linkFor(member.id, "reset_password");
  await age("account_tokens", "expires_at", other.id, 31);
  await age("account_tokens", "expires_at", member.id, 29);
  await age("sessions", "expires_at", other.id, 91);
  await age("sessions", "expires_at", member.id, 89);
  const [ancient, fresh] = [anyEmail("ancient"), anyEmail("fresh")];
  await sql(
    "insert into login_attempts (email, succeeded, created_at) values ($1, false, now() - interval '91 days'), ($2, false, now() - interval '89 days')",
    [ancient, fresh],
  );

  const [kept, waiting, dropped] = [anyEmail("kept"), anyEmail("waiting"), anyEmail("dropped")];
  await sql(
    `insert into emails (template, to_email, status, sent_at, next_attempt_at, created_at) values
       ('approval', $1, 'sent', now(), now(), now() - interval '89 days'),
       ('approval', $2, 'pending', null, now() + interval '1 hour', now() - interval '91 days'),
       ('approval', $3, 'sent', now(), now(), now() - interval '91 days')`,
    [kept, waiting, dropped],
  );
  const batches = await sql<{ id: string }>(
    "insert into email_batches (created_at) values (now() - interval '91 days'), (now() - interval '89 days') returning id",
  );
  const [old_batch, recent_batch] = batches.map(({ id }) => id);
  const told = [91, 89].map((days) => `msg_${days}_${kept}`);
  await sql(
    `insert into mail_events (id, kind, address_hash, occurred_at, created_at) values
       ($1, 'delivered', 'somebody', now(), now() - interval '91 days'),
       ($2, 'delivered', 'somebody', now(), now() - interval '89 days')`,
    told,
  );

  await worker.fire("17 3 * * *");

  const left = async (table: string, column: string, values: string[]) =>
    (await sql(`select ${column} as value from ${table} where ${column} = any($1)`, [values])).map(
      ({ value }) => value,
    );
  expect(await left("users", "id", [old.id, recent.id, member.id])).toEqual(
    expect.arrayContaining([recent.id, member.id]),
  );
  expect((await left("user_invitations", "id", invitations)).sort()).toEqual(invitations.slice(1).sort());
  expect(await left("users", "id", [old.id, rejected.id])).toEqual([]);
  // Volunteers entered these: they are no registrations.
  expect(await left("users", "id", [paper.id, imported.id])).toHaveLength(2);
  expect(await left("account_tokens", "user_id", [other.id, member.id])).toEqual([member.id]);
  expect(await left("sessions", "user_id", [other.id, member.id])).toEqual([member.id]);
  expect(await left("login_attempts", "email", [ancient, fresh])).toEqual([fresh]);
  expect(await left("mail_events", "id", told)).toEqual(told.slice(1));
  expect((await left("emails", "to_email", [kept, waiting, dropped])).sort()).toEqual([kept, waiting].sort());
  expect(await left("email_batches", "id", [old_batch ?? "", recent_batch ?? ""])).toEqual([recent_batch]);
});

test("an email that must not go out twice is kept as long as it is news, however short the organization keeps emails", async () => {
  const { sql, insert, fire } = await ownPlatform();
  await sql("update organisation_settings set keep_mails_days = 30");
  const sent = (days: number, dedupe_key: string | null) => {
    const at = new Date(Date.now() - days * 86_400_000);
    const to_email = `${dedupe_key}-${days}@example.org`;
    return insert("emails", {
      template: "approval",
      to_email,
      status: "sent",
      sent_at: at,
      created_at: at,
      dedupe_key,
    });
  };
  const kept = [await sent(29, null), await sent(60, "membership_ended:1")];
  await Promise.all([sent(31, null), sent(62, "membership_ended:2")]);
  await fire("17 3 * * *");
  expect((await sql<{ id: string }>("select id from emails")).map(({ id }) => id).sort()).toEqual(kept.sort());
});

test("how long emails, sign-ins and answers are kept is the organization's choice", async () => {
  const { sql, insert, fire, person } = await ownPlatform();
  await sql("update organisation_settings set keep_mails_days = 200, keep_sign_ins_days = 40, keep_answers_days = 3");
  const someone = await person("active");
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);
  for (const days of [199, 201])
    await insert("emails", {
      template: "approval",
      to_email: `${days}@example.org`,
      status: "sent",
      sent_at: ago(days),
      created_at: ago(days),
    });
  for (const days of [39, 41])
    await insert("login_attempts", { email: `${days}@example.org`, succeeded: false, created_at: ago(days) });
  for (const days of [2, 4]) {
    const event_id = await insert("events", {
      title: `${days}`,
      location: "The park",
      start_at: ago(days + 1),
      end_at: ago(days),
      published: true,
    });
    const question_id = await insert("event_questions", {
      event_id,
      question: "Food?",
      purpose: "The kitchen",
      kind: "text",
      position: 0,
    });
    await insert("event_rsvps", { event_id, user_id: someone.id, rsvp_status: "yes" });
    await sql("insert into event_answers (event_id, question_id, user_id, answer) values ($1, $2, $3, 'Vegan')", [
      event_id,
      question_id,
      someone.id,
    ]);
  }
  await fire("17 3 * * *");
  expect(await sql("select to_email as kept from emails")).toEqual([{ kept: "199@example.org" }]);
  expect(await sql("select email as kept from login_attempts")).toEqual([{ kept: "39@example.org" }]);
  expect(await sql("select e.title as kept from event_answers a join events e on e.id = a.event_id")).toEqual([
    { kept: "2" },
  ]);
});
