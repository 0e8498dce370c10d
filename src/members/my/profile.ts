import { eq } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { PREFERENCES } from "../../mail/preferences.ts";
import { readPhoneHere } from "../../people/phone.ts";
import { withPhotoUrls } from "../../people/photo.ts";
import { namesSomebody, tellStripeWhoTheyAre } from "../../people/stripe-customer.ts";
import { users } from "../../tables/people.ts";
import { validTimeZone } from "../../time/zone.ts";
import { guardProfile } from "../profile-rules.ts";
import {
  type MyProfile,
  type Privacy,
  type PrivacyChange,
  type ProfileChange,
  privacyColumns,
  selectProfiles,
} from "./schemas.ts";

const me = ({ user_id }: SignedInContext) => eq(users.id, user_id);

export const selectProfile = (ctx: SignedInContext) => selectProfiles(ctx.settings).where(me(ctx));

export const getProfile = async (ctx: SignedInContext): Promise<MyProfile> =>
  withPhotoUrls(ctx, await ctx.transact((t) => t.one(selectProfile(ctx))));

/**
 * Changes what is named. 400 for a phone number that cannot be read, a time zone that PostgreSQL does not know, a birthday in
 * the future, and documents in a legal name that is missing. A phone number without a country takes one round trip more.
 */
export async function editProfile(ctx: SignedInContext, given: ProfileChange): Promise<MyProfile> {
  const { newsletter_consent, ...change } = given;
  if (change.phone) change.phone = await readPhoneHere(ctx, change.phone);
  const profile = await ctx.transact((t) => {
    const set = {
      ...change,
      ...(newsletter_consent !== undefined && PREFERENCES.newsletter.choose(newsletter_consent)),
    };
    validTimeZone(t, change.time_zone);
    if (Object.keys(set).length > 0) t.effect(query.update(users).set(set).where(me(ctx)));
    guardProfile(t, me(ctx));
    return t.one(selectProfile(ctx));
  });
  if (namesSomebody(change)) ctx.afterwards((after) => tellStripeWhoTheyAre(after, ctx.user_id));
  return withPhotoUrls(ctx, profile);
}

const selectPrivacy = (ctx: SignedInContext) => query.select(privacyColumns).from(users).where(me(ctx));

export const getPrivacy = (ctx: SignedInContext): Promise<Privacy> => ctx.transact((t) => t.one(selectPrivacy(ctx)));

/** Changes who sees what is named, from the next request of anybody on. Links to the photo work until they expire. */
export const editPrivacy = (ctx: SignedInContext, change: PrivacyChange): Promise<Privacy> =>
  ctx.transact((t) => {
    if (Object.keys(change).length > 0) t.effect(query.update(users).set(change).where(me(ctx)));
    return t.one(selectPrivacy(ctx));
  });
