import * as z from "zod";
import { reasonOf } from "./dropped.ts";
import { type FeedbackReader, fromBase64, invalidEvent, joined, type MailEvent } from "./signed.ts";

/** A request carries two signatures while the secret is rotated. More would only cost us time. */
const MOST_SIGNATURES = 5;

const Envelope = z.object({ type: z.string() });

const EmailEvent = z.object({
  created_at: z.coerce.date(),
  data: z.object({
    email_id: z
      .string()
      .regex(/^[!-~]{1,255}$/)
      .nullish(),
    tags: z.object({ email_id: z.uuid().optional() }).nullish().catch(null),
    bounce: z.object({ type: z.string() }).nullish(),
    failed: z.object({ reason: z.string() }).nullish().catch(null),
    suppressed: z.object({ type: z.string() }).nullish().catch(null),
  }),
});
type EmailEvent = z.infer<typeof EmailEvent>["data"];

const MessageId = z.string().regex(/^[\w.-]{1,255}$/);

/** What each event says. Others are not for us: https://resend.com/docs/webhooks/event-types */
const SAYINGS: Record<string, (data: EmailEvent) => Pick<MailEvent, "kind" | "dropped">> = {
  "email.delivered": () => ({ kind: "delivered", dropped: null }),
  "email.complained": () => ({ kind: "complained", dropped: null }),
  "email.bounced": ({ bounce }) => ({
    kind: bounce?.type === "Permanent" ? "hard_bounce" : "soft_bounce",
    dropped: null,
  }),
  // An earlier mail bounced or was reported, and we may not know.
  "email.suppressed": ({ suppressed }) => ({ kind: "hard_bounce", dropped: reasonOf(suppressed?.type) }),
  // Most often it is the account: its quota, its key, its domain.
  "email.failed": ({ failed }) => ({ kind: null, dropped: reasonOf(failed?.reason) }),
};

/** Resend signs as Standard Webhooks does: https://docs.svix.com/receiving/verifying-payloads/how-manual */
export const resendFeedback: FeedbackReader = {
  signedAt: (headers) => Number.parseInt(headers.get("svix-timestamp") ?? "", 10),

  async verify({ body, headers }, secret) {
    const bytes = fromBase64(secret.replace(/^whsec_/, ""));
    if (!bytes) return false;
    const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    const content = joined(`${headers.get("svix-id")}.${headers.get("svix-timestamp")}.`, body);
    for (const one of (headers.get("svix-signature") ?? "").split(" ").slice(0, MOST_SIGNATURES)) {
      const signature = one.startsWith("v1,") && fromBase64(one.slice(3));
      if (signature && (await crypto.subtle.verify("HMAC", key, signature, content))) return true;
    }
    return false;
  },

  read(body, headers) {
    const envelope = Envelope.safeParse(body);
    if (!envelope.success) throw invalidEvent(envelope.error);
    const saying = Object.hasOwn(SAYINGS, envelope.data.type) && SAYINGS[envelope.data.type];
    if (!saying) return [];
    const event = EmailEvent.safeParse(body);
    const id = MessageId.safeParse(headers.get("svix-id"));
    if (!event.success || !id.success) throw invalidEvent(event.error ?? id.error);
    const { created_at, data } = event.data;
    return [
      {
        id: id.data,
        ...saying(data),
        email_id: data.tags?.email_id ?? null,
        provider_message_id: data.email_id ?? null,
        occurred_at: created_at.toISOString(),
      },
    ];
  },
};
