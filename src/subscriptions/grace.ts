import { and, eq, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { organisation_settings } from "../tables/organisation.ts";
import { subscriptions } from "../tables/subscriptions.ts";

/** When the grace period of a term ends: so many days after the term, as the organization's settings say. */
export const graceEnd = (term_end: SQL): SQL =>
  sql`${term_end} + (select ${organisation_settings.grace_days} from ${organisation_settings}) * interval '1 day'`;

/** Whether a row of `subscriptions` is past due and its grace period is over. Never null. */
export const graceIsOver: SQL = sql`(${and(
  eq(subscriptions.status, "past_due"),
  or(isNull(subscriptions.grace_ends_at), lte(subscriptions.grace_ends_at, sql`now()`)),
)})`;
