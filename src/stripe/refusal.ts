import Stripe from "stripe";
import type { ErrorCode } from "../http/error-codes.ts";
import { Refusal, unavailable } from "../http/errors.ts";

/** The code of a refusal that nobody has foreseen. It is logged as an error, with Stripe's id of the request. */
export const REFUSED_BY_STRIPE = "refused_by_stripe";

/** What people can fix themselves, by Stripe's code: https://docs.stripe.com/error-codes */
const MENDABLE: Record<string, [code: ErrorCode, sentence: string]> = {
  email_invalid: ["email_refused", "The payment service does not accept this email address. Please use another one."],
  amount_too_small: ["amount_too_small", "This amount is too small to be paid online."],
  amount_too_large: ["amount_too_large", "This amount is too large to be paid online."],
};

/**
 * The only place that turns an error of Stripe that no use case has handled into an HTTP error: 409 if Stripe refused
 * what we asked, 503 if it does not accept our key. Other errors stay as they are.
 */
export function translateStripe(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  if (error instanceof Stripe.errors.StripeAuthenticationError || error instanceof Stripe.errors.StripePermissionError)
    return unavailable("stripe_key_refused", "The payment service does not accept our key. Please tell us.", error);
  const [code, sentence] = MENDABLE[error.code ?? ""] ?? [
    REFUSED_BY_STRIPE,
    "The payment service refused this. Please tell us, and give us the request_id.",
  ];
  return new Refusal(409, code, sentence, { cause: error });
}
