import { networkOf } from "./client.ts";
import { tooMany } from "./errors.ts";
import type { AppContext } from "./hono.ts";
import type { Route } from "./route.ts";

/**
 * Damps abuse per network. What must hold exactly is counted in the database. A signed body has no limit: on a day of
 * renewals all of Stripe's events come from a few addresses.
 */
export async function limitRate(c: AppContext, { request, credentials }: Route): Promise<void> {
  if (request?.signed_body) return;
  const limit = credentials ? c.env.CREDENTIALS_RATE_LIMIT : c.env.GENERAL_RATE_LIMIT;
  // When the limit itself fails, the platform goes on without it.
  const outcome = await limit.limit({ key: networkOf(c) }).catch(() => null);
  if (outcome?.success === false) throw tooMany("too_many_requests", "Too many requests. Please wait a minute.", 60);
}
