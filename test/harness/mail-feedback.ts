import { createHash, createHmac, generateKeyPairSync, randomUUID, sign as signBytes } from "node:crypto";
import { sign } from "../../src/access/signatures.ts";
import type { MailKind } from "../../src/mail/lanes.ts";
import { type Call, call } from "./client.ts";
import { outgoing } from "./outbox.ts";
import { settings, sql } from "./platform.ts";

/** A mail that the provider took. Returns its id. */
export async function sentMail(email: string, columns: Record<string, unknown> = {}): Promise<string> {
  const id = await outgoing(email, {
    status: "sent",
    sent_at: new Date(),
    provider_message_id: randomUUID(),
    ...columns,
  });
  return id;
}

/** What a provider tells us. `kind` is one of ours; `type` is Resend's own word, where a test wants another. */
export interface Told {
  kind?: "delivered" | "hard_bounce" | "soft_bounce" | "complained" | "suppressed" | "failed";
  email_id?: string;
  provider_message_id?: string;
  id?: string;
  occurred_at?: Date;
}

const RESEND_TYPES = {
  delivered: "email.delivered",
  hard_bounce: "email.bounced",
  soft_bounce: "email.bounced",
  complained: "email.complained",
  suppressed: "email.suppressed",
  failed: "email.failed",
};

/** The event as Resend writes it. */
export const resendEvent = ({ kind = "delivered", email_id, provider_message_id, occurred_at = new Date() }: Told) => ({
  type: RESEND_TYPES[kind],
  created_at: occurred_at.toISOString(),
  data: {
    created_at: occurred_at.toISOString(),
    email_id: provider_message_id ?? randomUUID(),
    from: "LOAF <hello@loaf.test>",
    to: ["robin@example.org"],
    subject: "Hello",
    ...(email_id && { tags: { email_id } }),
    ...(kind === "suppressed" && { suppressed: { message: "It is on the list.", type: "OnAccountSuppressionList" } }),
    ...(kind === "failed" && { failed: { reason: "reached_daily_quota" } }),
    ...(kind.endsWith("bounce") && {
      bounce: {
        message: "The recipient's server said no.",
        type: kind === "hard_bounce" ? "Permanent" : "Transient",
        subType: "General",
      },
    }),
  },
});

/** A signed request of Resend, as Svix signs it. */
export function signedByResend(
  body: string,
  { id = `msg_${randomUUID()}`, age = 0, secret = settings.MAIL_WEBHOOK_SECRET[0] ?? "", signature = "" } = {},
) {
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const mac = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    body,
    headers: { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": signature || `v1,${mac}` },
  };
}

/** A request that tells us what became of a mail. */
export const told = (event: Told) =>
  signedByResend(JSON.stringify(resendEvent(event)), event.id === undefined ? {} : { id: event.id });

/** Tells the Worker what became of a mail, as Resend does. */
export const tell = (event: Told, options: Call = {}) =>
  call("POST", "/api/webhooks/email", { ...told(event), ...options });

/** SendGrid's key pair for a test. The public key is what its settings page shows. */
export function sendgridKeys() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    public_key: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    signed(body: string, { age = 0 } = {}) {
      const timestamp = String(Math.floor(Date.now() / 1000) - age);
      return {
        body,
        headers: {
          "X-Twilio-Email-Event-Webhook-Signature": signBytes(
            "sha256",
            Buffer.from(timestamp + body),
            privateKey,
          ).toString("base64"),
          "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
        },
      };
    },
  };
}

/** The token of the link that stopped mails of a kind in older mails, for any database. */
export const unsubscribeToken = (user_id: string, kind: MailKind) =>
  sign(settings, "unsubscribe", `${user_id}.${kind}`);

/** Why we write no more to each of these addresses: looked up as we do, by its hash. */
export const feedbackOf = async (email_id: string) =>
  (
    await sql<{ feedback: string | null; feedback_at: Date | null }>(
      "select feedback, feedback_at from emails where id = $1",
      [email_id],
    )
  )[0];

/** Suppresses an address, as the mail provider's word does, for whoever looks at one database. */
export function suppress(email: string, run: typeof sql = sql): Promise<unknown> {
  const key = createHmac("sha256", settings.SECOND_FACTOR_KEY).update("mail-suppressions").digest("hex");
  const hash = createHash("sha256").update(`${key}${email.toLowerCase()}`).digest("hex");
  return run("insert into mail_suppressions (address_hash, reason) values ($1, 'hard_bounce')", [hash]);
}
