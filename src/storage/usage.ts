import { count, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { FILE_KINDS, stored_files } from "../tables/files.ts";
import { storage_usage } from "../tables/organisation.ts";
import { comparisonIn, requestComparison, selectComparison } from "./comparison.ts";
import { CRITICAL, storageLevel, WARNING } from "./level.ts";
import type { StorageUsage } from "./schemas.ts";

/** How much room the files take, and what for. */
export const getStorageUsage = (ctx: SignedInContext): Promise<StorageUsage> => ctx.transact(readUsage);

/** Adds the sizes of all files up again, and begins to compare them with what R2 holds. Returns the usage as it is now. */
export async function recalculateStorage(ctx: SignedInContext): Promise<StorageUsage> {
  const usage = await ctx.transact((t) => {
    // Uploads wait here. What is added up after this sees what they left.
    t.effect(query.select({ used_bytes: storage_usage.used_bytes }).from(storage_usage).for("update"));
    const used_bytes = sql`(select coalesce(sum(${stored_files.size_bytes}), 0) from ${stored_files})`;
    t.effect(query.update(storage_usage).set({ used_bytes }));
    requestComparison(t);
    return readUsage(t);
  });
  await ctx.ring("storage");
  return usage;
}

const readUsage = (t: Plan) =>
  t.combine(
    {
      usage: t.one(
        query
          .select({
            used_bytes: storage_usage.used_bytes,
            limit_bytes: storage_usage.limit_bytes,
            level: storageLevel,
          })
          .from(storage_usage),
      ),
      kinds: t.many(
        query
          .select({
            kind: stored_files.kind,
            files: count(),
            bytes: sql<number>`sum(${stored_files.size_bytes})`.mapWith(Number),
          })
          .from(stored_files)
          .groupBy(stored_files.kind),
      ),
      comparison: t.maybe(selectComparison()),
    },
    ({ usage, kinds, comparison }): StorageUsage => {
      const bytesAt = (part: number) => Math.floor(usage.limit_bytes * part);
      const { place, last } = comparisonIn(comparison);
      return {
        ...usage,
        thresholds: { warning_bytes: bytesAt(WARNING), critical_bytes: bytesAt(CRITICAL) },
        by_kind: FILE_KINDS.map((kind) => kinds.find((one) => one.kind === kind) ?? { kind, files: 0, bytes: 0 }),
        comparing: place !== null,
        compared_at: last?.finished_at ?? null,
        comparison: last?.found ?? null,
      };
    },
  );
