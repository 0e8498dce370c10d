import { eq, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { isInternational, readPhone } from "../../people/phone.ts";
import { withPhotoUrls } from "../../people/photo.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { users } from "../../tables/people.ts";
import {
  type MyProfile,
  myProfileColumns,
  type Privacy,
  type PrivacyChange,
  type ProfileChange,
  privacyColumns,
} from "./schemas.ts";

const me = ({ user_id }: SignedInContext) => eq(users.id, user_id);

export const selectProfile = (ctx: SignedInContext) => query.select(myProfileColumns).from(users).where(me(ctx));

export const getProfile = async (ctx: SignedInContext): Promise<MyProfile> =>
  withPhotoUrls(ctx, await ctx.transact((t) => t.one(selectProfile(ctx))));

/** The country whose phone numbers need no prefix. */
const selectCountry = () => query.select({ country: organisation_settings.country }).from(organisation_settings);

async function readNumber(ctx: SignedInContext, phone: string): Promise<string> {
  if (isInternational(phone)) return readPhone(phone, undefined);
  const { country } = await ctx.transact((t) => t.one(selectCountry()));
  return readPhone(phone, country);
}

/**
 * Changes what is named. 400 for a phone number that cannot be read, a birthday in the future, and documents in a legal
 * name that is missing. A phone number without a country takes one round trip more.
 */
export async function editProfile(ctx: SignedInContext, given: ProfileChange): Promise<MyProfile> {
  const { newsletter_consent, ...change } = given;
  if (change.phone) change.phone = await readNumber(ctx, change.phone);
  const profile = await ctx.transact((t) => {
    const set = {
      ...change,
      ...(newsletter_consent !== undefined && {
        // Saying yes again does not move the day on which they first said it.
        newsletter_consent_at: newsletter_consent ? sql`coalesce(${users.newsletter_consent_at}, now())` : null,
      }),
    };
    if (Object.keys(set).length > 0) t.effect(query.update(users).set(set).where(me(ctx)));
    t.guard(
      sql`not exists (select from ${users} where ${me(ctx)} and ${users.birthday} > now())`,
      400,
      "birthday_in_future",
      "The birthday must not be in the future.",
    );
    t.guard(
      sql`not exists (select from ${users} where ${me(ctx)} and ${users.name_on_documents} = 'legal' and ${users.legal_name} is null)`,
      400,
      "legal_name_needed",
      "Documents can carry your legal name only after you have entered it.",
    );
    return t.one(selectProfile(ctx));
  });
  return withPhotoUrls(ctx, profile);
}

const selectPrivacy = (ctx: SignedInContext) => query.select(privacyColumns).from(users).where(me(ctx));

export const getPrivacy = (ctx: SignedInContext): Promise<Privacy> => ctx.transact((t) => t.one(selectPrivacy(ctx)));

/** Changes who sees what is named, from the next request of anybody on. */
export const editPrivacy = (ctx: SignedInContext, change: PrivacyChange): Promise<Privacy> =>
  ctx.transact((t) => {
    if (Object.keys(change).length > 0) t.effect(query.update(users).set(change).where(me(ctx)));
    return t.one(selectPrivacy(ctx));
  });
