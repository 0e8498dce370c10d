import { type Request, Response } from "miniflare";
import sharp from "sharp";
import { startWorker } from "./platform.ts";

/** How the zone of API_URL transforms images: really, not at all, or with an error of Cloudflare Images. */
type Transformations = "on" | "off" | number;

/**
 * Starts a Worker whose requests for images at its own API_URL go through Cloudflare's transformations. All other requests
 * go out as they are. `zone.does` can be changed at any time.
 */
export async function workerWithTransformations() {
  const zone: { does: Transformations; asked: string[] } = { does: "on", asked: [] };
  const worker = await startWorker({}, { outboundService: (request: Request) => goOut(request) });

  async function goOut(request: Request): Promise<Response> {
    if (!request.cf || !("image" in request.cf)) return passOn(request);
    const { pathname } = new URL(request.url);
    zone.asked.push(pathname);
    const original = new Uint8Array(await (await fetch(worker.url + pathname)).arrayBuffer());
    // Miniflare transforms every image that comes back, so this one is none.
    if (zone.does === "off") return new Response("The original");
    if (zone.does !== "on")
      return new Response("ERROR", { status: 415, headers: { "Cf-Resized": `err=${zone.does}` } });
    const size = { width: 2048, height: 2048, fit: "inside", withoutEnlargement: true } as const;
    return new Response(await sharp(original, { autoOrient: true }).resize(size).webp().toBuffer());
  }

  return { ...worker, zone };
}

async function passOn(request: Request): Promise<Response> {
  const { method, url, headers } = request;
  const body = method === "GET" || method === "HEAD" ? null : await request.arrayBuffer();
  const answer = await fetch(url, { method, headers: Object.fromEntries(headers), body });
  const { "content-encoding": _, "content-length": __, ...rest } = Object.fromEntries(answer.headers);
  return new Response(await answer.arrayBuffer(), { status: answer.status, headers: rest });
}
