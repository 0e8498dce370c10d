import { getTableColumns } from "drizzle-orm";
import * as z from "zod";
import type { Settings } from "../env.ts";
import { Id, Instant } from "../http/schemas.ts";
import { logoUrls } from "../organisation/logo.ts";
import { Branding } from "../organisation/organisation.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { SETTINGS } from "./declaration.ts";

export const OrganisationSettings = z
  .object({
    ...SETTINGS,
    logo_url: Branding.shape.logo_url,
    logo_dark_url: Branding.shape.logo_dark_url,
    updated_at: Instant,
  })
  .meta({ id: "OrganisationSettings" });
export type OrganisationSettings = z.infer<typeof OrganisationSettings>;

/** The settings to change. */
export const SettingsChange = z.strictObject(SETTINGS).partial().meta({ id: "SettingsChange" });
export type SettingsChange = z.infer<typeof SettingsChange>;

const {
  singleton: _,
  created_at: __,
  logo_id: ___,
  logo_dark_id: ____,
  ...columns
} = getTableColumns(organisation_settings);

/** The columns of {@link OrganisationSettings}. */
export const settingsColumns = (settings: Settings) => ({ ...columns, ...logoUrls(settings) });

/** On which ground a logo stands. */
export const LogoQuery = z.object({
  variant: z.enum(["light", "dark"]).default("light").describe("The ground that the logo is for"),
});
export type LogoQuery = z.infer<typeof LogoQuery>;

export const SettingsUndo = z
  .strictObject({
    audit_id: Id.describe("The `id` of a change in `GET /api/admin/audit-log?subject_type=organisation_settings`"),
  })
  .meta({ id: "SettingsUndo" });
export type SettingsUndo = z.infer<typeof SettingsUndo>;
