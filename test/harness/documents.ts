import { randomBytes, randomUUID } from "node:crypto";
import { documentUrl } from "../../src/storage/links.ts";
import { fileRow, pathOf } from "./photos.ts";
import { insert, settings, sql, worker } from "./platform.ts";

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
  await fileRow("document", key, "application/pdf");
  const bucket = await worker.bucket("PHOTOS");
  await bucket.put(`${key}/document.pdf`, pdfOf(), { httpMetadata: { contentType: "application/pdf" } });
  return pathOf(await documentUrl({ settings, now: new Date() }, key, "A document"));
}

/** A financial report that is a link. */
export const report = async (columns: Record<string, unknown> = {}): Promise<string> =>
  (
    await insert("financial_reports", {
      title: "Report",
      year: 2026,
      document_type: "link",
      document_location: "https://www.example.org/report.pdf",
      published_at: new Date(),
      ...columns,
    })
  ).id;

/** A report that waits for its file. */
export const unwrittenReport = (): Promise<string> =>
  report({ document_type: "upload", document_location: null, published_at: null });

/** A version of the code of conduct: published, but not in force. */
export const rules = async (columns: Record<string, unknown> = {}): Promise<string> =>
  (
    await insert("bylaws_documents", {
      kind: "code_of_conduct",
      title: "Code of conduct",
      version: randomUUID(),
      effective_on: "2026-01-01",
      document_type: "link",
      document_location: "https://www.example.org/rules.pdf",
      published_at: new Date(),
      ...columns,
    })
  ).id;

/** A version that waits for its file. */
export const unwrittenRules = (): Promise<string> =>
  rules({ document_type: "upload", document_location: null, published_at: null });

/** The code of conduct that is in force, which the tests of one database share. It asks nobody again. */
export async function rulesInForce(): Promise<string> {
  await sql(
    `insert into bylaws_documents (kind, title, version, effective_on, document_type, document_location, published_at, current)
     values ('code_of_conduct', 'Code of conduct', 'in force', '2026-01-01', 'link', 'https://www.example.org/rules.pdf', now(), true)
     on conflict do nothing`,
  );
  const [row] = await sql<{ id: string }>("select id from bylaws_documents where kind = 'code_of_conduct' and current");
  return row?.id ?? "";
}
