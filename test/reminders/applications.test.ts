import { beforeEach, expect, test } from "vitest";
import { type MovedClock, movedClock } from "../harness/moved-clock.ts";

let clock: MovedClock;
beforeEach(async () => {
  clock = await movedClock();
}, 60_000);

const link = (user_id: string, days: number) =>
  clock.sql(
    `insert into account_tokens (user_id, purpose, expires_at, created_at)
     select $1, 'verify_email', now() + $2 * interval '1 day', now()`,
    [user_id, days],
  );

test("an address that nobody confirmed is reminded once, on the third day, with a link that still works", async () => {
  await clock.moveTo("2027-03-01T15:00:00Z");
  const email = "someone@example.org";
  const first = await clock.person("pending_email", { email });
  const again = await clock.person("pending_email", { email, created_at: "2027-03-01T16:00:00Z" });
  const owned = await clock.person("pending_email", { email: "owner@example.org" });
  await clock.person("active", { email: "owner@example.org" });
  const confirmed = await clock.person("pending_email");
  for (const id of [first, again, owned, confirmed]) await link(id, 7);
  await clock.sql("update users set status = 'pending_validation', email_verified = true where id = $1", [confirmed]);
  for (const day of ["02", "03", "04", "05", "06", "07"]) {
    await clock.moveTo(`2027-03-${day}T15:00:00Z`);
    await clock.remind();
    expect(await clock.sql("select from emails")).toHaveLength(Number(day) < 4 ? 0 : 1);
  }
  expect(
    await clock.sql(
      "select to_email, user_id, template, account_token_id is not null as link from emails where template = 'verification_reminder'",
    ),
  ).toEqual([{ to_email: email, user_id: first, template: "verification_reminder", link: true }]);
});

test("volunteers hear on Mondays, while an application waits for more than a week", async () => {
  // A Wednesday.
  await clock.moveTo("2027-03-03T15:00:00Z");
  const volunteer = await clock.person("active");
  await clock.sql(
    `with desk as (insert into roles (code, name) values ('desk', 'Desk') returning id),
       may as (insert into role_permissions (role_id, permission_id)
         select desk.id, permissions.id from desk cross join permissions where permissions.code = 'users.approve')
     insert into user_role_assignments (user_id, role_id) select $1, id from desk`,
    [volunteer],
  );
  const applicant = await clock.person("pending_validation");
  await clock.person("pre_validated", { status_since: "2027-03-12T15:00:00Z" });
  const told: string[] = [];
  for (let day = 3; day < 31; day += 1) {
    await clock.moveTo(new Date(Date.UTC(2027, 2, day, 15)));
    const before = (await clock.decided("applications_overdue")).length;
    await clock.remind();
    if ((await clock.decided("applications_overdue")).length > before) told.push(`March ${day}`);
    if (day === 23) await clock.sql("update users set status = 'payment_pending' where id = $1", [applicant]);
  }
  expect(told).toEqual(["March 15", "March 22", "March 29"]);
  expect(
    await clock.sql("select data -> 'waiting' as waiting from emails where user_id = $1 order by queue_number", [
      volunteer,
    ]),
  ).toEqual([{ waiting: 1 }, { waiting: 2 }, { waiting: 1 }]);
});
