import { sql } from "drizzle-orm";
import { boolean, check, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, timestamps } from "../database/columns.ts";
import { BRANDING } from "./branding.ts";

/** One row: how the organisation shows itself in mails and pages. */
export const organisation_settings = pgTable(
  "organisation_settings",
  {
    singleton: boolean().primaryKey().default(true),
    name: text().notNull().default(BRANDING.name),
    primary_colour: text().notNull().default(BRANDING.primary_colour),
    accent_colour: text().notNull().default(BRANDING.accent_colour),
    logo_url: text(),
    ...timestamps,
  },
  (t) => [
    check("organisation_settings_singleton", sql`${t.singleton}`),
    check(
      "organisation_settings_colours",
      sql`${t.primary_colour} ~ '^#[0-9a-f]{6}$' and ${t.accent_colour} ~ '^#[0-9a-f]{6}$'`,
    ),
  ],
);

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
