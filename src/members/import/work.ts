import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { Context } from "../../http/context.ts";
import { JobFailed, type Report } from "../../jobs/run.ts";
import { import_jobs, import_rows } from "../../tables/import-jobs.ts";
import { applySome } from "./apply.ts";
import { checkSome } from "./check.ts";
import { undoSome } from "./undo.ts";

/** How many parts of imports one look does. */
const PARTS = 12;

/** An upload that took longer has broken off. */
const isAbandoned = and(eq(import_jobs.status, "uploaded"), lt(import_jobs.updated_at, sql`now() - interval '1 hour'`));

const isUnfinished = or(
  and(inArray(import_jobs.status, ["validating", "applying"]), isNull(import_jobs.undone_at)),
  and(isNotNull(import_jobs.undone_at), gt(import_jobs.applied_rows, 0)),
);

/**
 * Does a part of every import that is under way, a few times, and rings again if any is left. One that fails is left to the
 * next look, and neither stops the others nor slows them. Any number of these may run at once: each part locks its import.
 */
export async function continueImports(ctx: Context): Promise<Report> {
  const given_up = await giveUpAbandoned(ctx);
  const failures = new Map<string, unknown>();
  let parts = 0;
  for (;;) {
    const { jobs } = await ctx.transact((t) => ({
      jobs: t.many(
        query
          .select({ id: import_jobs.id, status: import_jobs.status, undone_at: import_jobs.undone_at })
          .from(import_jobs)
          .where(isUnfinished)
          .orderBy(asc(import_jobs.created_at)),
      ),
    }));
    const open = jobs.filter(({ id }) => !failures.has(id));
    if (open.length === 0 || parts >= PARTS) {
      if (open.length > 0) await ctx.ring("import");
      if (failures.size === 0) return { parts, given_up };
      const [failure] = failures.values();
      throw new JobFailed({ parts, given_up, failed: failures.size }, failure);
    }
    for (const { id, status, undone_at } of open) {
      const part = undone_at !== null ? undoSome : status === "validating" ? checkSome : applySome;
      await part(ctx, id).catch((error: unknown) => failures.set(id, error));
      parts += 1;
    }
  }
}

async function giveUpAbandoned(ctx: Context): Promise<number> {
  const abandoned = query.select({ id: import_jobs.id }).from(import_jobs).where(isAbandoned);
  const { jobs } = await ctx.transact((t) => {
    // An upload that goes on at this moment waits, and then hears that it was given up.
    t.effect(query.select({ id: import_jobs.id }).from(import_jobs).where(isAbandoned).for("no key update"));
    t.effect(query.delete(import_rows).where(inArray(import_rows.job_id, abandoned)));
    return {
      jobs: t.many(
        query
          .update(import_jobs)
          .set({
            status: "failed",
            failure: "The upload was interrupted. Please upload the file again.",
            total_rows: 0,
          })
          .where(isAbandoned)
          .returning({ id: import_jobs.id }),
      ),
    };
  });
  return jobs.length;
}
