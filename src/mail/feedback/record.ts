import { inArray, type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../../database/plan.ts";
import { query } from "../../database/query.ts";
import type { Settings } from "../../env.ts";
import { emails, mail_events, mail_suppressions } from "../../tables/mail.ts";
import { addressHash, lockFeedback } from "../suppression.ts";
import { type Dropped, failDropped } from "./dropped.ts";
import type { MailEvent } from "./signed.ts";

/** After so many mails in a row that could not be delivered for now, we stop. */
const SOFT_BOUNCES = 3;

/**
 * Writes down what a provider says became of mails, and decides anew what that means for each mail and its address. Both
 * depend only on what has been told in all: so it may be told in any order, and more than once. Says nothing of mails that
 * are not ours.
 */
export function recordFeedback(t: Plan, settings: Settings, events: MailEvent[]): Handle<Dropped[]> {
  const said = sql`jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as told
    (id text, kind text, dropped text, email_id uuid, provider_message_id text, occurred_at timestamptz)
    join ${emails} on ${emails.id} = coalesce(
      (select by_id.id from ${emails} as by_id where by_id.id = told.email_id),
      (select by_name.id from ${emails} as by_name where by_name.provider_message_id = told.provider_message_id limit 1))`;
  const told = inArray(
    mail_events.id,
    events.map(({ id }) => id),
  );
  lockFeedback(t);
  t.effect(
    query.execute(sql`
      insert into ${mail_events} (id, kind, email_id, address_hash, occurred_at)
      select told.id, told.kind, case when told.dropped is null then ${emails.id} end,
        ${addressHash(settings, emails.to_email)}, told.occurred_at
      from ${said} where told.kind is not null
      on conflict (id) do nothing`),
  );
  recordFate(t, told);
  suppress(t, told);
  lift(t, told);
  return failDropped(t, said);
}

/** What weighs most of what was told: a mail that bounced or that somebody complained about was not simply delivered. */
const recordFate = (t: Plan, told: SQL): void =>
  t.effect(
    query.execute(sql`
      update ${emails} set feedback = fate.feedback, feedback_at = fate.occurred_at
      from (
        select distinct on (${mail_events.email_id}) ${mail_events.email_id}, ${mail_events.occurred_at},
          case ${mail_events.kind} when 'delivered' then 'delivered' when 'complained' then 'complained' else 'bounced' end as feedback
        from ${mail_events}
        where ${mail_events.email_id} in (select ${mail_events.email_id} from ${mail_events} where ${told})
        order by ${mail_events.email_id},
          array_position(array['complained', 'hard_bounce', 'soft_bounce', 'delivered'], ${mail_events.kind}),
          ${mail_events.occurred_at}, ${mail_events.id}
      ) as fate
      where ${emails.id} = fate.email_id
        and (${emails.feedback}, ${emails.feedback_at}) is distinct from (fate.feedback, fate.occurred_at)`),
  );

/**
 * What was told about the addresses of these mails, as `verdicts (address_hash, reason)`. Only what came after their owner
 * last confirmed them counts; a mail that arrived starts the count of soft bounces again.
 */
const verdictsOn = (told: SQL): SQL => sql`
  verdicts as (
    select address_hash, case
        when bool_or(kind = 'complained' and occurred_at > confirmed_at) then 'complaint'
        when bool_or(kind = 'hard_bounce' and occurred_at > confirmed_at) then 'hard_bounce'
        when count(*) filter (where kind = 'soft_bounce' and occurred_at > arrived_at) >= ${SOFT_BOUNCES} then 'soft_bounces'
      end as reason
    from (
      select address_hash, kind, occurred_at,
        coalesce(max(occurred_at) filter (where kind = 'confirmed') over address, '-infinity') as confirmed_at,
        coalesce(max(occurred_at) filter (where kind in ('confirmed', 'delivered')) over address, '-infinity') as arrived_at
      from ${mail_events}
      where address_hash in (select address_hash from ${mail_events} where ${told})
      window address as (partition by address_hash)
    ) as event
    group by address_hash)`;

const suppress = (t: Plan, told: SQL): void =>
  t.effect(
    query.execute(sql`
      with ${verdictsOn(told)}
      insert into ${mail_suppressions} (address_hash, reason)
      select address_hash, reason from verdicts where reason is not null
      on conflict (address_hash) do update set reason = excluded.reason
      where ${mail_suppressions.reason} <> 'complaint' and excluded.reason <> 'soft_bounces'`),
  );

/** A mail of account security arrived after all: soft bounces are over. Only its owner lifts the other reasons. */
const lift = (t: Plan, told: SQL): void =>
  t.effect(
    query.execute(sql`
      with ${verdictsOn(told)}
      delete from ${mail_suppressions} using verdicts
      where ${mail_suppressions.address_hash} = verdicts.address_hash and verdicts.reason is null
        and ${mail_suppressions.reason} = 'soft_bounces'`),
  );
