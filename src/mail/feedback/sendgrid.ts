import * as z from "zod";
import { reasonOf } from "./dropped.ts";
import { type FeedbackReader, fromBase64, invalidEvent, joined, type MailEvent } from "./signed.ts";

const SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
const TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

/** What we pass with a mail in `custom_args` comes back as fields of each event. */
const Event = z.object({
  event: z.string(),
  type: z.string().nullish(),
  reason: z.string().nullish().catch(null),
  sg_event_id: z.string().regex(/^[!-~]{1,255}$/),
  sg_message_id: z
    .string()
    .regex(/^[!-~]{1,500}$/)
    .nullish()
    .catch(null),
  timestamp: z.int().positive().max(253_402_300_799),
  email_id: z.uuid().nullish().catch(null),
});
type Event = z.infer<typeof Event>;

/** Why SendGrid drops a mail, where that says something of the address. */
const DROPPED_FOR: Record<string, MailEvent["kind"]> = {
  "Bounced Address": "hard_bounce",
  Invalid: "hard_bounce",
  "Spam Reporting Address": "complained",
};

/** What an event says. Null: it is not for us. https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event */
function sayingOf({ event, type, reason }: Event): Pick<MailEvent, "kind" | "dropped"> | null {
  switch (event) {
    case "delivered":
      return { kind: "delivered", dropped: null };
    case "spamreport":
      return { kind: "complained", dropped: null };
    case "bounce":
      // Blocked: the server refused this mail, for now. That says nothing of the address.
      return { kind: type === "blocked" ? "soft_bounce" : "hard_bounce", dropped: null };
    case "dropped":
      return { kind: DROPPED_FOR[reason ?? ""] ?? null, dropped: reasonOf(reason) };
    default:
      return null;
  }
}

/** The two numbers of an ECDSA signature, 32 bytes each, as WebCrypto takes them. SendGrid sends them as DER. */
export function numbersOf(der: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const numbers = new Uint8Array(64);
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null;
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0;
    if (der[at] !== 0x02 || length === 0 || at + 2 + length > der.length) return null;
    const number = der.subarray(at + 2, at + 2 + length);
    // A leading zero says that the number is positive.
    const digits = number.subarray(number.findIndex((byte) => byte !== 0));
    if (digits.length > 32) return null;
    numbers.set(digits, end - digits.length);
    at += 2 + length;
  }
  return at === der.length ? numbers : null;
}

const ECDSA = { name: "ECDSA", namedCurve: "P-256" };

/** SendGrid signs the timestamp and the body. The secret is its public key, which it shows in base64. */
export const sendgridFeedback: FeedbackReader = {
  signedAt: (headers) => Number.parseInt(headers.get(TIMESTAMP) ?? "", 10),

  async verify({ body, headers }, secret) {
    const signature = numbersOf(fromBase64(headers.get(SIGNATURE) ?? "") ?? new Uint8Array());
    const spki = fromBase64(secret);
    if (!signature || !spki) return false;
    const key = await crypto.subtle.importKey("spki", spki, ECDSA, false, ["verify"]);
    const content = joined(headers.get(TIMESTAMP) ?? "", body);
    return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, content);
  },

  read(body) {
    if (!Array.isArray(body)) throw invalidEvent();
    return body.flatMap((one: unknown) => {
      // One that we cannot read must not keep the others from us.
      const event = Event.safeParse(one).data;
      const saying = event && sayingOf(event);
      if (!saying) return [];
      return {
        id: event.sg_event_id,
        ...saying,
        email_id: event.email_id ?? null,
        // After the dot, SendGrid says which of its servers sent the mail.
        provider_message_id: event.sg_message_id?.split(".")[0] || null,
        occurred_at: new Date(event.timestamp * 1000).toISOString(),
      };
    });
  },
};
