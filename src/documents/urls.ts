import type { Context } from "../http/context.ts";
import { type LinkOrUpload, linkOrUploadUrl } from "../storage/links.ts";

type Reading = Pick<Context, "settings" | "now">;

/** A row with the address where people can read the document, in place of its file's key. */
export async function withUrl<Row extends LinkOrUpload>(
  ctx: Reading,
  row: Row,
): Promise<Omit<Row, "file_key"> & { url: string | null }> {
  const { file_key: _, ...shown } = row;
  return { ...shown, url: await linkOrUploadUrl(ctx, row) };
}

/** The same for members, who need no more than the address. */
export async function forMembers<Row extends LinkOrUpload>(
  ctx: Reading,
  row: Row,
): Promise<Omit<Row, "file_key" | "document_location"> & { url: string | null }> {
  const { file_key: _, document_location: __, ...shown } = row;
  return { ...shown, url: await linkOrUploadUrl(ctx, row) };
}

/** A page with the addresses of its documents. */
export const pageWithUrls = async <Row, Shown, Rest>(
  { items, ...rest }: Rest & { items: Row[] },
  show: (row: Row) => Promise<Shown>,
) => ({ ...rest, items: await Promise.all(items.map(show)) });
