import type { Context } from "hono";
import type * as z from "zod";
import type { Event } from "./wire.ts";

/** Parses a control request. Throws a zod error if the input does not match the schema. */
export async function read<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await context.req.text();
  return schema.parse(text === "" ? {} : parseJson(text));
}

/** Returns undefined for invalid JSON, which every schema rejects. */
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
