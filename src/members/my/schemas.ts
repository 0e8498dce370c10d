import { sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../../database/query.ts";
import type { Settings } from "../../env.ts";
import { Instant, Line, OptionalLine, OptionalText } from "../../http/schemas.ts";
import { MailSuppression, suppressionOf } from "../../mail/suppression.ts";
import { photoKey, photoUrls } from "../../people/photo.ts";
import { LastName, UserStatus } from "../../people/schemas.ts";
import { AUDIENCES, knownEmail, users } from "../../tables/people.ts";
import { TimeZone } from "../../time/zone.ts";

const Language = z.enum(users.language.enumValues).describe("The language of emails to the person");
const PhotoPreference = z
  .enum(users.photo_preference.enumValues)
  .describe("Whether photos of events may show the person: to nobody, to members, or to everybody");
const NameOnDocuments = z
  .enum(users.name_on_documents.enumValues)
  .describe("Which name receipts and statements carry: the one everybody sees, or `legal_name`");

/** My profile, as I see it. */
export const MyProfile = z
  .object({
    id: z.uuid(),
    email: z.string(),
    email_verified: z.boolean(),
    status: UserStatus,
    first_name: z.string().describe("The name I go by. Everybody sees this one"),
    last_name: z.string().describe("Empty for people with one name"),
    legal_name: z
      .string()
      .nullable()
      .describe("The name in my papers, if it differs. Sealed: only holders of `users.view_sensitive` can see it"),
    name_on_documents: NameOnDocuments,
    pronouns: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    birthday: z.iso.date().nullable(),
    bio: z.string().nullable(),
    ...photoUrls(),
    partner_first_name: z.string().nullable(),
    partner_last_name: z.string().nullable(),
    partner_is_member: z.boolean(),
    language: Language,
    time_zone: z.string().nullable().describe("Null: the organization's"),
    photo_preference: PhotoPreference,
    newsletter_consent_at: Instant.nullable().describe("Since when I want newsletters. Null if I do not"),
    wants_event_news: z.boolean().describe("Whether I want news of events"),
    wants_reminders: z.boolean().describe("Whether I want reminders"),
    mail_suppressed: MailSuppression.nullable().describe(
      "Why we no longer write to my address, except about the security of my account. To end it, I send my own address to `POST /api/auth/change-email` and follow the link. Null until I have confirmed the address",
    ),
    erase_at: Instant.nullable().describe("When everything about me will be erased. Null if it will not be"),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: "MyProfile" });
export type MyProfile = z.infer<typeof MyProfile>;

export const myProfileColumns = {
  id: users.id,
  email: knownEmail,
  email_verified: users.email_verified,
  status: users.status,
  first_name: users.first_name,
  last_name: users.last_name,
  legal_name: users.legal_name,
  name_on_documents: users.name_on_documents,
  pronouns: users.pronouns,
  phone: users.phone,
  address: users.address,
  birthday: users.birthday,
  bio: users.bio,
  photo_key: photoKey(sql`${users.photo_id}`),
  partner_first_name: users.partner_first_name,
  partner_last_name: users.partner_last_name,
  partner_is_member: users.partner_is_member,
  language: users.language,
  time_zone: users.time_zone,
  photo_preference: users.photo_preference,
  newsletter_consent_at: users.newsletter_consent_at,
  wants_event_news: users.wants_event_news,
  wants_reminders: users.wants_reminders,
  erase_at: users.erase_at,
  created_at: users.created_at,
  updated_at: users.updated_at,
};

/** Selects {@link MyProfile} of everybody, for withPhotoUrls. What we know of an address is for those who confirmed it. */
export const selectProfiles = (settings: Settings) =>
  query
    .select({
      ...myProfileColumns,
      mail_suppressed: sql<MailSuppression | null>`case when ${users.email_verified} then ${suppressionOf(settings, users.email)} end`,
    })
    .from(users);

export const Birthday = z.iso
  .date({ abort: true })
  .regex(/^(19|20)/, "must be in the years 1900 to 2099")
  .meta({ format: "date", example: "1984-05-17" });

/** What a profile holds, as people write it. Volunteers write the same. */
export const profileFields = {
  first_name: Line(100).meta({ example: "Alex" }),
  last_name: LastName,
  legal_name: OptionalLine(200),
  name_on_documents: NameOnDocuments,
  pronouns: OptionalLine(50),
  phone: OptionalLine(50),
  address: OptionalText(500),
  birthday: Birthday.nullable(),
  bio: OptionalText(2000),
  partner_first_name: OptionalLine(100),
  partner_last_name: OptionalLine(100),
  partner_is_member: z.boolean(),
  language: Language,
  time_zone: TimeZone.nullable(),
  photo_preference: PhotoPreference,
};

/** What to change of my profile; what is left out stays. Ignores unknown fields: the old frontend's forms send more. */
export const ProfileChange = z
  .object({
    ...profileFields,
    newsletter_consent: z.boolean().describe("Whether I want newsletters. The first yes is the one that counts"),
    wants_event_news: z.boolean(),
    wants_reminders: z.boolean(),
  })
  .partial()
  .meta({ id: "ProfileChange" });
export type ProfileChange = z.infer<typeof ProfileChange>;

const Audience = z
  .enum(AUDIENCES)
  .describe("`members`: the directory and volunteers. `admins`: volunteers. `nobody`: only `users.view_sensitive`");

const settings = {
  in_directory: z.boolean().describe("Whether members find me in the directory, by the name everybody sees"),
  email_audience: Audience.exclude(["nobody"]).describe(
    "`members`: the directory and volunteers. `admins`: volunteers, who always see it",
  ),
  phone_audience: Audience,
  address_audience: Audience,
  birthday_audience: Audience,
  partner_audience: Audience,
  bio_audience: Audience,
  photo_audience: Audience,
};

/** Who sees what of me. */
export const Privacy = z.object(settings).meta({ id: "Privacy" });
export type Privacy = z.infer<typeof Privacy>;

/** What to change; what is left out stays. */
export const PrivacyChange = z.strictObject(settings).partial().meta({ id: "PrivacyChange" });
export type PrivacyChange = z.infer<typeof PrivacyChange>;

/** The columns of {@link Privacy}. */
export const privacyColumns = {
  in_directory: users.in_directory,
  email_audience: users.email_audience,
  phone_audience: users.phone_audience,
  address_audience: users.address_audience,
  birthday_audience: users.birthday_audience,
  partner_audience: users.partner_audience,
  bio_audience: users.bio_audience,
  photo_audience: users.photo_audience,
};
