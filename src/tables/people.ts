import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, timestamps } from "./columns.ts";

export const userstatus = pgEnum("userstatus", [
  "pending_email",
  "pending_validation",
  "pre_validated",
  "payment_pending",
  "active",
  "rejected",
  "inactive",
]);
export const userrole = pgEnum("userrole", ["guest", "member", "admin", "finance", "superadmin"]);

/** Who sees a part of a profile: members in the directory and volunteers, volunteers alone, or neither. */
export const AUDIENCES = ["members", "admins", "nobody"] as const;

const audience = (standard: (typeof AUDIENCES)[number]) => text({ enum: AUDIENCES }).notNull().default(standard);

/** What people are sorted by: their last name, then their first, in the order of a dictionary. */
export const sortName = (person: { first_name: SQLWrapper; last_name: SQLWrapper }): SQL<string> =>
  sql<string>`ltrim(${person.last_name} || ' ' || ${person.first_name}) collate "und-x-icu"`;

/** A person's full name. People with one name have no last name. Null without a person. */
export const fullNameOf = (person: { first_name: SQLWrapper; last_name: SQLWrapper }): SQL<string> =>
  sql<string>`trim(${person.first_name} || ' ' || ${person.last_name})`;

/**
 * Everyone who ever applied. An address is unique only among people who verified it: an unverified registration (a typo, a
 * stranger) must not stand in anybody's way.
 */
export const users = pgTable(
  "users",
  {
    id: id(),
    email: text().notNull(),
    password_hash: text(),
    /** The name that everybody sees: the one the person goes by. */
    first_name: text().notNull(),
    /** Empty for people with one name. */
    last_name: text().notNull(),
    /** The name in their papers, where it differs. Sealed: only `users.view_sensitive` and the person see it. */
    legal_name: text(),
    /** Whether receipts and statements carry the name that everybody sees, or the legal one. */
    name_on_documents: text({ enum: ["shown", "legal"] })
      .notNull()
      .default("shown"),
    pronouns: text(),
    birthday: date(),
    address: text(),
    phone: text(),
    bio: text(),
    profile_photo_url: text(),
    status: userstatus().notNull().default("pending_email"),
    /** For display only. A trigger on the role assignments keeps it; access never depends on it. */
    role: userrole().notNull().default("guest"),
    email_verified: boolean().notNull().default(false),
    rejection_reason: text(),
    rejected_at: instant(),
    rejected_by: uuid().references((): AnyPgColumn => users.id, { onDelete: "set null" }),
    partner_first_name: text(),
    partner_last_name: text(),
    partner_is_member: boolean().notNull().default(false),
    referred_by: text(),
    language: text({ enum: ["en", "es"] })
      .notNull()
      .default("en"),
    /** Null: the organization's. */
    time_zone: text(),
    /** Whether photos at events may show the person: to nobody, to members, or to everybody. */
    photo_preference: text({ enum: ["none", "members", "public"] })
      .notNull()
      .default("none"),
    /** Since when they want newsletters. Null if they do not. */
    newsletter_consent_at: instant(),
    in_directory: boolean().notNull().default(false),
    email_audience: text({ enum: ["members", "admins"] })
      .notNull()
      .default("admins"),
    phone_audience: audience("admins"),
    address_audience: audience("nobody"),
    birthday_audience: audience("nobody"),
    partner_audience: audience("admins"),
    bio_audience: audience("nobody"),
    photo_audience: audience("nobody"),
    stripe_customer_id: text().unique(),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("users_verified_email").on(t.email).where(sql`${t.email_verified}`),
    index("users_email").on(t.email),
    index("users_newest").on(t.created_at, t.id),
    index("users_status_newest").on(t.status, t.created_at, t.id),
    index("users_sort_name").on(sql`(${sortName(t)})`, t.id),
    index("users_rejected_by").on(t.rejected_by).where(sql`${t.rejected_by} is not null`),
    index("users_directory")
      .on(sql`(${sortName(t)})`, t.id)
      .where(sql`${t.in_directory} and ${t.status} = 'active'`),
    check("users_name_on_documents", sql`${t.name_on_documents} in ('shown', 'legal')`),
    check("users_language", sql`${t.language} in ('en', 'es')`),
    check("users_photo_preference", sql`${t.photo_preference} in ('none', 'members', 'public')`),
    check("users_email_audience", sql`${t.email_audience} in ('members', 'admins')`),
    ...[
      t.phone_audience,
      t.address_audience,
      t.birthday_audience,
      t.partner_audience,
      t.bio_audience,
      t.photo_audience,
    ].map((column) => check(`users_${column.name}`, sql`${column} in ('members', 'admins', 'nobody')`)),
    check("users_email_lower_case", sql`${t.email} = lower(${t.email})`),
    check("users_verified_before_validation", sql`${t.email_verified} or ${t.status} in ('pending_email', 'rejected')`),
    check(
      "users_rejection_explained",
      sql`${t.status} <> 'rejected' or (${t.rejection_reason} is not null and ${t.rejected_at} is not null)`,
    ),
  ],
);

/** The name that a person wants on receipts and statements. */
export const documentName = sql<string>`case when ${users.name_on_documents} = 'legal' then coalesce(${users.legal_name}, ${fullNameOf(users)}) else ${fullNameOf(users)} end`;

/** The name of the person with this id, or null. Unlike a join, it reads only the rows that are shown. */
export const nameOf = (id: SQLWrapper): SQL<string | null> =>
  sql<string | null>`(select ${fullNameOf(users)} from ${users} where ${users.id} = ${id})`;
