import { eq, type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { job_states } from "../tables/jobs.ts";
import { storage_usage } from "../tables/organisation.ts";

/** From how much of the limit on volunteers should do something about it. */
export const WARNING = 0.8;
export const CRITICAL = 0.95;

/** Below this, a warning is over: another one is news again. In between, files come and go. */
const AT_EASE = 0.7;

export const StorageLevel = z.enum(["ok", "warning", "critical"]);
export type StorageLevel = z.infer<typeof StorageLevel>;

const uses = (part: number): SQL =>
  sql`${storage_usage.used_bytes} >= floor(${storage_usage.limit_bytes} * ${sql.raw(String(part))})`;

/** Whether the row of `storage_usage` has reached a threshold. */
export const storageIsFilling: SQL = uses(WARNING);

/** Which one. */
export const storageLevel = sql<StorageLevel>`(case when ${uses(CRITICAL)} then 'critical' when ${uses(WARNING)} then 'warning' else 'ok' end)`;

export const WATCH_STORAGE = "watch_storage";

/** What volunteers were last told, as `{level, since}`. */
const told = sql`(select ${job_states.cursor} from ${job_states} where ${eq(job_states.job, WATCH_STORAGE)})`;

/** Since when volunteers know. Before they were told: since the last change. */
export const storageLevelSince = sql`coalesce((${told} ->> 'since')::timestamptz, ${storage_usage.updated_at})`;

/** Whether volunteers have not been told of this level, or of a higher one. */
export const storageLevelIsNews: SQL = sql`(${uses(WARNING)} and coalesce(${told} ->> 'level', 'ok') in
  ('ok', case when ${uses(CRITICAL)} then 'warning' end))`;

export const storageIsAtEase: SQL = sql`not ${uses(AT_EASE)}`;
