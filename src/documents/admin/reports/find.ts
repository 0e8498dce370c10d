import { and, eq, not, sql } from "drizzle-orm";
import type { Plan } from "../../../database/plan.ts";
import { query } from "../../../database/query.ts";
import type { SignedInContext } from "../../../http/context.ts";
import { Refusal } from "../../../http/errors.ts";
import { listPageWithTotal } from "../../../http/pagination.ts";
import { contains } from "../../../http/search.ts";
import { financial_reports } from "../../../tables/documents.ts";
import { stored_files } from "../../../tables/files.ts";
import { DOCUMENT_NOT_FOUND, isFileOf, isPublished, LATEST_YEAR_FIRST, reportColumns } from "../../find.ts";
import { pageWithUrls, withUrl } from "../../urls.ts";
import { managedDocumentColumns } from "../document.ts";
import type { ManagedReport, ManagedReportFilters, ManagedReportPage } from "../schemas.ts";

const columns = { ...reportColumns, ...managedDocumentColumns(financial_reports) };

const selectManaged = () =>
  query.select(columns).from(financial_reports).leftJoin(stored_files, isFileOf(financial_reports));

export const readReport = (t: Plan, id: string) =>
  t.one(selectManaged().where(eq(financial_reports.id, id)), new Refusal(...DOCUMENT_NOT_FOUND));

/** A page of all financial reports with their drafts, the latest year first. */
export async function listManagedReports(
  ctx: SignedInContext,
  { year, published, search, ...paging }: ManagedReportFilters,
): Promise<ManagedReportPage> {
  const isOut = isPublished(financial_reports);
  const matching = and(
    year === undefined ? undefined : eq(financial_reports.year, year),
    published === undefined ? undefined : published ? isOut : not(isOut),
    contains(sql`${financial_reports.title}`, search),
  );
  const page = await ctx.transact((t) => listPageWithTotal(t, LATEST_YEAR_FIRST, selectManaged, paging, matching));
  return pageWithUrls(page, (row) => withUrl(ctx, row));
}

/** A financial report, also a draft. 404 without one. */
export const getManagedReport = async (ctx: SignedInContext, id: string): Promise<ManagedReport> =>
  withUrl(ctx, await ctx.transact((t) => readReport(t, id)));
