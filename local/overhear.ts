import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { type LocalServer, listen } from "./listen.ts";

/** One request of the walk, and what came back. */
export interface Overheard {
  method: string;
  path: string;
  token: string | undefined;
  sent: string;
  status: number;
  answer: string;
  /** Such as `2 round trips`, if the server says so. */
  round_trips: string | undefined;
  took_ms: number;
}

interface Rules {
  /** Origins in answers, and what is read instead, so that links lead through here too. */
  origins: Map<string, string>;
  /** Comes before each request, and says whether it answers instead of the server. */
  instead(path: string): Promise<boolean>;
  heard(request: Overheard): Promise<void>;
}

/** A server on a free port in front of another one, which passes everything on and tells what it heard. */
export async function overhear(target: string, { origins, instead, heard }: Rules): Promise<LocalServer> {
  const translate = (text: string) =>
    [...origins].reduce((changed, [origin, other]) => changed.replaceAll(origin, other), text);
  const passOn = async ({ req }: Context): Promise<Response> => {
    const { pathname, search } = new URL(req.url);
    const path = pathname + search;
    if (await instead(path)) return new Response();
    const body = req.method === "GET" ? null : await req.raw.arrayBuffer();
    const headers = new Headers(req.raw.headers);
    for (const name of ["host", "content-length", "connection"]) headers.delete(name);
    const began = performance.now();
    const response = await fetch(target + path, { method: req.method, headers, body, redirect: "manual" });
    const answer = translate(await response.text());
    const form = headers.get("content-type")?.startsWith("multipart/form-data");
    await heard({
      method: req.method,
      path,
      token: headers.get("authorization")?.replace(/^Bearer /, ""),
      sent: form ? `a form with a file, ${body?.byteLength} bytes` : new TextDecoder().decode(body ?? undefined),
      status: response.status,
      answer,
      round_trips: /desc="(.+?)"/.exec(response.headers.get("server-timing") ?? "")?.[1],
      took_ms: Math.round(performance.now() - began),
    });
    return new Response(answer, {
      status: response.status,
      headers: { "Content-Type": response.headers.get("content-type") ?? "text/plain" },
    });
  };
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all("*", passOn);
  return listen(app, 0);
}
