import { ERROR_CODES, type ErrorCode } from "../src/http/error-codes.ts";

/** What a client does about a refusal. `detail` is always a sentence for the person who reads it. */
export const ACTIONS = {
  fix: "Show each message of `errors` beside its field.",
  show: "Show `detail`. The same request gets the same answer until the person changes something.",
  reload: "Show `detail`, and load again what the page shows: it is out of date.",
  gone: "Say that it is not there, and go back to the list. We do not tell a hidden thing from a missing one.",
  forbid: "Show `detail`. Load `GET /api/auth/me` again, and hide what the person may not do.",
  sign_in: "Forget the tokens, and show the sign-in page.",
  refresh: "Call `POST /api/auth/refresh` once, then send the request again with the new token.",
  prove: "Ask for the password or a code, send it to `POST /api/auth/reauthenticate`, then send the request again.",
  enroll: "Show the page that sets up a second factor (`POST /api/auth/mfa/totp`).",
  wait: "Wait for `Retry-After` seconds. Show `detail` meanwhile.",
  retry:
    "Wait for `Retry-After` seconds. Then repeat a GET, or a request that `/docs` says can be sent again. For any other, first check whether it was done.",
  poll: "Wait a few seconds, and load again: Stripe tells us within a minute.",
  new_link: "Show the page on which the person asks for a new link.",
  new_id: "Make a new UUID, and ask the person before sending it again.",
  choose: "Show `detail`, and let the person choose files again.",
  program: "A defect of the client. Log `detail` and `request_id`.",
  report: "Show `detail` with `request_id`, and ask the person to try later or to write to the organization.",
} as const;

/** What a code stands for, by the name of the code. */
export function meaningOf(code: ErrorCode): { statuses: readonly number[]; meaning: string; action: string } {
  const [status, action, meaning] = ERROR_CODES[code];
  return { statuses: typeof status === "number" ? [status] : status, meaning, action: ACTIONS[action] };
}

export const ALL_CODES = Object.keys(ERROR_CODES) as ErrorCode[];

export const isErrorCode = (code: string): code is ErrorCode => code in ERROR_CODES;
