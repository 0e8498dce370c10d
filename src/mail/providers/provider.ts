import type { Settings } from "../../env.ts";
import { resend } from "./resend.ts";

export interface OutgoingMail {
  /** The outbox row's id: a provider that honours it sends the mail once, however often it is asked. */
  idempotency_key: string;
  from: { email: string; name: string };
  to: string;
  subject: string;
  html: string;
  text: string;
}

/** What a provider said. `permanent`: asking again cannot help. `error` names no person. */
export type Outcome = { sent: true; provider_message_id: string } | { sent: false; permanent: boolean; error: string };

export type SendMail = (settings: Settings, mail: OutgoingMail) => Promise<Outcome>;

const PROVIDERS: Record<Settings["MAIL_PROVIDER"], SendMail> = { resend };

/** How long a provider may take; what it does not answer by then is asked again later. */
const TIMEOUT_MS = 10_000;

/** Hands one mail to the configured provider. Never throws: every failure is an outcome. */
export async function send(settings: Settings, mail: OutgoingMail): Promise<Outcome> {
  try {
    return await PROVIDERS[settings.MAIL_PROVIDER](settings, mail);
  } catch (error) {
    return { sent: false, permanent: false, error: error instanceof Error ? error.name : "unknown" };
  }
}

export const timeLimit = () => AbortSignal.timeout(TIMEOUT_MS);
