import { vi } from "vitest";
import * as z from "zod";
import { mail_url } from "./platform.ts";

const Received = z.object({
  id: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  reply_to: z.unknown(),
  headers: z.record(z.string(), z.string()).nullish(),
});
export type Received = z.infer<typeof Received>;

/** All mail delivered to an address. */
export async function mailsTo(address: string): Promise<Received[]> {
  const response = await fetch(`${mail_url}/_control/messages?to=${encodeURIComponent(address)}`);
  return z.array(Received).parse(await response.json());
}

/** Waits for this many mails to an address. */
export const untilMails = (address: string, count = 1): Promise<Received[]> =>
  vi.waitFor(
    async () => {
      const mails = await mailsTo(address);
      if (mails.length < count) throw new Error(`${address} has ${mails.length} of ${count} mails`);
      return mails;
    },
    { timeout: 10_000, interval: 20 },
  );

/** The token in a mail's first link. */
export function tokenIn({ text }: Pick<Received, "text">): string {
  const token = /[?&]token=([\w.-]+)/.exec(text)?.[1];
  if (!token) throw new Error(`No link in: ${text}`);
  return token;
}

export const failMails = (fault: {
  mode: "status" | "hang" | "after_send";
  match: string;
  count: number;
  status?: number;
  ms?: number;
  retry_after?: number;
}) => fetch(`${mail_url}/_control/faults`, { method: "POST", body: JSON.stringify(fault) });

/** Puts an address on the provider's list of those that it skips. */
export const listAtProvider = (email: string) =>
  fetch(`${mail_url}/_control/suppressions`, { method: "POST", body: JSON.stringify({ email }) });

const Requests = z.object({
  requests: z.array(z.object({ idempotency_key: z.string().nullable(), status: z.number().nullable() })),
});

/** Every attempt to send to an address, as the provider saw it. */
export async function attemptsTo(address: string) {
  const response = await fetch(`${mail_url}/_control/requests?to=${encodeURIComponent(address)}`);
  return Requests.parse(await response.json()).requests;
}
