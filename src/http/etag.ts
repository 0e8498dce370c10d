import { base64url } from "jose";

/** A name for a content: the same content has the same name. */
export async function etagOf(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `"${base64url.encode(digest.slice(0, 16))}"`;
}

/** Whether a client that sends `If-None-Match` has the content with this name. Proxies that compress make an ETag weak. */
export const knows = (if_none_match = "", etag: string): boolean =>
  if_none_match === "*" || if_none_match.split(",").some((known) => known.trim().replace(/^W\//, "") === etag);
