/** Reads a file as RFC 4180 says. Throws where it is not such a file: what looks whole is whole. */
export function parseCsv(text: string): string[][] {
  const field = /"((?:[^"]|"")*)"(?=,|\r\n)|([^",\r\n]*)(?=,|\r\n)/y;
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    field.lastIndex = at;
    const found = field.exec(text);
    if (!found) throw new Error(`No field begins at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    at += found[0].length;
    if (text[at] === ",") {
      at += 1;
      continue;
    }
    records.push(record);
    record = [];
    at += 2;
  }
  if (record.length > 0) throw new Error("The file ends within a record");
  if (new Set(records.map(({ length }) => length)).size > 1) throw new Error("Records differ in length");
  return records;
}

/** The rows of a file with a header, by the names of its columns. */
export function rowsOfCsv(text: string): Record<string, string>[] {
  const [header = [], ...records] = parseCsv(text);
  return records.map((record) => Object.fromEntries(header.map((name, index) => [name, record[index] ?? ""])));
}
