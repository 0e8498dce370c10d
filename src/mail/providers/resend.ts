import * as z from "zod";
import type {
  BatchOutcome,
  DeliveryOutcome,
  MailProvider,
  NotSent,
  ProviderContext,
  RenderedMail,
} from "./provider.ts";
import { remove } from "./remove.ts";
import { BATCH_TIMEOUT_MS, postJson, refusalOf, SINGLE_TIMEOUT_MS } from "./request.ts";

const Accepted = z.object({ id: z.string() });
/** In permissive mode, `errors` names the mails that were refused, and `data` has the ids of the others, in order. */
const BatchAccepted = z.object({
  data: z.array(Accepted),
  errors: z.array(z.object({ index: z.int() })).default([]),
});
const Refused = z.object({ name: z.string().default(""), message: z.string().default("") });

/**
 * Resend honors idempotency keys for 24 hours: https://resend.com/docs/dashboard/emails/idempotency-keys. It tracks opens
 * and clicks only if that is turned on for the domain.
 */
export const RESEND: MailProvider = {
  /** https://resend.com/docs/api-reference/emails/send-email */
  async send(ctx, mail) {
    const response = await post(ctx, "/emails", mail.key, messageOf(mail), SINGLE_TIMEOUT_MS);
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return { sent: true, provider_message_id: Accepted.safeParse(body).data?.id ?? null };
    const refused = refusedWith(ctx, response, body);
    return refused === "sent before" ? SENT_BEFORE : refused;
  },
  batch: {
    most: 100,
    /** https://resend.com/docs/api-reference/emails/send-batch-emails */
    async send(ctx, key, mails) {
      const response = await post(ctx, "/emails/batch", key, mails.map(messageOf), BATCH_TIMEOUT_MS);
      const body: unknown = await response.json().catch(() => null);
      if (response.ok) return outcomesOf(mails, BatchAccepted.safeParse(body).data);
      const refused = refusedWith(ctx, response, body);
      return refused === "sent before" ? mails.map(() => SENT_BEFORE) : refused;
    },
  },
  /** https://resend.com/docs/api-reference/suppressions/remove-suppression */
  unlist: ({ settings }, address) =>
    remove(settings, `${baseOf(settings)}/suppressions/${encodeURIComponent(address.toLowerCase())}`),
};

const baseOf = ({ MAIL_API_BASE }: ProviderContext["settings"]): string => MAIL_API_BASE ?? "https://api.resend.com";

const SENT_BEFORE: DeliveryOutcome = { sent: true, provider_message_id: null };

const post = ({ settings }: ProviderContext, path: string, key: string, body: unknown, timeout_ms: number) =>
  postJson(settings, `${baseOf(settings)}${path}`, {
    body,
    timeout_ms,
    headers: { "Idempotency-Key": key, "x-batch-validation": "permissive" },
  });

const messageOf = ({ id, from, to, subject, reply_to, headers, html, text }: RenderedMail) => ({
  from: `${quoted(from.name)} <${from.email}>`,
  to: [to],
  subject,
  ...(reply_to && { reply_to }),
  ...(Object.keys(headers).length > 0 && { headers }),
  tags: [{ name: "email_id", value: id }],
  html,
  text,
});

/** A display name, quoted as RFC 5322 requires. */
const quoted = (name: string) => `"${name.replaceAll(/["\\]/g, "\\$&")}"`;

function outcomesOf(mails: RenderedMail[], answer: z.infer<typeof BatchAccepted> | undefined): BatchOutcome {
  const refused = new Set(answer?.errors.map(({ index }) => index));
  const ids = (answer?.data ?? []).values();
  return mails.map((_, index) =>
    refused.has(index)
      ? { sent: false, permanent: true, error: "422 validation_error" }
      : { sent: true, provider_message_id: ids.next().value?.id ?? null },
  );
}

function refusedWith(ctx: ProviderContext, response: Response, body: unknown): NotSent | "sent before" {
  const { name = "", message = "" } = Refused.safeParse(body).data ?? {};
  // An earlier attempt with this key had another body, for example because our colors have changed since. That attempt
  // sent the mail.
  if (name === "invalid_idempotent_request") return "sent before";
  const refusal = refusalOf(ctx, response, name);
  // https://resend.com/docs/api-reference/errors: a malformed key is a 400 like a malformed mail.
  return message === "API key is invalid" ? { ...refusal, permanent: false } : refusal;
}
