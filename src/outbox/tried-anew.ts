import { type SQL, sql } from "drizzle-orm";
import { ADDRESS_CHANGED } from "../mail/readdress.ts";
import { emails, reminders } from "../tables/mail.ts";
import { mailableAddress, users } from "../tables/people.ts";

/** What a mail becomes that is tried anew. */
export const TRIED_ANEW = sql`status = 'pending', attempts = 0, next_attempt_at = now(), last_error = null, batch_id = null,
  to_email = case when ${emails.last_error} = ${ADDRESS_CHANGED}
    then coalesce((select ${mailableAddress} from ${users} where ${users.id} = ${emails.user_id}), ${emails.to_email})
    else ${emails.to_email} end`;

/**
 * A reminder that was withheld because it was moot is decided once more, when it goes out.
 *
 * @param ids the mails that are tried anew, as SQL
 */
export const decideAnew = (ids: SQL): SQL => sql`
  update ${reminders} set outcome = 'sent', reason = null
  where ${reminders.email_id} in (${ids}) and ${reminders.outcome} = 'moot'`;
