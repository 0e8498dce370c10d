import { getTableColumns } from "drizzle-orm";
import * as z from "zod";
import { Instant } from "../http/schemas.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { SETTINGS } from "./declaration.ts";

export const OrganisationSettings = z.object({ ...SETTINGS, updated_at: Instant }).meta({ id: "OrganisationSettings" });
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
export const settingsColumns = columns;
