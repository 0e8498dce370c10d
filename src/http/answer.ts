import { accepts } from "hono/accepts";
import type { HtmlEscapedString } from "hono/utils/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { readSettings } from "../env.ts";
import { readObject, StoredObject } from "../storage/stored-object.ts";
import { PAGE_CSP } from "./headers.ts";
import type { AppContext } from "./hono.ts";
import { Download, type Route, success } from "./route.ts";
import { parsed } from "./validate.ts";

/** Sends what a handler returned: as a page or file if the route has one and the client prefers it, else as JSON. */
export async function answer(c: AppContext, declared: Route, body: unknown): Promise<Response> {
  if (body instanceof StoredObject) return readObject(c.req.raw, body);
  c.header("Cache-Control", "no-store");
  const { status, type } = success(declared);
  if (body instanceof Download) return sendFile(c, type, body, status);
  if (declared.page && preferred(c, declared) === "text/html") {
    const shown = declared.page(body, readSettings(c.env), declared.request?.params && parsed(c, "param"));
    return sendPage(c, shown, status);
  }
  if (declared.file && preferred(c, declared) === declared.file.type)
    return sendFile(c, declared.file.type, await declared.file.of(body, c.env.ASSETS), status);
  if (declared.save_as) c.header("Content-Disposition", `attachment; filename="${declared.save_as}"`);
  return c.json(body, status);
}

function sendFile(c: AppContext, type: string, { name, content, etag }: Download, status: 200 | 201): Response {
  if (etag) {
    c.header("Cache-Control", "private, no-cache");
    c.header("ETag", etag);
    if (knows(c.req.header("If-None-Match"), etag)) return c.body(null, 304);
  }
  c.header("Content-Type", type);
  c.header("Content-Disposition", `attachment; filename="${name}"`);
  return c.body(content, status);
}

/** Whether a client has the content that this names. Proxies that compress make an ETag weak. */
const knows = (header = "", etag: string): boolean =>
  header === "*" || header.split(",").some((known) => known.trim().replace(/^W\//, "") === etag);

/** The type that the client prefers, of those that the route has. JSON if the client says nothing. */
const preferred = (c: AppContext, { page, ask, file }: Route): string =>
  accepts(c, {
    header: "Accept",
    supports: ["application/json", ...(page || ask ? ["text/html"] : []), ...(file ? [file.type] : [])],
    default: "application/json",
  });

/** Whether the client names JSON in its Accept header. */
const namesJson = (c: AppContext): boolean =>
  /(^|,)\s*application\/json\s*([;,]|$)/i.test(c.req.header("Accept") ?? "");

/** Whether the client must be asked by a page before this route acts. */
export const mustAsk = (c: AppContext, declared: Route): boolean =>
  declared.ask !== undefined && (!namesJson(c) || preferred(c, declared) === "text/html");

/** Whether the client gets a page from this route, also for a refusal. */
export const getsPage = (c: AppContext, declared: Route): boolean =>
  mustAsk(c, declared) || preferred(c, declared) === "text/html";

/** Sends a page with the policy that pages need. */
export function sendPage(
  c: AppContext,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  c.header("Cache-Control", "no-store");
  c.set("csp", PAGE_CSP);
  return c.html(page, status);
}
