import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** The commit that is checked out, if everything is committed: what runs can then be found again. */
export async function commitOf(checkout: string): Promise<string> {
  const git = async (...args: string[]) => (await execute("git", args, { cwd: checkout })).stdout.trimEnd();
  const lines = (await git("status", "--porcelain")).split("\n").filter(Boolean);
  const unknown = lines.filter((line) => line.startsWith("??"));
  const changed = lines.filter((line) => !unknown.includes(line));
  const sentences = [
    ...(changed.length > 0 ? ["Commit or stash these first:", ...changed] : []),
    // The photo for the test, or a copy of the old bucket: obeying "commit" would publish where people live.
    ...(unknown.length > 0
      ? ["These files are new. Commit only code, and move photos and data out of this checkout:", ...unknown]
      : []),
  ];
  if (sentences.length > 0) throw new Error(sentences.join("\n"));
  return git("rev-parse", "--short=12", "HEAD");
}
