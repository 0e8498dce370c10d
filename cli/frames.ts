import { readFile } from "node:fs/promises";
import { SourceMap } from "node:module";
import { join, relative, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ROOT } from "../local/settings.ts";
import { asProgram } from "./command.ts";

const USAGE = `npm run -s frames [-- --map dist/worker/index.js.map] < FILE
Replaces the places in the bundle that a log line or Sentry names (index.js:1:2345) with the files and lines of the source. First check
out the release that failed, and run npm ci && npm run build.`;

const PLACE = /[^\s()"]*index\.js:(\d+):(\d+)/g;

/** Names the source of each place in the bundle. Other places stay. */
function readable(trace: string, map: SourceMap, directory: string): string {
  const base = pathToFileURL(`${directory}/`);
  return trace.replace(PLACE, (place, line: string, column: string) => {
    const found = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!("originalSource" in found)) return place;
    const file = relative(ROOT, fileURLToPath(new URL(found.originalSource, base).href));
    return `${file}:${found.originalLine + 1}:${found.originalColumn + 1}`;
  });
}

await asProgram(import.meta, async () => {
  const { values } = parseArgs({
    options: { map: { type: "string", default: join(ROOT, "dist/worker/index.js.map") }, help: { type: "boolean" } },
  });
  if (values.help) return console.log(USAGE);
  const map = await readFile(values.map, "utf8").catch(() => {
    throw new Error(`${values.map} is missing. Run npm run build first.`);
  });
  const trace = await text(process.stdin);
  process.stdout.write(readable(trace, new SourceMap(JSON.parse(map)), resolve(values.map, "..")));
});
