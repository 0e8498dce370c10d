import { randomBytes } from "node:crypto";
import { documentUrl } from "../../src/storage/links.ts";
import { pathOf } from "./photos.ts";
import { settings, worker } from "./platform.ts";

/** A PDF of this many bytes, whose content repeats nothing that compresses. */
export function pdfOf(bytes = 300): Uint8Array<ArrayBuffer> {
  const block = randomBytes(64 * 1024);
  const pdf = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += block.length) pdf.set(block.subarray(0, Math.min(block.length, bytes - at)), at);
  pdf.set(new TextEncoder().encode("%PDF-1.7\n"));
  return pdf;
}

/** The path of a link to a document that is stored. */
export async function storedDocument(): Promise<string> {
  const key = `document/${randomBytes(16).toString("base64url")}`;
  const bucket = await worker.bucket("PHOTOS");
  await bucket.put(`${key}/document.pdf`, pdfOf(), { httpMetadata: { contentType: "application/pdf" } });
  return pathOf(await documentUrl({ settings, now: new Date() }, key, "A document"));
}
