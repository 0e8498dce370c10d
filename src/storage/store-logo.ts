import type { Plan, Values } from "../database/plan.ts";
import type { Context } from "../http/context.ts";
import type { Upload } from "../http/upload.ts";
import { type Box, encode } from "./encode.ts";
import { newFile, reserve } from "./file-rows.ts";
import { factsIn, readImage, unreadable } from "./image-facts.ts";
import { LOGO_JPEG, LOGO_PNG } from "./links.ts";
import { encodeIncoming, fill } from "./store-image.ts";

/** How many bytes an uploaded logo may have. */
export const MOST_LOGO_BYTES = 5 * 1024 * 1024;

/** Sharp on screens with two pixels per point, and small enough for every mail. */
const LOGO_BOX: Box = { width: 600, height: 160 };

/**
 * Stores a logo as PNG, which every mail program shows, and as JPEG, which a PDF can hold. Everybody may see it. Two round
 * trips, and nothing is left if it fails: see storeImage.
 */
export async function storeLogo<Shape>(
  ctx: Context,
  upload: Upload,
  link: (t: Plan, file_id: string) => () => Shape,
): Promise<Values<Shape>> {
  const image = await readImage(upload);
  const file = newFile("logo");
  await ctx.transact((t) => reserve(t, file, "image/png", image.announced_bytes ?? MOST_LOGO_BYTES));
  const encoding = { images: ctx.storage.images, settings: ctx.settings };
  const make = async () => {
    const png = await encodeIncoming(
      (source) => encode({ ...encoding, type: image.type, format: "image/png" }, source, LOGO_BOX),
      image,
    );
    const jpeg = await encode(
      { ...encoding, type: "image/png", format: "image/jpeg" },
      new Blob([png]).stream(),
      LOGO_BOX,
    );
    const facts = await factsIn(png);
    if (!facts) throw unreadable();
    return {
      objects: [
        { name: LOGO_PNG, type: "image/png", content: png },
        { name: LOGO_JPEG, type: "image/jpeg", content: jpeg },
      ],
      facts: { width: facts.width, height: facts.height, sha256: null },
      origin: { sha256: null, taken: null },
    };
  };
  return fill(ctx, file, make, link);
}
