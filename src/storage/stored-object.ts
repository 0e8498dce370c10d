import { notFound, Refusal } from "../http/errors.ts";
import { fromBucket } from "./storage.ts";

/** An object in R2 to show in a browser, or to save there. Its name is plain ASCII, and says nothing about its owner. */
export class StoredObject {
  readonly bucket: R2Bucket;
  readonly key: string;
  readonly name: string;
  readonly cache_control: string;
  readonly disposition: "inline" | "attachment";

  constructor(
    bucket: R2Bucket,
    key: string,
    { name, cache_control, save = false }: { name: string; cache_control: string; save?: boolean },
  ) {
    this.bucket = bucket;
    this.key = key;
    this.name = name;
    this.cache_control = cache_control;
    this.disposition = save ? "attachment" : "inline";
  }
}

interface Range {
  offset: number;
  length: number;
}

/**
 * The one range of bytes that a request asks for. Undefined if it asks for none, or for more than one: then it gets all of
 * them. 416 if the object has no such bytes. https://www.rfc-editor.org/rfc/rfc9110#section-14.2
 */
function rangeIn(header: string | null, size: number): Range | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const offset = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  if (offset >= end)
    throw new Refusal(416, "range_not_satisfiable", "The file does not have these bytes.", {
      headers: { "Content-Range": `bytes */${size}` },
    });
  return { offset, length: end - offset };
}

const matches = (header: string, etag: string) =>
  header.trim() === "*" || header.split(",").some((each) => each.trim().replace(/^W\//, "") === etag);

/** Reads an object as a request wants it: all of it, a part (206), or nothing if the client has it already (304). */
export async function readObject(request: Request, object: StoredObject): Promise<Response> {
  const { bucket, key, name, cache_control, disposition } = object;
  const asked = (name: string) => request.headers.get(name);
  const known = asked("If-None-Match");
  const if_range = asked("If-Range");
  const wants_all = request.method !== "HEAD" && known === null && asked("Range") === null;
  const whole = wants_all ? await fromBucket(bucket.get(key)) : null;
  const about = wants_all ? whole : await fromBucket(bucket.head(key));
  if (!about) throw notFound();
  const headers = new Headers({
    "Content-Type": about.httpMetadata?.contentType ?? "application/octet-stream",
    "Content-Disposition": `${disposition}; filename="${name}"`,
    "Cache-Control": cache_control,
    ETag: about.httpEtag,
    "Accept-Ranges": "bytes",
  });
  if (known !== null && matches(known, about.httpEtag)) return new Response(null, { status: 304, headers });
  const range = if_range === null || if_range === about.httpEtag ? rangeIn(asked("Range"), about.size) : undefined;
  const length = range?.length ?? about.size;
  if (range) headers.set("Content-Range", `bytes ${range.offset}-${range.offset + length - 1}/${about.size}`);
  headers.set("Content-Length", String(length));
  const status = range ? 206 : 200;
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const found = whole ?? (await fromBucket(bucket.get(key, range ? { range } : {})));
  if (!found) throw notFound();
  return new Response(found.body, { status, headers });
}
