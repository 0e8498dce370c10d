import { expect, test } from "vitest";
import { replyToOf } from "../../src/mail/reply-to.ts";
import { untilMails } from "../harness/mailbox.ts";
import { MESSAGE } from "../harness/outbox.ts";
import { ownPlatform } from "../harness/own-platform.ts";
import { anyEmail } from "../harness/people.ts";

test("replies go to the people who know about it: first the mail's own, then those of its kind, then the organization's", async () => {
  const all = {
    contact_email: "hello@loaf.test",
    membership_email: "members@loaf.test",
    events_email: "events@loaf.test",
    newsletter_email: "news@loaf.test",
  };
  expect(replyToOf("approval", all)).toBe("members@loaf.test");
  for (const template of ["newsletter", "newsletter_test"] as const)
    expect(replyToOf(template, all)).toBe("news@loaf.test");
  expect(replyToOf("event_confirmed", all)).toBe("events@loaf.test");
  expect(replyToOf("event_confirmed", { ...all, events_email: null })).toBe("hello@loaf.test");
  expect(replyToOf("approval", { ...all, membership_email: null, contact_email: null })).toBeNull();

  const platform = await ownPlatform();
  await platform.sql("update organisation_settings set contact_email = $1, events_email = $2", [
    all.contact_email,
    all.events_email,
  ]);
  const mailed = async (columns: Record<string, unknown>) => {
    const to_email = anyEmail("reply");
    await platform.insert("emails", { to_email, ...columns });
    await platform.look("mail");
    const [mail] = await untilMails(to_email);
    return [mail?.reply_to].flat();
  };
  expect(await mailed({ template: "approval", data: '{"first_name": "Robin"}' })).toEqual(["hello@loaf.test"]);
  expect(await mailed(MESSAGE)).toEqual(["events@loaf.test"]);
  const own = { ...MESSAGE.data, reply_to: "host@example.org" };
  expect(await mailed({ ...MESSAGE, data: own })).toEqual(["host@example.org"]);
});
