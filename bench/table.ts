/** Prints rows under a heading, with numbers aligned right. */
export function printTable(heading: string, columns: readonly string[], rows: readonly (readonly string[])[]): void {
  const width = columns.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const right = columns.map((_, index) => rows.every((row) => /^([-+~]?\d.*)?$/.test(row[index] ?? "")));
  const line = (cells: readonly string[]) =>
    width
      .map((length, index) => {
        const cell = cells[index] ?? "";
        return right[index] ? cell.padStart(length) : cell.padEnd(length);
      })
      .join("  ")
      .trimEnd();
  const rule = width.map((length) => "─".repeat(length));
  console.log(`\n${heading}\n\n${[columns, rule, ...rows].map(line).join("\n")}`);
}
