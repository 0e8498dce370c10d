import * as z from "zod";
import type { Context } from "../http/context.ts";
import { Refusal, unavailable } from "../http/errors.ts";

/** How long Turnstile may take before the client is told that it does not answer. */
const TIMEOUT_MS = 5_000;

const Verdict = z.object({ success: z.boolean(), "error-codes": z.array(z.string()).default([]) });
type Verdict = z.infer<typeof Verdict>;

/** What can be wrong with a token. Any other code is about us or Turnstile: a wrong secret, a failure of theirs. */
const WRONG_TOKEN = new Set(["missing-input-response", "invalid-input-response", "timeout-or-duplicate"]);

/** Turnstile answered and has not decided; the code tells the log why. */
class Undecided extends Error {
  override name = "TurnstileUndecided";
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code.slice(0, 100);
  }
}

/**
 * Where the operator has set Turnstile up: lets through who shows a token that its widget gave them, which counts once
 * and for five minutes. Others: 400 `turnstile_failed`. While Turnstile cannot be asked nobody gets through, since
 * whoever set it up wants it: 503 `turnstile_unavailable`.
 */
export async function requireHuman({ settings }: Context, token: string | null | undefined): Promise<void> {
  const { TURNSTILE_SECRET, TURNSTILE_API_BASE } = settings;
  if (!TURNSTILE_SECRET) return;
  const verdict = token ? await ask(TURNSTILE_API_BASE, { secret: TURNSTILE_SECRET, response: token }) : null;
  if (!verdict?.success)
    throw new Refusal(400, "turnstile_failed", "Please show again that you are human.", {
      errors: [{ path: "turnstile_token", message: token ? "is not valid, or not any more" : "is missing" }],
    });
}

/**
 * https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 * The client's address, which may be sent along, is left out: who applies here is nobody else's business.
 */
async function ask(api_base: string, question: { secret: string; response: string }): Promise<Verdict> {
  try {
    const response = await fetch(`${api_base}/turnstile/v0/siteverify`, {
      method: "POST",
      redirect: "manual", // the secret goes where it is meant to go
      signal: AbortSignal.timeout(TIMEOUT_MS),
      body: new URLSearchParams(question),
    });
    if (response.status >= 500) throw new Undecided(`http_${response.status}`);
    const verdict = Verdict.safeParse(await response.json()).data;
    if (!verdict) throw new Undecided("not_understood");
    const others = verdict["error-codes"].filter((code) => !WRONG_TOKEN.has(code));
    if (!verdict.success && others.length > 0) throw new Undecided(others.join(" "));
    return verdict;
  } catch (error) {
    throw unavailable("turnstile_unavailable", "The check for humans does not answer. Please try again.", error);
  }
}
