import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { untilBlocked } from "../../harness/locks.ts";
import { ownPlatform } from "../../harness/own-platform.ts";

const HOURLY = "17 * * * *";

test("a rejected person's checkout that somebody else cancels first is no repair, and neither is it the next time", {
  timeout: 60_000,
}, async () => {
  const platform = await ownPlatform();
  const until = new Date(Date.now() - 3 * 86_400_000).toISOString();
  await platform.insert("job_runs", {
    job: "reconcile",
    started_at: until,
    outcome: "succeeded",
    report: { since: until, until, next: null, incomplete: false },
  });
  const { id, token } = await platform.person();
  const { body } = await platform.call<{ session_id: string }>("POST", "/api/checkout/subscription", {
    token,
    body: { plan_id: await platform.plan() },
  });
  await platform.sql(
    "update users set status = 'rejected', rejection_reason = 'none given', rejected_at = now() where id = $1",
    [id],
  );

  const holder = new pg.Client({ connectionString: platform.database_url });
  await holder.connect();
  onTestFinished(() => holder.end());
  await holder.query("begin");
  await holder.query("update subscriptions set status = 'cancelled', cancelled_at = now() where user_id = $1", [id]);
  const reconciled = platform.fire(HOURLY);
  await untilBlocked(holder);
  await holder.query("commit");
  await reconciled;

  const nothing = { repaired: 0, repairs: [], unexplained: 0, concerns: [] };
  expect((await platform.lastRun("reconcile"))?.report).toMatchObject(nothing);
  expect((await platform.stripeApi.checkout.sessions.retrieve(body.session_id)).status).toBe("expired");
  await platform.fire(HOURLY);
  expect((await platform.lastRun("reconcile"))?.report).toMatchObject(nothing);
});
