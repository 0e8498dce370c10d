import type { Settings } from "../../env.ts";
import type { DeliveryOutcome, RenderedMail, SendMail } from "./provider.ts";
import { sendWithResend } from "./resend.ts";

const PROVIDERS: Record<Settings["MAIL_PROVIDER"], SendMail> = { resend: sendWithResend };

/** Sends one mail through the configured provider. Never throws: a failure is an outcome too. */
export async function sendMail(settings: Settings, mail: RenderedMail): Promise<DeliveryOutcome> {
  try {
    return await PROVIDERS[settings.MAIL_PROVIDER](settings, mail);
  } catch (error) {
    return { sent: false, permanent: false, error: error instanceof Error ? error.name : "unknown" };
  }
}
