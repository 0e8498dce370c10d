import { expect, inject } from "vitest";
import { loadSampleData } from "../../local/sample-data.ts";
import { ownPlatform } from "./own-platform.ts";
import { settings } from "./platform.ts";

/** Nobody listens here. */
const NOWHERE = "http://127.0.0.1:9";

/**
 * A platform of the test's own with the data that `npm run dev` begins with. `interrupted`: the first start ended before the
 * platform heard of any payment.
 */
export async function samplePlatform({ interrupted = false } = {}) {
  const platform = await ownPlatform();
  const { database_url, livePast, vars, sql } = platform;
  // The Worker signs with a secret of its own, and opens the links in sample mails only if they are signed with it.
  const all_vars = { ...inject("stack").vars, JWT_SECRET: settings.JWT_SECRET, ...vars };
  const loadWith = (more: Record<string, string>) =>
    loadSampleData({ database_url, livePast, vars: { ...all_vars, ...more } });
  const load = () => loadWith({});
  if (interrupted) await expect(loadWith({ STRIPE_API_BASE: NOWHERE })).rejects.toThrow("does not answer");
  await load();
  return {
    ...platform,
    /** The Worker's settings. `vars` are those that no other platform has. */
    all_vars,
    /** Loads the sample data once more. */
    load,
    /** A sample person and their subscription, by the beginning of their address. */
    async member(name: string) {
      const [row] = await sql<{ id: string; email: string; subscription_id: string; stripe_subscription_id: string }>(
        `select u.id, u.email, s.id as subscription_id, s.stripe_subscription_id
         from users u join subscriptions s on s.user_id = u.id where u.email = $1`,
        [`${name}@loaf.test`],
      );
      if (!row) throw new Error(`There is no sample member ${name}`);
      return row;
    },
  };
}
