import type Stripe from "stripe";
import { ask } from "./client.ts";

/** What a line on a card statement may hold in all: the account's prefix, `* `, and a suffix. */
const LONGEST_LINE = 22;
const BETWEEN = "* ".length;

/**
 * The longest suffix that fits behind the account's own prefix on a card statement.
 * https://docs.stripe.com/get-started/account/statement-descriptors
 */
export async function longestSuffix(stripe: Stripe): Promise<{ prefix: string; length: number }> {
  const { settings } = await ask(stripe.accounts.retrieveCurrent());
  const prefix = settings?.card_payments?.statement_descriptor_prefix ?? settings?.payments.statement_descriptor ?? "";
  return { prefix, length: LONGEST_LINE - BETWEEN - prefix.length };
}
