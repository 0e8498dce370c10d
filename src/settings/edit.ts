import { sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import { invalid } from "../http/errors.ts";
import { formatCents } from "../money/format.ts";
import { leastCents } from "../stripe/amounts.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { type OrganisationSettings, type SettingsChange, settingsColumns } from "./schemas.ts";

export const selectSettings = () => query.select(settingsColumns).from(organisation_settings);

/** The settings of the organization. */
export const getOrganisationSettings = (ctx: SignedInContext): Promise<OrganisationSettings> =>
  ctx.transact((t) => t.one(selectSettings()));

/**
 * Changes the settings that are named; the others stay. 400 for a time zone that PostgreSQL does not know, and for a
 * minimum donation that is above the maximum or below the least that Stripe accepts.
 */
export function editOrganisationSettings(ctx: SignedInContext, change: SettingsChange): Promise<OrganisationSettings> {
  const { CURRENCY } = ctx.settings;
  const { time_zone, donation_minimum_cents: least, donation_maximum_cents: most } = change;
  if (least !== undefined && least < leastCents(CURRENCY))
    throw invalid("donation_minimum_cents", `must be at least ${formatCents(leastCents(CURRENCY), CURRENCY)}`);
  return ctx.transact((t) => {
    // Of two changes at once, the second must see the limits that the first one set.
    t.effect(selectSettings().for("update"));
    if (time_zone)
      t.guard(
        sql`exists (select from pg_timezone_names where name = ${time_zone})`,
        400,
        "unknown_time_zone",
        "The database does not know this time zone. Please use a name such as America/New_York.",
      );
    t.guard(
      sql`exists (select from ${organisation_settings} where coalesce(${least ?? null}::integer, ${organisation_settings.donation_minimum_cents})
        <= coalesce(${most ?? null}::integer, ${organisation_settings.donation_maximum_cents}))`,
      400,
      "donation_limits",
      "The minimum donation must not be more than the maximum.",
    );
    if (Object.keys(change).length > 0) t.effect(query.update(organisation_settings).set(change));
    return t.one(selectSettings());
  });
}
