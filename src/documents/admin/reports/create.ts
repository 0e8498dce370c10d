import { sql } from "drizzle-orm";
import { query } from "../../../database/query.ts";
import type { SignedInContext } from "../../../http/context.ts";
import { financial_reports } from "../../../tables/documents.ts";
import { withUrl } from "../../urls.ts";
import { guardComplete } from "../document.ts";
import type { ManagedReport, NewReport } from "../schemas.ts";
import { readReport } from "./find.ts";

/** Creates a financial report. 400 for a link without an address, 409 for an upload that should be published without its file. */
export async function createReport(ctx: SignedInContext, details: NewReport): Promise<ManagedReport> {
  const id = crypto.randomUUID();
  const report = await ctx.transact((t) => {
    const { published, ...values } = details;
    t.effect(
      query
        .insert(financial_reports)
        .values({ ...values, id, created_by: ctx.user_id, published_at: published ? sql`now()` : null }),
    );
    guardComplete(t, financial_reports, id);
    return readReport(t, id);
  });
  return withUrl(ctx, report);
}
