import { describe, expect, test } from "vitest";
import { call, outcome } from "../../harness/client.ts";
import { untilMails } from "../../harness/mailbox.ts";
import { erase, type Person, person, volunteer } from "../../harness/people.ts";
import { sql } from "../../harness/platform.ts";
import { give, systemRole } from "../../harness/roles.ts";

interface Body {
  id: string;
  erase_at: string | null;
}

const ask = ({ token }: Person) => call<Body>("POST", "/api/members/erase", { token });
const takeBack = ({ token }: Person) => call<Body>("DELETE", "/api/members/erase", { token });
const remove = ({ token }: Person, { id }: Person) => call<Body>("DELETE", `/api/admin/users/${id}`, { token });
const keep = ({ token }: Person, { id }: Person) => call<Body>("POST", `/api/admin/users/${id}/keep`, { token });

const mailsOf = async ({ id }: Person) =>
  (await sql<{ template: string }>("select template from emails where user_id = $1 order by queue_number", [id])).map(
    ({ template }) => template,
  );
/** The texts of all mails to somebody, once there are so many. */
const textsTo = async ({ email }: Person, count: number) =>
  (await untilMails(email, count)).map(({ text }) => text).join();
const passed = ({ id }: Person) => sql("update users set erase_at = now() - interval '1 minute' where id = $1", [id]);

describe("who asks to be erased", () => {
  test("has seven days, sees until when, keeps the first date, and may take it back", async () => {
    const me = await person("active");
    const asked = await ask(me);
    const erase_at = asked.body.erase_at ?? "";
    expect(Math.round((Date.parse(erase_at) - Date.now()) / 3_600_000)).toBe(7 * 24);
    await sql("update users set erase_at = erase_at - interval '1 day' where id = $1", [me.id]);
    const again = await ask(me);
    expect(Date.parse(again.body.erase_at ?? "")).toBe(Date.parse(erase_at) - 86_400_000);
    const profile = await call("GET", "/api/members/profile", { token: me.token });
    expect(profile.body.erase_at).toBe(again.body.erase_at);

    expect((await takeBack(me)).body).toEqual({ id: me.id, erase_at: null });
    expect((await takeBack(me)).body.erase_at).toBeNull();
    expect(await mailsOf(me)).toEqual(["erasure_requested", "erasure_withdrawn"]);
    expect(await textsTo(me, 2)).toContain("You asked us to delete your account");
  });

  test.each(["pending_email", "rejected", "inactive"] as const)("may be %s", async (status) => {
    const me = await person(status);
    expect((await ask(me)).status).toBe(200);
    // An address that nobody confirmed may be a stranger's.
    expect(await mailsOf(me)).toEqual(status === "pending_email" ? [] : ["erasure_requested"]);
  });

  test("cannot take it back once the seven days are over", async () => {
    const me = await person("active");
    await ask(me);
    await passed(me);
    expect(outcome(await takeBack(me))).toEqual([409, "too_late"]);
  });
});

describe("a volunteer who deletes somebody", () => {
  test("gives them seven days and tells them, and any volunteer may keep them", async () => {
    const [me, desk, other] = [
      await person("active"),
      await volunteer("users.delete"),
      await volunteer("users.delete"),
    ];
    const removed = await remove(desk, me);
    expect(removed.body.erase_at).not.toBeNull();
    expect((await remove(other, me)).body).toEqual(removed.body);
    // It is not theirs to take back.
    expect(outcome(await takeBack(me))).toEqual([409, "asked_by_another"]);
    expect((await keep(other, me)).body.erase_at).toBeNull();
    expect(await mailsOf(me)).toEqual(["erasure_requested", "erasure_withdrawn"]);
    expect(await textsTo(me, 2)).toContain("A volunteer asked us to delete your account");
  });

  test("cannot keep somebody who asked for it themselves", async () => {
    const [me, desk] = [await person("active"), await volunteer("users.delete")];
    await ask(me);
    expect(outcome(await keep(desk, me))).toEqual([409, "asked_by_another"]);
    expect((await takeBack(me)).body.erase_at).toBeNull();
  });

  test.each(["the volunteer", "the person"])(
    "when both asked, %s asked first, and each takes back only their own wish",
    async (first) => {
      const desk = await volunteer("users.delete");
      const bothAsk = async () => {
        const me = await person("active");
        const steps = [() => remove(desk, me), () => ask(me)];
        if (first === "the person") steps.reverse();
        const [began, then] = [await steps[0]?.(), await steps[1]?.()];
        expect(then?.body).toEqual(began?.body);
        return { me, erase_at: then?.body.erase_at };
      };
      const { me, erase_at } = await bothAsk();
      expect((await keep(desk, me)).body.erase_at).toBe(erase_at);
      expect(outcome(await keep(desk, me))).toEqual([409, "asked_by_another"]);
      expect(await mailsOf(me)).toEqual(["erasure_requested"]);
      expect((await takeBack(me)).body.erase_at).toBeNull();
      expect(await mailsOf(me)).toEqual(["erasure_requested", "erasure_withdrawn"]);

      const again = await bothAsk();
      expect((await takeBack(again.me)).body.erase_at).toBe(again.erase_at);
      expect(outcome(await takeBack(again.me))).toEqual([409, "asked_by_another"]);
      expect((await keep(desk, again.me)).body.erase_at).toBeNull();
    },
  );

  test("deletes neither themselves nor anybody with more powers", async () => {
    const desk = await volunteer("users.delete");
    expect(outcome(await remove(desk, desk))).toEqual([403, "own_account"]);
    expect(outcome(await remove(desk, await volunteer("events.view")))).toEqual([403, "beyond_own_permissions"]);
    const chief = await person("active");
    await give(chief.id, await systemRole("superadmin"));
    expect(outcome(await remove(desk, chief))).toEqual([403, "superadmins_only"]);
  });
});

test("somebody who was erased is not there for volunteers any more", async () => {
  const [gone, desk] = [await person("active"), await volunteer("users.delete", "donations.view", "donations.create")];
  await erase(gone);
  for (const answer of [
    await remove(desk, gone),
    await keep(desk, gone),
    await call("GET", `/api/admin/users/${gone.id}/donations/statement/2026`, { token: desk.token }),
    await call("POST", "/api/admin/donations", {
      token: desk.token,
      body: {
        id: crypto.randomUUID(),
        user_id: gone.id,
        donation_type: "member",
        amount_cents: 100,
        payment_method: "cash",
        received_at: "2026-03-01",
      },
    }),
  ])
    expect(outcome(answer)).toEqual([404, "user_not_found"]);
});
