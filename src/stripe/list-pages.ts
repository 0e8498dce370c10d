import type Stripe from "stripe";
import { ask } from "./client.ts";

/** Reads one of Stripe's lists page by page, 100 objects each, starting after the object with the id `after`. */
export async function* pages<Item extends { id: string }>(
  list: (page: { limit: number; starting_after?: string }) => Promise<Stripe.ApiList<Item>>,
  after?: string | null,
): AsyncGenerator<Item[], void> {
  let last = after ?? undefined;
  for (;;) {
    const { data, has_more } = await ask(list({ limit: 100, ...(last && { starting_after: last }) }));
    yield data;
    last = data.at(-1)?.id;
    if (!has_more || !last) return;
  }
}
