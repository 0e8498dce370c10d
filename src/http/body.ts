import type * as z from "zod";
import { Refusal } from "./errors.ts";
import type { AppContext, AppMiddleware } from "./hono.ts";

export const JSON_LIMIT = 64 * 1024;
export const SIGNED_LIMIT = 1024 * 1024;

/** How much of a refused body we still read before we hang up. */
const PATIENCE = 16 * 1024 * 1024;

const isForm = (content_type: string | undefined) =>
  /^application\/x-www-form-urlencoded\s*(;|$)/i.test(content_type ?? "");

/** @param or_form whether a plain form of one of our pages may send it too */
export const requireJson =
  ({ or_form }: { or_form: boolean }): AppMiddleware =>
  async (c, next) => {
    const content_type = c.req.header("Content-Type");
    if (!/^application\/json\s*(;|$)/i.test(content_type ?? "") && !(or_form && isForm(content_type)))
      throw new Refusal(415, "unsupported_media_type", "Please send JSON with Content-Type: application/json.");
    await next();
  };

/** Whether a body may be left out, because all of its fields may be. */
export const mayBeEmpty = (body: z.ZodType): boolean => body.safeParse({}).success;

/** Treats a missing body as `{}`, if the schema accepts that. */
export const nothingAsEmptyObject =
  (body: z.ZodType): AppMiddleware =>
  async (c, next) => {
    if ((await c.req.text()) === "" && mayBeEmpty(body)) replaceBody(c, {});
    await next();
  };

/** Turns what a plain form sends into JSON, so that the rest knows one kind of body. */
export const formAsJson: AppMiddleware = async (c, next) => {
  if (isForm(c.req.header("Content-Type"))) replaceBody(c, Object.fromEntries(new URLSearchParams(await c.req.text())));
  await next();
};

function replaceBody(c: AppContext, body: Record<string, string>): void {
  const headers = new Headers(c.req.raw.headers);
  headers.set("Content-Type", "application/json");
  c.req.raw = new Request(c.req.raw, { headers, body: JSON.stringify(body) });
  c.req.bodyCache = {};
}

/**
 * Refuses a body of more than so many bytes: 413. Unlike Hono's own limit, it reads the rest before it answers: a client
 * that is still sending when the connection closes never sees the answer.
 */
export const limitBody =
  (limit: number): AppMiddleware =>
  async (c, next) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of c.req.raw.body ?? []) {
      size += chunk.byteLength;
      if (size <= limit) chunks.push(chunk);
      else if (size > PATIENCE) break;
    }
    if (size > limit)
      throw new Refusal(413, "body_too_large", `The request body may have at most ${limit / 1024} KiB.`);
    c.req.raw = new Request(c.req.raw, { body: new Blob(chunks) });
    await next();
  };
