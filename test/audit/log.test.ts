import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import type { AuditEntry, AuditEntryPage } from "../../src/audit/schemas.ts";
import { linkFor, login, personWithPassword, refresh, refreshTokenOf } from "../harness/accounts.ts";
import { type Answer, get, post, put } from "../harness/client.ts";
import { everythingIn, pagesOf } from "../harness/pages.ts";
import { anyEmail, erase, giveRole, type Person, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";
import { role } from "../harness/roles.ts";
import { codeOf, enrolled, fromBase32, pendingSignIn, secondStep } from "../harness/second-factor.ts";

const reader = await volunteer("settings.audit");

const read = (filters: Record<string, string | number>) =>
  get<AuditEntryPage>(
    `/api/admin/audit-log?${new URLSearchParams(Object.entries(filters).map(([name, value]) => [name, String(value)]))}`,
    { token: reader.token },
  );

/** What the log tells of a request. */
async function toldOf({ request_id }: Pick<Answer<unknown>, "request_id">): Promise<AuditEntry[]> {
  const { body } = await read({ request_id });
  expect(body.total).toBe(body.items.length);
  return body.items;
}

/** The same, what was read before what was changed: both are of one moment. */
const readFirst = async (answer: Pick<Answer<unknown>, "request_id">) =>
  (await toldOf(answer)).sort((a, b) => Number(b.action === "users.read") - Number(a.action === "users.read"));

const by = ({ id, first_name }: Person) => ({ actor_id: id, actor: { first_name, last_name: "Example" } });
const byNobody = { actor_id: null, actor: null };

describe.concurrent("the audit log tells who did what to whom, in which request", () => {
  test("a volunteer approves an applicant: the status, from what to what", async () => {
    const applicant = await person("pending_validation");
    const admin = await volunteer("users.approve");
    const answer = await put(`/api/admin/users/${applicant.id}/approve`, undefined, { token: admin.token });
    const [seen, changed, ...others] = await readFirst(answer);
    expect(others).toEqual([]);
    // The answer showed the person.
    expect(seen).toMatchObject({ ...by(admin), action: "users.read", subject_id: applicant.id, changes: {} });
    expect([changed]).toEqual([
      {
        id: expect.any(String),
        created_at: expect.any(String),
        request_id: answer.request_id,
        ...by(admin),
        action: "update",
        subject_type: "users",
        subject_id: applicant.id,
        people: null,
        changes: { status: ["pending_validation", "payment_pending"] },
      },
    ]);
  });

  test("a volunteer rejects an applicant: that there is a reason, and not which", async () => {
    const applicant = await person("pending_validation");
    const admin = await volunteer("users.reject");
    const reason = `Something personal ${randomUUID()}`;
    const answer = await post(`/api/admin/users/${applicant.id}/reject`, { reason }, { token: admin.token });
    const [seen, entry, ...others] = await readFirst(answer);
    expect(others).toEqual([]);
    expect(seen).toMatchObject({ ...by(admin), action: "users.read", subject_id: applicant.id, changes: {} });
    expect(entry).toMatchObject({ ...by(admin), subject_type: "users", subject_id: applicant.id });
    expect(entry?.changes).toEqual({
      status: ["pending_validation", "rejected"],
      rejection_reason: null,
      rejected_at: [null, expect.any(String)],
      rejected_by: [null, admin.id],
    });
    const [kept] = await sql("select from audit_log a where a::text like $1", [`%${reason}%`]);
    expect(kept).toBeUndefined();
  });

  test("somebody is given a role, and another is taken from them", async () => {
    const someone = await person();
    const admin = await volunteer("permissions.assign");
    const taken = await giveRole(someone.id, ["permissions.assign"]);
    const given = await role(["permissions.assign"]);
    const path = `/api/admin/users/${someone.id}/roles`;
    const answer = await put(path, { role_ids: [given] }, { token: admin.token });
    expect(answer.status).toBe(200);
    const told = await toldOf(answer);
    expect(told).toHaveLength(2);
    for (const entry of told)
      expect(entry).toMatchObject({ ...by(admin), subject_type: "user_role_assignments", subject_id: someone.id });
    expect(told.find(({ action }) => action === "insert")?.changes).toEqual({
      user_id: [null, someone.id],
      role_id: [null, given],
      assigned_by: [null, admin.id],
    });
    expect(told.find(({ action }) => action === "delete")?.changes).toEqual({
      user_id: [someone.id, null],
      role_id: [taken, null],
    });
  });

  test("somebody signs in", async () => {
    const someone = await personWithPassword();
    expect(await toldOf(await login(someone.email))).toEqual([
      expect.objectContaining({
        ...by(someone),
        action: "sign_in.succeeded",
        subject_type: "users",
        subject_id: someone.id,
        changes: {},
      }),
    ]);
  });

  test("somebody cannot sign in: whose address it was, and not who tried; of an unknown one, that it was tried", async () => {
    const someone = await personWithPassword();
    const unknown = anyEmail("unknown");
    const failed = { ...byNobody, action: "sign_in.failed", subject_type: "users", changes: {} };
    expect(await toldOf(await login(someone.email, "not the password"))).toEqual([
      expect.objectContaining({ ...failed, subject_id: someone.id }),
    ]);
    expect(await toldOf(await login(unknown))).toEqual([expect.objectContaining({ ...failed, subject_id: null })]);
    expect(await sql("select from audit_log a where a::text like $1", [`%${unknown}%`])).toEqual([]);
  });

  test("somebody is denied a route: which, and why", async () => {
    const someone = await person();
    const answer = await get(`/api/admin/users/${someone.id}`, { token: someone.token });
    expect(answer.status).toBe(403);
    // Written after the answer.
    await vi.waitFor(async () =>
      expect(await toldOf(answer)).toEqual([
        expect.objectContaining({
          ...by(someone),
          action: "access.denied",
          subject_type: "route",
          subject_id: "GET /api/admin/users/{id}",
          changes: { code: [null, "permission_missing"] },
        }),
      ]),
    );
  });

  test("a refresh token is used again that was exchanged long ago", async () => {
    const someone = await person();
    const stolen = await refreshTokenOf(someone);
    await refresh((await refresh(stolen)).body.refresh_token);
    const replay = await refresh(stolen);
    expect(replay.status).toBe(401);
    expect(await toldOf(replay)).toEqual([
      expect.objectContaining({
        ...byNobody,
        action: "session.token_reuse",
        subject_type: "users",
        subject_id: someone.id,
        changes: {},
      }),
    ]);
  });

  test("somebody signs out", async () => {
    const someone = await person();
    const answer = await post("/api/auth/logout", undefined, { token: someone.token });
    expect(await toldOf(answer)).toEqual([
      expect.objectContaining({ ...by(someone), action: "session.logout", subject_id: someone.id }),
    ]);
  });

  test("somebody applies: the columns of a person, and no value that is personal", async () => {
    const applicant = { first_name: `First${randomUUID()}`, last_name: `Last${randomUUID()}`, email: anyEmail() };
    const answer = await post("/api/auth/register", {
      ...applicant,
      password: "a long enough passphrase",
      phone: "+1 555 0100",
      partner_first_name: "Sam",
      referred_by: "A friend",
    });
    const [entry] = await toldOf(answer);
    expect(entry).toMatchObject({ ...byNobody, action: "insert", subject_type: "users" });
    expect(entry?.changes).toMatchObject({
      email: null,
      password_hash: null,
      first_name: null,
      last_name: null,
      phone: null,
      partner_first_name: null,
      referred_by: null,
      status: [null, "pending_email"],
    });
    for (const value of Object.values(applicant))
      expect(await sql("select from audit_log a where a::text like $1", [`%${value}%`])).toEqual([]);
  });
});

describe.concurrent("the list of the audit log", () => {
  const T0 = Date.UTC(2026, 0, 1);
  /** An entry like any other, `minutes` after an hour long ago; returns its id. */
  async function entry(minutes: number, columns: Record<string, unknown>): Promise<string> {
    const { id } = await insert("audit_log", {
      action: "test.done",
      subject_type: "test",
      created_at: new Date(T0 + minutes * 60_000),
      ...columns,
    });
    return id;
  }
  const at = (minutes: number) => new Date(T0 + minutes * 60_000).toISOString();
  const idsOf = ({ body }: Answer<AuditEntryPage>) => body.items.map(({ id }) => id);

  test("filters by actor, subject, action, time and request, alone and together, and counts what matches", async () => {
    const [actor_id, other] = [randomUUID(), randomUUID()];
    const [subject_id, request_id] = [randomUUID(), randomUUID()];
    const word = `test.${randomUUID()}`;
    const first = await entry(1, { actor_id, subject_id, action: word });
    const second = await entry(2, { actor_id, subject_type: word, request_id });
    const third = await entry(3, { actor_id, subject_id, request_id, action: word, subject_type: word });
    const fourth = await entry(4, { actor_id: other, subject_id, request_id, action: word });

    const expectations: [Record<string, string>, string[]][] = [
      [{ actor_id }, [third, second, first]],
      [{ actor_id: other }, [fourth]],
      [{ subject_id }, [fourth, third, first]],
      [{ subject_type: word }, [third, second]],
      [{ subject_type: "test", subject_id }, [fourth, first]],
      [{ action: word }, [fourth, third, first]],
      [{ request_id }, [fourth, third, second]],
      [{ actor_id, from: at(2) }, [third, second]],
      [{ actor_id, to: at(2) }, [first]],
      [{ actor_id, from: at(1), to: at(3) }, [second, first]],
      [{ actor_id, from: at(2), to: at(2) }, []],
      [{ actor_id, subject_type: word, subject_id, action: word, from: at(3), to: at(4), request_id }, [third]],
      [{ actor_id: other, subject_type: word }, []],
    ];
    for (const [filters, ids] of expectations) {
      const answer = await read(filters);
      expect([filters, idsOf(answer), answer.body.total]).toEqual([filters, ids, ids.length]);
    }
  });

  test("is newest first, every entry once over all pages, with many of the same instant", async () => {
    const actor_id = randomUUID();
    for (const minute of [3, 1, 2, 2, 2, 1, 3]) await entry(minute, { actor_id });
    const path = `/api/admin/audit-log?actor_id=${actor_id}`;
    const pages = await pagesOf<AuditEntry>(path, 2, { token: reader.token });
    expect(pages.map(({ items, total }) => [items.length, total])).toEqual([
      [2, 7],
      [2, 7],
      [2, 7],
      [1, 7],
    ]);
    const ordered = await sql<{ id: string }>(
      "select id from audit_log where actor_id = $1 order by created_at desc, id desc",
      [actor_id],
    );
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(ordered.map(({ id }) => id));
  });

  test("of a person has what was read of many people at once, but not what would say that they gave or came", async () => {
    const [someone, other] = [randomUUID(), randomUUID()];
    const alone = await entry(1, { subject_type: "users", subject_id: someone });
    const many = { subject_ids: [other, someone] };
    const exported = await entry(2, { subject_type: "users", action: "users.exported", ...many });
    const read_rows = await entry(3, { subject_type: "users", action: "import_rows.read", ...many });
    for (const table of ["donations", "ledger", "event_rsvps"])
      await entry(4, { subject_type: table, action: `${table}.exported`, ...many });
    await entry(5, { subject_type: "users", action: "users.exported", subject_ids: [other] });
    const found = await read({ subject_type: "users", subject_id: someone });
    expect(found.body.items).toMatchObject([
      { id: read_rows, people: 2 },
      { id: exported, subject_id: null, people: 2 },
      { id: alone, people: null },
    ]);
    const all = await read({ subject_id: someone, limit: 2 });
    expect([idsOf(all), all.body.total]).toEqual([[read_rows, exported], 3]);
    const rest = await read({ subject_id: someone, cursor: all.body.next_cursor ?? "" });
    expect(idsOf(rest)).toEqual([alone]);
  });

  test("does not move under a reader: what is added meanwhile is before the page they are on", async () => {
    const actor_id = randomUUID();
    for (const minute of [1, 2, 3]) await entry(minute, { actor_id });
    const first = await read({ actor_id, limit: 2 });
    await entry(4, { actor_id });
    const second = await read({ actor_id, limit: 2, cursor: first.body.next_cursor ?? "" });
    expect(new Set([...idsOf(first), ...idsOf(second)]).size).toBe(3);
    expect(second.body.next_cursor).toBeNull();
  });

  test("names the actor as they are called now, and nobody once they were erased; their entries stay", async () => {
    const someone = await person("active", { first_name: "Before" });
    await entry(1, { actor_id: someone.id });
    await sql("update users set first_name = 'After' where id = $1", [someone.id]);
    const named = await read({ actor_id: someone.id });
    expect(named.body.items[0]).toMatchObject({ actor: { first_name: "After", last_name: "Example" } });
    await sql("delete from users where id = $1", [someone.id]);
    const erased = await read({ actor_id: someone.id });
    expect(erased.body.items).toEqual([expect.objectContaining({ actor_id: someone.id, actor: null })]);
  });

  test("refuses what is no filter, naming it", async () => {
    const wrong: [Record<string, string>, string][] = [
      [{ actor_id: "someone" }, "actor_id"],
      [{ from: "yesterday" }, "from"],
      [{ from: "0000-01-01T00:00:00Z" }, "from"],
      [{ from: `2026-01-01T00:00:00.${"0".repeat(200)}Z` }, "from"],
      [{ to: "2026-02-30T00:00:00Z" }, "to"],
      [{ from: at(1), to: at(0) }, "to"],
      [{ subject_type: "\0" }, "subject_type"],
      [{ subject_id: "\0" }, "subject_id"],
      [{ action: "x".repeat(101) }, "action"],
      [{ request_id: "x".repeat(101) }, "request_id"],
      [{ cursor: "x" }, "cursor"],
      [{ limit: "101" }, "limit"],
    ];
    for (const [filters, path] of wrong) {
      const { status, body } = await read(filters);
      expect([filters, status, body]).toEqual([
        filters,
        400,
        expect.objectContaining({ errors: [expect.objectContaining({ path })] }),
      ]);
    }
  });

  test("takes instants of every year from 1000 to 9999", async () => {
    const { status, body } = await read({
      actor_id: randomUUID(),
      from: "1000-01-01T00:00:00Z",
      to: "9999-12-31T23:59:59.999Z",
    });
    expect([status, body.items]).toEqual([200, []]);
  });
});

test("nowhere in the whole audit log is a password's hash, a token or a secret of a second factor", async () => {
  // Each of them has come by at least once, as a row that was made, changed or deleted.
  const someone = await personWithPassword();
  const { token } = someone;
  const hashes = [`$2b$12$${"a".repeat(53)}`, "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"];
  for (const hash of hashes) await sql("update users set password_hash = $2 where id = $1", [someone.id, hash]);
  const link = await linkFor(someone.id, "verify_email");
  await post("/api/auth/verify-email", { token: link });
  const signed_in = (await login((await personWithPassword()).email)).body;
  const refreshed = (await refresh(signed_in.refresh_token)).body;
  const enrolment = await post<{ secret: string }>("/api/auth/mfa/totp", undefined, { token });
  const code = codeOf(fromBase32(enrolment.body.secret));
  const confirmed = await post<{ recovery_codes: string[] }>("/api/auth/mfa/totp/confirm", { code }, { token });
  const [recovery_code = ""] = confirmed.body.recovery_codes;
  const stored = await sql<{ secret: string }>(
    `select secret_encrypted as secret from second_factors where user_id = $1
     union all select code_hash from recovery_codes where user_id = $1`,
    [someone.id],
  );
  expect(stored.length).toBeGreaterThan(2);
  const other = await enrolled();
  const [used = ""] = other.recovery_codes;
  expect((await secondStep(await pendingSignIn(other), { recovery_code: used })).status).toBe(200);
  await sql("delete from second_factors where user_id = $1", [someone.id]);
  const entries = await everythingIn(`/api/admin/audit-log?subject_id=${someone.id}`, 100, { token: reader.token });
  expect(entries.length).toBeGreaterThan(4);

  const seen = [
    ...hashes,
    link,
    token,
    signed_in.access_token,
    signed_in.refresh_token,
    refreshed.refresh_token,
    enrolment.body.secret,
    recovery_code,
    used,
    ...stored.map(({ secret }) => secret),
  ];
  for (const secret of seen) expect(secret.length).toBeGreaterThan(15);
  // The log is long by now: its text is made once for each of the two questions.
  const lines = "(select a::text as line from audit_log a offset 0) as logged";
  expect(
    await sql(
      `select line from ${lines} where exists (select from unnest($1::text[]) secret where strpos(line, secret) > 0)`,
      [seen],
    ),
  ).toEqual([]);
  const PATTERNS = {
    "a password's hash": "\\$argon2|\\$2[aby]\\$",
    "an access token": "eyJ[\\w-]+\\.",
    "a refresh token or one of a link": "[0-9a-f]{8}-[0-9a-f-]{27}(\\.\\d+)?\\.[\\w-]{43}",
    "a secret of a second factor": "[A-Z2-7]{32}",
    "a recovery code": "([A-Z2-7]{4}-){3}[A-Z2-7]{4}",
  };
  expect(
    await sql(`select line from ${lines} where line ~ any($1::text[]) limit 3`, [Object.values(PATTERNS)]),
  ).toEqual([]);
  for (const column of ["password_hash", "secret_encrypted", "code_hash"])
    expect([
      column,
      await sql("select * from audit_log where changes ? $1 and changes -> $1 <> 'null' limit 3", [column]),
    ]).toEqual([column, []]);
});

test("somebody who acted and was erased since is not named", async () => {
  const someone = await person("active");
  await insert("audit_log", { actor_id: someone.id, action: "update", subject_type: "users" });
  const actors = async () =>
    (await read({ actor_id: someone.id, action: "update" })).body.items.map(({ actor }) => actor);
  expect(await actors()).toEqual([{ first_name: "Robin", last_name: "Example" }]);
  await erase(someone);
  expect(await actors()).toEqual([null]);
});
