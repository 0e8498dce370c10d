import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { commitOf } from "../../cli/deploy/commit.ts";
import { ROOT } from "../../local/settings.ts";

const execute = promisify(execFile);

/** A checkout with our .gitignore, where everything is committed. */
async function checkout() {
  const path = await mkdtemp(join(tmpdir(), "loaf-checkout-"));
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  const git = async (...args: string[]) =>
    (await execute("git", ["-c", "user.name=Robin", "-c", "user.email=robin@example.org", ...args], { cwd: path, env }))
      .stdout;
  await git("init");
  await copyFile(join(ROOT, ".gitignore"), join(path, ".gitignore"));
  await git("add", ".");
  await git("commit", "-m", "Begin");
  return { path, git, write: (name: string) => writeFile(join(path, name), "something") };
}

test("a deployment is of a commit, and says what to do about files that are in none", async () => {
  const { path, git, write } = await checkout();
  expect(await commitOf(path)).toBe((await git("rev-parse", "HEAD")).slice(0, 12));
  await write(".gitignore");
  await write("party.jpg");
  await expect(commitOf(path)).rejects.toThrow(
    `Commit or stash these first:
 M .gitignore
These files are new. Commit only code, and move photos and data out of this checkout:
?? party.jpg`,
  );
});

test("photos of people, copies of the database and settings with secrets are never up for a commit", async () => {
  const { path, git, write } = await checkout();
  await mkdir(join(path, "old-bucket"));
  for (const name of ["old-bucket/alex.jpg", "IMG_0001.HEIC", "photo.heic", "made-up.dump"]) await write(name);
  for (const name of ["", ".staging", ".production", ".example", ".test"]) await write(`.dev.vars${name}`);
  expect((await git("status", "--porcelain")).split("\n")).toEqual(["?? .dev.vars.example", "?? .dev.vars.test", ""]);
});
