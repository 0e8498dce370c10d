import "./drizzle-imports.ts";
import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import type { TestProject } from "vitest/node";
import type { unstable_getMiniflareWorkerOptions } from "wrangler";
import { migrate } from "../../cli/migrate.ts";
import { seed } from "../../cli/seed.ts";
import { freePorts, ROOT } from "../../local/settings.ts";
import { type Services, startServices } from "../../local/stack.ts";

type WorkerOptions = ReturnType<typeof unstable_getMiniflareWorkerOptions>["workerOptions"];

declare module "vitest" {
  interface ProvidedContext {
    stack: Omit<Services, "stop" | "database_ended">;
    templates: Templates;
    worker_dir: string;
    /** What wrangler.toml says about the tests' Worker, as wrangler passes it to Miniflare. */
    worker_options: WorkerOptions;
  }
}

/**
 * A permanent superadmin, as every platform has. Without one, no test could remove that role from the person it gave it
 * to.
 */
const FOUNDER = {
  email: "founder@example.org",
  password: "the password of the founder",
  first_name: "Kim",
  last_name: "Example",
};

/** Tests write many mails in a short time. */
const AT_FULL_SPEED = "update organisation_settings set mails_per_second = 1000";

/** The names of unused databases that tests copy for their own. */
interface Templates {
  /** With the newest schema. */
  migrated: string;
  /** With the permissions and system roles as well. */
  seeded: string;
}

/**
 * The directory for the built Worker, built once per run and not shared between runs. However this process ends, its
 * end of the pipe closes and the directory is removed, twice in case a running build creates it again.
 */
async function workerDir(): Promise<string> {
  await mkdir(join(ROOT, "dist"), { recursive: true });
  const directory = await mkdtemp(join(ROOT, "dist/test-worker-"));
  const remover = spawn("sh", ["-c", 'read _; rm -rf -- "$1"; sleep 20; rm -rf -- "$1"', "remover", directory], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  remover.unref();
  return directory;
}

/** Builds the Worker and starts everything it talks to, once for all test files. */
export default async function setup(project: TestProject) {
  // Tests have a database of their own, whatever the shell is set up for, and so have the commands that they run.
  delete process.env.DATABASE_URL;
  // Shares compiled code between processes: the tests and the commands they run.
  process.env.NODE_COMPILE_CACHE = join(ROOT, "node_modules/.cache/compiled");
  const drizzle_imports = pathToFileURL(join(ROOT, "test/harness/drizzle-imports.ts"));
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ""} --import=${drizzle_imports}`;
  const worker_dir = await workerDir();
  // A password costs here what it costs the Worker.
  Object.assign(globalThis, project.config.defines);
  const [{ stack, templates, stop }, worker_options] = await Promise.all([
    startStack(),
    describeWorker(),
    build(worker_dir, project.config.defines),
  ]);
  project.provide("stack", stack);
  project.provide("templates", templates);
  project.provide("worker_dir", worker_dir);
  project.provide("worker_options", worker_options);
  return stop;
}

/** Imports wrangler, which takes a second, while the database and the build are under way. */
async function describeWorker(): Promise<WorkerOptions> {
  const { unstable_getMiniflareWorkerOptions } = await import("wrangler");
  return unstable_getMiniflareWorkerOptions(join(ROOT, "wrangler.toml"), "test").workerOptions;
}

async function startStack() {
  const { createAdmin } = await import("../../cli/admin-create.ts");
  const { stop, database_ended: _, ...stack } = await startServices({ ports: await freePorts(), keep_plans: true });
  await onServer(stack.database_url, AT_FULL_SPEED);
  const [{ templates, drop }] = await Promise.all([
    makeTemplates(stack.database_url),
    createAdmin(stack.database_url, FOUNDER),
  ]);
  return {
    stack,
    templates,
    stop: async () => {
      await drop();
      await stop();
    },
  };
}

async function makeTemplates(database_url: string): Promise<{ templates: Templates; drop: () => Promise<void> }> {
  const id = randomUUID().replaceAll("-", "");
  const templates = { migrated: `migrated_${id}`, seeded: `seeded_${id}` };
  const address = (name: string) => Object.assign(new URL(database_url), { pathname: `/${name}` }).href;
  await onServer(database_url, `create database ${templates.migrated}`);
  await migrate(address(templates.migrated));
  await onServer(database_url, `create database ${templates.seeded} template ${templates.migrated}`);
  await seed(address(templates.seeded));
  await onServer(address(templates.seeded), AT_FULL_SPEED);
  return {
    templates,
    drop: async () => {
      for (const name of Object.values(templates)) await onServer(database_url, `drop database ${name}`);
    },
  };
}

async function onServer(database_url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** @param defines the run's defines, the same for the Worker as for the tests */
async function build(worker_dir: string, defines: Record<string, unknown>): Promise<void> {
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const args = [wrangler, "deploy", "--dry-run", "--minify", "--env", "test", "--outdir", worker_dir];
  for (const [name, value] of Object.entries(defines)) args.push("--define", `${name}:${JSON.stringify(value)}`);
  await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
}
