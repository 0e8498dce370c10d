import { test } from "vitest";
import { liveThrough } from "../harness/reminder-years.ts";

const DAYS = 730;
const MEMBERS = 500;

test(`in ${DAYS} days of ${MEMBERS} members, each mail that is due goes out once, none early, none moot`, async () => {
  const seen = await liveThrough({ days: DAYS, members: MEMBERS, seed: Number(process.env.SEED ?? 15) });
  console.log(JSON.stringify(seen));
});
