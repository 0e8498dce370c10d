import type { Plan } from "../../../database/plan.ts";
import type { SignedInContext } from "../../../http/context.ts";
import type { Upload } from "../../../http/upload.ts";
import { bylaws_documents } from "../../../tables/documents.ts";
import { withUrl } from "../../urls.ts";
import { storeFile } from "../document.ts";
import type { ManagedBylaws } from "../schemas.ts";
import { readBylaws } from "./find.ts";
import { guardNotAccepted } from "./rules.ts";

/** Stores the PDF of a version. 404 without such a version, 409 if people accepted what was there before. */
export async function uploadBylaws(ctx: SignedInContext, id: string, upload: Upload): Promise<ManagedBylaws> {
  const check = (t: Plan) => guardNotAccepted(t, id);
  const { bylaws } = await storeFile(ctx, bylaws_documents, { id, upload, check }, (t) => ({
    bylaws: readBylaws(t, id),
  }));
  return withUrl(ctx, bylaws);
}
