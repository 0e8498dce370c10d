import { type SQL, sql } from "drizzle-orm";
import type { Handle, Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import { reminders } from "../tables/mail.ts";
import { selectUndecided } from "./decide.ts";
import type { Kind } from "./kind.ts";

/**
 * Decides the reminders of a kind that were to go out by `until`, without a mail. For a database that was restored: people got them, but
 * it does not know. Yields how many count as sent.
 */
export const noteAsTold = (t: Plan, kind: Kind, until: SQL): Handle<{ sent: number }> =>
  t.one(
    query.execute<{ sent: number }>(sql`
      with decided as (
        insert into ${reminders} (kind, subject_id, user_id, due_at, decided_at, outcome, reason)
        select ${kind.name}, due.subject_id, due.user_id, due.due_at, now(), due.outcome, due.reason
        from (${selectUndecided(kind, sql`now()`, until)}) as due
        where due.goes_at <= ${until}
        on conflict on constraint reminders_once do nothing
        returning outcome)
      select (count(*) filter (where outcome = 'sent'))::integer as sent from decided`),
  );
