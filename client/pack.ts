import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { asProgram } from "../cli/command.ts";
import { ROOT } from "../local/settings.ts";

const execute = promisify(execFile);
const CLIENT = import.meta.dirname;

/** Makes an npm package of the client in a directory, as JavaScript with types. Returns where it is. */
export async function packClient(directory: string): Promise<string> {
  const unpacked = join(directory, "client");
  await rm(unpacked, { recursive: true, force: true });
  await mkdir(unpacked, { recursive: true });
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  await execute(process.execPath, [tsc, "-p", join(CLIENT, "tsconfig.package.json"), "--outDir", unpacked]);
  for (const file of ["schema.d.ts", "README.md"]) await copyFile(join(CLIENT, file), join(unpacked, file));
  const { name, version, type, dependencies } = JSON.parse(await readFile(join(CLIENT, "package.json"), "utf8"));
  const exports = { types: "./index.d.ts", default: "./index.js" };
  const described = { name, version, type, exports, dependencies };
  await writeFile(join(unpacked, "package.json"), `${JSON.stringify(described, null, 2)}\n`);
  const { stdout } = await execute("npm", ["pack", unpacked, "--pack-destination", directory, "--json"]);
  const [packed] = JSON.parse(stdout);
  return join(directory, packed.filename);
}

await asProgram(import.meta, async () => {
  const path = await packClient(join(ROOT, "dist"));
  console.log(`Wrote ${path}. In your frontend: npm install ${path}`);
});
