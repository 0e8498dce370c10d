import { and, eq } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { validValue } from "../http/valid-value.ts";
import { audit_log } from "../tables/access.ts";
import { SETTINGS } from "./declaration.ts";
import { editOrganisationSettings } from "./edit.ts";
import { type OrganisationSettings, SettingsChange, type SettingsUndo } from "./schemas.ts";

/**
 * Gives the settings of one change the values that they had before it, whatever they are now. 404 without such a change. 409
 * if it was about logos alone, whose files are gone. 400 if a value would no longer be accepted.
 */
export async function undoSettings(ctx: SignedInContext, { audit_id }: SettingsUndo): Promise<OrganisationSettings> {
  const entry = await ctx.transact((t) =>
    t.one(
      query
        .select({ changes: audit_log.changes })
        .from(audit_log)
        .where(
          and(
            eq(audit_log.id, audit_id),
            eq(audit_log.subject_type, "organisation_settings"),
            eq(audit_log.action, "update"),
          ),
        ),
      new Refusal(404, "change_not_found", "There is no such change of the settings."),
    ),
  );
  const before = Object.entries(entry.changes).flatMap(([name, values]) =>
    name in SETTINGS && values ? [[name, values[0]]] : [],
  );
  if (before.length === 0)
    throw new Refusal(409, "nothing_to_undo", "This change was about the logo. Please upload the previous logo again.");
  return editOrganisationSettings(ctx, validValue(SettingsChange, Object.fromEntries(before)));
}
