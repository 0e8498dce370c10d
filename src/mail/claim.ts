import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Handle, Plan } from "../database/plan.ts";
import { query, type Rows } from "../database/query.ts";
import type { Settings } from "../env.ts";
import { email_batches, emails, mail_pace } from "../tables/mail.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { users } from "../tables/people.ts";
import { leftToday } from "./daily-limit.ts";
import { addressMark } from "./pay-link.ts";
import { errorWhileUnderWay } from "./refused.ts";
import { isListed } from "./suppression.ts";

/** If a delivery dies, its mails are due again after this time. Must be longer than a batch takes. */
const LEASE = sql`interval '2 minutes'`;
/** How many mails go singly in one batch. */
const SINGLES = 10;

/** A mail that a delivery has claimed, and when it may go out. */
export type Claimed = {
  id: string;
  lane: 0 | 1 | 2;
  template: string;
  to_email: string;
  user_id: string | null;
  data: Record<string, unknown>;
  account_token_id: string | null;
  /** When it was written: seconds since 1970. */
  written_at: number;
  /** See `addressMark`. Null: the reader has no account. */
  address_mark: string | null;
  attempts: number;
  /** What an earlier try of a mail that is tried anew was called. */
  provider_message_id: string | null;
  /** A mail to the address bounced, or was reported: the provider may skip it. */
  is_listed: boolean;
  /** What the person who gets it chose. Null: they have no account, or chose nothing. */
  language: string | null;
  time_zone: string | null;
  batch_id: string | null;
  /** Its slot: how many seconds from now. */
  wait_seconds: number;
};

/** Some of the mails that are due. */
interface Some {
  lane: 0 | 1 | 2;
  which: SQL;
  most: number;
  /**
   * It was sent before, so it goes as it was or not at all: even if that is more than one second's share, or what is left
   * of the day. The provider takes another set of mails under the same key for a repetition, and sends none of them.
   */
  as_it_was?: boolean;
  /** How far ahead a slot may be. */
  patience_seconds: number;
  /** The batch that they become. */
  batch_id?: string;
}

/**
 * Claims a batch of mails until the lease ends: account security first, then what somebody waits for, then bulk. Each
 * part reserves one second of the pace at most, and none begins more than half a second ahead, so account security
 * waits at most a second and a half. Yields a list for the requests to send: singles, and at most one batch.
 *
 * @param t has locked the pace
 * @param most_in_batch what the provider takes in one request. Null: bulk goes singly, too
 * @param wanted which rows may be claimed at all
 */
export function claimDue(
  t: Plan,
  settings: Settings,
  { most_in_batch, wanted }: { most_in_batch: number | null; wanted: SQL },
): Handle<Claimed[]>[] {
  const urgent: Some[] = [
    { lane: 0, which: sql`true`, most: SINGLES, patience_seconds: 5 },
    { lane: 1, which: sql`true`, most: SINGLES, patience_seconds: 0.5 },
  ];
  const bulk = { lane: 2, patience_seconds: 0.5 } as const;
  const parts: Some[] =
    most_in_batch === null
      ? [{ ...bulk, which: sql`true`, most: SINGLES }]
      : [
          { ...bulk, which: sql`${emails.batch_id} = (${firstBatch})`, most: most_in_batch, as_it_was: true },
          // Refused as part of a batch.
          { ...bulk, which: sql`${emails.attempts} > 0 and ${emails.batch_id} is null`, most: SINGLES },
          {
            ...bulk,
            which: sql`${emails.attempts} = 0 and ${emails.batch_id} is null`,
            most: most_in_batch,
            batch_id: crypto.randomUUID(),
          },
        ];
  return [...urgent, ...parts].map((some) => t.many(claimSome(settings, some, wanted)));
}

/** The batch that has been due again for the longest time. */
const firstBatch = sql`
  select ${emails.batch_id} from ${emails}
  where ${emails.status} = 'pending' and ${emails.lane} = 2 and ${emails.batch_id} is not null and ${emails.next_attempt_at} <= now()
  order by ${emails.next_attempt_at}, ${emails.queue_number} limit 1`;

function claimSome(
  settings: Settings,
  { lane, which, most, as_it_was = false, patience_seconds, batch_id }: Some,
  wanted: SQL,
): Rows<Claimed> {
  const per_second = organisation_settings.mails_per_second;
  // Whoever waits for a row of a batch waits for its end, so that the batch stays whole.
  const locking = as_it_was ? sql`for update` : sql`for update skip locked`;
  const share = as_it_was
    ? sql`case when left_today <= 0 then 0 else ${most}::integer end`
    : sql`least(${most}::integer, left_today, per_second)`;
  return query.execute<Claimed>(sql`
    with pace as materialized (
      select wait, per_second, greatest(case when wait <= ${patience_seconds}::float8 then ${share} else 0 end, 0) as room
      from (
        select extract(epoch from ${mail_pace.next_slot_at} - clock_timestamp())::float8 as wait, ${per_second} as per_second,
          ${leftToday(sql`${lane}::integer`)} as left_today
        from ${mail_pace}, ${organisation_settings}) as state
    ), due as materialized (
      select ${emails.id}, ${emails.next_attempt_at}, ${emails.queue_number} from ${emails}
      where ${emails.status} = 'pending' and ${emails.lane} = ${sql.raw(String(lane))} and ${emails.next_attempt_at} <= now() and ${which} and ${wanted}
        and (select room from pace) > 0
      order by ${emails.next_attempt_at}, ${emails.queue_number} limit ${most}::integer ${locking}
    ), taken as (
      select id from due order by next_attempt_at, queue_number limit (select room from pace)
    ), ${batch_id ? sql`batch as (insert into ${email_batches} (id) select ${batch_id}::uuid where exists (select from taken)),` : sql``}
    claimed as (
      update ${emails} set
        attempts = ${emails.attempts} + 1,
        last_error = ${errorWhileUnderWay},
        next_attempt_at = now() + ${LEASE}
        ${batch_id ? sql`, batch_id = ${batch_id}::uuid` : sql``}
      from taken where ${emails.id} = taken.id
      returning ${emails}.*
    ), reserved as (
      update ${mail_pace} set
        next_slot_at = greatest(${mail_pace.next_slot_at}, clock_timestamp()) + mails.count * interval '1 second' / pace.per_second,
        sent_today = ${mail_pace.sent_today} + mails.count
      from pace, (select count(*)::integer as count from claimed) as mails where mails.count > 0
    )
    select claimed.id, lane, template, to_email, user_id, data, account_token_id, attempts, provider_message_id, batch_id,
      ${isListed(settings, sql`to_email`)} as is_listed,
      extract(epoch from created_at)::integer as written_at, ${addressMark(sql`to_email`, sql`user_id`)} as address_mark,
      ${readers(users.language)} as language, ${readers(users.time_zone)} as time_zone,
      greatest(pace.wait, 0) + (row_number() over (order by queue_number) - 1)::float8 / pace.per_second as wait_seconds
    from claimed, pace order by queue_number`);
}

const readers = (column: AnyPgColumn) => sql`(select ${column} from ${users} where ${users.id} = claimed.user_id)`;
