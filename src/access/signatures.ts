import { base64url } from "jose";
import type { Settings } from "../env.ts";

/** What a signature is for; a signature for one purpose never passes for another. */
export type Purpose = "verify_email" | "refresh";

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
