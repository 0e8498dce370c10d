import { describe, expect, test } from "vitest";
import { call, follow, get, outcome, pathsOf, post } from "../harness/client.ts";
import { asked, referred } from "../harness/joining.ts";
import { mailsTo, tokenIn, untilMails } from "../harness/mailbox.ts";
import type { Page } from "../harness/pages.ts";
import { person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { statusOf } from "../harness/subscriptions.ts";

interface Vouching {
  id: string;
  member: { id: string; name: string };
  asked_by: { id: string } | null;
  answer: string | null;
}

const ask = (id: string, member_id: unknown, token: string) =>
  post<Vouching>(`/api/admin/users/${id}/vouchings`, { member_id }, { token });
const listFor = async (id: string) =>
  (await get<Page<Vouching>>(`/api/admin/users/${id}/vouchings`, await volunteer("users.approve"))).body.items;
const answerByLink = (token: string, answer: unknown) => post("/api/auth/vouch", { token, answer });
const questionsOf = async ({ token }: { token: string }) =>
  (await get<Page<{ id: string; applicant_name: string }>>("/api/members/vouchings", { token })).body.items;

describe.concurrent("asking a member whether they know an applicant", () => {
  test("mails the member, and a yes by the link pre-validates the applicant, as volunteers see", async () => {
    const [applicant, member, desk] = [
      await referred({ first_name: "Sam", last_name: "Newcomer" }),
      await person("active", { first_name: "Kim" }),
      await volunteer("users.approve"),
    ];
    const made = await ask(applicant.id, member.id, desk.token);
    expect([made.status, made.body]).toMatchObject([
      201,
      { member: { id: member.id, name: "Kim Example" }, asked_by: { id: desk.id }, answer: null, answered_at: null },
    ]);
    const [mail] = await untilMails(member.email);
    expect(mail?.subject).toBe("A question from LOAF");
    expect(mail?.text).toContain("Sam Newcomer applied to LOAF and wrote down who knows them.");
    expect(mail?.text).not.toContain(applicant.email);
    const done = await answerByLink(tokenIn(mail ?? { text: "" }), "yes");
    expect([done.status, done.body.title]).toEqual([200, "Thank you for your answer"]);
    expect(await statusOf(applicant)).toBe("pre_validated");
    expect(await listFor(applicant.id)).toMatchObject([{ id: made.body.id, answer: "yes" }]);
    // The applicant is told nothing.
    expect(await mailsTo(applicant.email)).toEqual([]);
  });

  test("again sends the mail again, at most once a day, and not once there is an answer", async () => {
    const { applicant, member, token_id } = await asked();
    const desk = await volunteer("users.approve");
    expect(outcome(await ask(applicant.id, member.id, desk.token))).toEqual([429, "asked_today"]);
    await sql("update account_tokens set created_at = now() - interval '25 hours' where id = $1", [token_id]);
    expect((await ask(applicant.id, member.id, desk.token)).status).toBe(201);
    const [mail] = await untilMails(member.email);
    expect(await sql("select from vouchings where applicant_id = $1", [applicant.id])).toHaveLength(1);
    await answerByLink(tokenIn(mail ?? { text: "" }), "no");
    await sql("update account_tokens set created_at = now() - interval '25 hours' where user_id = $1", [member.id]);
    expect(outcome(await ask(applicant.id, member.id, desk.token))).toEqual([409, "already_answered"]);
  });

  test("twice at the same time sends one mail", async () => {
    const [applicant, member, desk] = [await referred(), await person(), await volunteer("users.approve")];
    const answers = await Promise.all([1, 2, 3].map(() => ask(applicant.id, member.id, desk.token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 429, 429]);
    expect(await sql("select from emails where user_id = $1", [member.id])).toHaveLength(1);
  });

  test("is for active members with a verified address alone", async () => {
    const [applicant, { token }] = [await referred(), await volunteer("users.approve")];
    const wrong = [
      await person("inactive"),
      await person("pre_validated"),
      await person("active", { email_verified: false, origin: "import" }),
      applicant,
      { id: crypto.randomUUID() },
    ];
    for (const { id } of wrong) {
      const answer = await ask(applicant.id, id, token);
      expect([answer.status, pathsOf(answer)]).toEqual([400, ["member_id"]]);
    }
    expect(await listFor(applicant.id)).toEqual([]);
  });

  test("never names an applicant who named nobody, nor one who is not waiting for it", async () => {
    const [member, { token }] = [await person(), await volunteer("users.approve")];
    const silent = await person("pending_validation");
    expect(outcome(await ask(silent.id, member.id, token))).toEqual([409, "nobody_referred"]);
    for (const status of ["pending_email", "pre_validated", "active", "rejected"] as const) {
      const other = await person(status, { referred_by: "Robin" });
      expect(outcome(await ask(other.id, member.id, token))).toEqual([409, "status_conflict"]);
    }
    expect(await mailsTo(member.email)).toEqual([]);
  });

  test("leaves no name in the outbox once the question is deleted, as erasing either of them does", async () => {
    const [applicant, member] = [await referred({ last_name: crypto.randomUUID() }), await person()];
    await ask(applicant.id, member.id, (await volunteer("users.approve")).token);
    await untilMails(member.email);
    await sql("delete from vouchings where applicant_id = $1", [applicant.id]);
    expect(await sql("select from emails where user_id = $1", [member.id])).toEqual([]);
    expect(await sql("select from account_tokens where user_id = $1", [member.id])).toEqual([]);
  });

  test("is not for one's own application", async () => {
    const own = await person("pending_validation", { referred_by: "Robin", permissions: ["users.approve"] });
    expect(outcome(await ask(own.id, (await person()).id, own.token))).toEqual([403, "own_application"]);
  });
});

describe.concurrent("answering", () => {
  test("by the link changes nothing until a button of its page is pressed", async () => {
    const { applicant, token } = await asked();
    for (const Accept of ["text/html", "*/*", "", "application/json"]) {
      const shown = await get(`/api/auth/vouch?token=${token}&utm_source=mail`, { headers: { Accept } });
      expect([shown.status, shown.text.includes("Robin Example")]).toEqual([200, true]);
      if (Accept !== "application/json")
        for (const answer of ["yes", "no"]) expect(shown.text).toContain(`name="answer" value="${answer}"`);
    }
    expect(await statusOf(applicant)).toBe("pending_validation");
    const done = await call("POST", "/api/auth/vouch", {
      body: new URLSearchParams({ token, answer: "yes" }).toString(),
      headers: { Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect([done.status, done.text.includes("Thank you for your answer")]).toEqual([200, true]);
    expect(await statusOf(applicant)).toBe("pre_validated");
  });

  test("no leaves the applicant waiting; the first answer stands and repeating it is fine", async () => {
    const { applicant, token } = await asked();
    for (let times = 0; times < 2; times += 1) expect((await answerByLink(token, "no")).status).toBe(200);
    expect(outcome(await answerByLink(token, "yes"))).toEqual([409, "already_answered"]);
    expect(await statusOf(applicant)).toBe("pending_validation");
  });

  test("also works for members who sign in, who see the question until it is settled", async () => {
    const { id, applicant, member, token } = await asked();
    expect(await questionsOf(member)).toMatchObject([{ id, applicant_name: "Robin Example" }]);
    const done = await post(`/api/members/vouchings/${id}`, { answer: "yes" }, { token: member.token });
    expect(done.status).toBe(200);
    expect([await statusOf(applicant), await questionsOf(member)]).toEqual(["pre_validated", []]);
    const shown = await follow(`/api/auth/vouch?token=${token}`);
    expect([shown.status, shown.body.applicant_name]).toEqual([200, null]);
    expect(shown.text).not.toContain("Robin");
  });

  test("names nobody any more once the applicant was decided on", async () => {
    const { applicant, member, token } = await asked();
    await sql("update users set status = 'payment_pending' where id = $1", [applicant.id]);
    expect(await questionsOf(member)).toEqual([]);
    expect((await get(`/api/auth/vouch?token=${token}`)).text).not.toContain("Robin");
    // The answer is still kept, and moves nobody.
    expect((await answerByLink(token, "yes")).status).toBe(200);
    expect(await statusOf(applicant)).toBe("payment_pending");
    expect(await listFor(applicant.id)).toMatchObject([{ answer: "yes" }]);
  });

  test("is for whoever is still a member, with a link that we made and that has not expired", async () => {
    const { applicant, member, token, token_id } = await asked();
    await sql("update users set status = 'inactive' where id = $1", [member.id]);
    expect(outcome(await answerByLink(token, "yes"))).toEqual([409, "member_not_active"]);
    await sql("update users set status = 'active' where id = $1", [member.id]);
    await sql("update account_tokens set expires_at = now() where id = $1", [token_id]);
    for (const wrong of [token, "nonsense", `${token_id}.${"A".repeat(43)}`])
      expect(outcome(await answerByLink(wrong, "yes"))).toEqual([400, "link_not_valid"]);
    expect(outcome(await follow(`/api/auth/vouch?token=${token}`))).toEqual([400, "link_not_valid"]);
    expect(await statusOf(applicant)).toBe("pending_validation");
  });

  test("yes and no at the same time: one of them stands", async () => {
    const { applicant, token } = await asked();
    const answers = await Promise.all(["yes", "no"].map((answer) => answerByLink(token, answer)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [{ answer } = { answer: "" }] = await listFor(applicant.id);
    expect(await statusOf(applicant)).toBe(answer === "yes" ? "pre_validated" : "pending_validation");
  });
});
