import { inArray, isNull, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { outsideQuietHoursAtHome } from "../mail/quiet-hours.ts";
import { newsletter_archives, newsletter_recipients } from "../tables/documents.ts";
import { users } from "../tables/people.ts";
import { selectNewsletter, shown } from "./find.ts";
import { guardWritten, isNewsletter, lockNewsletter } from "./guards.ts";
import { fromChosen, isRecipientOf, personTakesNewsletters, recipientIsUnreached } from "./recipients.ts";
import type { ManagedNewsletter, SendNewsletter } from "./schemas.ts";

/** How long a newsletter waits at least, so that whoever sent it can still stop it for everybody. */
const MINUTES_TO_STOP = 5;

/** The clock of the database may be a little behind that of the queue. */
const CLOCKS_DIFFER_SECONDS = 3;

/**
 * Freezes who gets a newsletter, and has it sent in five minutes, or in the morning if that is at night. A second time, it goes only to those whom it never reached:
 * it was stopped before their turn, or their mail did not go out. 404 without it. 409 if nothing is written, while it is going
 * out, and if the number of people is no longer the one that the sender saw.
 */
export async function sendNewsletter(
  ctx: SignedInContext,
  newsletter_id: string,
  { count }: SendNewsletter,
): Promise<ManagedNewsletter> {
  const recipients = isRecipientOf(newsletter_id);
  const willTake = personTakesNewsletters(ctx.settings);
  const takes = sql`exists (select from ${users} where ${users.id} = ${newsletter_recipients.user_id} and ${willTake})`;
  const number = sql`(select count(*) from ${newsletter_recipients} where ${recipients} and ${isNull(newsletter_recipients.queued_at)} and ${takes})`;
  const row = await ctx.transact((t) => {
    lockNewsletter(t, newsletter_id);
    guardWritten(t, newsletter_id);
    t.guard(
      sql`exists (select from ${newsletter_archives} where ${isNewsletter(newsletter_id)} and ${inArray(newsletter_archives.send_status, ["draft", "stopped", "sent"])})`,
      409,
      "newsletter_under_way",
      "This newsletter is already going out.",
    );
    t.effect(
      query.execute(sql`
        update ${newsletter_recipients} set queued_at = null where ${recipients} and ${recipientIsUnreached} and ${takes}`),
    );
    t.effect(
      query.execute(sql`
        insert into ${newsletter_recipients} (newsletter_id, user_id)
        select ${newsletter_archives.id}, ${users.id} ${fromChosen(newsletter_id, willTake)}
        on conflict do nothing`),
    );
    t.guard(
      sql`(${number} = ${count})`,
      409,
      "count_changed",
      sql`${number} || ' people would get this newsletter now. Please look again.'`,
    );
    t.effect(
      query
        .update(newsletter_archives)
        .set({
          send_status: "scheduled",
          send_at: outsideQuietHoursAtHome(sql`(now() + ${MINUTES_TO_STOP} * interval '1 minute')`),
          sent_by: ctx.user_id,
          stopped_at: null,
          events: sql`case when ${newsletter_archives.send_status} <> 'draft' then ${newsletter_archives.events} end`,
        })
        .where(isNewsletter(newsletter_id)),
    );
    return t.one(selectNewsletter(newsletter_id));
  });
  const wait_ms = Date.parse(row.send_at ?? "") - ctx.clock().getTime();
  await ctx.ring("newsletter", Math.max(0, wait_ms / 1000) + CLOCKS_DIFFER_SECONDS);
  return shown(ctx, row);
}
