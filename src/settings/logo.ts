import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Upload } from "../http/upload.ts";
import { removeUnneededFiles } from "../storage/remove.ts";
import { storeLogo } from "../storage/store-logo.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { selectSettings } from "./edit.ts";
import type { LogoQuery, OrganisationSettings } from "./schemas.ts";

/** A trigger marks the logo before as deleted. Returns what reads the settings. */
function setLogo(t: Plan, ctx: SignedInContext, { variant }: LogoQuery, file_id: string | null) {
  const column = variant === "dark" ? "logo_dark_id" : "logo_id";
  t.effect(query.update(organisation_settings).set({ [column]: file_id }));
  return () => t.one(selectSettings(ctx.settings));
}

/** Uploads the organization's logo, in place of the one before. */
export const uploadLogo = (ctx: SignedInContext, which: LogoQuery, upload: Upload): Promise<OrganisationSettings> =>
  storeLogo(ctx, upload, (t, file_id) => setLogo(t, ctx, which, file_id));

/** Removes the organization's logo. Without one, nothing changes. */
export async function deleteLogo(ctx: SignedInContext, which: LogoQuery): Promise<OrganisationSettings> {
  const settings = await ctx.transact((t) => setLogo(t, ctx, which, null)());
  ctx.afterwards(removeUnneededFiles);
  return settings;
}
