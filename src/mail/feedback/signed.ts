import { Refusal } from "../../http/errors.ts";
import type { mail_events } from "../../tables/mail.ts";

/** What a provider says became of a mail. */
export interface MailEvent {
  /** The provider's own id of what it says. */
  id: string;
  /** Null: it says nothing of the address. */
  kind: Exclude<typeof mail_events.$inferSelect.kind, "confirmed"> | null;
  /** Why the provider, which had taken the mail, did not send it. Null: it did. */
  dropped: string | null;
  /** The mail's id in our outbox. */
  email_id: string | null;
  /** The mail's id at the provider. */
  provider_message_id: string | null;
  occurred_at: string;
}

/** A request as it came. */
export interface Signed {
  body: Uint8Array;
  headers: Headers;
}

/** How a provider signs what it says, and what that means. */
export interface FeedbackReader {
  /** When the request says it was signed, in seconds since 1970, or NaN. */
  signedAt(headers: Headers): number;
  /** Whether the secret, or the public key, made the signature. Never throws for what a stranger sends. */
  verify(signed: Signed, secret: string): Promise<boolean>;
  /** What is told about mails. Leaves out what we do not need to know. Throws {@link invalidEvent}. */
  read(body: unknown, headers: Headers): MailEvent[];
}

export const invalidEvent = (cause?: unknown) =>
  new Refusal(400, "invalid_event", "The signature is valid, but the body is not what the provider sends.", { cause });

/** Bytes in base64, or null if the text is not. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** A text and the bytes after it. */
export function joined(text: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = new TextEncoder().encode(text);
  const whole = new Uint8Array(start.length + body.length);
  whole.set(start);
  whole.set(body, start.length);
  return whole;
}
