import { expect, test } from "vitest";
import { checkBundle } from "../cli/check-bundle.ts";
import { BUDGETS } from "./budgets.ts";
import { measureCpu } from "./cpu.ts";
import { measureEvents } from "./events.ts";
import { measureExports } from "./exports.ts";
import { measureFastPath } from "./fast-path.ts";
import { measureGallery } from "./gallery.ts";
import { measureMails } from "./mails.ts";
import { measureMemory } from "./memory.ts";
import { measureNewsletter } from "./newsletter.ts";
import { measureOracle } from "./oracle.ts";
import { measurePeople } from "./people.ts";
import { measurePeopleExport } from "./people-export.ts";
import { profileRoutes } from "./profile.ts";
import { measureRoutes } from "./routes.ts";
import { measureUploads } from "./uploads.ts";

// Budgets apply to what does not depend on the machine: counts, memory, and ratios within one run. Absolute times are
// only printed. Each part prints its own table.

test("round trips and latency of every route", async () => {
  const routes = await measureRoutes();
  for (const { name, declared, before } of routes) expect(before, name).toBe(declared);
});

test("response times do not reveal whether an address is known", async () => {
  for (const { path, spread, tolerance } of await measureOracle()) expect(spread, path).toBeLessThanOrEqual(tolerance);
});

test("CPU time of the fast path", async () => {
  for (const { name, ratio, budget } of await measureFastPath()) expect.soft(ratio, name).toBeLessThanOrEqual(budget);
});

test("CPU time of every read route", measureCpu);

test("memory of 20 concurrent logins", async () => {
  expect(await measureMemory()).toBeLessThanOrEqual(BUDGETS.logins_memory_mib);
});

test("100,000 bulk mails, and a password reset in the middle", async () => {
  const figures = await measureMails();
  expect.soft(figures.first_attempts).toBe(figures.mails);
  expect.soft(figures.twice).toBe(0);
  expect.soft(figures.reset_ms).toBeLessThanOrEqual(BUDGETS.reset_among_bulk_ms);
  expect.soft(figures.trips_per_hundred).toBeLessThanOrEqual(BUDGETS.trips_per_hundred_mails);
  // A batch may begin up to half a second ahead of an even pace.
  expect.soft(figures.busiest_second).toBeLessThanOrEqual(figures.per_second * 1.5);
  expect.soft(figures.memory_mib).toBeLessThanOrEqual(BUDGETS.bulk_memory_mib);
});

test("a newsletter to many, stopped after a minute", async () => {
  const figures = await measureNewsletter();
  expect(figures.counted).toBe(figures.readers);
  expect.soft(figures.trips_per_hundred).toBeLessThanOrEqual(BUDGETS.trips_per_hundred_recipients);
  expect.soft(figures.memory_mib).toBeLessThanOrEqual(BUDGETS.bulk_memory_mib);
  expect.soft(figures.reached).toBe(figures.handed_over);
  expect.soft(figures.handed_over + figures.withdrawn).toBe(figures.readers);
  expect.soft(figures.left).toBe(figures.withdrawn);
  expect.soft([figures.sent, figures.twice]).toEqual([figures.readers, 0]);
});

test("memory of uploads", async () => {
  for (const { name, one, four } of await measureUploads()) {
    expect.soft(one, name).toBeLessThanOrEqual(BUDGETS.upload_memory_mib);
    expect.soft(four, name).toBeLessThanOrEqual(BUDGETS.uploads_memory_mib);
  }
});

test("memory and query plans of an export", async () => {
  expect(await measureExports()).toBeLessThanOrEqual(BUDGETS.export_memory_mib);
});

test("memory of an export of people", async () => {
  expect(await measurePeopleExport()).toBeLessThanOrEqual(BUDGETS.export_memory_mib);
});

test("lists of 50,000 people", measurePeople);

test("memory of many photos in one request", async () => {
  expect(await measureGallery()).toBeLessThanOrEqual(BUDGETS.gallery_memory_mib);
});

test("lists of 10,000 events", async () => {
  for (const { name, trips, whole } of await measureEvents()) expect.soft([trips, whole], name).toEqual([1, []]);
});

test("size and start-up of the bundle", async () => {
  expect(await checkBundle()).toEqual([]);
});

// Not part of a full run: PROFILE="get /health, get /api/events" npm run bench -- -t profile
const { PROFILE } = process.env;
if (PROFILE) test("profile of the named routes", () => profileRoutes(PROFILE.split(/, */)));
