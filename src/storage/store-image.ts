import type { Plan, Values } from "../database/plan.ts";
import type { Context } from "../http/context.ts";
import { streamOf } from "../http/stream.ts";
import type { IncomingFile } from "../http/upload.ts";
import { BINDING_BYTES, encode, encodeFromUrl, FULL_SIZE, THUMBNAIL_SIZE } from "./encode.ts";
import { countSize, keep, newFile, type ReservedFile, reserve } from "./file-rows.ts";
import { factsIn, type IncomingImage, readImage, unreadable } from "./image-facts.ts";
import { stagedUploadUrl } from "./links.ts";
import { type Origin, sha256Of, traced } from "./origin.ts";
import { removeFailedUpload, removeUnneededFiles } from "./remove.ts";
import { stage } from "./stage.ts";
import { bucketOf, type FileKind, fromBucket } from "./storage.ts";

/** How many bytes an uploaded image may have. */
export const MOST_IMAGE_BYTES = 50 * 1024 * 1024;

/** We recognize these when the same file comes again, and a cover by the photo that it was made of. */
const MAY_COME_TWICE: readonly FileKind[] = ["event_photo", "event_cover"];

/** Where a large upload waits, below its file's key. It still has its metadata, so it must not stay. */
export const STAGED = "original";

/** What a file's owner plans once the file is stored: to refer to it and, once its size is counted, what to return. */
type Link<Shape> = (t: Plan, file_id: string, origin: Origin) => () => Shape;

/**
 * Stores an uploaded image as WebP, at most 2048 pixels on the long side, and a thumbnail made from that. The upload itself
 * is not kept. Two round trips: the first checks the route's access and `check`, and reserves room; the second keeps the file
 * and links it to its owner, as `link` plans it. If anything fails, nothing has changed, and nothing is left in R2.
 *
 * @example
 * storeImage(ctx, "event_cover", upload, (t, file_id) => {
 *   t.effect(query.update(events).set({ cover_id: file_id }).where(eq(events.id, id)));
 *   return () => ({ event: t.one(selectEvent(id)) });
 * });
 */
export async function storeImage<Shape>(
  ctx: Context,
  kind: FileKind,
  upload: IncomingFile,
  link: Link<Shape>,
  check: (t: Plan) => void = () => undefined,
): Promise<Values<Shape>> {
  const image = await readImage(upload);
  const { chunks, origin } = traced(image.chunks);
  const file = newFile(kind);
  await ctx.transact((t) => {
    check(t);
    reserve(t, file, "image/webp", image.announced_bytes ?? MOST_IMAGE_BYTES);
  });
  return fill(
    ctx,
    file,
    async () => {
      const full = await fullImage(ctx, file, { ...image, chunks });
      return asWebp(ctx, file, { full, type: image.type, origin: await origin() });
    },
    link,
  );
}

interface FullImage {
  full: Uint8Array<ArrayBuffer>;
  type: IncomingImage["type"];
  origin: Origin;
}

/** The objects of an image, and what is known of it. */
interface Made {
  objects: { name: string; type: string; content: Uint8Array<ArrayBuffer> }[];
  facts: { width: number; height: number; sha256: string | null };
  origin: Origin;
}

/** An image as WebP, and its thumbnail. */
export async function asWebp(ctx: Context, { kind }: ReservedFile, { full, type, origin }: FullImage): Promise<Made> {
  const thumbnail = await encode({ ...ctx, ...ctx.storage, type }, new Blob([full]).stream(), THUMBNAIL_SIZE);
  const facts = await factsIn(full);
  if (!facts) throw unreadable();
  const sha256 = MAY_COME_TWICE.includes(kind) ? (origin.sha256 ?? (await sha256Of(full))) : null;
  return {
    objects: [
      { name: "full.webp", type: "image/webp", content: full },
      { name: "thumb.webp", type: "image/webp", content: thumbnail },
    ],
    facts: { width: facts.width, height: facts.height, sha256 },
    origin,
  };
}

/** Stores the objects of a file that has its room, and keeps it. Whatever fails, nothing is left. One round trip. */
export async function fill<Shape>(
  ctx: Context,
  file: ReservedFile,
  make: () => Promise<Made>,
  link: Link<Shape>,
): Promise<Values<Shape>> {
  try {
    const { objects, facts, origin } = await make();
    const bucket = bucketOf(ctx.storage, file.kind);
    const put = ({ name, type, content }: Made["objects"][number]) =>
      fromBucket(bucket.put(`${file.key}/${name}`, content, { httpMetadata: { contentType: type } }));
    // All have settled before anything is removed.
    const outcomes = await Promise.allSettled(objects.map(put));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    const size_bytes = objects.reduce((sum, { content }) => sum + content.byteLength, 0);
    const stored = await ctx.transact((t) => {
      keep(t, file, facts);
      const read = link(t, file.id, origin);
      countSize(t, file, size_bytes);
      return read();
    });
    ctx.afterwards(removeUnneededFiles);
    return stored;
  } catch (error) {
    ctx.afterwards((after) => removeFailedUpload(after, file));
    throw error;
  }
}

/** The image in its largest size. An upload that may be too large for the binding waits in R2 meanwhile. */
async function fullImage(ctx: Context, file: ReservedFile, image: IncomingImage): Promise<Uint8Array<ArrayBuffer>> {
  const { storage, settings } = ctx;
  const encoding = { images: storage.images, settings, type: image.type };
  if (image.announced_bytes !== null && image.announced_bytes <= BINDING_BYTES)
    return encodeIncoming((source) => encode(encoding, source, FULL_SIZE), image);
  const key = `${file.key}/${STAGED}`;
  const size = await stage(storage.private_files, key, image);
  let full: Uint8Array<ArrayBuffer>;
  if (size > BINDING_BYTES)
    full = await encodeFromUrl(encoding, await stagedUploadUrl(settings, ctx.clock(), file.key));
  else {
    const staged = await fromBucket(storage.private_files.get(key));
    if (!staged) throw unreadable();
    full = await encode(encoding, staged.body, FULL_SIZE);
  }
  await fromBucket(storage.private_files.delete(key));
  return full;
}

/** Encodes what is still coming in. If the upload itself fails, the client hears that, and not that encoding failed. */
export async function encodeIncoming<T>(
  work: (source: ReadableStream<Uint8Array>) => Promise<T>,
  { chunks }: IncomingImage,
): Promise<T> {
  let failure: unknown;
  async function* watched(): AsyncGenerator<Uint8Array, void> {
    try {
      // Images may still be sending a chunk when it asks for the next.
      for await (const chunk of chunks) yield chunk.slice();
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  try {
    return await work(streamOf(watched()));
  } catch (error) {
    throw failure ?? error;
  }
}
