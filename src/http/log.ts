import type { Settings } from "../env.ts";

/** One line of JSON per event. It never holds a secret, a token, a path with parameters or personal data. */
export interface LogLine {
  level: "info" | "error";
  event: string;
  request_id: string;
  [field: string]: string | number | boolean | null | undefined;
}

export function log(line: LogLine): void {
  // biome-ignore lint/suspicious/noConsole: standard output is where Workers collect logs, and this is the one place
  console.log(JSON.stringify(line));
}

/**
 * What a log may say about an error: its name, its code (an SQLSTATE, or Stripe's) and its stack frames. The message may
 * quote what a person typed, so only development logs it.
 */
export function describe(error: unknown, environment?: Settings["ENVIRONMENT"]): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  const cause = error.cause instanceof Error ? error.cause : error;
  const error_code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const frames = cause.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 4)
    .map((line) => line.trim())
    .join(" < ");
  return {
    // Stripe names all its errors Error, and says in `type` which one it is.
    error: "type" in cause && typeof cause.type === "string" ? cause.type : cause.name,
    ...(error_code && { error_code }),
    // Stripe's id of the request, by which its dashboard finds it.
    ...("requestId" in cause && typeof cause.requestId === "string" && { stripe_request_id: cause.requestId }),
    ...(frames && { frames }),
    ...(environment === "development" && { message: cause.message }),
  };
}
