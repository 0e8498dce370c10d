import { sql } from "drizzle-orm";
import { check, index, pgEnum, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { roles } from "./access.ts";
import { id, instant, timestamps } from "./columns.ts";
import { users } from "./people.ts";

export const invitationstatus = pgEnum("invitationstatus", ["pending", "accepted", "expired", "revoked"]);

export const user_invitations = pgTable(
  "user_invitations",
  {
    id: id(),
    email: text().notNull(),
    status: invitationstatus().notNull().default("pending"),
    role_id: uuid().references(() => roles.id, { onDelete: "set null" }),
    invited_by: uuid().references(() => users.id, { onDelete: "set null" }),
    accepted_by: uuid().references(() => users.id, { onDelete: "set null" }),
    expires_at: instant().notNull(),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("user_invitations_one_pending").on(t.email).where(sql`${t.status} = 'pending'`),
    index("user_invitations_status_newest").on(t.status, t.created_at, t.id),
    check("user_invitations_email_lower_case", sql`${t.email} = lower(${t.email})`),
  ],
);
