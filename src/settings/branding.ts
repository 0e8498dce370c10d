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
  const { CURRENCY, STRIPE_PUBLISHABLE_KEY = null } = settings;
  return { ...branding, currency: CURRENCY, stripe_publishable_key: STRIPE_PUBLISHABLE_KEY };
}
