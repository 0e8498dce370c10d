import { randomInt } from "node:crypto";
import { describe, expect, test } from "vitest";
import { networkName } from "../../src/access/signatures.ts";
import { login, PASSWORD, personWithPassword, refreshTokenOf } from "../harness/accounts.ts";
import { type Call, outcome, post } from "../harness/client.ts";
import { tokenIn, untilMails } from "../harness/mailbox.ts";
import { anyEmail } from "../harness/people.ts";
import { settings, sql } from "../harness/platform.ts";

const WRONG = "not the password";
const from = (address: string): Call => ({ headers: { "CF-Connecting-IP": address } });
/** A network address of the test's own: rate limits are counted by it too. */
const anyAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

const LOCKED = [429, "too_many_attempts"];
const REFUSED = [401, "invalid_credentials"];

/** As if so many attempts had failed just now: from one network, or each from another. */
async function failures(email: string, count: number, network?: string) {
  await sql(
    `insert into login_attempts (email, user_id, succeeded, source)
     select $1, (select id from users where email = $1 and email_verified), false, coalesce($3, 'network ' || n)
     from generate_series(1, $2::int) n`,
    [email, count, network === undefined ? null : await networkName(settings, network)],
  );
}

describe.concurrent("ten failures in 15 minutes from one network", () => {
  test("lock the address for that network and no other, for known and unknown addresses alike", async () => {
    const known = (await personWithPassword()).email;
    const expectLocked = async (email: string) => {
      const home = anyAddress();
      await failures(email, 9, home);
      expect(outcome(await login(email, WRONG, from(home)))).toEqual(REFUSED);
      const locked = await login(email, WRONG, from(home));
      expect(outcome(locked)).toEqual(LOCKED);
      const wait = Number(locked.headers.get("Retry-After"));
      expect(wait).toBeGreaterThan(14 * 60);
      expect(wait).toBeLessThanOrEqual(15 * 60);
      expect(outcome(await login(email, PASSWORD, from(home)))).toEqual(LOCKED);
      expect(outcome(await login(email, WRONG))).toEqual(REFUSED);
    };
    await Promise.all([expectLocked(known), expectLocked(anyEmail("unknown"))]);
    expect((await login(known)).status).toBe(200);
  });

  test("cannot be overtaken: of twenty guesses at once ten are looked at", async () => {
    const { email } = await personWithPassword();
    const home = from(anyAddress());
    const answers = await Promise.all(Array.from({ length: 20 }, () => login(email, WRONG, home)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(10).fill(429)]);
  });

  test("are counted by the network of an IPv6 address, not by each of its addresses", async () => {
    const email = anyEmail("unknown");
    await failures(email, 10, "2001:db8:0:0::/64");
    expect(outcome(await login(email, WRONG, from("2001:db8::17:1")))).toEqual(LOCKED);
    expect(outcome(await login(email, WRONG, from("2001:db8:0:0:5::1")))).toEqual(LOCKED);
    expect(outcome(await login(email, WRONG, from("2001:db8:0:1::1")))).toEqual(REFUSED);
  });

  test("are forgotten after 15 minutes, and successes do not count", async () => {
    const { email } = await personWithPassword();
    const home = anyAddress();
    await failures(email, 10, home);
    expect(outcome(await login(email, PASSWORD, from(home)))).toEqual(LOCKED);
    await sql("update login_attempts set created_at = created_at - interval '15 minutes' where email = $1", [email]);
    expect((await login(email, PASSWORD, from(home))).status).toBe(200);
    await failures(email, 10, home);
    await sql("update login_attempts set succeeded = true where email = $1", [email]);
    expect((await login(email, PASSWORD, from(home))).status).toBe(200);
  });

  test("are not spread by a header that a client may set", async () => {
    const email = anyEmail("unknown");
    const home = anyAddress();
    await failures(email, 10, home);
    const headers = ["X-Forwarded-For", "X-Real-IP", "True-Client-IP", "Forwarded"];
    const answers = await Promise.all(
      headers.map((header) => login(email, WRONG, { headers: { ...from(home).headers, [header]: "198.51.100.1" } })),
    );
    expect(answers.map(outcome)).toEqual(headers.map(() => LOCKED));
  });
});

describe.concurrent("a hundred failures in 15 minutes from anywhere", () => {
  test("lock the address for everybody, known or not", async () => {
    for (const email of [(await personWithPassword()).email, anyEmail("unknown")]) {
      await failures(email, 99);
      expect(outcome(await login(email, WRONG))).toEqual(REFUSED);
      expect(outcome(await login(email, WRONG))).toEqual(LOCKED);
    }
  });

  test("do not lock out a device that holds a session of the account: by its access or its refresh token", async () => {
    const someone = await personWithPassword();
    await failures(someone.email, 100);
    expect(outcome(await login(someone.email))).toEqual(LOCKED);
    expect((await login(someone.email, PASSWORD, { token: someone.token })).status).toBe(200);
    const body = { email: someone.email, password: PASSWORD, refresh_token: await refreshTokenOf(someone) };
    expect((await post("/api/auth/login", body)).status).toBe(200);
  });

  test("such a device may guess ten times, and says nothing else when it is wrong", async () => {
    const someone = await personWithPassword();
    await failures(someone.email, 100);
    await sql("insert into login_attempts (email, succeeded, source) select $1, false, $2 from generate_series(1, 9)", [
      someone.email,
      `session:${someone.session_id}`,
    ]);
    expect(outcome(await login(someone.email, WRONG, { token: someone.token }))).toEqual(LOCKED);
    expect(outcome(await login(someone.email, PASSWORD, { token: someone.token }))).toEqual(LOCKED);
  });

  test("spare nobody whose session has ended or belongs to someone else", async () => {
    const [someone, stranger] = [await personWithPassword(), await personWithPassword()];
    await failures(someone.email, 100);
    expect(outcome(await login(someone.email, PASSWORD, { token: stranger.token }))).toEqual(LOCKED);
    await sql("update sessions set revoked_at = now(), revoked_reason = 'logout' where id = $1", [someone.session_id]);
    expect(outcome(await login(someone.email, PASSWORD, { token: someone.token }))).toEqual(LOCKED);
  });

  test("do not touch a reset link, and let in whoever has just used one, from where they used it", async () => {
    const [home, elsewhere] = [from(anyAddress()), from(anyAddress())];
    const someone = await personWithPassword();
    await failures(someone.email, 100);
    await post("/api/auth/forgot-password", { email: someone.email });
    const [mail] = await untilMails(someone.email);
    const new_password = "an entirely new passphrase";
    const reset = await post("/api/auth/reset-password", { token: tokenIn(mail ?? { text: "" }), new_password }, home);
    expect(reset.status).toBe(200);
    // Whoever only watches sees no difference, not even in the number of round trips.
    const [known, unknown] = [await login(someone.email, WRONG, home), anyEmail("unknown")];
    await failures(unknown, 100);
    const other = await login(unknown, WRONG, home);
    expect(outcome(known)).toEqual(LOCKED);
    expect(outcome(other)).toEqual(LOCKED);
    expect(known.headers.get("Server-Timing")).toBe(other.headers.get("Server-Timing"));
    expect(outcome(await login(someone.email, new_password, elsewhere))).toEqual(LOCKED);
    expect((await login(someone.email, new_password, home)).status).toBe(200);
  });
});

test("that an owner's address is locked is in the audit log, once", async () => {
  const someone = await personWithPassword();
  const unknown = anyEmail("unknown");
  for (const email of [someone.email, unknown]) {
    await failures(email, 100);
    for (let n = 0; n < 3; n += 1) await login(email, WRONG);
  }
  const [count] = await sql("select count(*)::int from audit_log where action = 'sign_in.locked' and subject_id = $1", [
    someone.id,
  ]);
  expect(count).toEqual({ count: 1 });
});

test("what is written down of a network can be compared and not read", async () => {
  const { email } = await personWithPassword();
  await login(email, PASSWORD, from("203.0.113.77"));
  const rows = await sql<{ row: string }>(
    "select row_to_json(t)::text as row from (select l.*, s.* from login_attempts l join users u using (email) join sessions s on s.user_id = u.id where l.email = $1) t",
    [email],
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { row } of rows) expect(row).not.toContain("203.0.113");
});
