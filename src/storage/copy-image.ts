import { type SQL, sql } from "drizzle-orm";
import type { Handle, Plan, Values } from "../database/plan.ts";
import type { Context } from "../http/context.ts";
import { stored_files } from "../tables/files.ts";
import { encode, FULL_SIZE, type Rotation } from "./encode.ts";
import { newFile, reserve } from "./file-rows.ts";
import { unreadable } from "./image-facts.ts";
import { bucketOf, type FileKind, fromBucket } from "./storage.ts";
import { asWebp, fill } from "./store-image.ts";

/** A stored image to copy. */
export interface CopiedImage {
  id: string;
  kind: FileKind;
  key: string;
  sha256: string | null;
}

/**
 * Stores a copy of a stored image, turned or in another bucket. The copy counts as the same upload. Two round trips, as
 * `storeImage` makes them.
 *
 * @param original the id of the file to copy
 * @param find plans the rules that must hold first, and the row of `stored_files`
 */
export async function copyImage<Shape>(
  ctx: Context,
  { kind, original, rotate }: { kind: FileKind; original: SQL; rotate?: Rotation },
  find: (t: Plan) => Handle<CopiedImage>,
  link: (t: Plan, file_id: string, original_id: string) => () => Shape,
): Promise<Values<Shape>> {
  const { storage, settings } = ctx;
  const file = newFile(kind);
  const bytes = sql`(select ${stored_files.size_bytes} from ${stored_files} where ${stored_files.id} = ${original})`;
  const image = await ctx.transact((t) => {
    const found = find(t);
    reserve(t, file, "image/webp", bytes);
    return found;
  });
  const make = async () => {
    const stored = await fromBucket(bucketOf(storage, image.kind).get(`${image.key}/full.webp`));
    if (!stored) throw unreadable();
    const type = "image/webp";
    const full = rotate
      ? await encode({ images: storage.images, settings, type, rotate }, stored.body, FULL_SIZE)
      : new Uint8Array(await stored.arrayBuffer());
    return asWebp(ctx, file, { full, type, origin: { sha256: image.sha256, taken: null } });
  };
  return fill(ctx, file, make, (t, file_id) => link(t, file_id, image.id));
}
