import { glob, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { asVariables, lookOf } from "../src/organisation/look.ts";
import { FONTS } from "../src/pdf/fonts.ts";
import { DEFAULT_BRANDING } from "../src/tables/organisation.ts";
import { describeApi } from "./openapi.ts";

// Builds dist/assets: the page at `/` and everything the documentation needs, served from our own origin, and the PDF fonts
// that only the Worker reads. wrangler runs this before each build, for every environment, so nothing in it is for developers only.
const TARGET = join(import.meta.dirname, "../dist/assets");
/** What the page of Swagger UI adds to it. */
const DOCS_PAGE = join(import.meta.dirname, "docs-page");
const START_PAGE = join(import.meta.dirname, "start-page");
const require = createRequire(import.meta.url);

const html = (title: string, head: string, body: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    ${head}
  </head>
  <body>
    <header id="organisation" style="padding: 0.75rem 1.25rem; font: 600 1.1rem sans-serif"></header>
    ${body}
    <script type="module" src="/docs/branding.js"></script>
  </body>
</html>
`;

await mkdir(join(TARGET, "docs"), { recursive: true });
await mkdir(join(TARGET, "redoc"), { recursive: true });
await mkdir(join(TARGET, "fonts"), { recursive: true });

const written = new Set<string>();

/** Replaces the file atomically, because a Worker may be serving it. */
async function write(path: string, content: string | Buffer): Promise<void> {
  written.add(path);
  const unfinished = join(TARGET, `${path}.${process.pid}`);
  await writeFile(unfinished, content);
  await rename(unfinished, join(TARGET, path));
}

await write("openapi.json", JSON.stringify(describeApi()));

for (const file of ["swagger-ui.css", "swagger-ui-bundle.js"])
  await write(`docs/${file}`, await readFile(require.resolve(`swagger-ui-dist/${file}`)));
await write(
  "docs.html",
  html(
    "LOAF API",
    '<link rel="stylesheet" href="/docs/swagger-ui.css" /><link rel="stylesheet" href="/docs/page.css" />',
    '<div id="docs"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script>',
  ),
);
for (const file of ["branding.js", "start.js", "page.css"])
  await write(`docs/${file}`, await readFile(join(DOCS_PAGE, file)));

const { light, dark } = lookOf(DEFAULT_BRANDING);
await write("index.html", await readFile(join(START_PAGE, "index.html")));
await write("docs/start-page.js", await readFile(join(START_PAGE, "page.js")));
await write(
  "docs/start-page.css",
  `:root { color-scheme: light dark; --primary: ${DEFAULT_BRANDING.primary_colour}; ${asVariables(light)} }
@media (prefers-color-scheme: dark) { :root { ${asVariables(dark)} } }
${await readFile(join(START_PAGE, "page.css"), "utf8")}`,
);

// Redoc's footer loads a logo from its maker's CDN. We replace it with an empty image, so that the page makes no
// outside requests.
const redoc = await readFile(require.resolve("redoc/bundles/redoc.standalone.js"), "utf8");
const FOREIGN_LOGO = /https:\/\/cdn\.redoc\.ly\/[\w/.-]+/g;
if (!FOREIGN_LOGO.test(redoc))
  throw new Error("Redoc's logo URL has changed. Find the new one and update FOREIGN_LOGO.");
await write("redoc/redoc.standalone.js", redoc.replaceAll(FOREIGN_LOGO, "data:image/gif;base64,R0lGODlhAQABAAAAACw="));
await write(
  "redoc.html",
  html(
    "LOAF API reference",
    "<style>body { margin: 0; }</style>",
    '<div id="docs"></div><script src="/redoc/redoc.standalone.js"></script><script src="/redoc/start.js"></script>',
  ),
);
await write("redoc/start.js", `Redoc.init("/openapi.json", {}, document.getElementById("docs"));\n`);

for (const name of Object.values(FONTS))
  await write(`fonts/${name}.ttf`, await readFile(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)));

// Otherwise, what an earlier version built would be deployed too. A name that ends in a number is another build's unfinished file.
for await (const path of glob("**/*.*", { cwd: TARGET }))
  if (!written.has(path) && !/\.\d+$/.test(path)) await rm(join(TARGET, path), { force: true });
