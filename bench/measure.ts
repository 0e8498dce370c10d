import { expect, test } from "vitest";
import { checkBundle } from "../cli/check-bundle.ts";
import { BUDGETS } from "./budgets.ts";
import { measureCpu } from "./cpu.ts";
import { measureExports } from "./exports.ts";
import { measureFastPath } from "./fast-path.ts";
import { measureMemory } from "./memory.ts";
import { measureOracle } from "./oracle.ts";
import { profileRoutes } from "./profile.ts";
import { measureRoutes } from "./routes.ts";

// What a machine cannot be blamed for is held to its budget: counts, memory, and times as multiples of others in the same
// run. Times by themselves are printed only. Each part prints its table.

test("round trips and latency of every route", async () => {
  const routes = await measureRoutes();
  for (const { name, declared, before } of routes) expect(before, name).toBe(declared);
});

test("nothing tells a known address from an unknown one", async () => {
  for (const { path, spread, tolerance } of await measureOracle()) expect(spread, path).toBeLessThanOrEqual(tolerance);
});

test("processor time of the fast path", async () => {
  for (const { name, ratio, budget } of await measureFastPath()) expect.soft(ratio, name).toBeLessThanOrEqual(budget);
});

test("processor time of every route that reads", measureCpu);

test("memory of 20 logins at once", async () => {
  expect(await measureMemory()).toBeLessThanOrEqual(BUDGETS.logins_memory_mib);
});

test("memory of an export, and how its pages are read", async () => {
  expect(await measureExports()).toBeLessThanOrEqual(BUDGETS.export_memory_mib);
});

test("size and start-up of the bundle", async () => {
  expect(await checkBundle()).toEqual([]);
});

// No part of a whole run: PROFILE="get /health, get /api/events" npm run bench -- -t profile
const { PROFILE } = process.env;
if (PROFILE) test("profile of the named routes", () => profileRoutes(PROFILE.split(/, */)));
