import { and, eq, isNull, sql } from "drizzle-orm";
import { effect, one, query } from "../../database/statements.ts";
import type { SignedInContext } from "../../http/context.ts";
import { users } from "../../members/tables.ts";
import { organisation_settings } from "../../settings/tables.ts";
import { second_factors } from "../tables.ts";
import { beginChange, hasNoFactor } from "./change.ts";
import type { Enrolment } from "./schemas.ts";
import { encryptSecret } from "./secrets.ts";
import { forAuthenticator, newSecret } from "./totp.ts";

/**
 * Starts to set up a second factor: a secret for the authenticator app, which counts once a code of it was given. One that
 * was started before is forgotten. Refuses whoever has one.
 */
export async function enrol(ctx: SignedInContext): Promise<Enrolment> {
  const { user_id } = ctx;
  const secret = newSecret();
  const secret_encrypted = await encryptSecret(ctx.settings, user_id, secret);
  const [names] = await ctx.transact(
    ...beginChange(ctx),
    hasNoFactor(user_id),
    effect(
      query.delete(second_factors).where(and(eq(second_factors.user_id, user_id), isNull(second_factors.confirmed_at))),
    ),
    effect(query.insert(second_factors).values({ user_id, secret_encrypted })),
    one(
      query
        .select({ issuer: organisation_settings.name, label: users.email })
        .from(users)
        .innerJoin(organisation_settings, sql`true`)
        .where(eq(users.id, user_id)),
    ),
  );
  return forAuthenticator(secret, names);
}
