import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant, timestamps } from "./columns.ts";

/** The inbox: every event that Stripe sent us, claimed by its id. Ids, types and our own references; no payload. */
export const stripe_events = pgTable(
  "stripe_events",
  {
    id: text().primaryKey(),
    type: text().notNull(),
    /** The Stripe object that it is about (`sub_…`, `cs_…`). */
    object_id: text(),
    /** `applied`; `ignored`: not ours, not of interest, or dismissed; `parked`: needs a person. */
    status: text({ enum: ["applied", "ignored", "parked"] }).notNull(),
    reason: text(),
    deliveries: integer().notNull().default(1),
    stripe_created_at: instant().notNull(),
    ...timestamps,
  },
  (t) => [
    index("stripe_events_newest").on(t.created_at, t.id),
    index("stripe_events_status_newest").on(t.status, t.created_at, t.id),
    index("stripe_events_object").on(t.object_id),
    index("stripe_events_type_newest").on(t.type, t.created_at, t.id),
    check("stripe_events_status", sql`${t.status} in ('applied', 'ignored', 'parked')`),
  ],
);
