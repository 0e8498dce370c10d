import { inArray, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { emails, reminders } from "../tables/mail.ts";
import { KINDS } from "./kinds.ts";

const NOW = sql`now()`;

/**
 * Withholds those of claimed mails that are reminders and no longer true. Returns their ids. Takes a round trip, unless none
 * is a reminder: the query has a subquery for each kind, which would cost each delivery more than everything else.
 */
export async function withholdMoot(
  ctx: Context,
  claimed: { id: string; template: string }[],
): Promise<ReadonlySet<string>> {
  // A kind that only another version of the Worker knows is left to that version.
  const kinds = KINDS.filter((kind) => claimed.some(({ template }) => template === kind.template));
  if (kinds.length === 0) return new Set();
  const ids = claimed.map(({ id }) => id);
  const why = sql`case ${reminders.kind} ${sql.join(
    kinds.map((kind) => sql`when ${kind.name} then (${kind.whyMoot(NOW, sql`${reminders}`)})`),
    sql` `,
  )} end`;
  const { withheld } = await ctx.transact((t) => ({
    withheld: t.many(
      query.execute<{ id: string }>(sql`
        with moot as materialized (
          select ${reminders.id} as reminder, ${emails.id} as mail, ${why} as why
          from ${reminders} join ${emails} on ${emails.id} = ${reminders.email_id}
          where ${inArray(reminders.email_id, ids)} and ${emails.status} = 'pending'
        ), decided as (
          update ${reminders} set outcome = 'moot', reason = moot.why from moot
          where ${reminders.id} = moot.reminder and moot.why is not null
        )
        update ${emails} set status = 'withheld', last_error = 'moot', attempts = ${emails.attempts} - 1
        from moot where ${emails.id} = moot.mail and moot.why is not null returning ${emails.id}`),
    ),
  }));
  return new Set(withheld.map(({ id }) => id));
}
