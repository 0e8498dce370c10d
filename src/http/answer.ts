import { accepts } from "hono/accepts";
import type { HtmlEscapedString } from "hono/utils/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { readSettings, settingsOf } from "../env.ts";
import { readObject, StoredObject } from "../storage/stored-object.ts";
import { etagOf, knows } from "./etag.ts";
import { pageCsp } from "./headers.ts";
import type { AppContext } from "./hono.ts";
import { Download, type Route, success } from "./route.ts";
import { parsed } from "./validate.ts";

/** Sends what a handler returned: as a page or file if the route has one and the client prefers it, else as JSON. */
export async function answer(c: AppContext, declared: Route, body: unknown): Promise<Response> {
  if (body instanceof StoredObject) return readObject(c.req.raw, body);
  const { status, type } = success(declared);
  if (body instanceof Download) return sendFile(c, declared, type, body, status);
  sayWhoMayKeep(c, declared, "no-store");
  if (declared.page && preferred(c, declared) === "text/html") {
    const page = await declared.page(body, readSettings(c.env), declared.request?.params && parsed(c, "param"));
    return (await sameAsBefore(c, declared, `${page}`)) ?? sendPage(c, page, status);
  }
  if (declared.see_other && preferred(c, declared) === "text/html")
    return c.redirect(declared.see_other(body, declared.request?.params && parsed(c, "param")), 303);
  if (declared.file && preferred(c, declared) === declared.file.type)
    return sendFile(c, declared, declared.file.type, await declared.file.of(body, c.env), status);
  if (declared.save_as) c.header("Content-Disposition", `attachment; filename="${declared.save_as}"`);
  return (await sameAsBefore(c, declared, JSON.stringify(body))) ?? c.json(body, status);
}

/** Tells browsers and proxies who may keep the answer: by default, `otherwise`. */
function sayWhoMayKeep(c: AppContext, { public_for_a_minute }: Route, otherwise: string): void {
  const has_token = c.req.header("Authorization") !== undefined;
  const may_keep = has_token ? "private, no-store" : "public, max-age=60";
  c.header("Cache-Control", public_for_a_minute ? may_keep : otherwise);
  if (public_for_a_minute) c.header("Vary", "Authorization", { append: true });
}

/** 304 if the client already has this content, on a route that names its contents. */
async function sameAsBefore(c: AppContext, declared: Route, content: string): Promise<Response | undefined> {
  if (!declared.etag && !declared.public_for_a_minute) return undefined;
  const etag = await etagOf(content);
  c.header("ETag", etag);
  return knows(c.req.header("If-None-Match"), etag) ? c.body(null, 304) : undefined;
}

function sendFile(
  c: AppContext,
  declared: Route,
  type: string,
  { name, content, etag }: Download,
  status: 200 | 201,
): Response {
  sayWhoMayKeep(c, declared, etag ? "private, no-cache" : "no-store");
  if (etag) {
    c.header("ETag", etag);
    if (knows(c.req.header("If-None-Match"), etag)) return c.body(null, 304);
  }
  c.header("Content-Type", type);
  c.header("Content-Disposition", `attachment; filename="${name}"`);
  return c.body(content, status);
}

/** The type that the client prefers, of those that the route has. JSON if the client says nothing. */
const preferred = (c: AppContext, { page, ask, see_other, file }: Route): string =>
  accepts(c, {
    header: "Accept",
    supports: ["application/json", ...(page || ask || see_other ? ["text/html"] : []), ...(file ? [file.type] : [])],
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

/** The address of the form that led to this request, if its answer sends browsers on. */
export const formOf = (c: AppContext, { see_other, form_at }: Route): string | null =>
  see_other ? (form_at === "above" ? c.req.path.replace(/\/[^/]*$/, "") : c.req.path) : null;

/** Sends a page with the policy that pages need. */
export function sendPage(
  c: AppContext,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  c.header("Cache-Control", "no-store");
  c.set("csp", pageCsp(settingsOf(c.env), c.get("route")));
  return c.html(page, status);
}
