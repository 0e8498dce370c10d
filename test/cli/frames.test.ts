import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { ROOT } from "../../local/settings.ts";

const SOURCE = `interface Fault { code: string }

export function fail({ code }: Fault): never {
  throw new Error(code);
}

try {
  fail({ code: "x" });
} catch (error) {
  console.log(error instanceof Error ? error.stack : "");
}
`;

const frames = (map: string, input: string) =>
  spawnSync(process.execPath, [join(ROOT, "cli/frames.ts"), "--map", map], { input, encoding: "utf8" });

test("places in a minified bundle become the files and lines of the source", async () => {
  const directory = await mkdtemp(join(tmpdir(), "frames-"));
  const source = join(directory, "source.ts");
  await writeFile(source, SOURCE);
  const outfile = join(directory, "index.js");
  await build({ entryPoints: [source], outfile, bundle: true, minify: true, sourcemap: true });
  const stack = execFileSync(process.execPath, [outfile], { encoding: "utf8" });
  expect(stack).toMatch(/index\.js:1:\d+/);

  const { status, stdout } = frames(`${outfile}.map`, `${stack}at Qe (node:internal/run_main:33:47) < at index.js:1:1`);
  expect(status).toBe(0);
  const file = relative(ROOT, source);
  expect(stdout).toContain(`${file}:4:9`);
  expect(stdout).toContain(`${file}:8:3`);
  expect(stdout).toContain("at Qe (node:internal/run_main:33:47)");
});

test("without a build it says what to run", () => {
  expect(frames("/nowhere/index.js.map", "").stderr).toBe(
    "/nowhere/index.js.map is missing. Run npm run build first.\n",
  );
});
