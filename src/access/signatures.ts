import { base64url } from "jose";
import type { Settings } from "../env.ts";

/** What a signature is for; a signature for one purpose never passes for another. */
export type Purpose = LinkPurpose | "refresh" | "second_factor";

/** What the link of a mail is for. */
export type LinkPurpose = "verify_email" | "reset_password" | "change_email";

const encoder = new TextEncoder();

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return new Uint8Array(base64url.decode(text));
  } catch {
    return null;
  }
}

const hmacKey = (secret: string) =>
  crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);

const message = (purpose: Purpose, text: string) => encoder.encode(`${purpose}:${text}`);

/** Bytes that only we can derive from a text, and nobody can take back to it. They change with the secret. */
export async function derive(
  settings: Settings,
  purpose: "salt" | "network",
  text: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await hmacKey(settings.JWT_SECRET);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(`${purpose}:${text}`))).slice(0, 16);
}

/** A network address under a name that can be compared with others, and not read. */
export const networkName = async (settings: Settings, network: string): Promise<string> =>
  base64url.encode(await derive(settings, "network", network));

/** `text` with its HMAC behind it: a token that nobody else can make and that needs no row to be recognised. */
export async function sign(settings: Settings, purpose: Purpose, text: string): Promise<string> {
  const mac = await crypto.subtle.sign("HMAC", await hmacKey(settings.JWT_SECRET), message(purpose, text));
  return `${text}.${base64url.encode(new Uint8Array(mac))}`;
}

/** The text of a token made by {@link sign}, or null. Compares in constant time; accepts the previous secret too. */
export async function unsign(settings: Settings, purpose: Purpose, token: string): Promise<string | null> {
  const end = token.lastIndexOf(".");
  const text = token.slice(0, end);
  const mac = fromBase64Url(token.slice(end + 1));
  if (end < 1 || !mac) return null;
  for (const secret of [settings.JWT_SECRET, settings.JWT_SECRET_PREVIOUS]) {
    if (!secret) continue;
    if (await crypto.subtle.verify("HMAC", await hmacKey(secret), mac, message(purpose, text))) return text;
  }
  return null;
}
