import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "../harness/platform.ts";

/** Every list's order, with the filter that goes with it: what a page of it asks for. */
const LISTS = {
  "people, newest": "from users order by created_at desc, id desc",
  "people, oldest": "from users order by created_at, id",
  "people, by name": "from users order by lower(last_name), lower(first_name), id",
  "people of a status, newest": "from users where status = 'active' order by created_at desc, id desc",
  "events to come": "from events where published and true order by start_at, id",
  "events past": "from events where published and true order by start_at desc, id desc",
  plans: "from subscription_plans order by position, id",
  "subscriptions of a status": "from subscriptions where status = 'active' order by created_at desc, id desc",
  "donations of a type": "from donations where donation_type = 'public' order by created_at desc, id desc",
  "audit log of an actor":
    "from audit_log where actor_id = '00000000-0000-4000-8000-000000000000' order by created_at desc, id desc",
  "mail that is due": "from emails where status = 'pending' and next_attempt_at <= now() order by next_attempt_at",
};

const client = await database.connect();
beforeAll(() =>
  client.query("begin; set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off"),
);
afterAll(async () => {
  await client.query("rollback");
  client.release();
});

test.each(Object.entries(LISTS))("an index gives the order of: %s", async (_, list) => {
  const { rows } = await client.query<{ "QUERY PLAN": string }>(`explain select * ${list} limit 26`);
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toContain("Index");
  expect(plan).not.toContain("Sort");
});
