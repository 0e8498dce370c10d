import * as z from "zod";
import type { Context } from "../http/context.ts";
import { Refusal, unavailable } from "../http/errors.ts";

const Verdict = z.object({ success: z.boolean(), "error-codes": z.array(z.string()).default([]) });

/** The error codes of a bad token. Any other code is about us or Turnstile: a wrong secret, an outage. */
const WRONG_TOKEN = new Set(["missing-input-response", "invalid-input-response", "timeout-or-duplicate"]);

/** Turnstile answered without a decision. The log shows the code. */
class Undecided extends Error {
  override name = "TurnstileUndecided";
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code.slice(0, 100);
  }
}

/**
 * If the operator has set up Turnstile: 400 `turnstile_failed` without a good token from its widget, which works once,
 * within five minutes. 503 `turnstile_unavailable` while Turnstile does not answer.
 */
export async function requireHuman({ settings }: Context, token: string | null | undefined): Promise<void> {
  const { TURNSTILE_SECRET, TURNSTILE_API_BASE } = settings;
  if (!TURNSTILE_SECRET) return;
  const verdict = token ? await verify(TURNSTILE_API_BASE, { secret: TURNSTILE_SECRET, response: token }) : null;
  if (!verdict?.success)
    throw new Refusal(400, "turnstile_failed", "Please confirm again that you are human.", {
      errors: [{ path: "turnstile_token", message: token ? "is invalid, expired or already used" : "is missing" }],
    });
}

/**
 * https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 * We do not send the client's address, which is optional: nobody else needs to know who applies here.
 */
async function verify(api_base: string, question: { secret: string; response: string }) {
  try {
    const response = await fetch(`${api_base}/turnstile/v0/siteverify`, {
      method: "POST",
      redirect: "manual", // the secret must not go anywhere else
      signal: AbortSignal.timeout(5_000),
      body: new URLSearchParams(question),
    });
    if (response.status >= 500) throw new Undecided(`http_${response.status}`);
    const verdict = Verdict.safeParse(await response.json()).data;
    if (!verdict) throw new Undecided("not_understood");
    const others = verdict["error-codes"].filter((code) => !WRONG_TOKEN.has(code));
    if (!verdict.success && others.length > 0) throw new Undecided(others.join(" "));
    return verdict;
  } catch (error) {
    throw unavailable("turnstile_unavailable", "We could not check that you are human. Please try again.", error);
  }
}
