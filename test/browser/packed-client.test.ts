import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { packClient } from "../../client/pack.ts";
import { ROOT } from "../../local/settings.ts";

const execute = promisify(execFile);

const PAGE = `import { createLoafClient, type Schema } from "loaf-client";
const loaf = createLoafClient({ baseUrl: "https://api.example.org" });
const { data } = await loaf.GET("/api/events", { params: { query: { limit: 10 } } });
const titles: string[] = data?.items.map((event: Schema<"Event">) => event.title) ?? [];
// @ts-expect-error the types are there
await loaf.GET("/api/nothing");
console.log(titles);
`;

/** The settings of many a frontend: libraries are checked, and TypeScript may not import `.ts`. */
const TSCONFIG = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2022", "dom"],
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    noEmit: true,
    types: [],
  },
  include: ["page.ts"],
};

test("the packed client compiles and bundles in a frontend that has nothing of this project", async () => {
  const frontend = await mkdtemp(join(tmpdir(), "loaf-frontend-"));
  onTestFinished(() => rm(frontend, { recursive: true }));
  const modules = join(frontend, "node_modules");
  await mkdir(join(modules, "loaf-client"), { recursive: true });
  const packed = await packClient(frontend);
  await execute("tar", ["-xzf", packed, "-C", join(modules, "loaf-client"), "--strip-components=1"]);
  for (const name of ["openapi-fetch", "openapi-typescript-helpers"])
    await symlink(join(ROOT, "node_modules", name), join(modules, name));
  await writeFile(join(frontend, "page.ts"), PAGE);
  await writeFile(join(frontend, "tsconfig.json"), JSON.stringify(TSCONFIG));

  const compiled = await execute(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", frontend])
    .then(() => "")
    .catch(({ stdout }: { stdout: string }) => stdout);
  expect(compiled).toBe("");
  const bundled = await build({
    absWorkingDir: frontend,
    entryPoints: ["page.ts"],
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
  });
  expect(bundled.warnings).toEqual([]);
  expect(bundled.outputFiles[0]?.contents.length).toBeLessThan(20_000);
});
