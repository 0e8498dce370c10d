import { and, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type * as z from "zod";
import { query, type Statement } from "../database/query.ts";
import { emails } from "../tables/mail.ts";
import { type Lane, laneOf } from "./lanes.ts";
import type { TEMPLATES, TemplateKey } from "./templates.ts";

/** SQL that yields a `T`: `sql<T>`, or a column of that type. A nullable column is allowed only if `T` is nullable. */
export type Yielding<T> = SQLWrapper & { readonly _: { type: T } | ColumnOf<T> };
type ColumnOf<T> = { data: T; notNull: true } | (null extends T ? { data: NonNullable<T>; notNull: boolean } : never);

type DataOf<Key extends TemplateKey> = z.infer<(typeof TEMPLATES)[Key]["data"]>;

/** Mails from a template, as SQL: one for every row of `from`. */
export interface OutgoingMail<Key extends TemplateKey> {
  /** The mail's id, if another row refers to it. */
  id?: SQLWrapper;
  to: SQLWrapper;
  user_id: SQLWrapper;
  account_token_id?: SQLWrapper;
  /** The newsletter that it carries. */
  newsletter_id?: SQLWrapper;
  /** The template's data, in the types that it declares. */
  data: { [Name in keyof DataOf<Key>]-?: Yielding<DataOf<Key>[Name]> };
  /** The rest of the select, starting with `from`: tables, joins and conditions. */
  from: SQL;
  /** A key for what the mail is about. Only one mail ever goes out for each key. */
  once?: SQL;
  /** `with …`: writes in the same statement, whose rows `from` reads. */
  with?: SQL;
  /** The earliest moment for it to go out. */
  not_before?: SQL;
  /** Its lane, if not that of the template. */
  lane?: Lane;
}

/**
 * Puts mails in the outbox. The transaction that causes them selects their data, so it matches what is stored. People
 * without an address get none.
 */
export function insertMail<Key extends TemplateKey>(
  template: Key,
  {
    id,
    to,
    user_id,
    account_token_id,
    newsletter_id,
    data,
    from,
    once,
    with: written,
    not_before,
    lane,
  }: OutgoingMail<Key>,
): Statement<{ rowCount: number }> {
  const fields = Object.entries<SQLWrapper>(data).map(([name, value]) => sql`${sql.raw(`'${name}'`)}, ${value}`);
  return query.execute(sql`${written}
    insert into ${emails} (id, template, lane, to_email, user_id, account_token_id, newsletter_id, data, dedupe_key, next_attempt_at)
    select * from (
      select ${id ?? sql`gen_random_uuid()`} as id, ${template}, ${lane ?? laneOf(template)}::integer, ${to} as to_email, (${user_id})::uuid, ${account_token_id ?? sql`null::uuid`}, ${newsletter_id ?? sql`null::uuid`},
        jsonb_build_object(${sql.join(fields, sql`, `)}), ${once ?? sql`null`}, ${not_before ?? sql`now()`}
      ${from}) as mail
    where mail.to_email is not null
    on conflict (dedupe_key) do nothing`);
}

/** Whether a row of `emails` has not gone out. Those that we gave up on or withheld count: somebody could send them after all. */
export const mailIsUnsent: SQL = inArray(emails.status, ["pending", "failed", "withheld"]);

/**
 * Deletes mails from these templates that have not gone out, because what they say no longer holds.
 *
 * @param which a condition on `emails`
 */
export const deleteUnsentWhere = (which: SQL, ...templates: TemplateKey[]) =>
  query.delete(emails).where(and(which, mailIsUnsent, inArray(emails.template, templates)));

/**
 * The same for mails to these people.
 *
 * @param user_ids SQL that yields an array of their ids
 */
export const deleteUnsentMails = (user_ids: SQL, ...templates: TemplateKey[]): Statement =>
  deleteUnsentWhere(sql`${emails.user_id} = any(${user_ids})`, ...templates);
