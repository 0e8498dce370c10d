import { type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import { emails } from "../../tables/mail.ts";

/** What a provider says of why, as the outbox shows it. */
export const reasonOf = (text: string | null | undefined): string =>
  text
    ?.replaceAll(/[^ -~]/g, "")
    .trim()
    .slice(0, 80) || "unknown reason";

/** A mail that the provider took and did not send. */
export type Dropped = { id: string; reason: string };

/**
 * A mail that was dropped has failed, so it can be sent again. Changes nothing if it was tried anew since: by then, it has
 * another name at the provider.
 *
 * @param said `from` of what was told, joined with its mails
 */
export const failDropped = (t: Plan, said: SQL): Handle<Dropped[]> =>
  t.many(
    query.execute<Dropped>(sql`
      with dropped as (
        select ${emails.id}, told.dropped, told.provider_message_id from ${said}
        where told.dropped is not null and told.provider_message_id is not null
          and case ${emails.status}
            when 'sent' then coalesce(${emails.provider_message_id}, told.provider_message_id) = told.provider_message_id
            -- The provider was faster than the delivery that records what it answered.
            when 'pending' then ${emails.attempts} > 0
              and ${emails.provider_message_id} is distinct from told.provider_message_id
            else false end
      )
      update ${emails} set status = 'failed', sent_at = null, last_error = 'dropped: ' || dropped.dropped,
        provider_message_id = dropped.provider_message_id
      from dropped where ${emails.id} = dropped.id
      returning ${emails.id}, dropped.dropped as reason`),
  );
