import { expect, test } from "vitest";
import { ownPlatform } from "../harness/own-platform.ts";

const HOURLY = "17 * * * *";

test("that the storage fills is told once at 80 and once at 95 percent, and again only after there was room", async () => {
  const { fire, sql, volunteer } = await ownPlatform();
  const keeper = await volunteer("settings.storage");
  await volunteer("settings.view");
  /** Which percentages volunteers have been told of once so much is used. */
  const told = async (part: number) => {
    await sql("update storage_usage set used_bytes = ceil(limit_bytes * $1::numeric)", [part]);
    await Promise.all([fire(HOURLY), fire(HOURLY)]);
    const mails = await sql<{ to_email: string; percent: number }>(
      "select to_email, (data ->> 'percent')::int as percent from emails where template = 'storage_filling' order by queue_number",
    );
    expect(new Set(mails.map(({ to_email }) => to_email))).toEqual(new Set(mails.length > 0 ? [keeper.email] : []));
    return mails.map(({ percent }) => percent);
  };
  expect(await told(0.79)).toEqual([]);
  expect(await told(0.8)).toEqual([80]);
  expect(await told(0.96)).toEqual([80, 96]);
  expect(await told(0.75)).toEqual([80, 96]);
  expect(await told(0.97)).toEqual([80, 96]);
  expect(await told(0.6)).toEqual([80, 96]);
  expect(await told(0.99)).toEqual([80, 96, 99]);
});
