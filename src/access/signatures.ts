import { base64url } from "jose";
import type { Settings } from "../env.ts";
import { signingKeys } from "./keys.ts";

/** What a signature is for. A signature for one purpose is not valid for another. */
export type Purpose =
  | LinkPurpose
  | "refresh"
  | "second_factor"
  | "photo"
  | "staged_upload"
  | "document"
  /** What the mails about an answer link to: the ticket, and a page to give up the seat. */
  | "cannot_come"
  | "unsubscribe"
  | "pay"
  | "calendar"
  | "newsletter"
  | "door";

/** What the link in a mail is for. */
export type LinkPurpose =
  | "verify_email"
  | "reset_password"
  | "change_email"
  | "activate"
  | "accept_invitation"
  | "vouch";

const encoder = new TextEncoder();

/** Null for what is not canonical: each token has one spelling. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = new Uint8Array(base64url.decode(text));
    return base64url.encode(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

const message = (purpose: Purpose, text: string) => encoder.encode(`${purpose}:${text}`);

/** Bytes that only we can derive from a text, and that nobody can turn back into it. They change with the secret. */
export async function derive(
  settings: Settings,
  purpose: "salt" | "network",
  text: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const [key] = await signingKeys(settings);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(`${purpose}:${text}`))).slice(0, 16);
}

/** A name for a network address that we can compare with others but not read. */
export const networkName = async (settings: Settings, network: string): Promise<string> =>
  base64url.encode(await derive(settings, "network", network));

/** `text` followed by its HMAC: a token that only we can make, and recognize without a database row. */
export async function sign(settings: Settings, purpose: Purpose, text: string): Promise<string> {
  const [key] = await signingKeys(settings);
  const mac = await crypto.subtle.sign("HMAC", key, message(purpose, text));
  return `${text}.${base64url.encode(new Uint8Array(mac))}`;
}

/** The text of a token from {@link sign}, or null. Compares in constant time, and accepts the previous secret too. */
export async function unsign(settings: Settings, purpose: Purpose, token: string): Promise<string | null> {
  const end = token.lastIndexOf(".");
  const text = token.slice(0, end);
  const mac = fromBase64Url(token.slice(end + 1));
  if (end < 1 || !mac) return null;
  for (const key of await signingKeys(settings))
    if (await crypto.subtle.verify("HMAC", key, mac, message(purpose, text))) return text;
  return null;
}
