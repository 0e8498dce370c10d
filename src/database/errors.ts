import { NeonDbError } from "@neondatabase/serverless";
import type { ErrorCode } from "../http/error-codes.ts";
import { invalid, Refusal, type RefusalStatus, tooMany, unavailable } from "../http/errors.ts";

/** The transaction collided with another one. It changed nothing, and we can try it again. */
const COLLISIONS = new Set(["40001", "40P01"]);

/** The database cannot answer now: no connection, no resources, a shutdown, a canceled query, or a system error. */
const UNABLE = /^(08|53|57|58)/;

export const isCollision = (error: unknown) => error instanceof NeonDbError && COLLISIONS.has(error.code ?? "");

/** We did not reach the database, or its answer was lost. A timeout does not count: the next try would time out too. */
export const isUnreached = (error: unknown) =>
  error instanceof NeonDbError && !error.code && error.sourceError?.name !== "TimeoutError";

/** The answer is too large for Neon to send. Nothing was changed. */
export const isTooLarge = (error: unknown) =>
  error instanceof Refusal &&
  error.cause instanceof NeonDbError &&
  error.cause.message.startsWith("Server error (HTTP status 507)");

/** What a transaction throws when we do not know whether it was committed. */
export const isUnavailable = (error: unknown) => error instanceof Refusal && error.code === "database_unavailable";

/** Begins the code of a guard about one field. The field's name follows. */
export const INVALID = "invalid_input:";
export type InvalidField = `${typeof INVALID}${string}`;

const isInvalidField = (code: string | undefined): code is InvalidField => code?.startsWith(INVALID) ?? false;

/** The only place that turns an SQLSTATE into an HTTP error. One not listed is a bug of ours, and becomes a 500. */
export function translate(error: unknown): unknown {
  if (!(error instanceof NeonDbError)) return error;
  const { code } = error;
  if (code?.startsWith("LF")) {
    const status = Number(code.slice(2)) as RefusalStatus;
    if (isInvalidField(error.detail)) return invalid(error.detail.slice(INVALID.length), error.message);
    // `ensure` raises what a guard or a migration names.
    const refusal = (error.detail ?? "internal_error") as ErrorCode;
    // The database's limits are per day, so it is soon enough to try again in an hour.
    return status === 429 ? tooMany(refusal, error.message, 3600) : new Refusal(status, refusal, error.message);
  }
  if (code === "23505")
    return new Refusal(409, "already_exists", "This already exists. Perhaps someone else has just added it.", {
      cause: error,
    });
  if (!code || COLLISIONS.has(code) || UNABLE.test(code))
    return unavailable("database_unavailable", "The database does not answer. Please try again.", error);
  return error;
}
