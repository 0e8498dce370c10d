import type { Settings } from "../env.ts";

/** One line of JSON for each thing worth knowing. Never a secret, a token, a path with parameters or a person's data. */
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
 * What a log may say of an error: its name, its code (a database's SQLSTATE, Stripe's) and the frames of its stack. Its
 * message, which may quote what a person typed, only where there are no real people: in development.
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
    // Stripe's are all named Error, and say in `type` what they are.
    error: "type" in cause && typeof cause.type === "string" ? cause.type : cause.name,
    ...(error_code && { error_code }),
    ...(frames && { frames }),
    ...(environment === "development" && { message: cause.message }),
  };
}
