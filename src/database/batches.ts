/**
 * Rows of a query too long for one answer: `select` gives those after a key, in its order and no more than `size`, from
 * the beginning where it is null. A batch that is not full is the last.
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
