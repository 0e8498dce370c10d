import { expect, test } from "vitest";
import { mailsTo, untilMails } from "../harness/mailbox.ts";
import { HOURLY, newsletterPlatform } from "../harness/newsletter-platform.ts";

const NIGHTLY = "17 3 * * *";

const SENT = "status = 'sent', sent_at = now()";
const FAILED = "status = 'failed'";
const told = (feedback: string) => `feedback = '${feedback}', feedback_at = now()`;

async function withForgettingNights(readers: number) {
  const started = await newsletterPlatform(readers);
  await started.holdMails();
  return {
    ...started,
    /** Sends a newsletter to so many people. Its mails wait in the outbox. */
    async sent(count: number): Promise<string> {
      const id = await started.draft();
      await started.ask("POST", `/${id}/send`, { count });
      await started.sendNow();
      return id;
    },
    age: () => started.platform.sql("update emails set created_at = now() - interval '91 days'"),
    statistics: async (id: string) =>
      (await started.ask<{ statistics: { emails: Record<string, number> | null } }>("GET", `/${id}`)).body.statistics,
  };
}

test("what became of a newsletter is known when its mails are forgotten, and sent again it reaches those whose mail did not go out", async () => {
  const { platform, people, ask, sent, sendNow, age, releaseMails, rows, statistics } = await withForgettingNights(7);
  const id = await sent(7);
  expect((await statistics(id)).emails).toMatchObject({ pending: 7 });
  const [arrived, bounced, complained, failed, withheld, given_up, silent] = people;
  const become = (person: { id: string } | undefined, columns: string) =>
    platform.sql(`update emails set attempts = 1, ${columns} where user_id = $1`, [person?.id]);
  await become(arrived, `${SENT}, ${told("delivered")}`);
  await become(bounced, `${SENT}, ${told("bounced")}`);
  await become(complained, `${SENT}, ${told("complained")}`);
  await become(failed, FAILED);
  await become(withheld, "status = 'withheld'");
  // The provider never answered, but had sent it.
  await become(given_up, `${FAILED}, ${told("delivered")}`);
  await become(silent, SENT);
  const before = await statistics(id);
  expect(before).toEqual({
    recipients: 7,
    queued: 7,
    unsubscribed: 0,
    emails: { pending: 0, sent: 5, failed: 1, withheld: 1, bounced: 1, complained: 1 },
  });

  const outcomes = () =>
    platform.sql<{ user_id: string; outcome: string }>(
      "select user_id, outcome from newsletter_recipients where outcome is not null",
    );
  await platform.fire(NIGHTLY);
  expect([(await rows(id)).length, await outcomes()]).toEqual([7, []]);
  await age();
  await platform.fire(NIGHTLY);
  expect(await rows(id)).toEqual([]);
  expect(await statistics(id)).toEqual(before);

  expect((await ask("GET", `/${id}/recipients`)).body).toMatchObject({ count: 2 });
  expect((await ask("POST", `/${id}/send`, { count: 2 })).status).toBe(200);
  expect((await statistics(id)).emails).toEqual(before.emails);
  await sendNow();
  expect((await statistics(id)).emails).toMatchObject({ pending: 2, sent: 5, failed: 0, withheld: 0 });
  const unreached = [failed?.id, withheld?.id];
  const kept = people.map(({ id }) => id).filter((user_id) => !unreached.includes(user_id));
  expect((await outcomes()).map(({ user_id }) => user_id).sort()).toEqual(kept.sort());
  // Stopping counts those whose mails are forgotten, too.
  expect((await ask("POST", `/${id}/stop`)).body).toEqual({ send_status: "stopped", handed_over: 5, withdrawn: 2 });

  await ask("POST", `/${id}/send`, { count: 2 });
  await sendNow();
  expect((await rows(id)).map(({ user_id }) => user_id).sort()).toEqual(unreached.sort());
  await releaseMails();
  await untilMails(failed?.email ?? "");
  await untilMails(withheld?.email ?? "");
  for (const person of [arrived, bounced, complained, given_up, silent])
    expect(await mailsTo(person?.email ?? "")).toEqual([]);
  await expect
    .poll(async () => (await statistics(id)).emails, { timeout: 10_000 })
    .toMatchObject({ sent: 7, failed: 0 });
});

test("forgetting mails never lets somebody get a newsletter twice, nor go without it, nor makes it a draft", async () => {
  const { platform, people, addReaders, ask, sent, makeDue, age, releaseMails, statistics } =
    await withForgettingNights(1);
  // Outcomes were not always kept.
  const old = await sent(1);
  await platform.sql("delete from emails");
  expect(await statistics(old)).toEqual({ recipients: 1, queued: 1, unsubscribed: 0, emails: null });
  expect((await ask("GET", `/${old}/recipients`)).body).toMatchObject({ count: 0 });

  // Its only mail failed, so nobody has it. The provider may.
  const id = await sent(1);
  await platform.sql(`update emails set ${FAILED}`);
  await age();
  await platform.fire(NIGHTLY);
  await ask("POST", `/${id}/send`, { count: 1 });
  expect((await ask("POST", `/${id}/stop`)).body).toEqual({ send_status: "stopped", handed_over: 0, withdrawn: 0 });
  expect((await statistics(id)).emails).toMatchObject({ failed: 1 });

  // Sent again in the moment when its mails are forgotten: each is tried again, or written anew.
  await addReaders(60);
  const to_many = await sent(61);
  await platform.sql(`update emails set ${FAILED}`);
  await age();
  await ask("POST", `/${to_many}/send`, { count: 61 });
  await makeDue();
  await Promise.all([platform.fire(HOURLY), platform.fire(NIGHTLY)]);
  await releaseMails();
  expect(await untilMails(people[0]?.email ?? "")).toHaveLength(1);
  await expect.poll(async () => (await statistics(to_many)).emails, { timeout: 10_000 }).toMatchObject({ sent: 61 });
  const told_twice = await platform.sql(
    "select from newsletter_recipients join emails using (newsletter_id, user_id) where outcome is not null",
  );
  expect(told_twice).toEqual([]);
});
