import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { Instant } from "../http/schemas.ts";
import { job_states } from "../tables/jobs.ts";
import { StorageComparison } from "./schemas.ts";

/** The name under which `job_states` remembers the comparison of our rows with R2. */
export const COMPARISON = "compare_files";

const NOTHING: StorageComparison = {
  objects: 0,
  unmatched: 0,
  removed: 0,
  corrected: 0,
  missing: 0,
  missing_ids: [],
  unknown: 0,
};

export const BUCKETS = ["private_files", "public_files"] as const;

const State = z.object({
  /** Where it goes on: after this object of this bucket. Null once it is through. */
  place: z.object({ bucket: z.enum(BUCKETS), after: z.string() }).nullable(),
  found: StorageComparison,
  /** The keys of files that have objects and no row, and since when we know. */
  unmatched: z.record(z.string(), Instant),
  /** The last comparison that came to its end. */
  last: z.object({ finished_at: Instant, found: StorageComparison }).nullable(),
});
export type State = z.infer<typeof State>;
export type Place = NonNullable<State["place"]>;

const AT_FIRST: State = { place: null, found: NOTHING, unmatched: {}, last: null };

/** What a comparison is before it looks at the first object. */
export const begun = (state: State): State => ({
  ...state,
  place: { bucket: BUCKETS[0], after: "" },
  found: NOTHING,
});

export const selectComparison = () =>
  query.select({ cursor: job_states.cursor }).from(job_states).where(eq(job_states.job, COMPARISON));

/** What a row of {@link selectComparison} says. */
export const comparisonIn = (row: { cursor: unknown } | null): State => State.safeParse(row?.cursor).data ?? AT_FIRST;

/**
 * Remembers how far a comparison is, unless another run was faster or somebody had it begin again. Yields a row if it did.
 *
 * @param before what the row said before
 */
export const saveComparison = (t: Plan, state: State, before: { cursor: unknown } | null) =>
  t.maybe(
    query
      .insert(job_states)
      .values({ job: COMPARISON, cursor: state })
      .onConflictDoUpdate({
        target: job_states.job,
        set: { cursor: state },
        setWhere: sql`${job_states.cursor} is not distinct from ${JSON.stringify(before?.cursor ?? null)}::jsonb`,
      })
      .returning({ job: job_states.job }),
  );

/** Has the next look begin a comparison, whatever the last one did. */
export const requestComparison = (t: Plan): void => {
  const state = begun(AT_FIRST);
  const { place, found } = state;
  t.effect(
    query
      .insert(job_states)
      .values({ job: COMPARISON, cursor: state })
      .onConflictDoUpdate({
        target: job_states.job,
        set: {
          cursor: sql`coalesce(${job_states.cursor}, ${JSON.stringify(state)}::jsonb) || ${JSON.stringify({ place, found })}::jsonb`,
        },
      }),
  );
};
