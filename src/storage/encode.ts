import type { Settings } from "../env.ts";
import { Refusal, unavailable } from "../http/errors.ts";
import { type ImageFacts, unreadable } from "./image-facts.ts";
import { withoutMetadata } from "./metadata.ts";

/** The long side in pixels. Smaller images stay as they are. */
export const FULL_SIZE = 2048;
export const THUMBNAIL_SIZE = 256;

const QUALITY = 85;

/** What Images answers when the month's transformations are used up. Its documentation has named both numbers. */
const QUOTA_USED = [9422, 9423];
/** What went wrong inside Images, not with the image. */
const BUSY = [9504, 9505, 9510, 9524];

const QUOTA = [
  "images_quota",
  "We cannot process any more images this month. Please let the organization know, or try again next month.",
] as const;

/** What an error of Cloudflare Images means for the client. */
function refusalFor(code: number, { type, cause }: { type: ImageFacts["type"]; cause?: unknown }, settings: Settings) {
  if (QUOTA_USED.includes(code)) return new Refusal(503, ...QUOTA, { cause });
  if (BUSY.includes(code))
    return unavailable("images_unavailable", "We cannot process images right now. Please try again later.", cause);
  if (type === "image/heic" && settings.ENVIRONMENT === "development")
    return new Refusal(
      415,
      "heic_not_local",
      "The local stack cannot decode HEIC. Cloudflare can. Please try a JPEG here.",
    );
  return unreadable(cause);
}

const isImagesError = (error: unknown): error is ImagesError =>
  error instanceof Error && "code" in error && typeof error.code === "number";

interface Encoding {
  images: ImagesBinding;
  settings: Settings;
  type: ImageFacts["type"];
  /** Degrees to turn it by, clockwise. */
  rotate?: Rotation;
  /** WebP if left out. A JPEG has white ground where the image is transparent. */
  format?: "image/png" | "image/jpeg";
}

/** At most so many pixels a side. */
export interface Box {
  width: number;
  height: number;
}

export type Rotation = 90 | 180 | 270;

/**
 * Turns an image as its Exif data says, makes it fit into a box or at most `size` pixels on the long side, and encodes it
 * without metadata. 400 if it cannot be read, 503 if Images fails.
 */
export async function encode(
  { images, settings, type, rotate, format }: Encoding,
  source: ReadableStream<Uint8Array>,
  size: number | Box,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const result = await images
      .input(source)
      .transform({
        ...(typeof size === "number" ? { width: size, height: size } : size),
        fit: "scale-down",
        ...(rotate && { rotate }),
        ...(format === "image/jpeg" && { background: "#ffffff" }),
      })
      .output({ format: format ?? "image/webp", quality: QUALITY, anim: false });
    const encoded = new Uint8Array(await result.response().arrayBuffer());
    return format ? encoded : withoutMetadata(encoded);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (isImagesError(error)) throw refusalFor(error.code, { type, cause: error }, settings);
    throw unavailable("images_unavailable", "We cannot process images right now. Please try again later.", error);
  }
}

/** What the Images binding takes. Larger images need a URL, and a zone with transformations. */
export const BINDING_BYTES = 20_000_000;

/** The same for an image at a URL, of any size. 413 where the zone has no transformations. */
export async function encodeFromUrl(
  { settings, type }: Omit<Encoding, "images" | "rotate" | "format">,
  url: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const image = { width: FULL_SIZE, height: FULL_SIZE, quality: QUALITY, anim: false } as const;
  const answer = await fetch(url, {
    cf: { image: { ...image, fit: "scale-down", format: "webp", metadata: "none" } },
  }).catch(() => undefined);
  const outcome = answer?.headers.get("Cf-Resized");
  const code = /err=(\d+)/.exec(outcome ?? "")?.[1];
  if (answer?.ok && outcome && !code) return withoutMetadata(new Uint8Array(await answer.arrayBuffer()));
  await answer?.body?.cancel();
  if (code) throw refusalFor(Number(code), { type }, settings);
  throw new Refusal(413, "image_too_large", "We can process images of at most 20 MB. Please choose a smaller one.");
}
