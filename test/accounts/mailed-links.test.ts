import { describe, expect, test } from "vitest";
import { linkFor, login, PASSWORD, register, registration } from "../harness/accounts.ts";
import { call, follow, get, outcome, post } from "../harness/client.ts";
import { anyEmail, person } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
/** What scanners, previewers and browsers send. None of them names JSON. */
const NO_JSON = [BROWSER, "*/*", "", "text/plain", "application/*", "application/jsonp", "application/json+x"];

const standing = async (email: string) =>
  (await sql("select status, email_verified from users where email = $1", [email]))[0];

/** Presses a button of a page. */
const press = (path: string, token: string) =>
  call("POST", path, {
    body: new URLSearchParams({ token }).toString(),
    headers: { Accept: BROWSER, "Content-Type": "application/x-www-form-urlencoded" },
  });

describe.concurrent("a link that verifies an address", () => {
  test("changes nothing when it is followed by whoever does not name JSON, and shows a page with two buttons", async () => {
    const { email, token } = await register();
    for (const Accept of NO_JSON) {
      const page = await get(`/api/auth/verify-email?token=${token}`, { headers: { Accept } });
      expect([Accept, page.status, page.headers.get("Content-Type")]).toEqual([
        Accept,
        200,
        "text/html; charset=UTF-8",
      ]);
      expect(page.text).toContain("Confirm my address");
      expect(page.text).toContain("This was not me");
    }
    expect(await standing(email)).toEqual({ status: "pending_email", email_verified: false });
  });

  test("verifies by the page's button, which answers with a page, and shows that from then on", async () => {
    const { email, token } = await register();
    const done = await press("/api/auth/verify-email", token);
    expect([done.status, done.text.includes("Your address is confirmed")]).toEqual([200, true]);
    expect(await standing(email)).toEqual({ status: "pending_validation", email_verified: true });
    const again = await get(`/api/auth/verify-email?token=${token}`);
    expect(again.text).toContain("Your address is confirmed");
    expect(again.text).not.toContain("<form");
  });

  test("also opens with what mail gateways add to it", async () => {
    const { token } = await register();
    const page = await get(`/api/auth/verify-email?token=${token}&utm_source=mail`, { headers: { Accept: BROWSER } });
    expect(page.status).toBe(200);
    expect(page.text).toContain("Confirm my address");
  });

  test("serves a client that names JSON as before", async () => {
    for (const Accept of ["application/json", "application/json, text/plain, */*", "application/json;charset=utf-8"]) {
      const { email, token } = await register();
      const { status, body } = await get(`/api/auth/verify-email?token=${token}`, { headers: { Accept } });
      expect(status).toBe(200);
      expect(body).toMatchObject({ title: "Your address is confirmed", password_needed: false, reset_token: null });
      expect(await standing(email)).toEqual({ status: "pending_validation", email_verified: true });
    }
  });

  test("refuses with a page or with JSON", async () => {
    const page = await get("/api/auth/verify-email?token=nonsense");
    expect([page.status, page.text.includes("no longer valid")]).toEqual([400, true]);
    expect(outcome(await follow("/api/auth/verify-email?token=nonsense"))).toEqual([400, "link_not_valid"]);
    const { email, token } = await register();
    await sql("update account_tokens set expires_at = now() where id = $1", [token.split(".")[0]]);
    const expired = await get(`/api/auth/verify-email?token=${token}`);
    expect([expired.status, expired.text.includes("has expired")]).toEqual([400, true]);
    expect(outcome(await post("/api/auth/verify-email/not-me", { token }))).toEqual([400, "link_expired"]);
    expect(await standing(email)).toEqual({ status: "pending_email", email_verified: false });
  });
});

describe.concurrent("whoever says that a registration was not theirs", () => {
  const notMe = (token: string) => post("/api/auth/verify-email/not-me", { token });

  test("removes it, by the page's button, again and again, and its link is worth nothing then", async () => {
    const { email, token } = await register();
    const { body } = await login(email);
    for (let times = 0; times < 2; times += 1) {
      const done = await press("/api/auth/verify-email/not-me", token);
      expect([done.status, done.text.includes("We removed this application")]).toEqual([200, true]);
    }
    expect(await standing(email)).toBeUndefined();
    expect((await login(email)).status).toBe(401);
    expect((await get("/api/auth/me", { token: body.access_token })).status).toBe(401);
    expect(outcome(await post("/api/auth/verify-email", { token }))).toEqual([400, "link_not_valid"]);
  });

  test("cannot remove an account", async () => {
    const { email, token } = await register();
    await post("/api/auth/verify-email", { token });
    expect(outcome(await notMe(token))).toEqual([409, "address_confirmed"]);
    expect(await standing(email)).toEqual({ status: "pending_validation", email_verified: true });
  });

  test("may have meant another mail: no password that waits opens an account any more", async () => {
    const own = await register();
    await post("/api/auth/register", registration({ email: own.email, password: "a stranger's passphrase" }));
    const [strangers] = await sql<{ id: string }>("select id from users where email = $1 order by created_at desc", [
      own.email,
    ]);
    expect((await notMe(own.token)).status).toBe(200);
    const { body } = await post("/api/auth/verify-email", {
      token: await linkFor(strangers?.id ?? "", "verify_email"),
    });
    expect(body).toMatchObject({ password_needed: true });
    for (const password of [PASSWORD, "a stranger's passphrase"])
      expect((await login(own.email, password)).status).toBe(401);
  });

  test("must have a link that we made", async () => {
    const { email, token } = await register();
    expect(outcome(await notMe(`${token.split(".")[0]}.${"A".repeat(43)}`))).toEqual([400, "link_not_valid"]);
    expect(await standing(email)).toBeDefined();
  });
});

describe.concurrent("a link that confirms another address", () => {
  const emailOf = async (id: string) => (await sql("select email from users where id = $1", [id]))[0]?.email;

  test("changes nothing until its page's button is pressed, and says so from then on", async () => {
    const [someone, new_email] = [await person(), anyEmail("new")];
    const token = await linkFor(someone.id, "change_email", new_email);
    for (const Accept of NO_JSON) {
      const page = await get(`/api/auth/confirm-email?token=${token}`, { headers: { Accept } });
      expect([page.status, page.text.includes("Confirm my address")]).toEqual([200, true]);
    }
    expect(await emailOf(someone.id)).toBe(someone.email);
    const done = await press("/api/auth/confirm-email", token);
    expect([done.status, done.text.includes("Your address is confirmed")]).toEqual([200, true]);
    expect(await emailOf(someone.id)).toBe(new_email);
    const again = await get(`/api/auth/confirm-email?token=${token}`);
    expect([again.text.includes("Your address is confirmed"), again.text.includes("<form")]).toEqual([true, false]);
  });

  test("serves a client that names JSON as before, and refuses with a page or with JSON", async () => {
    const [someone, new_email] = [await person(), anyEmail("new")];
    const token = await linkFor(someone.id, "change_email", new_email);
    expect((await follow(`/api/auth/confirm-email?token=${token}`)).body.title).toBe("Your address is confirmed");
    expect(await emailOf(someone.id)).toBe(new_email);
    const page = await get("/api/auth/confirm-email?token=nonsense");
    expect([page.status, page.text.includes("no longer valid")]).toEqual([400, true]);
    expect(outcome(await follow("/api/auth/confirm-email?token=nonsense"))).toEqual([400, "link_not_valid"]);
  });
});
