import { expect, test, vi } from "vitest";
import * as z from "zod";
import { attemptsTo } from "../harness/mailbox.ts";
import { newsletterPlatform } from "../harness/newsletter-platform.ts";
import { neon_url } from "../harness/platform.ts";

const PEOPLE = 50_000;

const trips = async () =>
  z.object({ requests: z.number() }).parse(await (await fetch(`${neon_url}/stats`)).json()).requests;

test("a newsletter to 50,000 people is written to the outbox once for each, and stopped it reaches nobody beyond what was handed over", async () => {
  const { platform, addReaders, ask, draft, sendNow, holdMails, releaseMails } = await newsletterPlatform(0);
  await holdMails();
  await addReaders(PEOPLE);
  await platform.sql("analyze users");
  const took: Record<string, number> = {};
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const start = Date.now();
    const done = await work();
    took[what] = Date.now() - start;
    return done;
  };
  const counted = async (which: string) => {
    const [row] = await platform.sql<{ count: number }>(`select count(*)::int as count from emails where ${which}`);
    return row?.count ?? 0;
  };

  const id = await draft({ body: "Hello *everybody*.\n\n".repeat(200) });
  const { body } = await timed("count", () => ask<{ count: number }>("GET", `/${id}/recipients`));
  expect(body.count).toBe(PEOPLE);
  expect((await timed("send", () => ask("POST", `/${id}/send`, { count: PEOPLE }))).status).toBe(200);
  const before = await trips();
  await timed("outbox", async () => {
    await sendNow();
    await vi.waitFor(async () => expect(await counted("true")).toBe(PEOPLE), { timeout: 120_000, interval: 100 });
  });
  const written_in = (await trips()) - before;
  const [size] = await platform.sql<{ bytes: number }>("select max(pg_column_size(data)) as bytes from emails");
  await timed("statistics", () => ask("GET", `/${id}`));

  await releaseMails();
  await vi.waitFor(async () => expect(await counted("status = 'sent'")).toBeGreaterThanOrEqual(100), {
    timeout: 120_000,
    interval: 100,
  });
  const stopped = await timed("stop", () =>
    ask<{ send_status: string; handed_over: number; withdrawn: number }>("POST", `/${id}/stop`),
  );
  const { handed_over, withdrawn } = stopped.body;
  expect(stopped.body.send_status).toBe("stopped");
  expect(handed_over + withdrawn).toBe(PEOPLE);
  await vi.waitFor(async () => expect(await counted("status = 'sent'")).toBe(handed_over), { timeout: 60_000 });
  await releaseMails();
  expect(await counted("true")).toBe(handed_over);
  const spared = await platform.sql<{ email: string }>(
    "select email from users u where newsletter_consent_at is not null and not exists (select from emails e where e.user_id = u.id) order by random() limit 20",
  );
  for (const { email } of spared) expect(await attemptsTo(email)).toEqual([]);
  expect((await ask<{ count: number }>("GET", `/${id}/recipients`)).body.count).toBe(withdrawn);
  console.log({
    took,
    trips_per_hundred: (written_in * 100) / PEOPLE,
    bytes_per_mail: size?.bytes,
    handed_over,
    withdrawn,
  });
});
