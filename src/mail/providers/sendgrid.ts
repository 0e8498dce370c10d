import type { MailProvider, ProviderContext, RenderedMail } from "./provider.ts";
import { remove } from "./remove.ts";
import { postJson, refusalOf, SINGLE_TIMEOUT_MS } from "./request.ts";

/**
 * SendGrid knows no idempotency keys, so a mail whose answer was lost goes out again. Its request for many mails would
 * repeat all of them, so each goes by itself.
 */
export const SENDGRID: MailProvider = {
  /** https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send */
  async send(ctx, mail) {
    const response = await postJson(ctx.settings, `${baseOf(ctx.settings)}/v3/mail/send`, {
      body: messageOf(mail),
      timeout_ms: SINGLE_TIMEOUT_MS,
    });
    // The body of an error quotes what we sent. It is read to the end, so that the connection is free again.
    await response.arrayBuffer();
    if (!response.ok) return refusalOf(ctx, response);
    return { sent: true, provider_message_id: response.headers.get("X-Message-Id") };
  },
  batch: null,
  /** Its lists of bounces and of spam reports: https://www.twilio.com/docs/sendgrid/api-reference/bounces-api */
  async unlist({ settings }, address) {
    const refusals = await Promise.all(
      ["bounces", "spam_reports"].map((list) =>
        remove(settings, `${baseOf(settings)}/v3/suppression/${list}/${encodeURIComponent(address)}`),
      ),
    );
    return refusals.find((refusal) => refusal !== null) ?? null;
  },
};

const baseOf = ({ MAIL_API_BASE }: ProviderContext["settings"]): string => MAIL_API_BASE ?? "https://api.sendgrid.com";

const messageOf = ({ id, always, from, to, subject, reply_to, headers, html, text }: RenderedMail) => ({
  personalizations: [{ to: [{ email: to }], custom_args: { email_id: id } }],
  from,
  ...(reply_to && { reply_to: { email: reply_to } }),
  subject,
  ...(Object.keys(headers).length > 0 && { headers }),
  // In this order: SendGrid refuses HTML before text.
  content: [
    { type: "text/plain", value: text },
    { type: "text/html", value: html },
  ],
  ...(always && { mail_settings: { bypass_list_management: { enable: true } } }),
  // Whatever the account's settings are.
  tracking_settings: {
    click_tracking: { enable: false, enable_text: false },
    open_tracking: { enable: false },
    subscription_tracking: { enable: false },
    ganalytics: { enable: false },
  },
});
