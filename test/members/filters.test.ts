import { describe, expect, test } from "vitest";
import type { UserPage } from "../../src/members/schemas.ts";
import { get, pathsOf, post } from "../harness/client.ts";
import { beginningOf } from "../harness/days.ts";
import { suppress } from "../harness/mail-feedback.ts";
import { erased, type Person, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";
import { give, role, systemRole } from "../harness/roles.ts";
import { offlineMember } from "../harness/subscriptions.ts";

/** People whom a search for their mark finds, and nobody else: the database is shared. */
async function marked() {
  const mark = `m${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const viewer = await volunteer("users.view");
  const page = async (filters = "") => (await get<UserPage>(`/api/admin/users?search=${mark}&${filters}`, viewer)).body;
  return {
    viewer,
    page,
    add: (columns: Record<string, unknown> = {}, status: Parameters<typeof person>[0] = "active") =>
      person(status, { last_name: mark, ...columns }),
    found: async (filters = "") => (await page(filters)).items.map(({ id }) => id),
  };
}

const idsOf = (...people: Person[]) => people.map(({ id }) => id).sort();
const sorted = (ids: string[]) => [...ids].sort();

describe.concurrent("the list of people", () => {
  test("counts people of each status for the other filters, and in all for all of them", async () => {
    const { page, add } = await marked();
    await Promise.all([add(), add(), add({}, "rejected"), add({ first_name: "Other" }, "inactive"), add(erased)]);
    const none = { pending_email: 0, pending_validation: 0, pre_validated: 0, payment_pending: 0 };
    expect(await page("limit=1")).toMatchObject({ total: 4, counts: { ...none, active: 2, rejected: 1, inactive: 1 } });
    const active = await page("status=active");
    expect(active).toMatchObject({ total: 2, counts: { active: 2, rejected: 1, inactive: 1 } });
    expect(active.items).toHaveLength(2);
  });

  test("never has erased people, not even for those who know their id", async () => {
    const { add, viewer, found } = await marked();
    const gone = await add(erased);
    expect(await found()).toEqual([]);
    for (const path of ["", "/sensitive", "/notes", "/twins"]) {
      const reader = path === "/sensitive" ? await volunteer("users.view_sensitive") : viewer;
      expect((await get(`/api/admin/users/${gone.id}${path}`, reader)).status).toBe(404);
    }
    expect(await sql("select from audit_log where subject_id = $1 and action like 'users.read%'", [gone.id])).toEqual(
      [],
    );
  });

  test("takes several statuses at once, so that the queue is one list", async () => {
    const { page, add, found } = await marked();
    const queue = await Promise.all([add({}, "pending_validation"), add({}, "pre_validated")]);
    await Promise.all([add(), add({}, "rejected")]);
    expect(sorted(await found("status=pending_validation,pre_validated"))).toEqual(idsOf(...queue));
    const counts = { pending_validation: 1, pre_validated: 1, active: 1, rejected: 1 };
    expect(await page("status=pre_validated, pending_validation&limit=1")).toMatchObject({ total: 2, counts });
  });

  test("filters by a role that somebody holds, be it one of our own", async () => {
    const { add, found } = await marked();
    const [greeter, treasurer, both] = await Promise.all([add(), add(), add()]);
    const [greeting, finance] = [await role(), await systemRole("finance")];
    for (const { id } of [greeter, both]) await give(id, greeting);
    for (const { id } of [treasurer, both]) await give(id, finance);
    expect(sorted(await found(`role_id=${greeting}`))).toEqual(idsOf(greeter, both));
    expect(await found(`role_id=${greeting}&role=guest`)).toEqual([]);
    expect(sorted(await found(`role_id=${finance}`))).toEqual(idsOf(treasurer, both));
    expect(await found(`role_id=${crypto.randomUUID()}`)).toEqual([]);
  });

  test("sorted by waiting shows only who waits, and whoever has waited longest in their status first", async () => {
    const { add, page, found } = await marked();
    const [old, vouched, again] = await Promise.all([
      add({ created_at: "2026-03-01T12:00:00Z", status_since: "2026-03-02T12:00:00Z" }, "pending_validation"),
      add({ created_at: "2026-01-01T12:00:00Z", status_since: "2026-03-20T12:00:00Z" }, "pre_validated"),
      add({ created_at: "2024-01-01T12:00:00Z", rejection_reason: "Spam", rejected_at: new Date() }, "rejected"),
      add({ status_since: "2020-01-01T12:00:00Z" }),
    ]);
    expect((await page("sort=waiting")).items.map(({ id, waiting_since }) => [id, waiting_since])).toEqual([
      [old.id, "2026-03-02T12:00:00.000Z"],
      [vouched.id, "2026-03-20T12:00:00.000Z"],
    ]);
    const { token } = await volunteer("users.reject");
    await post(`/api/admin/users/${again.id}/reconsider`, undefined, { token });
    expect(await found("sort=waiting")).toEqual([old.id, vouched.id, again.id]);
    expect(await page("sort=waiting&status=pre_validated,active")).toMatchObject({
      items: [{ id: vouched.id }],
      total: 1,
      counts: { active: 1, pending_validation: 2 },
    });
    expect(await page("sort=waiting&status=active")).toMatchObject({ items: [], total: 0 });
  });

  test("filters by the days on which people joined, were changed, and came to their status, in the organization's time zone", async () => {
    const { add, found, viewer } = await marked();
    const midnight = beginningOf("2024-03-10").getTime();
    for (const [filter, column] of [
      ["joined", "joined_at"],
      ["updated", "updated_at"],
      ["status", "status_since"],
    ] as const) {
      const [before, on] = await Promise.all([
        add({ [column]: new Date(midnight - 1) }, "pending_validation"),
        add({ [column]: new Date(midnight) }, "pending_validation"),
      ]);
      const range = `${filter}_from=2024-01-01&${filter}_to=2024-12-31`;
      expect(sorted(await found(range))).toEqual(idsOf(before, on));
      expect(await found(`${filter}_from=2024-03-10&${filter}_to=2024-03-10`)).toEqual([on.id]);
      expect(await found(`${filter}_from=2024-03-09&${filter}_to=2024-03-09`)).toEqual([before.id]);
      const swapped = await get(`/api/admin/users?${filter}_from=2024-03-10&${filter}_to=2024-03-09`, viewer);
      expect(pathsOf(swapped)).toEqual([`${filter}_to`]);
    }
  });

  test("filters by the plan of the subscription that runs now", async () => {
    const { add, found } = await marked();
    const [now, then] = await Promise.all([add(), add()]);
    const { plan_id } = await offlineMember({ member: now });
    const past = await offlineMember({ member: then });
    await sql("update subscriptions set status = 'expired', plan_id = $2 where id = $1", [
      past.subscription_id,
      plan_id,
    ]);
    expect(await found(`plan=${plan_id}`)).toEqual([now.id]);
  });

  test("filters by verified address, photo that volunteers may see, missing address and tag", async () => {
    const { add, found } = await marked();
    const pictureFor = async (photo_audience: string) => ({
      photo_audience,
      photo_id: (
        await insert<{ id: string }>("stored_files", {
          kind: "profile_photo",
          key: crypto.randomUUID(),
          status: "stored",
          content_type: "image/webp",
        })
      ).id,
    });
    const [plain, unverified, pictured, hiding, on_paper] = await Promise.all([
      add(),
      add({}, "pending_email"),
      add(await pictureFor("admins")),
      add(await pictureFor("nobody")),
      add({}, "pending_email"),
    ]);
    await sql("update users set email = null, origin = 'paper', status = 'active' where id = $1", [on_paper.id]);
    await sql("insert into user_tags (user_id, tag) values ($1, 'greets people'), ($1, 'sings')", [plain.id]);
    await suppress(hiding.email);
    const everybody = [plain, unverified, pictured, hiding, on_paper];
    const wanted: [string, Person[]][] = [
      ["email_verified=true", [plain, pictured, hiding]],
      ["email_verified=false", [unverified, on_paper]],
      ["has_photo=true", [pictured]],
      ["has_photo=false", everybody.filter(({ id }) => id !== pictured.id)],
      ["no_email=true", [on_paper]],
      ["no_email=false", everybody.filter(({ id }) => id !== on_paper.id)],
      ["mail_suppressed=true", [hiding]],
      ["mail_suppressed=false", everybody.filter(({ id }) => id !== hiding.id)],
      ["tag=%20Greets%20%20PEOPLE", [plain]],
      ["tag=greets", []],
    ];
    for (const [filter, people] of wanted)
      expect([filter, sorted(await found(filter))]).toEqual([filter, idsOf(...people)]);
  });

  test("filters by who took the application on, for three days", async () => {
    const { add, found, page, viewer } = await marked();
    const other = await volunteer("users.view");
    const taken = (by: Person, days: number) => ({
      taken_on_by: by.id,
      taken_on_at: new Date(Date.now() - days * 86_400_000),
    });
    const [mine, theirs, late, free] = await Promise.all([
      add(taken(viewer, 1), "pending_validation"),
      add(taken(other, 2.9), "pre_validated"),
      add(taken(viewer, 3.1), "pending_validation"),
      add({}, "pending_validation"),
    ]);
    expect(await found("taken_on_by=me")).toEqual([mine.id]);
    expect(await found(`taken_on_by=${other.id}`)).toEqual([theirs.id]);
    expect(sorted(await found("taken_on_by=nobody"))).toEqual(idsOf(late, free));
    const shown = new Map((await page()).items.map((item) => [item.id, item]));
    expect(shown.get(mine.id)).toMatchObject({ taken_on_by: { id: viewer.id, name: "Robin Example" } });
    expect(shown.get(late.id)).toMatchObject({ taken_on_by: null, taken_on_at: null });
    expect((await get("/api/admin/users?taken_on_by=somebody", viewer)).status).toBe(400);
  });

  test.each(["newest", "oldest", "name", "joined", "updated", "waiting"])(
    "sorted by %s has no gaps and nobody twice on later pages, while people come in",
    async (sort) => {
      const { add, page } = await marked();
      const at = (index: number) => new Date(Date.UTC(2026, 0, 1 + (index >> 1)));
      const make = (index: number) =>
        add(
          {
            first_name: `n${index}`,
            created_at: at(index),
            joined_at: at(index),
            updated_at: at(index),
            status_since: at(index),
          },
          "pending_validation",
        );
      const there = await Promise.all([...Array(8).keys()].map((index) => make(index + 10)));
      const seen: string[] = [];
      let cursor: string | null = "";
      for (let count = 0; cursor !== null; count += 1) {
        const answer: UserPage = await page(`sort=${sort}&limit=3${cursor && `&cursor=${cursor}`}`);
        seen.push(...answer.items.map(({ id }) => id));
        cursor = answer.next_cursor;
        // One before everybody, one behind, and one in between.
        if (count < 2) await Promise.all([make(0), make(90), make(14)]);
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toEqual(expect.arrayContaining(idsOf(...there)));
    },
  );
});
