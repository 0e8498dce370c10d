import { describe, expect, test } from "vitest";
import { register } from "../harness/accounts.ts";
import { type Answer, call, get, outcome, pathsOf, post } from "../harness/client.ts";
import { invited } from "../harness/joining.ts";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { everythingIn } from "../harness/pages.ts";
import { anyEmail, erase, person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { role, systemRole } from "../harness/roles.ts";

interface Invitation {
  id: string;
  email: string;
  status: string;
  expires_at: string;
  sent_at: string;
}

const invite = (body: unknown, token: string) => post<Invitation>("/api/admin/invitations", body, { token });
const resend = (id: string, token: string) =>
  post<Invitation>(`/api/admin/invitations/${id}/resend`, undefined, { token });
const revoke = (id: string, token: string) => call<Invitation>("DELETE", `/api/admin/invitations/${id}`, { token });

describe.concurrent("inviting", () => {
  test("stays without an inviter when that person was erased", async () => {
    const [inviter, other] = [await volunteer("users.invite"), await volunteer("users.invite")];
    const { body } = await invite({ email: anyEmail("invited") }, inviter.token);
    await erase(inviter);
    const list = await get<{ items: { id: string; invited_by: unknown }[] }>("/api/admin/invitations?limit=100", other);
    expect(list.body.items.find(({ id }) => id === body.id)?.invited_by).toBeNull();
  });

  test("mails a link with the message, naming nobody, and keeps the invitation for 14 days", async () => {
    const [email, inviter] = [anyEmail("invited"), await volunteer("users.invite")];
    const { status, body } = await invite({ email, message: "Come and\njoin us <b>" }, inviter.token);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      email,
      status: "pending",
      role: null,
      message: "Come and\njoin us <b>",
      invited_by: { id: inviter.id },
      accepted_by: null,
    });
    expect(Date.parse(body.expires_at) - Date.parse(body.sent_at)).toBe(14 * 86_400_000);
    const [mail] = await untilMails(email);
    expect(mail?.subject).toBe("An invitation from LOAF");
    expect(mail?.text).toContain("> Come and\n> join us <b>");
    expect(mail?.text).toContain("/api/auth/accept-invitation?token=");
    expect(mail?.text).not.toMatch(/Robin|Example/);
  });

  test("an address with an open invitation is refused, at the same moment too; one that expired or was revoked is not", async () => {
    const [email, { token }] = [anyEmail("invited"), await volunteer("users.invite")];
    const answers = await Promise.all([1, 2].map(() => invite({ email }, token)));
    expect(answers.map(outcome).sort()).toEqual([
      [201, undefined],
      [409, "already_invited"],
    ]);
    await sql("update user_invitations set expires_at = now() where email = $1", [email]);
    const second = await invite({ email }, token);
    expect(second.status).toBe(201);
    await revoke(second.body.id, token);
    expect((await invite({ email }, token)).status).toBe(201);
    const all = await sql("select status from user_invitations where email = $1 order by created_at", [email]);
    expect(all).toEqual([{ status: "expired" }, { status: "revoked" }, { status: "pending" }]);
  });

  test("an address gets five mails a day, known or not", async () => {
    for (const email of [anyEmail("invited"), (await person()).email]) {
      const { token } = await volunteer("users.invite");
      const { id } = (await invite({ email }, token)).body;
      for (let times = 0; times < 4; times += 1) expect((await resend(id, token)).status).toBe(200);
      expect(outcome(await resend(id, token))).toEqual([429, "invited_too_often"]);
      await revoke(id, token);
      expect(outcome(await invite({ email }, token))).toEqual([429, "invited_too_often"]);
      expect(await sql("select from emails where to_email = $1", [email])).toHaveLength(5);
    }
  });

  test("to a role needs all of its permissions, and a superadmin for that one", async () => {
    const { token } = await volunteer("users.invite", "events.view");
    const email = anyEmail("invited");
    const beyond = await invite({ email, role_id: await role(["events.view", "events.edit"]) }, token);
    expect(outcome(beyond)).toEqual([403, "beyond_own_permissions"]);
    expect(outcome(await invite({ email, role_id: await systemRole("superadmin") }, token))).toEqual([
      403,
      "superadmins_only",
    ]);
    expect(outcome(await invite({ email, role_id: crypto.randomUUID() }, token))).toEqual([404, "role_not_found"]);
    expect(pathsOf(await invite({ email, role_id: await systemRole("member") }, token))).toEqual(["role_id"]);
    expect(await mailsTo(email)).toEqual([]);
    const role_id = await role(["events.view"]);
    expect((await invite({ email, role_id }, token)).body).toMatchObject({ role: { id: role_id, name: "Greeter" } });
  });

  test("is shown by status, where an invitation that has expired says so", async () => {
    const { token } = await volunteer("users.invite");
    const [pending, expired, revoked] = [
      await invited(),
      await invited({ expires_at: new Date() }),
      await invited({ status: "revoked" }),
    ];
    for (const [status, { id }] of Object.entries({ pending, expired, revoked })) {
      const items = await everythingIn<Invitation>(`/api/admin/invitations?status=${status}`, 100, { token });
      expect(new Set(items.map((item) => item.status))).toEqual(new Set([status]));
      expect(items.map((item) => item.id)).toContain(id);
    }
  });
});

describe.concurrent("an invitation", () => {
  test("can be sent again while it is open, for another 14 days", async () => {
    const [{ id, email }, { token }] = [
      await invited({ expires_at: new Date(Date.now() + 60_000) }),
      await volunteer("users.invite"),
    ];
    const { body } = await resend(id, token);
    expect(Date.parse(body.expires_at) - Date.parse(body.sent_at)).toBe(14 * 86_400_000);
    expect(await untilMails(email)).toHaveLength(1);
    for (const columns of [{ expires_at: new Date() }, { status: "revoked" }, { status: "accepted" }])
      expect(outcome(await resend((await invited(columns)).id, token))).toEqual([409, "invitation_not_open"]);
  });

  test("can be revoked again and again, but not once it was accepted", async () => {
    const [{ id }, { token }] = [await invited(), await volunteer("users.invite")];
    for (let times = 0; times < 2; times += 1) expect((await revoke(id, token)).body.status).toBe("revoked");
    const accepted = await invited({ status: "accepted" });
    expect(outcome(await revoke(accepted.id, token))).toEqual([409, "invitation_accepted"]);
  });
});

describe.concurrent("the inviter cannot tell whether an address is known here", () => {
  /** All that the inviter sees, but for what names the request and the row. */
  const seen = ({ status, text, headers, request_id }: Answer<unknown>, email: string) => ({
    status,
    text: text
      .replaceAll(request_id, "…")
      .replaceAll(email, "…")
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "…")
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "…"),
    headers: { ...Object.fromEntries(headers), "x-request-id": "…", date: "…", "content-length": "…" },
  });

  test("by the answers to inviting, sending again, listing and revoking, nor by their time", async () => {
    const inviter = await volunteer("users.invite");
    const histories = await Promise.all(
      [anyEmail("unknown"), (await register()).email, (await person()).email, (await person("rejected")).email].map(
        async (email) => {
          const timed = async (work: () => Promise<Answer<Invitation>>) => {
            const start = performance.now();
            const answer = await work();
            return { answer, ms: performance.now() - start };
          };
          const made = await timed(() => invite({ email, message: "Hello" }, inviter.token));
          const sent = await timed(() => resend(made.answer.body.id, inviter.token));
          for (const { ms } of [made, sent]) expect(ms).toBeGreaterThanOrEqual(495);
          const listed = await everythingIn<Invitation>("/api/admin/invitations", 100, { token: inviter.token });
          const row = listed.find(({ id }) => id === made.answer.body.id);
          const revoked = await revoke(made.answer.body.id, inviter.token);
          return [
            ...[made.answer, sent.answer, revoked].map((answer) => seen(answer, email)),
            { row: row?.status, keys: Object.keys(row ?? {}) },
          ];
        },
      ),
    );
    for (const history of histories) expect(history).toEqual(histories[0]);
  });

  test("the owner gets a mail to sign in instead, without a link that could be accepted", async () => {
    const owner = await person();
    await invite({ email: owner.email }, (await volunteer("users.invite")).token);
    const [mail] = await untilMails(owner.email);
    expect(mail?.subject).toBe("An invitation from LOAF");
    expect(mail?.text).toContain("You already have an account with it");
    expect(mail?.text).not.toContain("token=");
  });

  test("a registration that nobody verified does not make an address known", async () => {
    const { email } = await register();
    await invite({ email }, (await volunteer("users.invite")).token);
    expect((await untilMails(email, 2)).at(-1)?.text).toContain("accept-invitation?token=");
  });
});

test("the list of invitations is for those who may invite", async () => {
  const { token } = await volunteer("users.view");
  expect(outcome(await get("/api/admin/invitations", { token }))).toEqual([403, "permission_missing"]);
});
