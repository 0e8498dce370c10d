import { and, eq, type SQL } from "drizzle-orm";
import type { Context, SignedInContext } from "../http/context.ts";
import { Refusal } from "../http/errors.ts";
import { listPage } from "../http/pagination.ts";
import { bylaws_documents, financial_reports } from "../tables/documents.ts";
import {
  DOCUMENT_NOT_FOUND,
  isPublished,
  LATEST_EFFECT_FIRST,
  LATEST_YEAR_FIRST,
  selectBylaws,
  selectReports,
} from "./find.ts";
import type {
  Bylaws,
  BylawsFilters,
  BylawsPage,
  CurrentBylaws,
  FinancialReport,
  FinancialReportPage,
  ReportFilters,
} from "./schemas.ts";
import { forMembers, pageWithUrls } from "./urls.ts";

const publishedReports = (which?: SQL) => and(isPublished(financial_reports), which);
const publishedBylaws = (which?: SQL) => and(isPublished(bylaws_documents), which);

const notThere = () => new Refusal(...DOCUMENT_NOT_FOUND);

/** A page of the financial reports that are published, the latest year first. */
export async function listReports(
  ctx: SignedInContext,
  { year, ...paging }: ReportFilters,
): Promise<FinancialReportPage> {
  const which = publishedReports(year === undefined ? undefined : eq(financial_reports.year, year));
  const page = await ctx.transact((t) => listPage(t, LATEST_YEAR_FIRST, selectReports, paging, which));
  return pageWithUrls(page, (row) => forMembers(ctx, row));
}

/** A financial report that is published. 404 without one. */
export const getReport = async (ctx: SignedInContext, id: string): Promise<FinancialReport> =>
  forMembers(
    ctx,
    await ctx.transact((t) => t.one(selectReports().where(publishedReports(eq(financial_reports.id, id))), notThere())),
  );

/** A page of the bylaws and other rules that are published, in force or not. */
export async function listBylaws(ctx: SignedInContext, { kind, ...paging }: BylawsFilters): Promise<BylawsPage> {
  const which = publishedBylaws(kind && eq(bylaws_documents.kind, kind));
  const page = await ctx.transact((t) => listPage(t, LATEST_EFFECT_FIRST, selectBylaws, paging, which));
  return pageWithUrls(page, (row) => forMembers(ctx, row));
}

/** A version that is published. 404 without one. */
export const getBylaws = async (ctx: SignedInContext, id: string): Promise<Bylaws> =>
  forMembers(
    ctx,
    await ctx.transact((t) => t.one(selectBylaws().where(publishedBylaws(eq(bylaws_documents.id, id))), notThere())),
  );

/** The rules in force, for everybody. */
export async function listCurrentBylaws(ctx: Context): Promise<CurrentBylaws> {
  const items = await ctx.transact((t) =>
    t.many(
      selectBylaws()
        .where(publishedBylaws(eq(bylaws_documents.current, true)))
        .orderBy(bylaws_documents.kind),
    ),
  );
  return pageWithUrls({ items }, (row) => forMembers(ctx, row));
}
