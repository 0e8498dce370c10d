import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

const run = promisify(execFile);

/** A cell as LibreOffice understood it. */
export interface SheetCell {
  /** `string`, `float`, `date`, `boolean`; undefined if it is empty. */
  type: string | undefined;
  value: string;
  formula: string | undefined;
}

/**
 * How LibreOffice reads a file: the code of the separator, the code of the locale, and whether to look for dates and times
 * in other forms than ISO 8601, which its dialog calls special numbers.
 * https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html
 */
export interface Reading {
  separator?: "," | ";";
  locale?: "en-US" | "de-DE";
  special_numbers?: boolean;
}

const LOCALES = { "en-US": 1033, "de-DE": 1031 };

function filterOf({ separator = ",", locale = "en-US", special_numbers = true }: Reading): string {
  const [quote, utf8, first_line] = [34, 76, 1];
  return `CSV:${separator.charCodeAt(0)},${quote},${utf8},${first_line},,${LOCALES[locale]},false,${special_numbers}`;
}

/** Opens files with LibreOffice, each as rows of cells. Without a reading, as if somebody only clicked OK. */
export async function opened(files: Record<string, string>, reading?: Reading): Promise<Record<string, SheetCell[][]>> {
  const folder = await mkdtemp(join(tmpdir(), "loaf-sheets-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const paths = Object.keys(files).map((name) => join(folder, `${name}.csv`));
  for (const path of paths) await writeFile(path, files[basename(path, ".csv")] ?? "");
  await run(
    "soffice",
    [
      "--headless",
      "--norestore",
      `-env:UserInstallation=file://${join(folder, "profile")}`,
      ...(reading ? [`--infilter=${filterOf(reading)}`] : []),
      ...["--convert-to", "fods", "--outdir", folder, ...paths],
    ],
    { timeout: 100_000 },
  );
  const sheets = Object.keys(files).map(
    async (name) => [name, rowsOf(await readFile(join(folder, `${name}.fods`), "utf8"))] as const,
  );
  return Object.fromEntries(await Promise.all(sheets));
}

/** The rows of the first sheet of a flat OpenDocument file, without empty ones at the end. */
function rowsOf(document: string): SheetCell[][] {
  const rows = [...document.matchAll(/<table:table-row[^>]*?(?:\/>|>([\s\S]*?)<\/table:table-row>)/g)];
  return rows.map(([, row = ""]) => cellsOf(row)).filter((cells) => cells.some(({ type }) => type !== undefined));
}

function cellsOf(row: string): SheetCell[] {
  const cells = [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g)];
  return cells.flatMap(([, attributes = "", content = ""]) => {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1];
    const cell = {
      type: attribute("office:value-type"),
      value: attribute("office:date-value") ?? attribute("office:value") ?? textOf(content),
      formula: attribute("table:formula"),
    };
    return Array.from({ length: Number(attribute("table:number-columns-repeated") ?? 1) }, () => cell);
  });
}

const textOf = (content: string): string =>
  [...content.matchAll(/<text:p>([\s\S]*?)<\/text:p>/g)]
    .map(([, line = ""]) => line.replace(/<[^>]*>/g, ""))
    .join("\n")
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name]);

/** The characters that XML has names for. */
const ENTITIES = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
