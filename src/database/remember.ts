import { type SQL, sql } from "drizzle-orm";
import type { Plan } from "./plan.ts";
import { query } from "./query.ts";

// Each statement sees what others have committed meanwhile, and what this transaction has changed, so the same condition
// could find other rows each time. So we ask once, and keep the ids in a setting that ends with the transaction.

/** Keeps the ids that `select` yields as `id`, under a name such as `app.chosen`. */
export const remember = (t: Plan, name: string, select: SQL): void =>
  t.effect(query.execute(sql`select ${asRemembered(name, select)}`));

/** The same as an expression, for a statement that yields more. */
export const asRemembered = (name: string, select: SQL): SQL =>
  sql`set_config(${name}, (select coalesce(string_agg(id::text, ','), '') from (${select}) as found), true)`;

/** SQL for an array of the ids that were kept. Null if there were none. */
export const remembered = (name: string): SQL =>
  sql`string_to_array(nullif(current_setting(${name}, true), ''), ',')::uuid[]`;
