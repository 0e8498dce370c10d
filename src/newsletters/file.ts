import { and, isNotNull, sql } from "drizzle-orm";
import type { Plan } from "../database/plan.ts";
import { query } from "../database/query.ts";
import type { SignedInContext } from "../http/context.ts";
import type { Upload } from "../http/upload.ts";
import { storeDocument } from "../storage/store-document.ts";
import { newsletter_archives } from "../tables/documents.ts";
import { selectNewsletter, shown } from "./find.ts";
import { isNewsletter, lockNewsletter } from "./guards.ts";
import type { ManagedNewsletter } from "./schemas.ts";

/** Stores the PDF of a newsletter, in place of the file or the link before. 404 without it, 409 if it is written here. */
export async function uploadNewsletter(
  ctx: SignedInContext,
  newsletter_id: string,
  upload: Upload,
): Promise<ManagedNewsletter> {
  const guard = (t: Plan) => {
    lockNewsletter(t, newsletter_id);
    t.guard(
      sql`exists (select from ${newsletter_archives} where ${and(isNewsletter(newsletter_id), isNotNull(newsletter_archives.document_type))})`,
      409,
      "newsletter_has_no_file",
      "This newsletter is written here. Change its document_type first.",
    );
  };
  const row = await storeDocument(
    ctx,
    upload,
    (t, file_id) => {
      // It may have changed while the file came in.
      guard(t);
      const upload = { document_type: "upload" as const, document_location: null, file_id };
      t.effect(query.update(newsletter_archives).set(upload).where(isNewsletter(newsletter_id)));
      return () => t.one(selectNewsletter(newsletter_id));
    },
    guard,
  );
  return shown(ctx, row);
}
