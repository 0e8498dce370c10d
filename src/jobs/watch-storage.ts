import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { holdersOf } from "../access/holds.ts";
import { toPeople } from "../accounts/address.ts";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { storageIsAtEase, storageLevel, storageLevelIsNews, WATCH_STORAGE } from "../storage/level.ts";
import { job_states } from "../tables/jobs.ts";
import { storage_usage } from "../tables/organisation.ts";
import { users } from "../tables/people.ts";

/**
 * Tells those who look after the storage that it fills: once at each threshold, until there is room again. The first sign
 * would otherwise be that somebody cannot upload.
 */
export async function watchStorage(ctx: Context): Promise<{ told: number }> {
  const percent = sql<number>`(select floor(100.0 * ${storage_usage.used_bytes} / ${storage_usage.limit_bytes})::integer from ${storage_usage})`;
  const which = (holds: SQL) => sql`exists (select from ${storage_usage} where ${holds})`;
  const isState = eq(job_states.job, WATCH_STORAGE);
  const { told } = await ctx.transact((t) => {
    t.effect(query.insert(job_states).values({ job: WATCH_STORAGE }).onConflictDoNothing());
    // Of two runs at once, the second one finds that it was told.
    t.effect(query.select({ job: job_states.job }).from(job_states).where(isState).for("update"));
    t.mail("storage_filling", {
      ...toPeople(
        and(inArray(users.id, holdersOf("settings.storage")), eq(users.status, "active"), which(storageLevelIsNews)),
      ),
      data: { first_name: users.first_name, percent },
    });
    t.effect(
      query
        .update(job_states)
        .set({ cursor: null })
        .where(and(isState, which(storageIsAtEase))),
    );
    return {
      told: t.many(
        query
          .update(job_states)
          .set({
            cursor: sql`(select jsonb_build_object('level', ${storageLevel}, 'since', coalesce(${job_states.cursor} ->> 'since', now()::text)) from ${storage_usage})`,
          })
          .where(and(isState, which(storageLevelIsNews)))
          .returning({ job: job_states.job }),
      ),
    };
  });
  return { told: told.length };
}
