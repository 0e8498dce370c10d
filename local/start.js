// Runs a program of this project, as in `node local/start.js local/dev.ts`, or says in one sentence why it cannot. Without a
// program it only checks, as in `node local/start.js && tsc`. This file is JavaScript that any Node can read, because what is
// missing may be a Node that reads TypeScript.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const OLDEST_NODE = 24;

const root = new URL("../", import.meta.url);
const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const installed = Object.keys({ ...dependencies, ...devDependencies }).every((name) =>
  existsSync(new URL(`node_modules/${name}/package.json`, root)),
);

if (!installed) fail("Run npm ci first: it installs this project's packages, and some or all of them are missing.");
// npm puts the Node of node_modules first.
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE)
  fail(
    `This needs Node ${OLDEST_NODE} or later, and runs on ${process.version}. Start it with npm run, which uses the Node that
npm ci has installed. If npm is set to ignore install scripts, run npm ci --ignore-scripts=false first.`,
  );

const [, , program, ...args] = process.argv;
if (program !== undefined) {
  // As if Node had been given the program itself.
  process.argv = [process.argv[0], resolve(program), ...args];
  await import(pathToFileURL(process.argv[1]).href);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
