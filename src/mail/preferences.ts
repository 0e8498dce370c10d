import { isNotNull, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { users } from "../tables/people.ts";
import type { MailKind } from "./lanes.ts";

/** Whether a row of `users` wants a kind of mail, and what the row becomes when the person chooses. */
export const PREFERENCES: Record<MailKind, { wanted: SQL; choose(yes: boolean): PgUpdateSetSource<typeof users> }> = {
  newsletter: {
    wanted: isNotNull(users.newsletter_consent_at),
    // Saying yes again does not move the day on which they first said it.
    choose: (yes) => ({ newsletter_consent_at: yes ? sql`coalesce(${users.newsletter_consent_at}, now())` : null }),
  },
  event_news: {
    wanted: sql`${users.wants_event_news}`,
    choose: (wants_event_news) => ({ wants_event_news }),
  },
  reminders: {
    wanted: sql`${users.wants_reminders}`,
    choose: (wants_reminders) => ({ wants_reminders }),
  },
};
