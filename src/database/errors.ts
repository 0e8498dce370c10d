import { NeonDbError } from "@neondatabase/serverless";
import { Refusal, type RefusalStatus, tooMany, unavailable } from "../http/errors.ts";

/** Another transaction was in the way. Nothing was done; the same again will work. */
const COLLISIONS = new Set(["40001", "40P01"]);

/** The database cannot work now: connection failures, no resources, shutting down, cancelled. */
const UNABLE = /^(08|53|57|58)/;

export const isCollision = (error: unknown) => error instanceof NeonDbError && COLLISIONS.has(error.code ?? "");

/** The database was not reached, or its answer was lost. A timeout does not count: it would come again. */
export const isUnreached = (error: unknown) =>
  error instanceof NeonDbError && !error.code && error.sourceError?.name !== "TimeoutError";

/** The answer is larger than Neon sends. Nothing was done. */
export const isTooLarge = (error: unknown) =>
  error instanceof Refusal &&
  error.cause instanceof NeonDbError &&
  error.cause.message.startsWith("Server error (HTTP status 507)");

/** The one place where an SQLSTATE becomes an HTTP error. Any other is our defect, and a 500. */
export function translate(error: unknown): unknown {
  if (!(error instanceof NeonDbError)) return error;
  const { code } = error;
  if (code?.startsWith("LF")) {
    const status = Number(code.slice(2)) as RefusalStatus;
    const refusal = error.detail ?? "refused";
    // The database counts by the day: an hour later is soon enough to ask again.
    return status === 429 ? tooMany(refusal, error.message, 3600) : new Refusal(status, refusal, error.message);
  }
  if (code === "23505")
    return new Refusal(409, "already_exists", "This was done already, perhaps by someone else just now.", {
      cause: error,
    });
  if (!code || COLLISIONS.has(code) || UNABLE.test(code))
    return unavailable("database_unavailable", "The database does not answer. Please try again.", error);
  return error;
}
