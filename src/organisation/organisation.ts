import * as z from "zod";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import { DEFAULT_BRANDING, organisation_settings } from "../tables/organisation.ts";
import { logoUrls } from "./logo.ts";

/** How the organization shows itself in mails, pages and documents. */
export const Branding = z
  .object({
    name: z.string(),
    primary_colour: z.string(),
    accent_colour: z.string(),
    logo_url: z.string().nullable().describe("A PNG of at most 600 × 160 pixels, for light ground"),
    logo_dark_url: z.string().nullable().describe("The same for dark ground"),
  })
  .meta({ id: "Branding", example: { ...DEFAULT_BRANDING, logo_url: null, logo_dark_url: null } });
export type Branding = z.infer<typeof Branding>;

/** The branding before anybody changed it, where there is no database to ask. */
export const NEUTRAL_BRANDING: Branding = { ...DEFAULT_BRANDING, logo_url: null, logo_dark_url: null };

const brandingColumns = (settings: Settings) => ({
  name: organisation_settings.name,
  primary_colour: organisation_settings.primary_colour,
  accent_colour: organisation_settings.accent_colour,
  ...logoUrls(settings),
});

/** Selects the current branding, as one row. */
export const selectBranding = (settings: Settings) =>
  query.select(brandingColumns(settings)).from(organisation_settings);

/** What mails and documents need to know about the organization. */
export type Organisation = Branding & Pick<typeof organisation_settings.$inferSelect, keyof typeof detailColumns>;

const detailColumns = {
  time_zone: organisation_settings.time_zone,
  postal_address: organisation_settings.postal_address,
  contact_email: organisation_settings.contact_email,
  tax_id: organisation_settings.tax_id,
  acknowledgement: organisation_settings.acknowledgement,
};

/** Selects the organization's current details, as one row. */
export const selectOrganisation = (settings: Settings) =>
  query.select({ ...brandingColumns(settings), ...detailColumns }).from(organisation_settings);

/** The organization as the sender of mails: also what gives it away, and where replies go, by what they are about. */
export type MailSender = Organisation & Pick<typeof organisation_settings.$inferSelect, keyof typeof senderColumns>;

const senderColumns = {
  discreet_mails: organisation_settings.discreet_mails,
  sensitive_words: organisation_settings.sensitive_words,
  membership_email: organisation_settings.membership_email,
  events_email: organisation_settings.events_email,
  newsletter_email: organisation_settings.newsletter_email,
};

/** Selects what mails need to know about the organization, as one row. */
export const selectMailSender = (settings: Settings) =>
  query.select({ ...brandingColumns(settings), ...detailColumns, ...senderColumns }).from(organisation_settings);
