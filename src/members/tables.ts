import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { roles } from "../access/tables.ts";
import { id, instant, timestamps } from "../database/columns.ts";

export const userstatus = pgEnum("userstatus", [
  "pending_email",
  "pending_validation",
  "pre_validated",
  "payment_pending",
  "active",
  "rejected",
  "inactive",
]);
export type UserStatus = (typeof userstatus.enumValues)[number];
export const userrole = pgEnum("userrole", ["guest", "member", "admin", "finance", "superadmin"]);
export const invitationstatus = pgEnum("invitationstatus", ["pending", "accepted", "expired", "revoked"]);
export const importjobstatus = pgEnum("importjobstatus", [
  "uploaded",
  "validating",
  "ready",
  "applying",
  "completed",
  "failed",
]);

/**
 * Everyone who ever applied. An address is unique only among those who proved it is theirs: a registration that was
 * never verified (a typo, a stranger) is no obstacle to anybody.
 */
export const users = pgTable(
  "users",
  {
    id: id(),
    email: text().notNull(),
    password_hash: text(),
    first_name: text().notNull(),
    last_name: text().notNull(),
    phone: text(),
    bio: text(),
    profile_photo_url: text(),
    status: userstatus().notNull().default("pending_email"),
    /** Display only, kept by a trigger on the role assignments. Nothing decides access by it. */
    role: userrole().notNull().default("guest"),
    email_verified: boolean().notNull().default(false),
    rejection_reason: text(),
    rejected_at: instant(),
    rejected_by: uuid().references((): AnyPgColumn => users.id, { onDelete: "set null" }),
    partner_first_name: text(),
    partner_last_name: text(),
    partner_is_member: boolean().notNull().default(false),
    referred_by: text(),
    stripe_customer_id: text().unique(),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("users_verified_email").on(t.email).where(sql`${t.email_verified}`),
    index("users_email").on(t.email),
    index("users_newest").on(t.created_at, t.id),
    index("users_status_newest").on(t.status, t.created_at, t.id),
    index("users_name").on(sql`lower(${t.last_name})`, sql`lower(${t.first_name})`, t.id),
    index("users_rejected_by").on(t.rejected_by).where(sql`${t.rejected_by} is not null`),
    check("users_email_lower_case", sql`${t.email} = lower(${t.email})`),
    check("users_verified_before_validation", sql`${t.email_verified} or ${t.status} in ('pending_email', 'rejected')`),
    check(
      "users_rejection_explained",
      sql`${t.status} <> 'rejected' or (${t.rejection_reason} is not null and ${t.rejected_at} is not null)`,
    ),
  ],
);

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

export const import_jobs = pgTable(
  "import_jobs",
  {
    id: id(),
    status: importjobstatus().notNull().default("uploaded"),
    file_name: text().notNull(),
    file_key: text().notNull(),
    total_rows: integer().notNull().default(0),
    applied_rows: integer().notNull().default(0),
    failed_rows: integer().notNull().default(0),
    problems: jsonb().$type<{ row: number; path: string; message: string }[]>().notNull().default([]),
    created_by: uuid().references(() => users.id, { onDelete: "set null" }),
    ...timestamps,
  },
  (t) => [
    index("import_jobs_newest").on(t.created_at, t.id),
    check("import_jobs_counts", sql`${t.applied_rows} + ${t.failed_rows} <= ${t.total_rows}`),
  ],
);
