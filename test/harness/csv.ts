/** Parses a file strictly by RFC 4180. Throws if it is invalid or incomplete. */
export function parseCsv(text: string): string[][] {
  const field = /"((?:[^"]|"")*)"(?=,|\r\n)|([^",\r\n]*)(?=,|\r\n)/y;
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    field.lastIndex = at;
    const found = field.exec(text);
    if (!found) throw new Error(`No field starts at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
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
  if (record.length > 0) throw new Error("The file ends in the middle of a record");
  if (new Set(records.map(({ length }) => length)).size > 1)
    throw new Error("Records have different numbers of fields");
  return records;
}

/** The rows of a file with a header, keyed by column name. */
export function rowsOfCsv(text: string): Record<string, string>[] {
  const [header = [], ...records] = parseCsv(text);
  return records.map((record) => Object.fromEntries(header.map((name, index) => [name, record[index] ?? ""])));
}
