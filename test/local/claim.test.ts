import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { claim } from "../../local/claim.ts";

const RUN = { command: "npm run dev", url: "http://localhost:8787" };

async function directory(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "loaf-claim-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Another process that has claimed the directory. */
async function owner(data_dir: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "claim-owner.ts"), [data_dir]);
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "message");
  return child;
}

test("a directory has one run, and the second is told which and where", async () => {
  const data_dir = await directory();
  const { pid } = await owner(data_dir);
  await expect(claim(data_dir, RUN)).rejects.toThrow(
    `npm run stack is already running, at http://127.0.0.1:8025 (process ${pid}).`,
  );
});

test("of two runs that start at once, one has it", async () => {
  const data_dir = await directory();
  const both = await Promise.allSettled([claim(data_dir, RUN), claim(data_dir, RUN)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  for (const one of both) if (one.status === "fulfilled") await one.value.release();
});

test("a run that was killed has no directory, and one that was suspended still has", async () => {
  const data_dir = await directory();
  const former = await owner(data_dir);
  former.kill("SIGSTOP");
  await expect(claim(data_dir, RUN)).rejects.toThrow("npm run stack is already running");
  former.kill("SIGKILL");
  await once(former, "exit");
  const { after_a_kill, release } = await claim(data_dir, RUN);
  expect(after_a_kill).toBe(true);
  await release();
});

test("neither the process id nor the port of a killed run, given to another process, holds its directory", async () => {
  const data_dir = await directory();
  const other_dir = await directory();
  const other = await claim(other_dir, RUN);
  const claimIn = async (where: string) => JSON.parse(await readFile(join(where, "running.json"), "utf8"));
  const file = join(data_dir, "running.json");
  const former = await owner(data_dir);
  const left = await claimIn(data_dir);
  former.kill("SIGKILL");
  await once(former, "exit");
  for (const reused of [{ pid: process.pid }, { port: (await claimIn(other_dir)).port, pid: process.pid }]) {
    await writeFile(file, JSON.stringify({ ...left, ...reused }));
    const { after_a_kill, release } = await claim(data_dir, RUN);
    expect(after_a_kill).toBe(true);
    await release();
  }
  await writeFile(file, '{"id":');
  await (await claim(data_dir, RUN)).release();
  await other.release();
});

test("a run that has ended in order leaves nothing behind", async () => {
  const data_dir = await directory();
  const first = await claim(data_dir, RUN);
  await first.release();
  const second = await claim(data_dir, RUN);
  expect(second.after_a_kill).toBe(false);
  await second.release();
});
