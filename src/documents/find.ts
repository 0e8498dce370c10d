import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { query } from "../database/query.ts";
import type { Order } from "../http/pagination.ts";
import { bylaws_documents, financial_reports } from "../tables/documents.ts";
import { stored_files } from "../tables/files.ts";

export type DocumentTable = typeof financial_reports | typeof bylaws_documents;

export const DOCUMENT_NOT_FOUND = [404, "document_not_found", "There is no such document."] as const;

const fileColumns = {
  size_bytes: stored_files.size_bytes,
  file_key: stored_files.key,
};

/** The columns of FinancialReport, for {@link withUrl}: from `financial_reports`, with its file joined. */
export const reportColumns = {
  id: financial_reports.id,
  title: financial_reports.title,
  document_type: financial_reports.document_type,
  document_location: financial_reports.document_location,
  published_at: financial_reports.published_at,
  year: financial_reports.year,
  ...fileColumns,
};

/** The same of Bylaws, from `bylaws_documents`. */
export const bylawsColumns = {
  id: bylaws_documents.id,
  title: bylaws_documents.title,
  document_type: bylaws_documents.document_type,
  document_location: bylaws_documents.document_location,
  published_at: bylaws_documents.published_at,
  kind: bylaws_documents.kind,
  version: bylaws_documents.version,
  effective_on: bylaws_documents.effective_on,
  current: bylaws_documents.current,
  asks_again: bylaws_documents.asks_again,
  ...fileColumns,
};

export const selectReports = () =>
  query.select(reportColumns).from(financial_reports).leftJoin(stored_files, isFileOf(financial_reports));

export const selectBylaws = () =>
  query.select(bylawsColumns).from(bylaws_documents).leftJoin(stored_files, isFileOf(bylaws_documents));

/** Joins a document's file. */
export const isFileOf = ({ file_id }: DocumentTable): SQL =>
  sql`(${and(eq(stored_files.id, file_id), eq(stored_files.status, "stored"))})`;

export const isPublished = ({ published_at }: DocumentTable): SQL => isNotNull(published_at);

/** The latest year first. */
export const LATEST_YEAR_FIRST: Order<{ year: number; id: string }> = {
  name: "year",
  descending: true,
  keys: [
    { expression: sql`${financial_reports.year}`, type: "integer", of: ({ year }) => String(year) },
    { expression: sql`${financial_reports.id}`, type: "uuid", of: ({ id }) => id },
  ],
};

/** What takes effect last comes first. */
export const LATEST_EFFECT_FIRST: Order<{ effective_on: string; id: string }> = {
  name: "effective_on",
  descending: true,
  keys: [
    { expression: sql`${bylaws_documents.effective_on}`, type: "date", of: ({ effective_on }) => effective_on },
    { expression: sql`${bylaws_documents.id}`, type: "uuid", of: ({ id }) => id },
  ],
};
