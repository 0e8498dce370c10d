import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { freePorts, ROOT } from "../../local/settings.ts";
import { type Stack, startStack } from "../../local/stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    stack: Omit<Stack, "stop" | "database_ended">;
  }
}

/** The Worker as it would be deployed, built once for all tests. */
export const WORKER_DIR = join(ROOT, "dist/test-worker");

/** Builds the Worker and starts everything it talks to, once for all test files. */
export default async function setup(project: TestProject) {
  const [{ stop, database_ended: _, ...stack }] = await Promise.all([
    startStack({ ports: await freePorts() }),
    build(),
  ]);
  project.provide("stack", stack);
  return stop;
}

async function build(): Promise<void> {
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const args = [wrangler, "deploy", "--dry-run", "--env", "test", "--outdir", WORKER_DIR];
  await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
}
