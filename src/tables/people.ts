import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { id, instant, timestamps } from "./columns.ts";
import { stored_files } from "./files.ts";

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

/** How a person first came in: registered, entered by a volunteer from paper, imported, or invited. */
export const ORIGINS = ["registration", "paper", "import", "invitation"] as const;

/**
 * Everyone who ever applied. An address is unique only among people who verified it: an unverified registration (a typo, a
 * stranger) must not stand in anybody's way.
 */
export const users = pgTable(
  "users",
  {
    id: id(),
    /** Null for people who have none. */
    email: text(),
    password_hash: text(),
    origin: text({ enum: ORIGINS }).notNull().default("registration"),
    /** The person's id in the system that an import came from. */
    external_id: text().unique(),
    /** When the person came to the organization. Earlier than `created_at` for people who were imported. */
    joined_at: instant().notNull().default(sql`now()`),
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
    photo_id: uuid().references(() => stored_files.id, { onDelete: "set null" }),
    /** How many photos of themselves they uploaded since then, which bounds what a day of it costs. */
    photo_uploads: integer().notNull().default(0),
    photo_uploads_since: instant(),
    status: userstatus().notNull().default("pending_email"),
    /** Since when they have this status. A trigger keeps it. */
    status_since: instant().notNull().default(sql`now()`),
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
    /** Whether they get news of events, and reminders. Both can be unsubscribed from. */
    wants_event_news: boolean().notNull().default(true),
    wants_reminders: boolean().notNull().default(true),
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
    /** The volunteer who looks after the application, and since when. */
    taken_on_by: uuid().references((): AnyPgColumn => users.id, { onDelete: "set null" }),
    taken_on_at: instant(),
    /** When somebody whom a volunteer entered was sent the link that opens their account. */
    activation_sent_at: instant(),
    /** When everything about the person will be erased, and who asked for it. */
    erase_at: instant(),
    /** Whether the person asked for it. */
    erase_wished: boolean().notNull().default(false),
    /** The volunteer who asked for it. */
    erase_requested_by: uuid().references((): AnyPgColumn => users.id, { onDelete: "set null" }),
    /** When the person was erased. The row stays, without anything personal, so that money still has an owner. */
    erased_at: instant(),
    /** The name and the address as searches compare them. */
    search_text: text()
      .notNull()
      .generatedAlwaysAs(
        (): SQL =>
          sql`search_key(${users.first_name} || ' ' || ${users.last_name} || ' ' || coalesce(${users.email}, ''))`,
      ),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("users_verified_email").on(t.email).where(sql`${t.email_verified}`),
    index("users_email").on(t.email),
    index("users_newest").on(t.created_at, t.id),
    index("users_status_newest").on(t.status, t.created_at, t.id),
    index("users_sort_name").on(sql`(${sortName(t)})`, t.id),
    index("users_search").using("gin", t.search_text.op("gin_trgm_ops")),
    index("users_joined").on(t.joined_at, t.id),
    index("users_updated").on(t.updated_at, t.id),
    index("users_status_name").on(t.status, sql`(${sortName(t)})`, t.id),
    index("users_role_newest").on(t.role, t.created_at, t.id),
    index("users_without_email").on(t.created_at, t.id).where(sql`${t.email} is null`),
    index("users_with_photo")
      .on(t.created_at, t.id)
      .where(sql`${t.photo_id} is not null and ${t.photo_audience} <> 'nobody'`),
    index("users_photo").on(t.photo_id).where(sql`${t.photo_id} is not null`),
    index("users_unverified").on(t.created_at, t.id).where(sql`not ${t.email_verified}`),
    // How many people there are of each status: narrow, so that it is read faster than the table.
    index("users_counted").on(t.status, t.role, t.email_verified).where(sql`${t.erased_at} is null`),
    index("users_status_since").on(t.status_since, t.id),
    // The queue of applications, whoever has waited longest first.
    index("users_waiting")
      .on(t.status_since, t.id)
      .where(sql`${t.status} in ('pending_validation', 'pre_validated') and ${t.erased_at} is null`),
    index("users_taken_on_by").on(t.taken_on_by).where(sql`${t.taken_on_by} is not null`),
    index("users_erase_requested_by").on(t.erase_requested_by).where(sql`${t.erase_requested_by} is not null`),
    index("users_erase_due").on(t.erase_at).where(sql`${t.erase_at} is not null and ${t.erased_at} is null`),
    index("users_erased").on(t.erased_at).where(sql`${t.erased_at} is not null`),
    // How likely twins are found.
    index("users_phone").on(t.phone).where(sql`${t.phone} is not null`),
    index("users_birthday").on(t.birthday).where(sql`${t.birthday} is not null`),
    index("users_address").using("hash", sql`search_key(${t.address})`).where(sql`${t.address} is not null`),
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
    check("users_email_lower_case", sql`${t.email} = lower(${t.email}) and ${t.email} <> ''`),
    check("users_verified_email_known", sql`not ${t.email_verified} or ${t.email} is not null`),
    check("users_origin", sql`${t.origin} in ('registration', 'paper', 'import', 'invitation')`),
    check(
      "users_verified_before_validation",
      sql`${t.email_verified} or ${t.status} in ('pending_email', 'rejected') or ${t.origin} in ('paper', 'import') or ${t.erased_at} is not null`,
    ),
    // Only the owner of a mailbox opens an account, so nobody without one can have a way in.
    check("users_password_needs_email", sql`${t.password_hash} is null or ${t.email} is not null`),
    check("users_taken_on", sql`${t.taken_on_by} is null or ${t.taken_on_at} is not null`),
    check("users_erased_after_request", sql`${t.erased_at} is null or ${t.erase_at} is not null`),
    // src/people/erased.ts names all that goes. Without these, nobody finds them, writes to them or signs in as them.
    check(
      "users_erased_nameless",
      sql`${t.erased_at} is null or (${t.status} = 'inactive' and ${t.email} is null and ${t.first_name} = '' and ${t.last_name} = '')`,
    ),
    check(
      "users_rejection_explained",
      sql`${t.status} <> 'rejected' or (${t.rejection_reason} is not null and ${t.rejected_at} is not null)`,
    ),
  ],
);

/** The address of somebody who has one for certain, such as whoever signs in. */
export const knownEmail = sql<string>`${users.email}`;

/**
 * Where a person gets mail. Null while nobody has confirmed the address: a volunteer may have mistyped it, and we would
 * tell a stranger about the person. Only the mails that ask to confirm an address go to `email` itself.
 */
export const mailableAddress = sql<string | null>`case when ${users.email_verified} then ${users.email} end`;

/**
 * Whether volunteers entered a person, and nobody has opened the account yet. Nobody can sign in to it, and it is no
 * registration: its address proves nothing.
 */
export const isOnPaper = (person: { origin: SQLWrapper; email_verified: SQLWrapper }): SQL =>
  sql`(${person.origin} in ('paper', 'import') and not ${person.email_verified})`;

/** The same of a row of `users`. */
export const personIsOnPaper: SQL = isOnPaper(users);

/**
 * Whether a row of `users` is a registration that nobody has confirmed. It can be deleted: by whoever owns the address, or after
 * 30 days.
 */
export const personIsUnconfirmed: SQL = sql`(not ${users.email_verified} and ${users.origin} = 'registration')`;

/** The name that a person wants on receipts and statements. */
export const documentName = sql<string>`case when ${users.name_on_documents} = 'legal' then coalesce(${users.legal_name}, ${fullNameOf(users)}) else ${fullNameOf(users)} end`;

/** The name of the person with this id. Null if there is none, or if they were erased. Unlike a join, it reads only the rows shown. */
export const nameOf = (id: SQLWrapper): SQL<string | null> =>
  sql<string | null>`(select nullif(${fullNameOf(users)}, '') from ${users} where ${users.id} = ${id})`;
