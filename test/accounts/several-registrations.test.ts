import { describe, expect, test } from "vitest";
import { login, PASSWORD, register, registration } from "../harness/accounts.ts";
import { get, outcome, post } from "../harness/client.ts";
import { mailsTo, tokenIn, untilMails } from "../harness/mailbox.ts";
import { anyEmail } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { checkRegistrationRace, checkRegistrations } from "../harness/registration-model.ts";

const STRANGERS = "a stranger's passphrase";
const CHOSEN = "an entirely new passphrase";
const verify = (token: string) => post("/api/auth/verify-email", { token });
const choose = (token: unknown) => post("/api/auth/reset-password", { token, new_password: CHOSEN });

/** An address that somebody, and then a stranger, registered; each with the link that was mailed. */
async function twice(more: Record<string, unknown> = {}) {
  const own = await register({ first_name: "Own" });
  await post(
    "/api/auth/register",
    registration({ email: own.email, first_name: "Other", password: STRANGERS, ...more }),
  );
  const other = (await untilMails(own.email, 2)).map(tokenIn).find((token) => token !== own.token) ?? "";
  return { email: own.email, own: own.token, other };
}

test(
  "in whatever order things happen, the owner ends with one account that only they can enter",
  {
    timeout: 60_000,
  },
  () => Promise.all([...Array.from({ length: 6 }, () => checkRegistrations(1, 5)), checkRegistrationRace()]),
);

describe.concurrent("an address that waits under more than one password", () => {
  test.each(["own", "other"] as const)(
    "becomes an account without any of them by the link of the %s one: its owner chooses one there and then",
    async (which) => {
      const { email, ...links } = await twice();
      const stranger = await login(email, STRANGERS);
      const { status, body } = await verify(links[which]);
      expect([status, body.password_needed]).toEqual([200, true]);
      for (const password of [PASSWORD, STRANGERS])
        expect((await login(email, password)).body.user?.status ?? "none").toMatch(/^(none|pending_email)$/);
      expect((await choose(body.reset_token)).status).toBe(200);
      const { user } = (await login(email, CHOSEN)).body;
      expect(user).toMatchObject({ status: "pending_validation", first_name: which === "own" ? "Own" : "Other" });
      const me = await get("/api/auth/me", { token: stranger.body.access_token });
      expect(me.body?.id).not.toBe(user.id);
      expect(me.status).toBe(which === "own" ? 200 : 401);
    },
  );

  test("mails the link to choose one, and says so again as long as there is none", async () => {
    const { email, own } = await twice();
    await verify(own);
    const mail = (await untilMails(email, 3)).find(({ subject }) => subject === "Choose a password for LOAF");
    expect(mail?.text).not.toMatch(/Own|Other/);
    const again = await verify(own);
    expect(again.body).toMatchObject({ password_needed: true, reset_token: tokenIn(mail ?? { text: "" }) });
    expect((await choose(again.body.reset_token)).status).toBe(200);
    expect((await verify(own)).body).toMatchObject({ password_needed: false, reset_token: null });
    expect(await sql("select from emails where to_email = $1 and template = 'password_needed'", [email])).toHaveLength(
      1,
    );
  });

  test("shows a browser the way to the page that asks for one", async () => {
    const { own } = await twice();
    expect((await get(`/api/auth/verify-email?token=${own}`)).text).toContain("You will then choose a new password");
    const page = await post("/api/auth/verify-email", { token: own }, { headers: { Accept: "text/html" } });
    const reset_token = /name="token" value="([^"]+)"/.exec(page.text)?.[1];
    expect(page.text).toContain('action="/api/auth/reset-password"');
    expect((await choose(reset_token)).status).toBe(200);
  });

  test("keeps its password when it was the same each time", async () => {
    const { email, own, other } = await twice({ password: PASSWORD });
    expect((await verify(other)).body).toMatchObject({ password_needed: false, reset_token: null });
    expect((await login(email)).body.user).toMatchObject({ first_name: "Other", status: "pending_validation" });
    expect((await verify(own)).status).toBe(200);
  });
});

describe.concurrent("once an address is confirmed", () => {
  test("the links of its other registrations say so, and mail a link to choose a password", async () => {
    const { email, own, other } = await twice();
    const { reset_token } = (await verify(own)).body;
    // A link that is used before its mail went out is not mailed.
    await untilMails(email, 3);
    await choose(reset_token);
    const page = await get(`/api/auth/verify-email?token=${other}`);
    expect(page.text).toContain("Send me the link");
    const late = await verify(other);
    expect(late.body).toMatchObject({ title: "Your address is confirmed", password_needed: false, reset_token: null });
    const mail = (await untilMails(email, 5)).find(({ subject }) => subject === "Choose a new password for LOAF");
    await verify(other);
    expect(await mailsTo(email)).toHaveLength(5);
    const new_password = "another new passphrase";
    const reset = await post("/api/auth/reset-password", { token: tokenIn(mail ?? { text: "" }), new_password });
    expect(reset.status).toBe(200);
    expect((await login(email, new_password)).body.user).toMatchObject({ first_name: "Own" });
  });

  test("an old link does not open it, however it is followed", async () => {
    const { own, other } = await twice();
    await verify(own);
    await sql("update account_tokens set expires_at = now() where purpose = 'verify_email' and id = any($1)", [
      [own, other].map((token) => token.split(".")[0]),
    ]);
    const late = await verify(own);
    expect(late.body).toMatchObject({ password_needed: true, reset_token: null });
    expect(late.body.message).toContain("has no password yet");
    expect(outcome(await verify(other))).toEqual([400, "link_expired"]);
  });
});

test("a rejected registration gives way to one that waits", async () => {
  const { email, own } = await twice();
  await sql(
    "update users set status = 'rejected', rejection_reason = 'none', rejected_at = now() where email = $1 and first_name = 'Own'",
    [email],
  );
  expect((await verify(own)).status).toBe(200);
  const rows = await sql("select first_name, status from users where email = $1 and email_verified", [email]);
  expect(rows).toEqual([{ first_name: "Other", status: "pending_validation" }]);
});

test("an address gets five verification mails a day, whoever registers it or asks for them", async () => {
  const email = anyEmail("flood");
  const later = () =>
    sql(
      "update account_tokens set created_at = created_at - interval '2 minutes' where user_id in (select id from users where email = $1)",
      [email],
    );
  for (let times = 0; times < 4; times += 1) {
    await post("/api/auth/register", registration({ email, password: `passphrase ${times}` }));
    await later();
    await post("/api/auth/resend-verification", { email });
    await later();
  }
  const mails = () => sql("select from emails where to_email = $1 and template = 'verification'", [email]);
  expect(await mails()).toHaveLength(5);
  await sql(
    "update account_tokens set created_at = created_at - interval '1 day' where user_id in (select id from users where email = $1)",
    [email],
  );
  await post("/api/auth/resend-verification", { email });
  expect(await mails()).toHaveLength(6);
});
