import { describe, expect, test } from "vitest";
import { hashPassword } from "../../src/accounts/passwords.ts";
import type { CreatedUser } from "../../src/members/admin/schemas.ts";
import { linkFor, login, PASSWORD, register, registration } from "../harness/accounts.ts";
import { call, follow, get, outcome, pathsOf, post, put, refusal, tripsOf } from "../harness/client.ts";
import { rowsOfCsv } from "../harness/csv.ts";
import { tokenIn, untilMails } from "../harness/mailbox.ts";
import { anyEmail, onPaper, person, volunteer } from "../harness/people.ts";
import { plan } from "../harness/plans.ts";
import { sql } from "../harness/platform.ts";

const create = async (body: Record<string, unknown>) =>
  post<{ id: string; email: string | null; status: string; detail: string }>(
    "/api/admin/users",
    { first_name: "Robin", ...body },
    await volunteer("users.create"),
  );
const activate = (token: string, password = PASSWORD) => post("/api/auth/activate", { token, password });
const rowOf = async (id: string) =>
  (
    await sql("select email, email_verified, status, password_hash is null as no_password from users where id = $1", [
      id,
    ])
  )[0];
const mailsOf = (email: string) => sql("select template from emails where to_email = $1 order by created_at", [email]);

describe.concurrent("entering somebody from paper", () => {
  test("keeps what was written, with or without an address, and mails nobody", async () => {
    const answer = await create({ email: " ", last_name: null, phone: "(212) 555-0123", referred_by: "Sam" });
    expect([answer.status, answer.body]).toEqual([
      201,
      expect.objectContaining({ email: null, last_name: "", phone: "+12125550123", status: "pending_validation" }),
    ]);
    const email = anyEmail("paper");
    const { body } = await create({ email: email.toUpperCase(), status: "pre_validated", birthday: "1960-05-04" });
    const [row] = await sql(
      "select email, email_verified, origin, status, birthday::text, password_hash from users where id = $1",
      [body.id],
    );
    expect(row).toEqual({
      email,
      email_verified: false,
      origin: "paper",
      status: "pre_validated",
      birthday: "1960-05-04",
      password_hash: null,
    });
    expect(await mailsOf(email)).toEqual([]);
  });

  test("shows volunteers what they entered, in every answer and file, until the person opens the account", async () => {
    const desk = await volunteer("users.create", "users.view", "users.export", "users.edit");
    const [email, last_name] = [anyEmail("paper"), crypto.randomUUID()];
    const entered = { address: "1 Main St", birthday: "1960-05-04", bio: "Sings", phone: "+12125550123" };
    const made = await post<{ id: string }>(
      "/api/admin/users",
      { first_name: "Robin", last_name, email, ...entered },
      desk,
    );
    expect(made.body).toMatchObject(entered);
    const path = `/api/admin/users/${made.body.id}`;
    const file = async () => rowsOfCsv((await get(`/api/admin/users/export?search=${last_name}`, desk)).text)[0];
    const seen = async () => [(await get(path, desk)).body, (await put(path, {}, desk)).body, await file()];
    expect(await seen()).toEqual(
      [entered, entered, { ...entered, phone: "'+12125550123" }].map((shown) => expect.objectContaining(shown)),
    );
    const member = await person("active");
    await sql("update users set status = 'active', in_directory = true where id = $1", [made.body.id]);
    const directory = async () => (await get(`/api/directory/${made.body.id}`, member)).body;
    const nothing = { address: null, birthday: null, bio: null, phone: null };
    expect(await directory()).toMatchObject(nothing);
    expect((await activate(await linkFor(made.body.id, "activate"))).status).toBe(200);
    const hidden = { address: null, birthday: null, bio: null };
    expect(await seen()).toEqual([
      expect.objectContaining({ ...hidden, phone: "+12125550123" }),
      expect.objectContaining({ ...hidden, phone: "+12125550123" }),
      expect.objectContaining({ address: "", birthday: "", bio: "", phone: "'+12125550123" }),
    ]);
    expect(await directory()).toMatchObject(nothing);
    expect(outcome(await put(path, { address: "2 Main St" }, desk))).toEqual([403, "hidden_field"]);
  });

  test("refuses what no form can say", async () => {
    expect(pathsOf(await create({ send_activation: true }))).toEqual(["send_activation"]);
    expect(pathsOf(await create({ status: "active" }))).toEqual(["status"]);
    expect(pathsOf(await create({ phone: "12" }))).toEqual(["phone"]);
    expect(outcome(await create({ birthday: "2099-01-01" }))).toEqual([400, "invalid_input"]);
    expect(outcome(await create({ name_on_documents: "legal" }))).toEqual([400, "legal_name_needed"]);
  });

  test("with the activation, mails a link that names nobody; not if the address has an owner", async () => {
    const email = anyEmail("paper");
    const { body } = await create({ email, send_activation: true });
    const [mail] = await untilMails(email);
    expect(`${mail?.subject}${mail?.text}`).not.toContain("Robin");
    expect(await sql("select activation_sent_at is not null as sent from users where id = $1", [body.id])).toEqual([
      { sent: true },
    ]);
    const owner = await person();
    for (const send_activation of [true, false])
      expect(outcome(await create({ email: owner.email, send_activation }))).toEqual([409, "address_has_owner"]);
    expect(await sql("select from users where email = $1", [owner.email])).toHaveLength(1);
  });

  test("names likely twins in the same round trip, by what they show, to those who may see people", async () => {
    const [last_name, phone] = [crypto.randomUUID(), `+1212555${String(Math.random()).slice(2, 6)}`];
    const same = { birthday: "1960-05-04", last_name };
    const [shown, hidden, caller] = await Promise.all([
      person("active", { ...same, birthday_audience: "admins" }),
      person("active", { ...same, phone, phone_audience: "nobody" }),
      person("active", { phone }),
    ]);
    const email = anyEmail();
    const registered = await person("pending_email", { email });
    const enter = async (...permissions: Parameters<typeof volunteer>) =>
      post<CreatedUser>(
        "/api/admin/users",
        { first_name: "Robin", ...same, phone, email },
        await volunteer("users.create", ...permissions),
      );
    const answer = await enter("users.view");
    const twins = answer.body.twins?.filter(({ id }) =>
      [shown, hidden, caller, registered].some((one) => one.id === id),
    );
    expect(twins?.map(({ id, by }) => [id, by])).toEqual(
      expect.arrayContaining([
        [shown.id, ["name_and_birthday"]],
        [caller.id, ["phone"]],
        [registered.id, ["email"]],
      ]),
    );
    expect(twins).toHaveLength(3);
    expect((await tripsOf(answer)).before).toBe(1);
    expect(Object.keys((await enter()).body)).not.toContain("twins");
  });
});

describe.concurrent("opening an account that volunteers entered", () => {
  test("confirms the address and sets the password that its owner chose, once", async () => {
    const email = anyEmail("paper");
    const { body } = await create({ email, status: "pre_validated", send_activation: true });
    const token = tokenIn((await untilMails(email))[0] ?? { text: "" });
    const asked = await get(`/api/auth/activate?token=${token}`, { headers: { Accept: "text/html" } });
    expect([asked.status, asked.text]).toEqual([200, expect.stringContaining('name="password"')]);
    expect((await follow(`/api/auth/activate?token=${token}`)).body).toMatchObject({ token });
    expect(await rowOf(body.id)).toMatchObject({ email_verified: false, no_password: true });
    expect(refusal(await activate(token, email)).slice(0, 2)).toEqual([400, "invalid_input"]);
    const form = await call("POST", "/api/auth/activate", {
      body: new URLSearchParams({ token, password: PASSWORD }).toString(),
      headers: { Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect([form.status, form.text]).toEqual([200, expect.stringContaining("Your account is open")]);
    expect(await rowOf(body.id)).toEqual({ email, email_verified: true, status: "pre_validated", no_password: false });
    expect((await login(email)).body.user).toMatchObject({ id: body.id, status: "pre_validated" });
    expect(outcome(await activate(token))).toEqual([400, "link_not_valid"]);
    expect(await mailsOf(email)).toEqual([{ template: "activation" }]);
  });

  test("also moves who waited to be confirmed, and tells approvers; a rejection is told now", async () => {
    const waiting = await onPaper("pending_email", { origin: "import" });
    expect((await activate(await linkFor(waiting.id, "activate"))).status).toBe(200);
    expect(await rowOf(waiting.id)).toMatchObject({ status: "pending_validation", email_verified: true });
    const rejected = await onPaper("rejected");
    expect((await activate(await linkFor(rejected.id, "activate"))).status).toBe(200);
    expect(await mailsOf(rejected.email)).toEqual([{ template: "rejection" }]);
  });

  test("two at once: one of them works", async () => {
    const { id } = await onPaper();
    const token = await linkFor(id, "activate");
    const answers = await Promise.all([activate(token), activate(token, "another long passphrase")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  test("tells whoever has an account by now to sign in to it, on the page too", async () => {
    const { id, email } = await onPaper();
    const token = await linkFor(id, "activate");
    const owner = await register({ email });
    expect((await post("/api/auth/verify-email", { token: owner.token })).status).toBe(200);
    expect(outcome(await activate(token))).toEqual([409, "already_registered"]);
    const page = await get(`/api/auth/activate?token=${token}`, { headers: { Accept: "text/html" } });
    expect([page.status, page.text]).toEqual([
      409,
      expect.stringContaining("You already have an account with this email address. Please sign in."),
    ]);
    expect(await rowOf(id)).toMatchObject({ email_verified: false });
  });

  test("whoever registers and whoever activates the same address at once: one account", async () => {
    const { id, email } = await onPaper();
    const token = await linkFor(id, "activate");
    const other = await register({ email });
    const answers = await Promise.all([activate(token), post("/api/auth/verify-email", { token: other.token })]);
    expect(answers[1].status).toBe(200);
    expect([200, 409]).toContain(answers[0].status);
    expect(await sql("select from users where email = $1 and email_verified", [email])).toHaveLength(1);
  });

  test("is not for others: a forged link, one of another kind, an expired one, one to an earlier address", async () => {
    const { id } = await onPaper();
    const token = await linkFor(id, "activate");
    expect(outcome(await activate(`${token}x`))).toEqual([400, "link_not_valid"]);
    expect(outcome(await activate(await linkFor(id, "verify_email")))).toEqual([400, "link_not_valid"]);
    const earlier = await linkFor(id, "activate", anyEmail("typo"));
    expect(outcome(await activate(earlier))).toEqual([400, "link_not_valid"]);
    const registered = await person("pending_email");
    expect(outcome(await activate(await linkFor(registered.id, "activate")))).toEqual([400, "link_not_valid"]);
    await sql("update account_tokens set expires_at = now() where user_id = $1", [id]);
    expect(outcome(await activate(token))).toEqual([400, "link_not_valid"]);
    expect(await rowOf(id)).toMatchObject({ email_verified: false, no_password: true });
  });
});

describe.concurrent("an address that a volunteer typed", () => {
  test("opens nothing, whatever password is on record", async () => {
    const { id, email } = await onPaper("active", { origin: "import", password_hash: hashPassword(PASSWORD) });
    expect((await login(email)).status).toBe(401);
    await post("/api/auth/forgot-password", { email });
    await post("/api/auth/resend-verification", { email });
    expect(await sql("select from account_tokens where user_id = $1", [id])).toEqual([]);
    expect(await mailsOf(email)).toEqual([]);
  });

  test("does not count when its owner registers: one password, one account, and the record stays as it was", async () => {
    const { id, email } = await onPaper("active", { origin: "import", password_hash: hashPassword("something else") });
    const { token } = await register({ email });
    const before = await sql("select to_jsonb(u) as row from users u where id = $1", [id]);
    const answer = await post("/api/auth/verify-email", { token });
    expect([answer.status, answer.body.password_needed]).toEqual([200, false]);
    const { user } = (await login(email)).body;
    expect(user).toMatchObject({ email_verified: true, status: "pending_validation" });
    const desk = await volunteer("users.view");
    const queue = await get<{ items: object[] }>(`/api/admin/users?search=${email}&status=pending_validation`, desk);
    expect(queue.body.items).toEqual([expect.objectContaining({ id: user?.id, has_twin: true })]);
    expect((await get(`/api/admin/users/${user?.id}`, desk)).body).toMatchObject({ twins: [{ id, by: ["email"] }] });
    expect(await sql("select to_jsonb(u) as row from users u where id = $1", [id])).toEqual(before);
  });

  test("is not touched by a registration that its owner disowns", async () => {
    const hash = hashPassword("something else");
    const { id, email } = await onPaper("rejected", {
      origin: "import",
      password_hash: hash,
      created_at: "2020-01-01",
    });
    await post("/api/auth/register", registration({ email }));
    const second = await register({ email });
    expect((await post("/api/auth/verify-email/not-me", { token: second.token })).status).toBe(200);
    expect(await sql("select password_hash from users where id = $1", [id])).toEqual([{ password_hash: hash }]);
  });

  test("gets no mail but the activation", async () => {
    const { id, email } = await onPaper("pre_validated");
    expect((await put(`/api/admin/users/${id}/approve`, undefined, await volunteer("users.approve"))).status).toBe(200);
    const term = {
      id: crypto.randomUUID(),
      user_id: id,
      plan_id: await plan({ billing_cycle: "yearly" }),
      payment_method: "cash",
    };
    const recorded = await post("/api/admin/subscriptions", term, await volunteer("subscriptions.create"));
    expect(recorded.status).toBe(201);
    const gift = {
      id: crypto.randomUUID(),
      user_id: id,
      donation_type: "member",
      amount_cents: 1000,
      payment_method: "cash",
      received_at: "2026-01-02",
      send_receipt: true,
    };
    expect((await post("/api/admin/donations", gift, await volunteer("donations.create"))).status).toBe(201);
    expect((await rowOf(id))?.status).toBe("active");
    expect(await sql("select template from emails where user_id = $1 or to_email = $2", [id, email])).toEqual([]);
  });
});
