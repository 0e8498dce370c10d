import type { Settings } from "../../env.ts";

/** A mail as the provider gets it. */
export interface RenderedMail {
  /** The id of the mail's row. A provider that honors the key sends the mail once, however often we ask. */
  idempotency_key: string;
  from: { email: string; name: string };
  to: string;
  subject: string;
  /** Null: replies go to the sender. */
  reply_to: string | null;
  headers: Record<string, string>;
  html: string;
  text: string;
}

/** What the provider did. `permanent`: trying again cannot help. `error` contains no personal data. */
export type DeliveryOutcome =
  | { sent: true; provider_message_id: string }
  | { sent: false; permanent: boolean; error: string };

export type SendMail = (settings: Settings, mail: RenderedMail) => Promise<DeliveryOutcome>;
