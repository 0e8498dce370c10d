import { describe, expect, test } from "vitest";
import { login, PASSWORD, personWithPassword, register, registration } from "../harness/accounts.ts";
import { follow, outcome, post, refusal } from "../harness/client.ts";
import { mailsTo, tokenIn, untilMails } from "../harness/mailbox.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
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

  test("takes one name as a name: the last name may be missing, null or empty, and is stored as an empty text", async () => {
    for (const more of [{ last_name: undefined }, { last_name: null }, { last_name: "" }, { last_name: "  " }]) {
      const body = registration({ first_name: "Madonna", ...more });
      expect((await post("/api/auth/register", body)).status).toBe(201);
      const rows = await sql("select first_name, last_name from users where email = $1", [body.email]);
      expect(rows).toEqual([{ first_name: "Madonna", last_name: "" }]);
    }
    const invisible = await post("/api/auth/register", registration({ last_name: "\u200b" }));
    expect(refusal(invisible)).toEqual([
      400,
      "invalid_input",
      [{ path: "last_name", message: "must have something to read" }],
    ]);
  });

  test("stores names composed, however they are typed", async () => {
    const names = { first_name: "Zoë".normalize("NFD"), last_name: "Ångström".normalize("NFD") };
    const { email } = await register(names);
    const rows = await sql("select first_name, last_name from users where email = $1", [email]);
    expect(rows).toEqual([{ first_name: "Zoë", last_name: "Ångström" }]);
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
  test("mails another link, at most one a minute for an address, and the older ones work on", async () => {
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
    expect((await verify(token)).status).toBe(200);
    expect((await verify(newer)).status).toBe(200);
    expect(await sql("select from users where email = $1", [email])).toHaveLength(1);
  });

  test("mails nothing to an unknown address, and tells an owner once a day that they have an account", async () => {
    const owner = await personWithPassword();
    const unknown = anyEmail("unknown");
    for (const email of [owner.email, owner.email, unknown])
      expect((await post("/api/auth/resend-verification", { email })).status).toBe(200);
    const mails = await sql("select template, to_email from emails where to_email = any($1)", [[owner.email, unknown]]);
    expect(mails).toEqual([{ template: "already_registered", to_email: owner.email }]);
  });

  test("sends to whoever was rejected before they confirmed, too: they learn why once they do", async () => {
    const { email } = await person("rejected", { email_verified: false });
    await post("/api/auth/resend-verification", { email });
    const token = tokenIn((await untilMails(email))[0] ?? { text: "" });
    expect((await verify(token)).status).toBe(200);
    expect((await untilMails(email, 3)).map(({ text }) => text)).toContainEqual(
      expect.stringContaining("> none given"),
    );
  });
});

describe.concurrent("verifying", () => {
  test("works by GET and by POST, again and again, and moves the person once", async () => {
    const { email, token } = await register();
    expect((await follow(`/api/auth/verify-email?token=${token}`)).status).toBe(200);
    await sql("update users set status = 'pre_validated' where email = $1", [email]);
    expect((await verify(token)).status).toBe(200);
    expect((await follow(`/api/auth/verify-email?token=${token}`)).status).toBe(200);
    const [row] = await sql("select status, email_verified from users where email = $1", [email]);
    expect(row).toEqual({ status: "pre_validated", email_verified: true });
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
});
