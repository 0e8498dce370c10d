import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { createAdmin } from "../../cli/admin-create.ts";
import { freePorts, ROOT } from "../../local/settings.ts";
import { type Stack, startStack } from "../../local/stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    stack: Omit<Stack, "stop" | "database_ended">;
    worker_dir: string;
  }
}

/** A superadmin who stays, as every platform has one: without, no test could take that role from the person it gave it to. */
const FOUNDER = {
  email: "founder@example.org",
  password: "the password of the founder",
  first_name: "Kim",
  last_name: "Example",
};

/** The Worker as it would be deployed, built once for all tests of a run; two runs do not share it. */
const workerDir = () => mkdtemp(join(ROOT, "dist/test-worker-"));

/** Builds the Worker and starts everything it talks to, once for all test files. */
export default async function setup(project: TestProject) {
  await mkdir(join(ROOT, "dist"), { recursive: true });
  const worker_dir = await workerDir();
  const [{ stop, database_ended: _, ...stack }] = await Promise.all([
    startStack({ ports: await freePorts() }),
    build(worker_dir),
  ]);
  await createAdmin(stack.database_url, FOUNDER);
  project.provide("stack", stack);
  project.provide("worker_dir", worker_dir);
  return async () => {
    await stop();
    await rm(worker_dir, { recursive: true, force: true });
  };
}

async function build(worker_dir: string): Promise<void> {
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const args = [wrangler, "deploy", "--dry-run", "--env", "test", "--outdir", worker_dir];
  await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
}
