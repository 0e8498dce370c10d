import * as fc from "fast-check";
import { expect } from "vitest";
import { sign } from "../../src/access/signatures.ts";
import { hashPassword } from "../../src/accounts/passwords.ts";
import { login, registration } from "./accounts.ts";
import { type Answer, call, follow, get, outcome, post } from "./client.ts";
import { anyEmail, onPaper } from "./people.ts";
import { settings, sql } from "./platform.ts";

type Who = "owner" | "stranger";

/** The expected state of one registration. */
interface Registered {
  id: string;
  who: Who;
  first_name: string;
  /** Null once nobody can tell whose it is. */
  password: string | null;
  rejected: boolean;
}

/** A mailed link. Only the owner of the mailbox has it. */
interface Mailed {
  token: string;
  registered: Registered;
  days: number;
  minutes: number;
}

interface Session {
  who: Who;
  registered: Registered;
  access_token: string;
  alive: boolean;
}

const KINDS = ["register", "resend", "sign_in", "follow", "disown", "choose", "reject", "enter", "wait"] as const;
const WEIGHTS: Record<(typeof KINDS)[number], number> = {
  register: 6,
  resend: 3,
  sign_in: 4,
  follow: 5,
  disown: 1,
  choose: 2,
  reject: 1,
  enter: 1,
  wait: 1,
};

interface Step {
  kind: (typeof KINDS)[number];
  who: Who;
  /** Which of their passwords, of the links, of the registrations. */
  which: number;
  /** How the owner follows a link. A scanner does it before them. */
  how: "json" | "post" | "form";
  later: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(...KINDS.map((kind) => ({ weight: WEIGHTS[kind], arbitrary: fc.constant(kind) }))),
  who: fc.constantFrom("owner", "stranger"),
  which: fc.nat({ max: 11 }),
  how: fc.constantFrom("json", "post", "form"),
  later: fc.boolean(),
});

/**
 * In whatever order an address is registered, links are asked for, followed and disowned, and people sign in: the owner of
 * the mailbox ends with one account, which nobody else can enter, and no answer tells a stranger about it.
 */
export const checkRegistrations = (numRuns: number, maxLength: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength }), async (steps) => {
      const model = new Model();
      for (const next of steps) await model.take(next);
      await model.expectOwnerAlone();
    }),
    { numRuns },
  );

const passwordOf = (who: Who, which: number) => `the ${who}'s passphrase ${which % 2}`;

class Model {
  readonly #email = anyEmail("several");
  readonly #rows: Registered[] = [];
  readonly #links: Mailed[] = [];
  readonly #sessions: Session[] = [];
  readonly #used = new Set<string>();
  /** The rows that volunteers entered with this address, as they should stay. */
  readonly #entered: unknown[] = [];
  #account: Registered | null = null;
  #reset_token: string | null = null;

  get #waiting(): Registered[] {
    return this.#account ? [] : this.#rows;
  }

  /** The registration that counts, for a link of one of them: one that waits, before one that was rejected. */
  #chosen(own?: Registered): Registered | undefined {
    const rank = (row: Registered) => (row.rejected ? 0 : 2) + (row === own ? 1 : 0);
    return this.#waiting.toReversed().toSorted((a, b) => rank(b) - rank(a))[0];
  }

  async take(next: Step): Promise<void> {
    const { kind, who, which, how, later } = next;
    const link = this.#links[which % Math.max(1, this.#links.length)];
    switch (kind) {
      case "register":
        await this.#register(who, passwordOf(who, which));
        break;
      case "resend":
        if (later) await this.#pass({ minutes: 2 });
        await this.#resend();
        break;
      case "sign_in":
        await this.#signIn(who, passwordOf(who, which));
        break;
      case "follow":
        // Nobody confirms an address who never applied.
        if (link && (this.#account || this.#rows.some((row) => row.who === "owner"))) await this.#follow(link, how);
        break;
      case "disown":
        if (link) await this.#disown(link);
        break;
      case "choose":
        if (this.#reset_token) await this.#choose(passwordOf("owner", which));
        break;
      case "reject": {
        const row = this.#waiting[which % Math.max(1, this.#waiting.length)];
        if (!row) break;
        await sql(
          "update users set status = 'rejected', rejection_reason = 'none', rejected_at = now() where id = $1",
          [row.id],
        );
        row.rejected = true;
        break;
      }
      case "enter":
        await this.#enter(passwordOf(who, which));
        break;
      case "wait":
        await this.#pass({ days: later ? 4 : 1 });
        break;
    }
    await this.#expectState(kind);
  }

  async #register(who: Who, password: string): Promise<void> {
    const first_name = `${who} ${this.#rows.length}`;
    const body = registration({ email: this.#email, first_name, password });
    const answer = await post("/api/auth/register", body);
    expect([answer.status, answer.body]).toEqual([201, { message: expect.stringMatching(/check your mail/) }]);
    this.#used.add(password);
    const [row] = await sql<{ id: string }>("select id from users where email = $1 and first_name = $2", [
      this.#email,
      first_name,
    ]);
    const registered: Registered = { id: row?.id ?? "", who, first_name, password, rejected: false };
    const mails = !this.#account && this.#mailsToday() < 5;
    this.#rows.push(registered);
    await this.#expectLink(mails ? registered : undefined);
  }

  async #resend(): Promise<void> {
    const answer = await post("/api/auth/resend-verification", { email: this.#email });
    expect([answer.status, answer.body]).toEqual([200, { message: expect.stringMatching(/If this address/) }]);
    const mayMail = this.#mailsToday() < 5 && this.#links.every(({ minutes, days }) => minutes + days > 0);
    await this.#expectLink(mayMail ? this.#chosen() : undefined);
  }

  /** Volunteers import somebody with this address, even with a password. To everybody else, nothing has happened. */
  async #enter(password: string): Promise<void> {
    const { id } = await onPaper("active", {
      email: this.#email,
      origin: "import",
      password_hash: hashPassword(password),
    });
    this.#entered.push(...(await sql("select to_jsonb(u) as row from users u where id = $1", [id])));
  }

  #mailsToday(): number {
    return this.#links.filter(({ days }) => days < 1).length;
  }

  /** A link was mailed for this registration, or none. */
  async #expectLink(registered: Registered | undefined): Promise<void> {
    const found = await sql<{ id: string; user_id: string }>(
      `select t.id, t.user_id from account_tokens t join users u on u.id = t.user_id
       where u.email = $1 and t.purpose = 'verify_email' and not t.id::text = any($2)`,
      [this.#email, this.#links.map(({ token }) => token.split(".")[0])],
    );
    expect(found.map(({ user_id }) => user_id)).toEqual(registered ? [registered.id] : []);
    for (const { id } of found)
      if (registered)
        this.#links.push({ token: await sign(settings, "verify_email", id), registered, days: 0, minutes: 0 });
  }

  async #signIn(who: Who, password: string): Promise<Answer> {
    const answer = await login(this.#email, password);
    const registered =
      this.#account?.password === password
        ? this.#account
        : this.#rows.findLast((row) => row !== this.#account && row.password === password);
    expect([answer.status, answer.body.user?.id]).toEqual(registered ? [200, registered.id] : [401, undefined]);
    if (registered) this.#sessions.push({ who, registered, access_token: answer.body.access_token, alive: true });
    return answer as unknown as Answer;
  }

  async #follow({ token, registered, days }: Mailed, how: Step["how"]): Promise<void> {
    const open = days < 7;
    const path = `/api/auth/verify-email?token=${token}`;
    const scanned = await get(path);
    const isAccount = () => registered === this.#account;
    const works = this.#rows.includes(registered) && (open || isAccount());
    expect(scanned.status).toBe(works ? 200 : 400);
    await this.#expectState("scanned");

    const answer =
      how === "json"
        ? await follow(path)
        : how === "post"
          ? await post("/api/auth/verify-email", { token })
          : await call("POST", "/api/auth/verify-email", {
              body: `token=${token}`,
              headers: { Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded" },
            });
    if (!works) {
      expect(answer.status).toBe(400);
      const code = this.#rows.includes(registered) ? "link_expired" : "link_not_valid";
      if (how !== "form") expect(outcome(answer)).toEqual([400, code]);
      return;
    }
    const chosen = this.#chosen(registered);
    if (chosen) {
      const passwords = new Set(this.#rows.map(({ password }) => password));
      if (passwords.size > 1) chosen.password = null;
      this.#account = chosen;
      if (!chosen.password) this.#endSessions();
    }
    const needed = open && this.#account?.password === null;
    expect(answer.status).toBe(200);
    if (how === "form") expect(answer.text.includes("Choose a password")).toBe(needed);
    else expect(answer.body).toMatchObject({ password_needed: needed });
    if (needed && how !== "form") {
      this.#reset_token = String(answer.body.reset_token);
      await this.#expectPasswordMailed();
    }
  }

  /** The link to choose a password was mailed, too. */
  async #expectPasswordMailed(): Promise<void> {
    const mailed = await sql(
      "select from emails where to_email = $1 and template = 'password_needed' and account_token_id = $2",
      [this.#email, this.#reset_token?.split(".")[0]],
    );
    expect(mailed).toHaveLength(1);
  }

  #endSessions(): void {
    for (const session of this.#sessions) if (session.registered === this.#account) session.alive = false;
  }

  async #disown({ token, registered, days }: Mailed): Promise<void> {
    const answer = await post("/api/auth/verify-email/not-me", { token });
    const known = this.#rows.includes(registered);
    if (registered === this.#account) expect(outcome(answer)).toEqual([409, "address_confirmed"]);
    else if (known && days >= 7) expect(outcome(answer)).toEqual([400, "link_expired"]);
    else {
      expect(answer.status).toBe(200);
      if (!known) return;
      this.#rows.splice(this.#rows.indexOf(registered), 1);
      for (const row of this.#rows) if (row !== this.#account) row.password = null;
      for (const session of this.#sessions) if (session.registered === registered) session.alive = false;
      const kept = this.#links.filter((link) => link.registered !== registered);
      this.#links.splice(0, this.#links.length, ...kept);
    }
  }

  async #choose(password: string): Promise<void> {
    const answer = await post("/api/auth/reset-password", { token: this.#reset_token, new_password: password });
    expect(answer.status).toBe(200);
    this.#reset_token = null;
    if (this.#account) this.#account.password = password;
    this.#endSessions();
  }

  async #pass({ days = 0, minutes = 0 }: { days?: number; minutes?: number }): Promise<void> {
    await sql(
      `update account_tokens set created_at = created_at - $2::interval, expires_at = expires_at - $2::interval
       where user_id in (select id from users where email = $1)`,
      [this.#email, `${days} days ${minutes} minutes`],
    );
    for (const link of this.#links) {
      link.days += days;
      link.minutes += minutes;
    }
    if (days > 0) this.#reset_token = null;
  }

  /** The rows are those that the model knows, and every session is alive or dead as it should be. */
  async #expectState(kind: string): Promise<void> {
    const rows = await sql(
      "select id, email_verified, password_hash is null as none, first_name from users where email = $1 and origin = 'registration' order by created_at, id",
      [this.#email],
    );
    expect([kind, rows.map(({ id }) => id).sort()]).toEqual([kind, this.#rows.map(({ id }) => id).sort()]);
    for (const { id, email_verified, none, first_name } of rows) {
      const row = this.#rows.find((each) => each.id === id);
      expect([kind, email_verified, none, first_name]).toEqual([
        kind,
        row === this.#account,
        row?.password === null,
        row?.first_name,
      ]);
    }
    const entered = await sql(
      "select to_jsonb(u) as row from users u where email = $1 and origin = 'import' order by created_at, id",
      [this.#email],
    );
    expect([kind, entered]).toEqual([kind, this.#entered]);
    for (const { who, registered, access_token, alive } of this.#sessions) {
      const { status, body } = await get("/api/auth/me", { token: access_token });
      expect([kind, status]).toEqual([kind, alive ? 200 : 401]);
      if (!alive) continue;
      expect(body.id).toBe(registered.id);
      if (who === "stranger") expect(body.email_verified).toBe(false);
    }
  }

  /** Whatever happened, the owner gets in from here, and no password of a stranger does. */
  async expectOwnerAlone(): Promise<void> {
    const password = passwordOf("owner", 0);
    if (!this.#account) {
      await this.#pass({ days: 1 });
      if (!this.#rows.some(({ who }) => who === "owner")) await this.#register("owner", password);
      if (!this.#links.some(({ days }) => days < 7)) await this.#resend();
      const link = this.#links.findLast(({ days }) => days < 7);
      if (!link) throw new Error("An address that waits got no link");
      await this.#follow(link, "post");
    }
    const account = this.#account as Registered | null;
    if (!account) throw new Error("No account");
    if (account.password === null) {
      const link = this.#links.find(({ days }) => days < 7);
      if (link) await this.#follow(link, "json");
      else this.#reset_token = await this.#forgotten(account);
      await this.#choose(password);
    }
    const owners = account.password ?? "";
    const strangers = [...this.#used].filter((used) => used !== owners);
    const answers = await Promise.all([owners, ...strangers].map((used) => login(this.#email, used)));
    expect(answers[0]?.body.user).toMatchObject({ id: account.id, email_verified: true });
    expect(owners).toContain("the owner's");
    for (const { status, body } of answers.slice(1))
      expect([status, body.user?.status]).toEqual(
        status === 200 ? [200, expect.stringMatching(/pending_email|rejected/)] : [401, undefined],
      );
    for (const { body } of answers.slice(1)) expect(body.user?.id).not.toBe(account.id);
    const verified = await sql("select id from users where email = $1 and email_verified", [this.#email]);
    expect(verified).toEqual([{ id: account.id }]);
  }

  async #forgotten({ id }: Registered): Promise<string> {
    await post("/api/auth/forgot-password", { email: this.#email });
    const [row] = await sql<{ id: string }>(
      "select id from account_tokens where user_id = $1 and purpose = 'reset_password' order by created_at desc",
      [id],
    );
    return sign(settings, "reset_password", row?.id ?? "");
  }
}

/**
 * A stranger registers and signs in while the owner follows two links. The account has the owner's password or none, and
 * no session of the stranger's is in it.
 */
export async function checkRegistrationRace(): Promise<void> {
  const email = anyEmail("race");
  const owners = passwordOf("owner", 0);
  const strangers = passwordOf("stranger", 0);
  await post("/api/auth/register", registration({ email, password: owners }));
  await post("/api/auth/register", registration({ email, password: strangers }));
  const links = await sql<{ id: string }>(
    "select t.id from account_tokens t join users u on u.id = t.user_id where u.email = $1",
    [email],
  );
  const [signedIn, , ...followed] = await Promise.all([
    login(email, strangers),
    post("/api/auth/register", registration({ email, password: passwordOf("stranger", 1) })),
    ...links.map(async ({ id }) => post("/api/auth/verify-email", { token: await sign(settings, "verify_email", id) })),
  ]);
  expect(followed.map(({ status }) => status)).toEqual([200, 200]);
  const accounts = await sql("select id, password_hash from users where email = $1 and email_verified", [email]);
  expect(accounts).toEqual([{ id: expect.any(String), password_hash: null }]);
  if (signedIn.status !== 200) return;
  const me = await get("/api/auth/me", { token: signedIn.body.access_token });
  if (me.status === 200) expect(me.body.id).not.toBe(accounts[0]?.id);
}
