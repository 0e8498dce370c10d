import { and, eq, sql } from "drizzle-orm";
import { emails } from "../tables/mail.ts";
import { isWithin } from "../time/days.ts";
import type { OutboxFilters } from "./schemas.ts";

/** Which mails the filters mean. */
export const matching = ({
  status,
  feedback,
  template,
  lane,
  email,
  user_id,
  last_error,
  from,
  to,
}: Omit<OutboxFilters, "limit" | "cursor">) =>
  and(
    status ? eq(emails.status, status) : undefined,
    feedback ? eq(emails.feedback, feedback) : undefined,
    template ? eq(emails.template, template) : undefined,
    lane === undefined ? undefined : eq(emails.lane, lane),
    email ? eq(emails.to_email, email) : undefined,
    user_id ? eq(emails.user_id, user_id) : undefined,
    last_error ? sql`starts_with(${emails.last_error}, ${last_error})` : undefined,
    isWithin(emails.created_at, { from, to }),
  );
