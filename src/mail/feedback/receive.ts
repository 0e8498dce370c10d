import type { Settings } from "../../env.ts";
import type { Context } from "../../http/context.ts";
import { Refusal } from "../../http/errors.ts";
import { log } from "../../http/log.ts";
import type { Received } from "../../http/schemas.ts";
import { recordFeedback } from "./record.ts";
import { resendFeedback } from "./resend.ts";
import { sendgridFeedback } from "./sendgrid.ts";
import { type FeedbackReader, invalidEvent, type Signed } from "./signed.ts";

/** How many seconds a signature stays valid, so that nobody can replay it later. */
const TOLERANCE = 300;

const READERS: Record<Settings["MAIL_PROVIDER"], FeedbackReader> = {
  resend: resendFeedback,
  sendgrid: sendgridFeedback,
};

/** Verifies what our mail provider says became of mails, and records it. It may come in any order and more than once. */
export async function receiveMailFeedback(ctx: Context, signed: Signed): Promise<Received> {
  const reader = READERS[ctx.settings.MAIL_PROVIDER];
  if (!(await isGenuine(ctx, reader, signed)))
    throw new Refusal(400, "invalid_signature", "The signature is missing, wrong, too old or dated in the future.");
  const events = reader.read(jsonOf(signed.body), signed.headers);
  if (events.length > 0) {
    const { request_id } = ctx;
    const { dropped } = await ctx.transact((t) => ({ dropped: recordFeedback(t, ctx.settings, events) }));
    for (const { id, reason } of dropped)
      log({ level: "error", event: "mail_dropped", request_id, email_id: id, reason });
  }
  return { received: true };
}

async function isGenuine({ settings, now }: Context, reader: FeedbackReader, signed: Signed): Promise<boolean> {
  const age = Math.abs(now.getTime() / 1000 - reader.signedAt(signed.headers));
  // Not a number: there is no time.
  if (!(age <= TOLERANCE)) return false;
  for (const secret of settings.MAIL_WEBHOOK_SECRET) if (await reader.verify(signed, secret)) return true;
  return false;
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body));
  } catch (error) {
    throw invalidEvent(error);
  }
}
