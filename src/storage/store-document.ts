import type { Plan, Values } from "../database/plan.ts";
import type { Context } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import type { Upload } from "../http/upload.ts";
import { countSize, keep, newFile, reserve } from "./file-rows.ts";
import { removeFailedUpload, removeUnneededFiles } from "./remove.ts";
import { stage } from "./stage.ts";
import { bucketOf } from "./storage.ts";

/** How many bytes an uploaded document may have. */
export const MOST_DOCUMENT_BYTES = 50 * 1024 * 1024;

/** The object of a document, below its file's key. */
export const DOCUMENT = "document.pdf";

const TYPE = "application/pdf";

/** How a PDF begins. https://www.iso.org/standard/75839.html, 7.5.2 */
const SIGNATURE = new TextEncoder().encode("%PDF-");

/** Passes a PDF on, chunk by chunk. 415 if it does not begin as one, whatever its label says. */
async function readPdf(chunks: AsyncGenerator<Uint8Array, void>): Promise<AsyncGenerator<Uint8Array, void>> {
  const head = new Uint8Array(SIGNATURE.byteLength);
  let filled = 0;
  let rest: Uint8Array = new Uint8Array();
  while (filled < head.byteLength) {
    const { value, done } = await chunks.next();
    if (done) break;
    const piece = value.subarray(0, head.byteLength - filled);
    head.set(piece, filled);
    filled += piece.byteLength;
    // Valid until the next chunk is asked for, which happens after it is used, or not at all.
    rest = value.subarray(piece.byteLength);
  }
  if (!SIGNATURE.every((byte, index) => head[index] === byte))
    throw new Refusal(415, "not_a_pdf", "Please choose a PDF file.");
  return (async function* () {
    yield head;
    yield rest;
    yield* chunks;
  })();
}

/**
 * Stores an uploaded PDF as it is, a part at a time, so that memory does not grow with it. Two round trips: the first checks
 * the route's access and `check`, and reserves room; the second keeps the file and links it to its owner, as `link` plans it.
 * If anything fails, nothing has changed, and nothing is left in R2.
 *
 * @example
 * storeDocument(ctx, upload, (t, file_id) => {
 *   t.effect(query.update(financial_reports).set({ file_id }).where(eq(financial_reports.id, id)));
 *   return () => ({ report: t.one(selectReport(id)) });
 * });
 */
export async function storeDocument<Shape>(
  ctx: Context,
  upload: Upload,
  link: (t: Plan, file_id: string) => () => Shape,
  check: (t: Plan) => void = () => undefined,
): Promise<Values<Shape>> {
  const chunks = await readPdf(upload.chunks);
  const file = newFile("document");
  await ctx.transact((t) => {
    check(t);
    reserve(t, file, TYPE, upload.announced_bytes ?? MOST_DOCUMENT_BYTES);
  });
  try {
    const bucket = bucketOf(ctx.storage, file.kind);
    const size_bytes = await stage(bucket, `${file.key}/${DOCUMENT}`, { type: TYPE, chunks });
    const stored = await ctx.transact((t) => {
      keep(t, file, {});
      const read = link(t, file.id);
      countSize(t, file, size_bytes);
      return read();
    });
    ctx.afterwards(removeUnneededFiles);
    return stored;
  } catch (error) {
    ctx.afterwards((after) => removeFailedUpload(after, file));
    throw error;
  }
}
