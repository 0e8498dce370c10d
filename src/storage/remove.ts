import type { Context } from "../http/context.ts";
import { describe, log } from "../http/log.ts";
import { forgetFiles, giveUp, markUnneeded, REMOVED_AT_ONCE, type ReservedFile } from "./file-rows.ts";
import { deleteObjects } from "./storage.ts";

/**
 * Removes the files that nobody refers to, and uploads that never finished: first their objects, then their rows. A file
 * whose objects cannot be deleted keeps its row, for the next time.
 */
export async function removeUnneededFiles(ctx: Context): Promise<{ removed: number; failed: number }> {
  const report = { removed: 0, failed: 0 };
  for (;;) {
    const files = await ctx.transact((t) => t.many(markUnneeded()));
    const gone = await Promise.all(files.map((file) => removeObjects(ctx, file)));
    const ids = files.filter((_, index) => gone[index]).map(({ id }) => id);
    if (ids.length > 0) await ctx.transact((t) => forgetFiles(t, ids));
    report.removed += ids.length;
    report.failed += files.length - ids.length;
    if (files.length < REMOVED_AT_ONCE || ids.length < files.length) return report;
  }
}

/** Removes an upload that failed. If its row was kept after all, because only the database's answer was lost, it stays. */
export async function removeFailedUpload(ctx: Context, file: ReservedFile): Promise<void> {
  const { file: row } = await ctx.transact((t) => giveUp(t, file));
  if (row?.status === "stored") return;
  if (row === null) await removeObjects(ctx, file);
  await removeUnneededFiles(ctx);
}

/**
 * Deletes all objects of a file that nobody refers to anymore, before its row goes. Whether they are gone: if not,
 * {@link removeUnneededFiles} tries again.
 */
export async function removeObjects(
  { storage, request_id }: Context,
  { kind, key }: Pick<ReservedFile, "kind" | "key">,
): Promise<boolean> {
  try {
    await deleteObjects(storage, kind, key);
    return true;
  } catch (error) {
    log({ level: "error", event: "file_not_removed", request_id, ...describe(error) });
    return false;
  }
}
