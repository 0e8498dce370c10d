import { unreadable } from "./image-facts.ts";

/** The chunks of a WebP file that hold pixels, transparency, or the colors' profile. All others go. */
const KEPT = new Set(["VP8X", "VP8 ", "VP8L", "ALPH", "ICCP"]);

/** The bits of VP8X that announce Exif and XMP. */
const METADATA_FLAGS = 0b0000_1100;

/**
 * A WebP image without Exif, XMP, or anything else that is not needed to show it. Images drops it already; here we make
 * sure. https://developers.google.com/speed/webp/docs/riff_container
 */
export function withoutMetadata(webp: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  const name = (at: number) => String.fromCharCode(...webp.subarray(at, at + 4));
  if (webp.byteLength < 12 || name(0) !== "RIFF" || name(8) !== "WEBP") throw unreadable();
  const kept = webp.slice();
  let end = 12;
  for (let at = 12; at + 8 <= webp.byteLength; ) {
    const size = 8 + view.getUint32(at + 4, true);
    const padded = size + (size % 2);
    if (KEPT.has(name(at))) {
      kept.set(webp.subarray(at, at + padded), end);
      if (name(at) === "VP8X") kept[end + 8] = (webp[at + 8] ?? 0) & ~METADATA_FLAGS;
      end += padded;
    }
    at += padded;
  }
  new DataView(kept.buffer).setUint32(4, end - 8, true);
  return kept.slice(0, end);
}
