import { accepts } from "hono/accepts";
import { PAGE_CSP } from "./headers.ts";
import type { AppContext } from "./hono.ts";
import { Download, type Route, success } from "./route.ts";

/** Sends what a handler returned: as a page or file if the route has one and the client prefers it, else as JSON. */
export async function answer(c: AppContext, declared: Route, body: unknown): Promise<Response> {
  c.header("Cache-Control", "no-store");
  const { status, type } = success(declared);
  if (body instanceof Download) return sendFile(c, type, body, status);
  if (declared.page && prefersHtml(c)) {
    c.set("csp", PAGE_CSP);
    return c.html(declared.page(body), status);
  }
  if (declared.file && prefers(c, declared.file.type))
    return sendFile(c, declared.file.type, await declared.file.of(body, c.env.ASSETS), status);
  return c.json(body, status);
}

function sendFile(c: AppContext, type: string, { name, content }: Download, status: 200 | 201): Response {
  c.header("Content-Type", type);
  c.header("Content-Disposition", `attachment; filename="${name}"`);
  return c.body(content, status);
}

/** Whether the client says that it prefers this type to JSON. */
const prefers = (c: AppContext, type: string): boolean =>
  accepts(c, { header: "Accept", supports: ["application/json", type], default: "application/json" }) === type;

/** Whether the client prefers HTML to JSON, as a browser does when it follows a link. */
export const prefersHtml = (c: AppContext): boolean => prefers(c, "text/html");
