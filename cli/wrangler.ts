import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../local/settings.ts";

export interface Ran {
  code: number;
  output: string;
}

/** Runs wrangler. Secrets go to `input`, its standard input: arguments can be seen by everybody on the machine. */
export type RunWrangler = (args: string[], input?: string) => Promise<Ran>;

export const runWrangler: RunWrangler = (args, input = "") =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, "node_modules/wrangler/bin/wrangler.js"), ...args], {
      cwd: ROOT,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output += chunk;
      });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
