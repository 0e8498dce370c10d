import { describe, expect, test } from "vitest";
import { login, PASSWORD, personWithPassword, register, registration } from "../harness/accounts.ts";
import { get, outcome, post } from "../harness/client.ts";
import { mailsTo, tokenIn, untilMails } from "../harness/mailbox.ts";
import { anyEmail, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

const verify = (token: string) => post("/api/auth/verify-email", { token });

describe.concurrent("registering", () => {
  test("writes a guest who waits for their address to be confirmed, and mails a link", async () => {
    const body = registration({
      email: "  MiXed.Case@Example.ORG ".replace("MiXed", crypto.randomUUID().slice(0, 8)),
      phone: "+1 555 0100",
      partner_first_name: "Pat",
      partner_last_name: "Partner",
      partner_is_member: true,
      referred_by: "a friend",
    });
    const answer = await post("/api/auth/register", body);
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body)).toEqual(["message"]);
    const email = body.email.trim().toLowerCase();
    const [row] = await sql("select * from users where email = $1", [email]);
    expect(row).toMatchObject({
      status: "pending_email",
      role: "guest",
      email_verified: false,
      phone: "+1 555 0100",
      partner_first_name: "Pat",
      partner_last_name: "Partner",
      partner_is_member: true,
      referred_by: "a friend",
    });
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d,p=1\$/);
    const [mail] = await untilMails(email);
    // Anybody can have it sent to anybody: it repeats nothing that was typed.
    expect(mail?.text).not.toContain("Robin");
    expect(mail?.html).not.toContain("Robin");
  });

  test("cannot set a role, a status or a verified address", async () => {
    const body = registration({
      role: "superadmin",
      status: "active",
      email_verified: true,
      stripe_customer_id: "cus_1",
    });
    expect((await post("/api/auth/register", body)).status).toBe(201);
    const [row] = await sql("select role, status, email_verified, stripe_customer_id from users where email = $1", [
      body.email,
    ]);
    expect(row).toEqual({ role: "guest", status: "pending_email", email_verified: false, stripe_customer_id: null });
  });

  test("refuses passwords of fewer than 8 and more than 256 characters, and takes any others", async () => {
    for (const password of ["1234567", "x".repeat(257)])
      expect((await post("/api/auth/register", registration({ password }))).status).toBe(400);
    const composed = registration({ password: "pässwörd 🏳️‍🌈" });
    await post("/api/auth/register", composed);
    await untilMails(composed.email);
    expect((await login(composed.email, composed.password.normalize("NFD"))).status).toBe(200);
  });

  test("again before verifying stands alone: the newest link works, and then the other is worth nothing", async () => {
    const first = await register({ first_name: "First" });
    const again = registration({ email: first.email, first_name: "Second" });
    await post("/api/auth/register", again);
    const mails = await untilMails(first.email, 2);
    const newest = mails.map(tokenIn).find((token) => token !== first.token) ?? "";
    expect(await sql("select from users where email = $1", [first.email])).toHaveLength(2);

    expect((await verify(newest)).status).toBe(200);
    const rows = await sql("select first_name, status from users where email = $1 order by created_at", [first.email]);
    expect(rows).toEqual([
      { first_name: "First", status: "pending_email" },
      { first_name: "Second", status: "pending_validation" },
    ]);
    const late = await verify(first.token);
    expect(outcome(late)).toEqual([400, "link_not_valid"]);
    expect((await login(first.email)).body.user.status).toBe("pending_validation");
  });

  test("with an address that has an owner changes nothing for them, and tells them once a day", async () => {
    const owner = await personWithPassword();
    for (let times = 0; times < 3; times += 1)
      await post("/api/auth/register", registration({ email: owner.email, password: "somebody else's" }));
    const mails = await untilMails(owner.email);
    expect(mails.map(({ subject }) => subject)).toEqual(["Your account at LOAF"]);
    expect((await login(owner.email, PASSWORD)).body.user).toMatchObject({ id: owner.id, status: "active" });
    const stranger = await login(owner.email, "somebody else's");
    expect(stranger.body.user.status).toBe("pending_email");
    expect(await sql("select from account_tokens where user_id = $1", [stranger.body.user.id])).toEqual([]);
  });

  test("one address over and over does not flood its mailbox, nor keep its owner from registering", async () => {
    const email = anyEmail("flood");
    for (let times = 0; times < 7; times += 1) {
      const answer = await post("/api/auth/register", registration({ email }));
      expect(answer.status).toBe(201);
    }
    await untilMails(email, 5);
    expect(await sql("select from emails where to_email = $1", [email])).toHaveLength(5);
    expect(await sql("select from users where email = $1", [email])).toHaveLength(7);
  });
});

describe.concurrent("resending the verification", () => {
  test("mails another link, at most one a minute, and puts an end to the older one", async () => {
    const { email, token } = await register();
    const resend = () => post("/api/auth/resend-verification", { email });
    await resend();
    expect(await mailsTo(email)).toHaveLength(1);
    await sql(
      "update account_tokens set created_at = now() - interval '2 minutes' where user_id in (select id from users where email = $1)",
      [email],
    );
    await resend();
    const mails = await untilMails(email, 2);
    const newer = mails.map(tokenIn).find((each) => each !== token) ?? "";
    expect((await verify(token)).body.code).toBe("link_expired");
    expect((await verify(newer)).status).toBe(200);
  });

  test("mails nothing to a verified or unknown address", async () => {
    const owner = await personWithPassword();
    const unknown = anyEmail("unknown");
    for (const email of [owner.email, unknown]) {
      expect((await post("/api/auth/resend-verification", { email })).status).toBe(200);
      expect(await sql("select from emails where to_email = $1", [email])).toEqual([]);
    }
  });
});

describe.concurrent("verifying", () => {
  test("works by GET and by POST, again and again, and moves the person once", async () => {
    const { email, token } = await register();
    expect((await get(`/api/auth/verify-email?token=${token}`)).status).toBe(200);
    await sql("update users set status = 'pre_validated' where email = $1", [email]);
    expect((await verify(token)).status).toBe(200);
    expect((await get(`/api/auth/verify-email?token=${token}`)).status).toBe(200);
    const [row] = await sql("select status, email_verified from users where email = $1", [email]);
    expect(row).toEqual({ status: "pre_validated", email_verified: true });
  });

  test("shows a page to a person and JSON to a client, errors too", async () => {
    const { token } = await register();
    const browser = { headers: { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };
    const page = await get(`/api/auth/verify-email?token=${token}`, browser);
    expect(page.headers.get("Content-Type")).toMatch(/^text\/html/);
    expect(page.text).toContain("Your address is confirmed");
    const failed = await get("/api/auth/verify-email?token=nonsense", browser);
    expect(failed.status).toBe(400);
    expect(failed.text).toContain("no longer valid");
    expect((await get("/api/auth/verify-email?token=nonsense")).body.code).toBe("link_not_valid");
  });

  test("tells somebody who was rejected before it why, and only then", async () => {
    const { email, token } = await register();
    const volunteering = await volunteer("users.reject");
    const [applicant] = await sql<{ id: string }>("select id from users where email = $1", [email]);
    await post(`/api/admin/users/${applicant?.id}/reject`, { reason: "No such street." }, volunteering);
    expect(await sql("select template from emails where to_email = $1", [email])).toEqual([
      { template: "verification" },
    ]);
    for (let times = 0; times < 2; times += 1) expect((await verify(token)).status).toBe(200);
    const mails = await untilMails(email, 2);
    expect(mails.at(-1)?.text).toContain("> No such street.");
    const [row] = await sql("select status, email_verified from users where email = $1", [email]);
    expect(row).toEqual({ status: "rejected", email_verified: true });
    expect(await sql("select from emails where to_email = $1", [email])).toHaveLength(2);
  });

  test("refuses a forged, a foreign and an expired link", async () => {
    const { email, token } = await register();
    const [id] = token.split(".");
    const forged = await verify(`${id}.${"A".repeat(43)}`);
    expect(outcome(forged)).toEqual([400, "link_not_valid"]);
    await sql("update account_tokens set expires_at = now() - interval '1 second' where id = $1", [id]);
    const expired = await verify(token);
    expect(outcome(expired)).toEqual([400, "link_expired"]);
    const [row] = await sql("select status from users where email = $1", [email]);
    expect(row?.status).toBe("pending_email");
  });

  test("two registrations of one address at once: one is verified, and only one owns it", async () => {
    const first = await register();
    await post("/api/auth/register", registration({ email: first.email }));
    const mails = await untilMails(first.email, 2);
    const answers = await Promise.all(mails.map((mail) => verify(tokenIn(mail))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    const verified = await sql("select from users where email = $1 and email_verified", [first.email]);
    expect(verified).toHaveLength(1);
  });
});
