import type { Context } from "hono";
import type * as z from "zod";
import type { Event } from "./wire.ts";

/** What a control was told, as its schema reads it; a zod error where it does not fit. */
export async function read<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await context.req.text();
  return schema.parse(text === "" ? {} : parseJson(text));
}

/** Undefined for text that is not JSON, which no schema accepts. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function idsOf(events: Event[]): string[] {
  return events.map(({ id }) => id);
}
