/**
 * Yields the rows of a query in batches, for when there are too many for one answer. `select` returns at most `size`
 * rows that come after a key, in the order of that key. Null means from the start. A batch that is not full is the
 * last.
 */
export async function* batches<Row>(
  select: (after: string | null) => Promise<Row[]>,
  { size, key, after = null }: { size: number; key: (row: Row) => string; after?: string | null },
): AsyncGenerator<Row[], void> {
  for (let last = after; ; ) {
    const rows = await select(last);
    yield rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < size) return;
    last = key(end);
  }
}
