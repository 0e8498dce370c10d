import { query } from "../database/statements.ts";
import { organisation_settings } from "./tables.ts";

/** The organisation's name and colours as they are now. */
export const currentBranding = () =>
  query
    .select({
      name: organisation_settings.name,
      primary_colour: organisation_settings.primary_colour,
      accent_colour: organisation_settings.accent_colour,
      logo_url: organisation_settings.logo_url,
    })
    .from(organisation_settings);
