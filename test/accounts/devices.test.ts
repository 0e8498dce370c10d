import { describe, expect, test, vi } from "vitest";
import { login, PASSWORD, personWithPassword, refresh, refreshTokenOf } from "../harness/accounts.ts";
import { call, get, outcome } from "../harness/client.ts";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:148.0) Gecko/20100101 Firefox/148.0";
const FIREFOX_LATER = "Mozilla/5.0 (X11; Linux x86_64; rv:149.0) Gecko/20100101 Firefox/149.0";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1";

const on = (user_agent: string, address = "192.0.2.10") => ({
  headers: { "User-Agent": user_agent, "CF-Connecting-IP": address },
});
const me = (token: string) => get("/api/auth/me", { token });

interface Device {
  id: string;
  device: string;
  current: boolean;
}

const devicesOf = async (token: string) => (await get<{ items: Device[] }>("/api/auth/sessions", { token })).body.items;

describe.concurrent("my devices", () => {
  test("are listed newest first, with what they are and which one asks", async () => {
    const { email } = await personWithPassword();
    const linux = await login(email, PASSWORD, on(FIREFOX));
    await login(email, PASSWORD, on(IPHONE));
    const devices = await devicesOf(linux.body.access_token);
    expect(devices.map(({ device, current }) => [device, current])).toEqual([
      ["Safari on iPhone", false],
      ["Firefox on Linux", true],
      ["An unknown device", false],
    ]);
  });

  test("can be signed out one by one: both tokens are dead at once, the others live on", async () => {
    const someone = await personWithPassword();
    const other = await login(someone.email);
    const session = (await devicesOf(someone.token)).find(({ current }) => !current);
    const answer = await call("DELETE", `/api/auth/sessions/${session?.id}`, { token: someone.token });
    expect(answer.status).toBe(200);
    expect((await me(other.body.access_token)).status).toBe(401);
    expect((await refresh(other.body.refresh_token)).status).toBe(401);
    expect((await me(someone.token)).status).toBe(200);
    const again = await call("DELETE", `/api/auth/sessions/${session?.id}`, { token: someone.token });
    expect(outcome(again)).toEqual([404, "session_not_found"]);
  });

  test("someone else's can be neither seen nor ended", async () => {
    const [mine, theirs] = [await person(), await person()];
    expect((await devicesOf(mine.token)).map(({ id }) => id)).toEqual([mine.session_id]);
    const answer = await call("DELETE", `/api/auth/sessions/${theirs.session_id}`, { token: mine.token });
    expect(answer.status).toBe(404);
    expect((await me(theirs.token)).status).toBe(200);
  });

  test("can all be signed out, and only mine", async () => {
    const someone = await personWithPassword();
    const stranger = await person();
    const other = await login(someone.email);
    expect((await call("DELETE", "/api/auth/sessions", { token: someone.token })).status).toBe(200);
    expect((await me(someone.token)).status).toBe(401);
    expect((await me(other.body.access_token)).status).toBe(401);
    expect((await refresh(other.body.refresh_token)).status).toBe(401);
    expect((await me(stranger.token)).status).toBe(200);
  });
});

describe.concurrent("a session", () => {
  test("ends when it is not used for 7 days, for both tokens, and lives on when it is", async () => {
    const someone = await person();
    const token = await refreshTokenOf(someone);
    const unused = (time: string) =>
      sql("update sessions set last_used_at = now() - $2::interval where id = $1", [someone.session_id, time]);
    await unused("6 days 23 hours");
    expect((await me(someone.token)).status).toBe(200);
    await unused("7 days");
    expect((await me(someone.token)).body.code).toBe("session_ended");
    expect((await refresh(token)).status).toBe(401);
    expect(await sql("select revoked_at from sessions where id = $1", [someone.session_id])).toEqual([
      { revoked_at: null },
    ]);
  });

  test("ends after 30 days however much it is used", async () => {
    const { email } = await personWithPassword();
    const { body } = await login(email);
    const [session] = await sql<{ days: number }>(
      "select extract(day from s.expires_at - s.created_at)::int as days from sessions s join users u on u.id = s.user_id where u.email = $1 and s.network is not null",
      [email],
    );
    expect(session).toEqual({ days: 30 });
    const refreshed = await refresh(body.refresh_token);
    expect(refreshed.status).toBe(200);
    expect(
      await sql(
        "select from sessions s join users u on u.id = s.user_id where u.email = $1 and s.expires_at > s.created_at + interval '30 days 1 second'",
        [email],
      ),
    ).toEqual([]);
  });
});

describe.concurrent("a sign-in from a device that was not seen before", () => {
  test("is told to whoever owns the account; an update or another session of the same device is not", async () => {
    const { email, id } = await personWithPassword();
    await sql("delete from sessions where user_id = $1", [id]);
    await login(email, PASSWORD, on(FIREFOX)); // the first ever is no news
    await login(email, PASSWORD, on(FIREFOX_LATER));
    await login(email, PASSWORD, on(IPHONE));
    const mails = await untilMails(email);
    expect(mails.map(({ subject }) => subject)).toEqual(["A new sign-in to your account at LOAF"]);
    expect(mails[0]?.text).toContain("Device: Safari on iPhone");
    await login(email, PASSWORD, on(IPHONE));
    await login(email, PASSWORD, on(FIREFOX, "198.51.100.7"));
    await untilMails(email, 2);
    const [count] = await sql("select count(*)::int from emails where to_email = $1", [email]);
    expect(count).toEqual({ count: 2 });
  });

  test("is not told to an address that was never verified", async () => {
    const { email } = await personWithPassword("pending_email");
    await login(email, PASSWORD, on(IPHONE));
    await login(email, PASSWORD, on(FIREFOX));
    expect(await sql("select from emails where to_email = $1", [email])).toEqual([]);
    expect(await mailsTo(email)).toEqual([]);
  });
});

describe.concurrent("my sign-ins", () => {
  interface Attempt {
    outcome: string;
    purpose: string;
    device: string;
  }
  const attempts = async (token: string) =>
    (await get<{ items: Attempt[] }>("/api/auth/sign-ins", { token })).body.items;

  test("show successes and failures, newest first, and nobody else's", async () => {
    const someone = await personWithPassword();
    await login(someone.email, "not the password", on(IPHONE));
    await login(someone.email, PASSWORD, on(FIREFOX));
    await login((await personWithPassword()).email);
    expect((await attempts(someone.token)).map(({ outcome, device }) => [outcome, device])).toEqual([
      ["succeeded", "Firefox on Linux"],
      ["failed", "Safari on iPhone"],
    ]);
  });

  test("tell whoever registered beside an owner nothing of the owner's", async () => {
    const owner = await personWithPassword();
    const beside = await person("pending_email", { email: owner.email });
    await login(owner.email, "not the password");
    await login(owner.email);
    expect(await attempts(beside.token)).toEqual([]);
  });
});

test("sign-ins, failures and ended sessions are in the audit log, without the address", async () => {
  const someone = await personWithPassword();
  const failed = await login(someone.email, "not the password");
  const succeeded = await login(someone.email);
  const ended = await call("DELETE", "/api/auth/sessions", { token: succeeded.body.access_token });
  await vi.waitFor(async () => {
    const rows = await sql(
      "select distinct request_id, actor_id, action, subject_id, changes from audit_log where request_id = any($1)",
      [[failed, succeeded, ended].map(({ request_id }) => request_id)],
    );
    const row = (request_id: string, action: string, actor_id: string | null) => ({
      request_id,
      actor_id,
      action,
      subject_id: someone.id,
      changes: {},
    });
    expect(rows).toHaveLength(3);
    expect(rows).toEqual(
      expect.arrayContaining([
        row(failed.request_id, "sign_in.failed", null),
        row(succeeded.request_id, "sign_in.succeeded", someone.id),
        row(ended.request_id, "session.logout", someone.id),
      ]),
    );
  });
});
