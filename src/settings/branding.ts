import type { Branding } from "./schemas.ts";

/** How the organisation looks until its settings say otherwise; also what an error page falls back on. */
export const BRANDING: Branding = {
  name: "LOAF",
  primary_colour: "#6a2c91",
  accent_colour: "#e4572e",
  logo_url: null,
};
