import { sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Settings } from "../env.ts";
import type { SignedInContext } from "../http/context.ts";
import { invalid } from "../http/errors.ts";
import { formatCents } from "../money/format.ts";
import { leastCents } from "../stripe/amounts.ts";
import { longestSuffix } from "../stripe/statement-descriptor.ts";
import { organisation_settings } from "../tables/organisation.ts";
import { validTimeZone } from "../time/zone.ts";
import { type OrganisationSettings, type SettingsChange, settingsColumns } from "./schemas.ts";

export const selectSettings = (settings: Settings) =>
  query.select(settingsColumns(settings)).from(organisation_settings);

/** The settings of the organization. */
export const getOrganisationSettings = (ctx: SignedInContext): Promise<OrganisationSettings> =>
  ctx.transact((t) => t.one(selectSettings(ctx.settings)));

/**
 * Changes the settings that are named; the others stay. 400 for a time zone that PostgreSQL does not know, and for a
 * minimum donation that is above the maximum or below the least that Stripe accepts. A new suffix for card statements takes
 * one more round trip, and must fit behind the prefix of the account at Stripe.
 */
export async function editOrganisationSettings(
  ctx: SignedInContext,
  change: SettingsChange,
): Promise<OrganisationSettings> {
  const { CURRENCY } = ctx.settings;
  const { time_zone, donation_minimum_cents: least, donation_maximum_cents: most } = change;
  if (least !== undefined && least < leastCents(CURRENCY))
    throw invalid("donation_minimum_cents", `must be at least ${formatCents(leastCents(CURRENCY), CURRENCY)}`);
  await requireFittingSuffix(ctx, change);
  return ctx.transact((t) => {
    // Of two changes at once, the second must see the limits that the first one set.
    t.effect(query.select({ name: organisation_settings.name }).from(organisation_settings).for("update"));
    validTimeZone(t, time_zone);
    t.valid(
      sql`exists (select from ${organisation_settings} where coalesce(${least ?? null}::integer, ${organisation_settings.donation_minimum_cents})
        <= coalesce(${most ?? null}::integer, ${organisation_settings.donation_maximum_cents}))`,
      least === undefined ? "donation_maximum_cents" : "donation_minimum_cents",
      least === undefined
        ? "must not be less than donation_minimum_cents"
        : "must not be more than donation_maximum_cents",
    );
    if (Object.keys(change).length > 0) t.effect(query.update(organisation_settings).set(change));
    return t.one(selectSettings(ctx.settings));
  });
}

/** Asks Stripe only for somebody who may change settings, and only if the suffix changes. */
async function requireFittingSuffix(
  ctx: SignedInContext,
  { statement_descriptor_suffix: suffix }: SettingsChange,
): Promise<void> {
  if (!suffix) return;
  const before = await ctx.transact((t) =>
    t.one(query.select({ suffix: organisation_settings.statement_descriptor_suffix }).from(organisation_settings)),
  );
  if (before.suffix === suffix) return;
  const { prefix, length } = await longestSuffix(ctx.stripe);
  if (suffix.length > length)
    throw invalid(
      "statement_descriptor_suffix",
      `must have at most ${length} characters: card statements show it after "${prefix}* ", and have room for 22`,
    );
}
