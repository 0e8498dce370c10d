import { type Call, get } from "./client.ts";

export interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
  total?: number;
}

const MOST_PAGES = 2000;

/** Follows a list's cursors from the first page to the last. Returns the pages. */
export async function pagesOf<Item>(path: string, limit: number, options?: Call): Promise<Page<Item>[]> {
  const pages: Page<Item>[] = [];
  const first = `${path}${path.includes("?") ? "&" : "?"}limit=${limit}`;
  for (let cursor: string | null = ""; cursor !== null; ) {
    const after: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
    const { status, body } = await get<Page<Item>>(first + after, options);
    if (status !== 200) throw new Error(`${first}${after} answered ${status}: ${JSON.stringify(body)}`);
    pages.push(body);
    if (pages.length > MOST_PAGES) throw new Error(`${path} has no last page`);
    cursor = body.next_cursor;
  }
  return pages;
}

/** All items on all pages of a list. */
export const everythingIn = async <Item>(path: string, limit: number, options?: Call): Promise<Item[]> =>
  (await pagesOf<Item>(path, limit, options)).flatMap(({ items }) => items);
