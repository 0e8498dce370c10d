import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, timestamps } from "./columns.ts";

/** Each run of a scheduled job. */
export const job_runs = pgTable(
  "job_runs",
  {
    id: id(),
    job: text().notNull(),
    started_at: instant().notNull(),
    finished_at: instant(),
    outcome: text({ enum: ["succeeded", "failed"] }),
    report: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    ...timestamps,
  },
  (t) => [index("job_runs_newest").on(t.job, t.started_at, t.id)],
);

/** What a job remembers from one run to the next. */
export const job_states = pgTable("job_states", {
  job: text().primaryKey(),
  /** Where it goes on. Null: at the beginning. */
  cursor: jsonb().$type<Record<string, unknown>>(),
  last_succeeded_at: instant(),
  /** When volunteers were told that it no longer succeeds. Null again when it does. */
  alerted_at: instant(),
  ...timestamps,
});
