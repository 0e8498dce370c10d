import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type * as z from "zod";
import { mailing, query, type Silent } from "../database/statements.ts";
import { emails } from "./tables.ts";
import type { TEMPLATES, TemplateKey } from "./templates.ts";

/**
 * Puts a mail in the outbox for every row of `from`, in the transaction that causes it. What it says is selected in
 * SQL, so it can only say what is stored.
 *
 * @param once a key: however often this happens, the mail goes out once
 */
export function mail<K extends TemplateKey>(
  template: K,
  {
    to,
    user_id,
    account_token_id,
    data,
    from,
    once,
  }: {
    to: SQLWrapper;
    user_id: SQLWrapper;
    account_token_id?: SQLWrapper;
    data: Record<keyof z.infer<(typeof TEMPLATES)[K]["data"]> & string, SQLWrapper>;
    /** From `from` on: the tables, joins and conditions. */
    from: SQL;
    once?: SQL;
  },
): Silent {
  const fields = Object.entries<SQLWrapper>(data).map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${value}`);
  return mailing(
    query.execute(sql`
      insert into ${emails} (template, to_email, user_id, account_token_id, data, dedupe_key)
      select ${template}, ${to}, ${user_id}, ${account_token_id ?? sql`null::uuid`},
        jsonb_build_object(${sql.join(fields, sql`, `)}), ${once ?? sql`null`}
      ${from}
      on conflict (dedupe_key) do nothing`),
  );
}
