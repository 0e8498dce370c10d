import type { SignedInContext } from "../../../http/context.ts";
import type { Upload } from "../../../http/upload.ts";
import { financial_reports } from "../../../tables/documents.ts";
import { withUrl } from "../../urls.ts";
import { storeFile } from "../document.ts";
import type { ManagedReport } from "../schemas.ts";
import { readReport } from "./find.ts";

/** Stores the PDF of a report. 404 without such a report. */
export const uploadReport = async (ctx: SignedInContext, id: string, upload: Upload): Promise<ManagedReport> => {
  const check = () => undefined;
  const { report } = await storeFile(ctx, financial_reports, { id, upload, check }, (t) => ({
    report: readReport(t, id),
  }));
  return withUrl(ctx, report);
};
