import type { Settings } from "../../env.ts";
import type { MailProvider } from "./provider.ts";
import { RESEND } from "./resend.ts";
import { SENDGRID } from "./sendgrid.ts";

/** What the setting MAIL_PROVIDER names. */
export const PROVIDERS: Record<Settings["MAIL_PROVIDER"], MailProvider> = { resend: RESEND, sendgrid: SENDGRID };
