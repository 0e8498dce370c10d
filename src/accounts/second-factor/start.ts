import { and, eq, isNull, sql } from "drizzle-orm";
import { query } from "../../database/query.ts";
import type { SignedInContext } from "../../http/context.ts";
import { second_factors } from "../../tables/accounts.ts";
import { organisation_settings } from "../../tables/organisation.ts";
import { knownEmail, users } from "../../tables/people.ts";
import { guardHasNoFactor, lockSignedInPerson } from "./change.ts";
import type { Enrollment } from "./schemas.ts";
import { encryptSecret } from "./secrets.ts";
import { forAuthenticator, newSecret } from "./totp.ts";

/**
 * Starts to set up a second factor: returns a secret for the authenticator app. The factor counts once a code from the app
 * confirms it. Starting again replaces the secret. 409 for someone who has a second factor.
 */
export async function startSecondFactor(ctx: SignedInContext): Promise<Enrollment> {
  const { user_id } = ctx;
  const secret = newSecret();
  const secret_encrypted = await encryptSecret(ctx.settings, user_id, secret);
  const names = await ctx.transact((t) => {
    lockSignedInPerson(t, ctx);
    guardHasNoFactor(t, user_id);
    t.effect(
      query.delete(second_factors).where(and(eq(second_factors.user_id, user_id), isNull(second_factors.confirmed_at))),
    );
    t.effect(query.insert(second_factors).values({ user_id, secret_encrypted }));
    return t.one(
      query
        .select({ issuer: organisation_settings.name, label: knownEmail })
        .from(users)
        .innerJoin(organisation_settings, sql`true`)
        .where(eq(users.id, user_id)),
    );
  });
  return forAuthenticator(secret, names);
}
