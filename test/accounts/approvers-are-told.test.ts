import { expect, test } from "vitest";
import { register } from "../harness/accounts.ts";
import { post } from "../harness/client.ts";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { outboxOf } from "../harness/outbox.ts";
import { person, volunteer } from "../harness/people.ts";
import { sql } from "../harness/platform.ts";
import { hourIn, zoneAt } from "../harness/zones.ts";

test("those who may approve are told that someone waits, once a day, by a mail that names nobody", async () => {
  const approver = await volunteer("users.approve");
  const asleep = await volunteer("users.approve");
  const night = zoneAt(2);
  for (const [{ id }, zone] of [
    [approver, zoneAt(12)],
    [asleep, night],
  ] as const)
    await sql("update users set time_zone = $2 where id = $1", [id, zone]);
  const bystander = await volunteer("users.view");
  const former = await person("inactive", { permissions: ["users.approve"] });
  for (const first_name of ["Zebediah", "Yevgenia"]) {
    const { token } = await register({ first_name });
    await post("/api/auth/verify-email", { token });
    await post("/api/auth/verify-email", { token });
  }
  const [mail] = await untilMails(approver.email);
  expect(mail?.subject).toBe("LOAF: someone is waiting");
  expect(mail?.text).not.toMatch(/Zebediah|Yevgenia/);
  const queued = await sql(
    "select to_email from emails where template = 'application_waiting' and to_email = any($1)",
    [[approver.email, bystander.email, former.email]],
  );
  expect(queued).toEqual([{ to_email: approver.email }]);
  expect(await mailsTo(bystander.email)).toEqual([]);
  const [waiting] = await outboxOf(asleep.email);
  expect(waiting?.status).toBe("pending");
  expect(hourIn(night, waiting?.next_attempt_at)).toBe(8);
});
