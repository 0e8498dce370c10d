import * as z from "zod";
import type { Settings } from "../../env.ts";
import type { DeliveryOutcome, RenderedMail, SendMail } from "./provider.ts";

const Accepted = z.object({ id: z.string() });
const Refused = z.object({ name: z.string() });

/** Resend limits requests per second. For each mail we wait this many times, at most, and then leave it for later. */
const WAITS = 3;

/** Resend's `POST /emails`: https://resend.com/docs/api-reference/emails/send-email */
export const sendWithResend: SendMail = async (settings, mail) => {
  for (let waits = 0; ; waits += 1) {
    const response = await request(settings, mail);
    if (response.status !== 429 || waits === WAITS) return outcomeOf(response);
    const seconds = Number(response.headers.get("Retry-After"));
    await scheduler.wait(Math.min(Math.max(seconds || 1, 1), 5) * 1000);
  }
};

const request = (
  settings: Settings,
  { idempotency_key, from, to, subject, reply_to, headers, html, text }: RenderedMail,
) =>
  fetch(`${settings.MAIL_API_BASE ?? "https://api.resend.com"}/emails`, {
    method: "POST",
    redirect: "manual", // never send the API key to another host
    signal: AbortSignal.timeout(10_000),
    headers: {
      Authorization: `Bearer ${settings.MAIL_API_KEY}`,
      "Content-Type": "application/json",
      "Idempotency-Key": idempotency_key,
    },
    body: JSON.stringify({
      from: `${quoted(from.name)} <${from.email}>`,
      to: [to],
      subject,
      ...(reply_to && { reply_to }),
      headers,
      // Comes back in what Resend tells us of the mail, even before we have stored Resend's own id.
      tags: [{ name: "email_id", value: idempotency_key }],
      html,
      text,
    }),
  });

async function outcomeOf(response: Response): Promise<DeliveryOutcome> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return { sent: true, provider_message_id: Accepted.safeParse(body).data?.id ?? "" };
  const name = Refused.safeParse(body).data?.name ?? "";
  // An earlier attempt with this key had another body, for example because our colors have changed since. That attempt
  // sent the mail.
  if (name === "invalid_idempotent_request") return { sent: true, provider_message_id: "" };
  const permanent = response.status === 400 || response.status === 422;
  return { sent: false, permanent, error: `${response.status} ${name}`.trim().slice(0, 100) };
}

/** A display name, quoted as RFC 5322 requires. */
const quoted = (name: string) => `"${name.replaceAll(/["\\]/g, "\\$&")}"`;
