import { describe, expect, test } from "vitest";
import { linkFor, login, PASSWORD, personWithPassword } from "../harness/accounts.ts";
import { follow, get, outcome, post } from "../harness/client.ts";
import { mailsTo, tokenIn, untilMails } from "../harness/mailbox.ts";
import { MESSAGE, makeDue, outgoing, sendDueMails } from "../harness/outbox.ts";
import { anyEmail, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";

const change = (token: string, new_email: string) => post("/api/auth/change-email", { new_email }, { token });
const confirm = (token: string) => post("/api/auth/confirm-email", { token });
const emailOf = async (id: string) => (await sql("select email from users where id = $1", [id]))[0]?.email;

describe.concurrent("changing the address", () => {
  test("happens when the link in the new mailbox is followed; the old one hears of it twice", async () => {
    const someone = await personWithPassword();
    const new_email = anyEmail("new");
    expect((await change(someone.token, new_email)).status).toBe(200);
    const [mail] = await untilMails(new_email);
    expect(await emailOf(someone.id)).toBe(someone.email);
    expect(mail?.text).not.toContain("Robin");
    const token = tokenIn(mail ?? { text: "" });
    expect((await confirm(token)).status).toBe(200);
    expect(await emailOf(someone.id)).toBe(new_email);
    expect((await follow(`/api/auth/confirm-email?token=${token}`)).status).toBe(200);
    expect((await untilMails(someone.email, 2)).map(({ subject }) => subject).sort()).toEqual([
      "A new email address for your account at LOAF",
      "The email address of your account at LOAF was changed",
    ]);
    expect((await login(someone.email)).status).toBe(401);
    expect((await login(new_email)).body.user).toMatchObject({
      id: someone.id,
      email: new_email,
      email_verified: true,
    });
    expect((await get("/api/auth/me", { token: someone.token })).body.email).toBe(new_email);
  });

  test("to an address that has an owner answers the same, tells the owner, and never happens", async () => {
    const [someone, owner] = [await person(), await person()];
    const free = await change(someone.token, anyEmail("new"));
    const taken = await change(someone.token, owner.email);
    expect([taken.status, taken.body]).toEqual([free.status, free.body]);
    expect((await untilMails(owner.email)).map(({ subject }) => subject)).toEqual(["Your account at LOAF"]);
    const forced = await linkFor(someone.id, "change_email", owner.email);
    expect((await confirm(forced)).body.code).toBe("link_not_valid");
    expect(await emailOf(someone.id)).toBe(someone.email);
  });

  test("two people to one address at once: one of them gets it", async () => {
    const [a, b] = [await person(), await person()];
    const new_email = anyEmail("new");
    const tokens = [await linkFor(a.id, "change_email", new_email), await linkFor(b.id, "change_email", new_email)];
    const answers = await Promise.all(tokens.map(confirm));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.map(({ body }) => body.code)).toContainEqual(
      expect.stringMatching(/^(link_not_valid|already_exists)$/),
    );
    expect(await sql("select from users where email = $1 and email_verified", [new_email])).toHaveLength(1);
  });

  test("takes along the mail that waits, but not account security, nor what the old mailbox may have", async () => {
    const [someone, desk, new_email] = [await person(), await volunteer("settings.email"), anyEmail("new")];
    const waiting = { user_id: someone.id, next_attempt_at: new Date("2099-01-01T00:00:00Z") };
    const at = (columns: Record<string, unknown>, email = someone.email) => outgoing(email, { ...waiting, ...columns });
    const mails = {
      due: await at({}),
      refused: await at({ ...MESSAGE, lane: 2, attempts: 2, last_error: "503 busy" }),
      failed: await at({ status: "failed", attempts: 1, last_error: "422 validation_error" }),
      withheld: await at({ ...MESSAGE, lane: 2, status: "withheld", last_error: "newsletter_stopped" }),
      security: await at({ template: "password_changed", lane: 0 }),
      unanswered: await at({ attempts: 3, last_error: "TimeoutError" }),
      under_way: await at({ attempts: 1 }),
      given_up: await at({ status: "failed", attempts: 12, last_error: "no answer, then 503" }),
      elsewhere: await at({}, anyEmail("donor")),
      of_nobody: await at({ user_id: null }),
      sent: await at({ status: "sent", sent_at: new Date() }),
    };
    expect((await confirm(await linkFor(someone.id, "change_email", new_email))).status).toBe(200);
    const fate = async (id: string) => {
      const [row] = await sql("select to_email, status, last_error from emails where id = $1", [id]);
      const { to_email, status, last_error } = row ?? {};
      return [to_email === new_email ? "new" : to_email === someone.email ? "old" : "other", status, last_error];
    };
    const fates = Object.fromEntries(
      await Promise.all(Object.entries(mails).map(async ([name, id]) => [name, await fate(id)] as const)),
    );
    expect(fates).toEqual({
      due: ["new", "pending", null],
      refused: ["new", "pending", "503 busy"],
      failed: ["new", "failed", "422 validation_error"],
      withheld: ["new", "withheld", "newsletter_stopped"],
      security: ["old", "pending", null],
      unanswered: ["old", "withheld", "address_changed"],
      under_way: ["old", "withheld", "address_changed"],
      given_up: ["old", "withheld", "address_changed"],
      elsewhere: ["other", "pending", null],
      of_nobody: ["old", "pending", null],
      sent: ["old", "sent", null],
    });
    await makeDue(new_email);
    await sendDueMails();
    await untilMails(new_email, 2);
    // Sent after all, it goes to the address that is theirs.
    for (const id of [mails.unanswered, mails.under_way, mails.given_up])
      expect((await post(`/api/admin/outbox/${id}/retry`, undefined, desk)).body).toMatchObject({
        to_email: new_email,
      });
    await untilMails(new_email, 5);
    expect((await mailsTo(someone.email)).map(({ subject }) => subject)).toEqual([
      "The email address of your account at LOAF was changed",
    ]);
  });

  test("an older link stops working, and what was mailed to the old address opens nothing any more", async () => {
    const someone = await person();
    const [first, second] = [anyEmail("first"), anyEmail("second")];
    await change(someone.token, first);
    const old = tokenIn((await untilMails(first))[0] ?? { text: "" });
    await change(someone.token, second);
    const newer = tokenIn((await untilMails(second))[0] ?? { text: "" });
    expect((await confirm(old)).status).toBe(400);
    const reset = await linkFor(someone.id, "reset_password");
    expect((await confirm(newer)).status).toBe(200);
    const late = await post("/api/auth/reset-password", { token: reset, new_password: "an entirely new passphrase" });
    expect(late.body.code).toBe("link_not_valid");
  });

  test("wants a sign-in of the last 15 minutes", async () => {
    const someone = await personWithPassword();
    await sql("update sessions set authenticated_at = now() - interval '15 minutes' where id = $1", [
      someone.session_id,
    ]);
    const answer = await change(someone.token, anyEmail("new"));
    expect(outcome(answer)).toEqual([403, "reauthentication_required"]);
    const again = await post("/api/auth/reauthenticate", { password: PASSWORD }, { token: someone.token });
    expect(again.status).toBe(200);
    expect((await change(someone.token, anyEmail("new"))).status).toBe(200);
  });

  test("is refused to one's own address, before one's address is verified, and the sixth time in a day", async () => {
    const someone = await person();
    expect((await change(someone.token, someone.email.toUpperCase())).body.code).toBe("address_unchanged");
    const unverified = await person("pending_email");
    expect((await change(unverified.token, anyEmail("new"))).body.code).toBe("address_not_verified");
    for (let n = 0; n < 5; n += 1) expect((await change(someone.token, anyEmail("new"))).status).toBe(200);
    const sixth = await change(someone.token, anyEmail("new"));
    expect(outcome(sixth)).toEqual([429, "too_many_requests"]);
    expect(Number(sixth.headers.get("Retry-After"))).toBeGreaterThan(0);
  });
});
