import { expect, test } from "vitest";
import { measureBundle, printBundle } from "../cli/check-bundle.ts";
import { BUDGETS } from "./budgets.ts";
import { measureCpu } from "./cpu.ts";
import { measureExports } from "./exports.ts";
import { measureMemory } from "./memory.ts";
import { measureOracle } from "./oracle.ts";
import { measureRoutes } from "./routes.ts";

// What a machine cannot be blamed for is held to its budget; times are printed only. Each part prints its table.

test("round trips and latency of every route", async () => {
  const routes = await measureRoutes();
  for (const { name, declared, before } of routes) expect(before, name).toBe(declared);
});

test("nothing tells a known address from an unknown one", async () => {
  for (const { path, spread, tolerance } of await measureOracle()) expect(spread, path).toBeLessThanOrEqual(tolerance);
});

test("processor time of a request", measureCpu);

test("memory of 20 logins at once", async () => {
  expect(await measureMemory()).toBeLessThanOrEqual(BUDGETS.logins_memory_mib);
});

test("memory of an export, and how its pages are read", async () => {
  expect(await measureExports()).toBeLessThanOrEqual(BUDGETS.export_memory_mib);
});

test("size of the bundle", async () => {
  const bundle = await measureBundle();
  printBundle(bundle);
  expect(bundle.gzip_bytes / 1024).toBeLessThanOrEqual(BUDGETS.bundle_gzip_kib);
});
