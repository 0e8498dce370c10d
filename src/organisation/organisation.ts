import { sql } from "drizzle-orm";
import * as z from "zod";
import { query } from "../database/query.ts";
import { DEFAULT_BRANDING, organisation_settings } from "../tables/organisation.ts";

/** How the organization shows itself in mails, pages and documents. */
export const Branding = z
  .object({
    name: z.string(),
    primary_colour: z.string(),
    accent_colour: z.string(),
    logo_url: z.string().nullable(),
  })
  .meta({ id: "Branding", example: { ...DEFAULT_BRANDING, logo_url: null } });
export type Branding = z.infer<typeof Branding>;

const brandingColumns = {
  name: organisation_settings.name,
  primary_colour: organisation_settings.primary_colour,
  accent_colour: organisation_settings.accent_colour,
  logo_url: sql<string | null>`null`,
};

/** Selects the current branding, as one row. */
export const selectBranding = () => query.select(brandingColumns).from(organisation_settings);

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
export const selectOrganisation = () =>
  query.select({ ...brandingColumns, ...detailColumns }).from(organisation_settings);

/** The organization as the sender of mails. */
export type MailSender = Organisation & Pick<typeof organisation_settings.$inferSelect, keyof typeof senderColumns>;

const senderColumns = {
  discreet_mails: organisation_settings.discreet_mails,
  sensitive_words: organisation_settings.sensitive_words,
};

/** Selects what mails need to know about the organization, as one row. */
export const selectMailSender = () =>
  query.select({ ...brandingColumns, ...detailColumns, ...senderColumns }).from(organisation_settings);
