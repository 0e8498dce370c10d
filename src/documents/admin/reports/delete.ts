import { eq } from "drizzle-orm";
import { query } from "../../../database/query.ts";
import type { SignedInContext } from "../../../http/context.ts";
import type { Message } from "../../../http/schemas.ts";
import { removeUnneededFiles } from "../../../storage/remove.ts";
import { financial_reports } from "../../../tables/documents.ts";
import { lockDocument } from "../document.ts";

/** Deletes a financial report and its file. 404 without one. */
export async function deleteReport(ctx: SignedInContext, id: string): Promise<Message> {
  await ctx.transact((t) => {
    lockDocument(t, financial_reports, id);
    t.effect(query.delete(financial_reports).where(eq(financial_reports.id, id)));
  });
  ctx.afterwards(removeUnneededFiles);
  return { message: "The report was deleted." };
}
