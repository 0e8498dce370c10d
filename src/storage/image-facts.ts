import { Refusal } from "../http/errors.ts";
import type { IncomingFile } from "../http/upload.ts";

const TYPES = { jpg: "image/jpeg", png: "image/png", webp: "image/webp", heic: "image/heic" } as const;

/** What the first bytes of an image say, whatever its label says. */
export interface ImageFacts {
  type: (typeof TYPES)[keyof typeof TYPES];
  width: number;
  height: number;
}

/** An image that is coming in, and what its first bytes say. */
export interface IncomingImage extends ImageFacts, IncomingFile {}

/** Cloudflare Images refuses larger ones. https://developers.cloudflare.com/images/transform-images/ */
const MOST_PIXELS = 100_000_000;
const MOST_PIXELS_A_SIDE = 12_000;

/** Cameras write their own data before the size of the picture. We look for the size after this many bytes. */
const LOOK_AFTER_BYTES = [4096, 64 * 1024, 256 * 1024, 2 * 1024 * 1024];

export const unreadable = (cause?: unknown) =>
  new Refusal(400, "image_unreadable", "We cannot read this image. It may be damaged. Please try another file.", {
    cause,
  });

/** What a file's first bytes say. Undefined if they are not enough, or it is none of our types. */
export async function factsIn(head: Uint8Array): Promise<ImageFacts | undefined> {
  const { imageMeta } = await import("image-meta");
  try {
    const { type, width, height } = imageMeta(head);
    return isOurs(type) && width && height ? { type: TYPES[type], width, height } : undefined;
  } catch {
    return undefined;
  }
}

const isOurs = (type: string | undefined): type is keyof typeof TYPES => type !== undefined && type in TYPES;

const startsWith = (head: Uint8Array, text: string, at = 0) =>
  [...text].every((letter, index) => head[at + index] === letter.charCodeAt(0));

/** The brands of ISO 23008-12 whose pictures are HEVC. `mif1` and `msf1` say only that it is a picture. */
const HEIC = ["heic", "heix", "hevc", "hevx", "mif1", "msf1"];

/** Whether it begins as one of our types does. */
const looksRight = (head: Uint8Array): boolean =>
  startsWith(head, "\xff\xd8\xff") ||
  startsWith(head, "\x89PNG\r\n\x1a\n") ||
  (startsWith(head, "RIFF") && startsWith(head, "WEBP", 8)) ||
  (startsWith(head, "ftyp", 4) && HEIC.some((brand) => startsWith(head, brand, 8)));

/**
 * Reads the first bytes of an upload. 415 unless it is a JPEG, PNG, WebP or HEIC image, 413 if it has too many pixels, 400 if
 * it is too damaged to tell.
 */
export async function readImage({ announced_bytes, chunks }: IncomingFile): Promise<IncomingImage> {
  const read: Uint8Array[] = [];
  let head = new Uint8Array();
  let facts: ImageFacts | undefined;
  let ended = false;
  for (const wanted of LOOK_AFTER_BYTES) {
    let bytes = head.byteLength;
    while (bytes < wanted && !ended) {
      const { value, done } = await chunks.next();
      ended = done === true;
      if (value) read.push(value.slice());
      bytes += value?.byteLength ?? 0;
    }
    head = joined(read, bytes);
    if (!looksRight(head))
      throw new Refusal(415, "not_an_image", "Please choose a picture: a JPEG, PNG, WebP or HEIC file.");
    facts = await factsIn(head);
    if (facts || ended) break;
  }
  if (!facts) throw unreadable();
  const { width, height } = facts;
  if (width > MOST_PIXELS_A_SIDE || height > MOST_PIXELS_A_SIDE || width * height > MOST_PIXELS)
    throw new Refusal(
      413,
      "too_many_pixels",
      `An image can have at most ${MOST_PIXELS_A_SIDE} pixels a side and 100 megapixels in all. This one has ${width} × ${height} pixels.`,
    );
  return { ...facts, announced_bytes, chunks: followed(head, chunks) };
}

function joined(chunks: Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

async function* followed(head: Uint8Array, rest: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  yield head;
  yield* rest;
}
