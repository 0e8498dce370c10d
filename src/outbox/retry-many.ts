import { and, inArray, not, type SQL, sql } from "drizzle-orm";
import { changesOf } from "../access/audit.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { hasDeadLink } from "../mail/withhold.ts";
import { audit_log } from "../tables/access.ts";
import { emails } from "../tables/mail.ts";
import { matching } from "./matching.ts";
import type { MailsRetried, RetryInput } from "./retry-schemas.ts";
import { decideAnew, TRIED_ANEW } from "./tried-anew.ts";

/** How many mails one request tries anew. */
const MOST = 500;

/**
 * Sends mails after all that we gave up on, or that we withheld, the oldest first. What is still in the way of one withholds
 * it again. Leaves those alone whose link no longer works.
 */
export const retryMails = (ctx: SignedInContext, filters: RetryInput): Promise<MailsRetried> =>
  ctx.transact((t) => {
    const { user_id, request_id } = ctx;
    const id = crypto.randomUUID();
    const which: SQL = sql`(${and(matching(filters), inArray(emails.status, ["failed", "withheld"]), not(hasDeadLink))})`;
    t.mailsDue(
      query.execute(sql`
        with chosen as (
          select ${emails.id} from ${emails} where ${which} order by ${emails.created_at}, ${emails.id} limit ${MOST}::integer for update
        ), retried as (
          update ${emails} set ${TRIED_ANEW} from chosen where ${emails.id} = chosen.id returning ${emails.id}
        ), decided as (${decideAnew(sql`select id from retried`)}
        )
        insert into ${audit_log} (id, actor_id, request_id, action, subject_type, changes)
        select ${id}::uuid, ${user_id}::uuid, ${request_id}, 'emails.retried', 'emails',
          ${JSON.stringify(changesOf(filters))}::jsonb || jsonb_build_object('retried', jsonb_build_array(null, count(*)))
        from retried`),
    );
    return t.combine(
      {
        done: t.one(
          query.execute<{ retried: number }>(
            sql`select (${audit_log.changes} -> 'retried' ->> 1)::integer as retried from ${audit_log} where ${audit_log.id} = ${id}`,
          ),
        ),
        rest: t.one(
          query.execute<{ left: number }>(sql`select count(*)::integer as left from ${emails} where ${which}`),
        ),
      },
      ({ done: { retried }, rest: { left } }) => ({ retried, left }),
    );
  });
