import { StripeError } from "./errors.ts";
import type { StoredAnswer } from "./state.ts";

const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

/**
 * Responses to requests with an Idempotency-Key, whether they succeeded or failed: a 4xx is repeated like a 5xx. Only a
 * request whose parameters are invalid in themselves is not stored, because then nothing has been carried out.
 * https://docs.stripe.com/api/idempotent_requests
 */
export class Idempotency {
  readonly #answers: Map<string, StoredAnswer>;
  readonly #inFlight = new Set<string>();

  constructor(answers: Map<string, StoredAnswer>) {
    this.#answers = answers;
  }

  /** The stored response. Undefined if the key is new: then the caller must call `finish`. */
  begin(key: string, fingerprint: string): StoredAnswer | undefined {
    const known = this.#answers.get(key);
    if (known && known.answered_at + KEPT_FOR_MS > Date.now()) {
      if (known.fingerprint === fingerprint) return known;
      throw new StripeError(400, {
        type: "idempotency_error",
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with: ${key}`,
      });
    }
    if (this.#inFlight.has(key)) {
      throw new StripeError(409, {
        type: "idempotency_error",
        code: "idempotency_key_in_use",
        message: `There is currently another in-progress request using this idempotency key: ${key}`,
      });
    }
    this.#inFlight.add(key);
    return undefined;
  }

  finish(key: string, answer: StoredAnswer | undefined): void {
    this.#inFlight.delete(key);
    if (answer) this.#answers.set(key, answer);
  }
}
