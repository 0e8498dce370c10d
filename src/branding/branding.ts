import * as z from "zod";
import { query } from "../database/query.ts";
import { DEFAULT_BRANDING, organisation_settings } from "../tables/organisation.ts";

/** How the organisation shows itself in mails, pages and documents. */
export const Branding = z
  .object({
    name: z.string(),
    primary_colour: z.string(),
    accent_colour: z.string(),
    logo_url: z.string().nullable(),
  })
  .meta({ id: "Branding", example: DEFAULT_BRANDING });
export type Branding = z.infer<typeof Branding>;

/** How the organization shows itself, and where its days begin. For mails and pages that name a day. */
export type BrandingAndZone = Branding & { time_zone: string };

/** Selects the current branding, which is one row. */
export const selectBranding = () =>
  query
    .select({
      name: organisation_settings.name,
      primary_colour: organisation_settings.primary_colour,
      accent_colour: organisation_settings.accent_colour,
      logo_url: organisation_settings.logo_url,
    })
    .from(organisation_settings);
