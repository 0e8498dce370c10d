import { and, eq, lte, type SQL, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import { emails } from "../tables/mail.ts";

/** Decides not to send due mails. `why` is shown to volunteers. */
export const withhold = (t: Plan, why: string, which: SQL): void =>
  t.effect(
    query
      .update(emails)
      .set({ status: "withheld", last_error: why })
      .where(and(eq(emails.status, "pending"), lte(emails.next_attempt_at, sql`now()`), which)),
  );

/** Staging has copies of real addresses. There, only those that MAIL_ALLOWED lists get mail. */
export function withholdNotAllowed(t: Plan, { MAIL_ALLOWED }: Settings): void {
  if (MAIL_ALLOWED === undefined) return;
  const address = sql`lower(${emails.to_email})`;
  const allowed = sql`(select jsonb_array_elements_text(${JSON.stringify(MAIL_ALLOWED)}::jsonb))`;
  withhold(
    t,
    "not_allowed_here",
    sql`${address} not in ${allowed} and substring(${address} from '@[^@]*$') not in ${allowed}`,
  );
}
