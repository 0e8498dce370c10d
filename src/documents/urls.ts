import type { Context } from "../http/context.ts";
import { documentUrl } from "../storage/links.ts";

interface Located {
  title: string;
  document_location: string | null;
  file_key: string | null;
}

type Reading = Pick<Context, "settings" | "now">;

const urlOf = async (ctx: Reading, { title, document_location, file_key }: Located): Promise<string | null> =>
  document_location ?? (file_key && (await documentUrl(ctx, file_key, title)));

/** A row with the address where people can read the document, in place of its file's key. */
export async function withUrl<Row extends Located>(
  ctx: Reading,
  row: Row,
): Promise<Omit<Row, "file_key"> & { url: string | null }> {
  const { file_key: _, ...shown } = row;
  return { ...shown, url: await urlOf(ctx, row) };
}

/** The same for members, who need no more than the address. */
export async function forMembers<Row extends Located>(
  ctx: Reading,
  row: Row,
): Promise<Omit<Row, "file_key" | "document_location"> & { url: string | null }> {
  const { file_key: _, document_location: __, ...shown } = row;
  return { ...shown, url: await urlOf(ctx, row) };
}

/** A page with the addresses of its documents. */
export const pageWithUrls = async <Row, Shown, Rest>(
  { items, ...rest }: Rest & { items: Row[] },
  show: (row: Row) => Promise<Shown>,
) => ({ ...rest, items: await Promise.all(items.map(show)) });
