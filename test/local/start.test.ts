import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "../../local/settings.ts";

const manifest = async () => JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));

/** A checkout of which just enough is there to start something. */
async function checkout(): Promise<string> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "loaf-start-")));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await mkdir(join(directory, "local"));
  for (const file of ["package.json", "local/start.js"]) await cp(join(ROOT, file), join(directory, file));
  await writeFile(
    join(directory, "program.ts"),
    "const argv: string[] = process.argv; console.log(argv.slice(1).join());",
  );
  return directory;
}

function start(directory: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: directory }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test("without all packages, one sentence says to run npm ci", async () => {
  const directory = await checkout();
  const words = expect.stringMatching(/^Run npm ci first: .+\n$/);
  const bare = await start(directory, "local/start.js", "program.ts");
  expect(bare).toEqual({ code: 1, stdout: "", stderr: words });
  await mkdir(join(directory, "node_modules"));
  await symlink(join(ROOT, "node_modules/hono"), join(directory, "node_modules/hono"));
  expect(await start(directory, "local/start.js", "program.ts")).toEqual(bare);
  expect(await start(directory, "local/start.js")).toEqual(bare);
});

test("with them, the program runs as if Node had been given it itself, unless Node is too old", async () => {
  const directory = await checkout();
  await symlink(join(ROOT, "node_modules"), join(directory, "node_modules"));
  const { code, stdout } = await start(directory, "local/start.js", "program.ts", "--reset", "x");
  expect([code, stdout]).toEqual([0, `${join(directory, "program.ts")},--reset,x\n`]);
  expect(await start(directory, "local/start.js")).toEqual({ code: 0, stdout: "", stderr: "" });

  await writeFile(
    join(directory, "old.cjs"),
    'Object.defineProperty(process, "version", { value: "v20.20.2" }); Object.defineProperty(process.versions, "node", { value: "20.20.2" });',
  );
  const old = await start(directory, "--require", "./old.cjs", "local/start.js", "program.ts");
  expect(old).toMatchObject({ code: 1, stdout: "" });
  expect(old.stderr).toMatch(/^This needs Node 24 or later, and runs on v20\.20\.2\. [^\n]+\n[^\n]+\n$/);
});

test("every npm script starts like this", async () => {
  const { scripts } = await manifest();
  expect(Object.values<string>(scripts).filter((script) => !script.startsWith("node local/start.js "))).toEqual([]);
});
