import * as z from "zod";

/** How long we wait for any service. */
const TIMEOUT_MS = 10_000;

export interface Reply {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Asks for JSON. `key` is sent as a bearer token, and never to another host. */
export async function askJson(address: string, key?: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(address, {
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...init,
    headers: {
      Accept: "application/json",
      ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      ...Object.fromEntries(new Headers(init.headers)),
    },
  });
  const text = await response.text();
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: the schema of whoever asked refuses null.
  }
  return { status: response.status, headers: response.headers, body };
}

/** What a service answered, if it is 200 and looks as expected; else undefined. */
export function read<T>(schema: z.ZodType<T>, { status, body }: Reply): T | undefined {
  if (status !== 200) return undefined;
  return schema.safeParse(body).data;
}

/** Cloudflare's answers have one shape around them. */
export const cloudflareResult = <T extends z.ZodType>(result: T) => z.object({ success: z.literal(true), result });
