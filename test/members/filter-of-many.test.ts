import { expect, test } from "vitest";
import type { PeopleConditions, UserPage } from "../../src/members/schemas.ts";
import { get, pathsOf, post } from "../harness/client.ts";
import { suppress } from "../harness/mail-feedback.ts";
import { type Person, person, volunteer } from "../harness/people.ts";
import { insert, sql } from "../harness/platform.ts";
import { give, role } from "../harness/roles.ts";
import { offlineMember } from "../harness/subscriptions.ts";

const LONG_AGO = "2001-02-03T12:00:00.000Z";

/** People of many kinds whom only a search for their last name finds, and for each filter a value that finds some of them. */
async function various(viewer: Person) {
  const mark = `m${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const add = (status: Parameters<typeof person>[0], columns: Record<string, unknown> = {}) =>
    person(status, { last_name: mark, ...columns });
  const photo = await insert<{ id: string }>("stored_files", {
    kind: "profile_photo",
    key: crypto.randomUUID(),
    status: "stored",
    content_type: "image/webp",
  });
  const [payer, helper, singer, greeting] = [
    await add("active"),
    await add("active"),
    await add("active"),
    await role(),
  ];
  await add("pending_email", { joined_at: LONG_AGO, updated_at: LONG_AGO, status_since: LONG_AGO });
  await add("inactive", { photo_id: photo.id, photo_audience: "admins" });
  await add("active", { erase_at: new Date(Date.now() + 86_400_000) });
  await insert("users", { first_name: "Paper", last_name: mark, origin: "paper", status: "active" });
  await add("pending_validation", { taken_on_by: viewer.id, taken_on_at: new Date() });
  const { plan_id } = await offlineMember({ member: payer });
  await give(helper.id, greeting);
  await sql("insert into user_tags (user_id, tag) values ($1, 'sings')", [singer.id]);
  await suppress(singer.email);
  const values: Record<keyof PeopleConditions, readonly unknown[]> = {
    // First: whom somebody looks after is moved by what finds them, and then nobody looks after them.
    taken_on_by: ["nobody", "me"],
    status: [["inactive"], ["pending_email", "inactive"]],
    role: ["guest"],
    role_id: [greeting],
    search: ["paper"],
    joined_from: ["2020-01-01"],
    joined_to: ["2001-02-03"],
    updated_from: ["2020-01-01"],
    updated_to: ["2001-02-03"],
    status_from: ["2020-01-01"],
    status_to: ["2001-02-03"],
    plan: [plan_id],
    email_verified: [true, false],
    has_photo: [true, false],
    no_email: [true, false],
    mail_suppressed: [true, false],
    tag: ["sings"],
    erasing: [true, false],
  };
  return {
    mark,
    filters: Object.entries(values).flatMap(([name, each]) => each.map((value) => [name, value] as const)),
  };
}

test("each filter finds the same people in the list and in a body that decides on many", async () => {
  const viewer = await volunteer("users.view", "users.approve");
  const { mark, filters } = await various(viewer);
  const { body: everybody } = await get<UserPage>(`/api/admin/users?search=${mark}`, viewer);
  for (const [name, value] of filters) {
    const filter = name === "search" ? { search: `${mark} ${value}` } : { search: mark, [name]: value };
    const query = new URLSearchParams(Object.entries(filter).map(([key, each]) => [key, String(each)]));
    const { body: list } = await get<UserPage>(`/api/admin/users?${query}`, viewer);
    expect(list.total, `${query}`).toBeGreaterThan(0);
    expect(list.total, `${query}`).toBeLessThan(everybody.total);
    const { status, body } = await post<{ moved: string[]; not_moved: { id: string }[] }>(
      "/api/admin/users/approve",
      { filter, count: list.total },
      viewer,
    );
    expect([`${query}`, status]).toEqual([`${query}`, 200]);
    expect([...body.moved, ...body.not_moved.map(({ id }) => id)].sort()).toEqual(
      list.items.map(({ id }) => id).sort(),
    );
  }
});

test.each([
  [{ erasing: "false" }, "filter.erasing"],
  [{ status: "active" }, "filter.status"],
  [{ status: [] }, "filter.status"],
  [{ joined_from: "2026-02-01", joined_to: "2026-01-01" }, "filter.joined_to"],
])("a body refuses the filter %j", async (filter, path) => {
  const answer = await post("/api/admin/users/approve", { filter, count: 1 }, await volunteer("users.approve"));
  expect([answer.status, pathsOf(answer)]).toEqual([400, [path]]);
});
