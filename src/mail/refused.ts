import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { emails } from "../tables/mail.ts";

/**
 * Whether the provider answered a row's last attempt with a status that says it did not take the mail. Not after those
 * that leave it open: a time-out, another attempt that is still under way, or a gateway that speaks for the provider.
 */
const lastWasRefused: SQL = sql`coalesce(${emails.last_error} ~ '^(?!408|409|502|504)[45][0-9]{2}( |$)', false)`;

/**
 * Whether the provider certainly does not have a pending row of `emails`: nobody tried to send it yet, or each attempt was
 * refused. Nobody knows while an attempt is under way, or after one that got no answer.
 */
export const providerLacksIt: SQL = sql`(${or(and(eq(emails.attempts, 0), isNull(emails.batch_id)), lastWasRefused)})`;

/** `last_error` of a row that a delivery claims: only that the provider may have it from an earlier attempt is kept. */
export const errorWhileUnderWay: SQL = sql`case when not ${providerLacksIt} then coalesce(${emails.last_error}, 'no answer') end`;

/** `last_error` of a row whose attempt ended with this `error`. */
export const errorAfterwards = (error: SQL): SQL =>
  sql`case when ${error} is not null then concat_ws(', then ', nullif(split_part(${emails.last_error}, ', then ', 1), ${error}), ${error}) end`;
