import type { Context } from "../../http/context.ts";

/** A mail as the provider gets it. */
export interface RenderedMail {
  /** The id of the mail's row, which the provider's webhooks repeat. */
  id: string;
  /** Under one key, a provider that knows keys sends once. */
  key: string;
  /** Account security: it goes out even to an address that the provider skips. */
  always: boolean;
  from: { email: string; name: string };
  to: string;
  subject: string;
  /** Null: replies go to the sender. */
  reply_to: string | null;
  headers: Record<string, string>;
  html: string;
  text: string;
}

/** What the provider did. */
export type DeliveryOutcome = Sent | NotSent;

export interface Sent {
  sent: true;
  /** Null if the provider did not say. */
  provider_message_id: string | null;
}

export interface NotSent {
  sent: false;
  /** Trying again cannot help. */
  permanent: boolean;
  /** Contains no personal data. */
  error: string;
  /** We were too fast. After so many seconds, the provider accepts mails again. */
  too_fast_for?: number;
}

/** What an adapter uses of the context. */
export type ProviderContext = Pick<Context, "settings" | "clock">;

/** Both functions may throw when there is no answer. */
export interface MailProvider {
  send(ctx: ProviderContext, mail: RenderedMail): Promise<DeliveryOutcome>;
  /**
   * One request with many mails, which goes out once for each key. Returns the outcome of each mail, or why all of the
   * request was refused. Null: the provider has no such request.
   */
  batch: { most: number; send(ctx: ProviderContext, key: string, mails: RenderedMail[]): Promise<BatchOutcome> } | null;
  /**
   * Takes an address off the provider's own list of those that it skips: after a bounce or a complaint, it accepts their
   * mails and sends none. Returns why it could not, or null.
   */
  unlist(ctx: ProviderContext, address: string): Promise<string | null>;
}

export type BatchOutcome = DeliveryOutcome[] | NotSent;
