import { insert } from "./platform.ts";

const HOUR = 3_600_000;

/** Creates an event, an hour long and published by default. Returns its id. Times are hours from now. */
export async function event({
  starts_in = 24,
  lasts = 1,
  ...columns
}: {
  starts_in?: number;
  lasts?: number;
  [column: string]: unknown;
} = {}): Promise<string> {
  const start_at = Date.now() + starts_in * HOUR;
  const { id } = await insert("events", {
    title: "Picnic",
    location: "The park",
    start_at: new Date(start_at),
    end_at: new Date(start_at + lasts * HOUR),
    published: true,
    ...columns,
  });
  return id;
}
