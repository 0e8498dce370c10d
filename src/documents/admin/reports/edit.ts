import { eq } from "drizzle-orm";
import { query } from "../../../database/query.ts";
import type { SignedInContext } from "../../../http/context.ts";
import { removeUnneededFiles } from "../../../storage/remove.ts";
import { financial_reports } from "../../../tables/documents.ts";
import { withUrl } from "../../urls.ts";
import { columnsOf, guardComplete, lockDocument } from "../document.ts";
import type { ManagedReport, ReportChange } from "../schemas.ts";
import { readReport } from "./find.ts";

/** Changes what is named. 404 without such a report. Refusals as for a new one. */
export async function editReport(ctx: SignedInContext, id: string, change: ReportChange): Promise<ManagedReport> {
  const set = columnsOf(change, financial_reports);
  const report = await ctx.transact((t) => {
    lockDocument(t, financial_reports, id);
    if (Object.keys(set).length > 0)
      t.effect(query.update(financial_reports).set(set).where(eq(financial_reports.id, id)));
    guardComplete(t, financial_reports, id);
    return readReport(t, id);
  });
  ctx.afterwards(removeUnneededFiles);
  return withUrl(ctx, report);
}
