import * as z from "zod";
import { query } from "../database/query.ts";
import type { Context } from "../http/context.ts";
import { logoUrls } from "../organisation/logo.ts";
import { Branding } from "../organisation/organisation.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { OrganisationSettings } from "./schemas.ts";

/** What every frontend needs to know, so that it hard-codes nothing. */
export const PublicBranding = Branding.extend({
  ...OrganisationSettings.pick({
    time_zone: true,
    country: true,
    contact_email: true,
    donation_minimum_cents: true,
    donation_maximum_cents: true,
  }).shape,
  currency: z.string().describe("ISO 4217 code, in lower case: of all dues and donations"),
  stripe_publishable_key: z.string().nullable().describe("For Stripe's own elements. Null if it is not set"),
  turnstile_required: z
    .boolean()
    .describe("Whether registering and asking for a new password need a token of Cloudflare Turnstile's widget"),
  turnstile_site_key: z
    .string()
    .nullable()
    .describe("For that widget. Null if none is needed, or if the operator has not set it"),
}).meta({ id: "PublicBranding" });
export type PublicBranding = z.infer<typeof PublicBranding>;

const { name, primary_colour, accent_colour, time_zone, country, contact_email } = organisation_settings;
const { donation_minimum_cents, donation_maximum_cents } = organisation_settings;

/** How the organization appears, and what its forms must know. */
export async function getBranding({ settings, transact }: Context): Promise<PublicBranding> {
  const columns = {
    name,
    primary_colour,
    accent_colour,
    ...logoUrls(settings),
    time_zone,
    country,
    contact_email,
    donation_minimum_cents,
    donation_maximum_cents,
  };
  const branding = await transact((t) => t.one(query.select(columns).from(organisation_settings)));
  const { CURRENCY, STRIPE_PUBLISHABLE_KEY = null, TURNSTILE_SITE_KEY = null } = settings;
  const turnstile_required = settings.TURNSTILE_SECRET !== undefined;
  return {
    ...branding,
    currency: CURRENCY,
    stripe_publishable_key: STRIPE_PUBLISHABLE_KEY,
    turnstile_required,
    turnstile_site_key: turnstile_required ? TURNSTILE_SITE_KEY : null,
  };
}
