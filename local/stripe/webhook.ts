import { createHmac } from "node:crypto";
import type { Event } from "./wire.ts";

const TIMEOUT_MS = 20_000;

/** Sends one event the way Stripe does. Throws if there is no response. */
export async function postEvent(
  url: string,
  secret: string,
  event: Event,
  stopping: AbortSignal,
): Promise<{ status: number; body: string }> {
  const body = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Stripe-Signature": signature(body, secret),
      "User-Agent": "Stripe/1.0 (stand-in)",
    },
    body,
    // Like Stripe, we do not follow redirects or count them as accepted.
    redirect: "manual",
    signal: AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  return { status: response.status, body: await response.text() };
}

/** Signs with real time, not the event's clock, because the receiver rejects signatures that are minutes old. */
function signature(body: string, secret: string): string {
  const time = Math.floor(Date.now() / 1000);
  return `t=${time},v1=${createHmac("sha256", secret).update(`${time}.${body}`).digest("hex")}`;
}
