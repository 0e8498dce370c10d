import { describe, expect, test, vi } from "vitest";
import { sign } from "../../src/access/signatures.ts";
import { routes } from "../../src/routes.ts";
import {
  linkFor,
  login,
  PASSWORD,
  personWithPassword,
  refresh,
  refreshTokenOf,
  register,
} from "../harness/accounts.ts";
import { call, get, outcome, post } from "../harness/client.ts";
import { mailsTo, tokenIn, untilMails } from "../harness/mailbox.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { anyEmail, person } from "../harness/people.ts";
import { settings, sql } from "../harness/platform.ts";

const NEW = "an entirely new passphrase";
const forgot = (email: string, address?: string) =>
  post("/api/auth/forgot-password", { email }, address ? { headers: { "CF-Connecting-IP": address } } : {});
const reset = (token: string, new_password = NEW) => post("/api/auth/reset-password", { token, new_password });
const NOT_VALID = [400, "link_not_valid"];

async function mailedLink(email: string): Promise<string> {
  const before = (await mailsTo(email)).length;
  await forgot(email);
  return tokenIn((await untilMails(email, before + 1)).at(-1) ?? { text: "" });
}

describe.concurrent("a forgotten password", () => {
  test("is replaced by a mailed link: it does not sign in, ends every session, and a mail confirms it", async () => {
    const someone = await personWithPassword();
    const refresh_token = await refreshTokenOf(someone);
    const answer = await reset(await mailedLink(someone.email));
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).not.toMatch(/token/);
    expect((await get("/api/auth/me", { token: someone.token })).status).toBe(401);
    expect((await refresh(refresh_token)).status).toBe(401);
    expect((await login(someone.email)).status).toBe(401);
    expect((await login(someone.email, NEW)).status).toBe(200);
    // Signing in from a new device sends one, too.
    await vi.waitFor(async () => {
      const subjects = (await mailsTo(someone.email)).map(({ subject }) => subject);
      expect(subjects).toContain("Your password for LOAF was changed");
    }, 10_000);
    expect(await sql("select revoked_reason from sessions where id = $1", [someone.session_id])).toEqual([
      { revoked_reason: "password_reset" },
    ]);
  });

  test("the link works once, also for two at the same time", async () => {
    const { email } = await personWithPassword();
    const token = await mailedLink(email);
    const both = await Promise.all([
      reset(token, "the first new passphrase"),
      reset(token, "the second new passphrase"),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(outcome(await reset(token))).toEqual(NOT_VALID);
    const won = both[0]?.status === 200 ? "the first new passphrase" : "the second new passphrase";
    expect((await login(email, won)).status).toBe(200);
  });

  test("the link works for an hour", async () => {
    const someone = await personWithPassword();
    const token = await mailedLink(someone.email);
    const [row] = await sql<{ minutes: number }>(
      "select round(extract(epoch from expires_at - created_at) / 60)::int as minutes from account_tokens where user_id = $1",
      [someone.id],
    );
    expect(row).toEqual({ minutes: 60 });
    await sql("update account_tokens set expires_at = now() where user_id = $1", [someone.id]);
    expect(outcome(await get(`/api/auth/reset-password?token=${token}`))).toEqual(NOT_VALID);
    expect(outcome(await reset(token))).toEqual(NOT_VALID);
    expect((await login(someone.email)).status).toBe(200);
  });

  test("nothing that is stored can be used as a link, nor a link of another kind", async () => {
    const { id } = await person();
    const token = await linkFor(id, "reset_password");
    const [row] = await sql<{ id: string }>("select id from account_tokens where user_id = $1", [id]);
    for (const wrong of [
      row?.id ?? "",
      `${row?.id}.`,
      await sign(settings, "verify_email", row?.id ?? ""),
      await sign(settings, "change_email", row?.id ?? ""),
      await linkFor(id, "verify_email"),
    ])
      expect(outcome(await reset(wrong))).toEqual(NOT_VALID);
    expect((await reset(token)).status).toBe(200);
  });

  test("closes a person's other links, and a change of password does too", async () => {
    const someone = await personWithPassword();
    const [first, second] = [await linkFor(someone.id, "reset_password"), await linkFor(someone.id, "reset_password")];
    const moving = await linkFor(someone.id, "change_email", anyEmail("new"));
    expect((await reset(first)).status).toBe(200);
    expect(outcome(await reset(second))).toEqual(NOT_VALID);
    expect(outcome(await post("/api/auth/confirm-email", { token: moving }))).toEqual(NOT_VALID);
  });

  test("is refused when it is common, too short, or the person's own name or address; the link stays good", async () => {
    const someone = await personWithPassword();
    const token = await linkFor(someone.id, "reset_password");
    for (const bad of ["short", "password1", someone.email, "Robin Example"]) {
      const answer = await reset(token, bad);
      expect([answer.status, answer.body.errors]).toEqual([400, [expect.objectContaining({ path: "new_password" })]]);
    }
    expect((await reset(token)).status).toBe(200);
  });

  test("is not mailed to unknown or unverified addresses", async () => {
    const unverified = await register();
    const unknown = anyEmail("unknown");
    await forgot(unverified.email);
    await forgot(unknown);
    expect(
      await sql("select from emails where template = 'password_reset' and to_email = any($1)", [
        [unverified.email, unknown],
      ]),
    ).toEqual([]);
  });

  test("asked for again and again floods no mailbox, and no stranger can use up what the owner may ask for", async () => {
    const { email, id } = await personWithPassword();
    const links = async () =>
      (await sql("select from account_tokens where user_id = $1 and purpose = 'reset_password'", [id])).length;
    const later = () =>
      sql("update account_tokens set created_at = created_at - interval '6 minutes' where user_id = $1", [id]);
    for (let n = 0; n < 7; n += 1) {
      await Promise.all([forgot(email, "192.0.2.66"), forgot(email, "192.0.2.66")]);
      await later();
    }
    expect(await links()).toBe(5);
    await forgot(email, "192.0.2.1");
    expect(await links()).toBe(6);
  });
});

test("the page after asking for a link looks like the organization, whether or not the address is known", async () => {
  const platform = await ownPlatform();
  await platform.sql("update organisation_settings set name = 'Rainbow Choir', primary_colour = '#123456'");
  const { email } = await platform.person("active");
  const pages = [];
  for (const address of [email, anyEmail("unknown")]) {
    const { status, text } = await platform.call("POST", "/api/auth/forgot-password", {
      body: new URLSearchParams({ email: address }).toString(),
      headers: { Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect([status, text.includes("<title>Check your email · Rainbow Choir</title>")]).toEqual([200, true]);
    pages.push(text);
  }
  expect(pages[0]).toBe(pages[1]);
});

describe.concurrent("the page of the link, where there is no frontend", () => {
  test("asks for the password with a plain form, and says what came of it", async () => {
    const someone = await personWithPassword();
    const token = await linkFor(someone.id, "reset_password");
    const headers = { Accept: "text/html" };
    const page = await get(`/api/auth/reset-password?token=${token}`, { headers });
    expect(page.headers.get("Content-Type")).toContain("text/html");
    expect(page.text).toContain(`value="${token}"`);
    const send = (new_password: string) =>
      call("POST", "/api/auth/reset-password", {
        body: new URLSearchParams({ token, new_password }).toString(),
        headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
      });
    const short = await send("short");
    expect([short.status, short.text.includes("must have 8 to 256 characters")]).toEqual([400, true]);
    const done = await send(NEW);
    expect([done.status, done.text.includes("Your password is changed")]).toEqual([200, true]);
    expect((await login(someone.email, NEW)).status).toBe(200);
  });

  test("only the pages of mailed links send forms", async () => {
    const takers = routes.filter(({ request }) => request?.form).map(({ path }) => path);
    expect(takers.sort()).toEqual([
      "/api/auth/accept-invitation",
      "/api/auth/activate",
      "/api/auth/confirm-email",
      "/api/auth/forgot-password",
      "/api/auth/reset-password",
      "/api/auth/verify-email",
      "/api/auth/verify-email/not-me",
      "/api/auth/vouch",
      "/api/door/{token}/check-in",
      "/api/door/{token}/walk-ins",
      "/api/events/cannot-come",
      "/api/pay/{token}",
    ]);
    const answer = await call("POST", "/api/auth/login", {
      body: "email=a@example.org&password=x",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(answer.status).toBe(415);
  });
});

describe.concurrent("changing the password", () => {
  const change = (token: string, current_password: string, new_password = NEW) =>
    post("/api/auth/change-password", { current_password, new_password }, { token });

  test("keeps this session and ends the others, and a mail confirms it", async () => {
    const someone = await personWithPassword();
    const refresh_token = await refreshTokenOf(someone);
    const other = await login(someone.email);
    expect((await change(someone.token, PASSWORD)).status).toBe(200);
    expect((await get("/api/auth/me", { token: someone.token })).status).toBe(200);
    expect((await refresh(refresh_token)).status).toBe(200);
    expect((await get("/api/auth/me", { token: other.body.access_token })).status).toBe(401);
    expect((await refresh(other.body.refresh_token)).status).toBe(401);
    expect((await login(someone.email)).status).toBe(401);
    expect((await login(someone.email, NEW)).status).toBe(200);
    await vi.waitFor(async () =>
      expect((await mailsTo(someone.email)).map(({ subject }) => subject)).toContain(
        "Your password for LOAF was changed",
      ),
    );
  });

  test("needs the current one, and ten wrong ones lock this session's guessing and nothing else", async () => {
    const someone = await personWithPassword();
    expect(outcome(await change(someone.token, "not the password"))).toEqual([403, "invalid_credentials"]);
    await sql(
      `insert into login_attempts (email, succeeded, source)
       select email, false, source from login_attempts, generate_series(1, 9) where email = $1`,
      [someone.email],
    );
    const locked = await change(someone.token, PASSWORD);
    expect(outcome(locked)).toEqual([429, "too_many_attempts"]);
    expect(Number(locked.headers.get("Retry-After"))).toBeGreaterThan(800);
    expect((await login(someone.email)).status).toBe(200);
    expect((await get("/api/auth/me", { token: someone.token })).status).toBe(200);
  });

  test("refuses bad passwords by name, and that is no failed attempt", async () => {
    const someone = await personWithPassword();
    const answer = await change(someone.token, PASSWORD, "password1");
    expect([answer.status, answer.body.errors]).toEqual([400, [expect.objectContaining({ path: "new_password" })]]);
    expect(await sql("select succeeded from login_attempts where user_id = $1", [someone.id])).toEqual([
      { succeeded: true },
    ]);
    expect((await login(someone.email)).status).toBe(200);
  });
});
