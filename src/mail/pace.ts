import { sql } from "drizzle-orm";
import { query, type Rows, type Statement } from "../database/query.ts";
import { LONGEST_DELAY_SECONDS } from "../http/doorbell.ts";
import { emails, mail_pace } from "../tables/mail.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { leftToday, NEXT_DAY, UTC_DAY } from "./daily-limit.ts";

/** Locks the pace, so that one delivery at a time reserves slots, and begins a new day when it has come. */
export const lockPace = (): Statement =>
  query.execute(sql`
    update ${mail_pace} set
      sent_today = case when ${mail_pace.day} = ${UTC_DAY} then ${mail_pace.sent_today} else 0 end,
      day = ${UTC_DAY}`);

/** Gives back what was reserved and not sent. If the provider found us too fast, nobody sends for so many seconds. */
export const correctPace = (not_sent: number, too_fast_for: number): Statement =>
  query.execute(sql`
    update ${mail_pace} set
      sent_today = greatest(${mail_pace.sent_today} - ${not_sent}::integer, 0),
      next_slot_at = greatest(${mail_pace.next_slot_at}, clock_timestamp() + ${too_fast_for}::float8 * interval '1 second')`);

/** In how many seconds a delivery may find work again, and whether the queue is yet to be asked for it. */
export type NextLook = { seconds: number; unasked: boolean };

/**
 * Finds out when the next mail may go out, in at most 12 hours, and notes that the queue is asked to look then. Of many
 * deliveries only one asks. What is due within a second is not noted: whoever finds it sends it or asks at once.
 */
export const selectNextLook = (): Rows<NextLook> =>
  query.execute<NextLook>(sql`
    with next as (
      select least(min(greatest(first.next_attempt_at, ${mail_pace.next_slot_at},
          case when ${leftToday(sql`lanes.lane`)} <= 0 then ${NEXT_DAY} end)),
        clock_timestamp() + ${LONGEST_DELAY_SECONDS}::integer * interval '1 second') as at
      from ${mail_pace}, ${organisation_settings}, (values (0), (1), (2)) as lanes (lane), lateral (
        select ${emails.next_attempt_at} from ${emails}
        where ${emails.status} = 'pending' and ${emails.lane} = lanes.lane
        order by ${emails.next_attempt_at} limit 1) as first
      having count(*) > 0
    ), noted as (
      update ${mail_pace} set next_look_at = next.at from next
      where next.at > clock_timestamp() + interval '1 second'
        and (${mail_pace.next_look_at} is null or ${mail_pace.next_look_at} > next.at
          or ${mail_pace.next_look_at} <= clock_timestamp() + interval '1 second')
      returning 1
    )
    select extract(epoch from next.at - clock_timestamp())::float8 as seconds, exists (select from noted) as unasked
    from next`);
