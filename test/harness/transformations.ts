import { type Request, Response } from "miniflare";
import sharp from "sharp";
import { onTestFinished } from "vitest";
import { startWorker } from "./platform.ts";

/** How the zone of API_URL transforms images: really, not at all, or with an error of Cloudflare Images. */
type Transformations = "on" | "off" | number;

/**
 * Starts a Worker whose requests to its own API_URL go through Cloudflare's image transformations, as sharp makes them. All
 * other requests go out as they are.
 */
export async function workerWithTransformations(how: Transformations) {
  const asked: string[] = [];
  const worker = await startWorker(
    {},
    {
      outboundService: async (request: Request) => {
        const { pathname } = new URL(request.url);
        if (!request.cf || !("image" in request.cf)) return passOn(request);
        asked.push(pathname);
        const original = new Uint8Array(await (await fetch(worker.url + pathname)).arrayBuffer());
        if (how === "off") return new Response(original, { headers: { "Content-Type": "image/jpeg" } });
        if (how !== "on") return new Response("ERROR", { status: 415, headers: { "Cf-Resized": `err=${how}` } });
        const size = { width: 2048, height: 2048, fit: "inside", withoutEnlargement: true } as const;
        const resized = await sharp(original, { autoOrient: true }).resize(size).webp().toBuffer();
        return new Response(resized, { headers: { "Cf-Resized": "internal=ok/m q=0 n=0" } });
      },
    },
  );
  onTestFinished(() => worker.stop());
  return { ...worker, asked };
}

async function passOn(request: Request): Promise<Response> {
  const { method, url, headers } = request;
  const body = method === "GET" || method === "HEAD" ? null : await request.arrayBuffer();
  const answer = await fetch(url, { method, headers: Object.fromEntries(headers), body });
  const { "content-encoding": _, "content-length": __, ...rest } = Object.fromEntries(answer.headers);
  return new Response(await answer.arrayBuffer(), { status: answer.status, headers: rest });
}
