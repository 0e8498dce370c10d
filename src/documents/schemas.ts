import * as z from "zod";
import { Paging, pageOf } from "../http/pagination.ts";
import { Id, Instant, inDigits } from "../http/schemas.ts";
import { AcceptedIds, acceptedFields, DocumentKind } from "../people/acceptances.ts";
import { documenttype } from "../tables/documents.ts";

/** What members see of every document. */
const documentFields = {
  id: Id,
  title: z.string(),
  document_type: z.enum(documenttype.enumValues).describe("`link`: it is elsewhere. `upload`: a PDF that we keep"),
  url: z
    .string()
    .nullable()
    .describe(
      "Where to read it. The link to an upload works for one to two hours, for whoever has it. Null: no file yet",
    ),
  size_bytes: z.int().nullable().describe("Null for a link"),
  published_at: Instant.nullable().describe("Null while it is a draft"),
};

/** The year of a report, as its column allows it. */
export const Year = z.int().min(1900).max(2200);

export const FinancialReport = z.object({ ...documentFields, year: Year }).meta({ id: "FinancialReport" });
export type FinancialReport = z.infer<typeof FinancialReport>;

export const Bylaws = z
  .object({
    ...documentFields,
    kind: DocumentKind,
    version: z.string(),
    effective_on: z.iso.date(),
    current: z.boolean().describe("Whether this version is in force. One version of each kind is"),
    asks_again: z.boolean().describe("Whether people who accepted an earlier version are asked to accept this one"),
  })
  .meta({ id: "Bylaws" });
export type Bylaws = z.infer<typeof Bylaws>;

export const FinancialReportPage = pageOf(FinancialReport).meta({ id: "FinancialReportPage" });
export type FinancialReportPage = z.infer<typeof FinancialReportPage>;

export const BylawsPage = pageOf(Bylaws).meta({ id: "BylawsPage" });
export type BylawsPage = z.infer<typeof BylawsPage>;

export const YearFilter = inDigits(Year).optional();

export const ReportFilters = Paging.extend({ year: YearFilter });
export type ReportFilters = z.infer<typeof ReportFilters>;

export const BylawsFilters = Paging.extend({ kind: DocumentKind.optional() });
export type BylawsFilters = z.infer<typeof BylawsFilters>;

/** The rules in force: what an application accepts. */
export const CurrentBylaws = z.object({ items: z.array(Bylaws) }).meta({ id: "CurrentBylaws" });
export type CurrentBylaws = z.infer<typeof CurrentBylaws>;

/** Which versions of our rules I accepted, and which ones wait for me. */
export const MyDocuments = z
  .object({
    accepted: z.array(z.object(acceptedFields)).describe("The newest first"),
    asked: z.array(Bylaws).describe("What I am asked to accept"),
  })
  .meta({ id: "MyDocuments" });
export type MyDocuments = z.infer<typeof MyDocuments>;

export const DocumentsAccepted = z
  .strictObject({ document_ids: AcceptedIds.min(1).describe("Current versions: what `asked` lists, or others") })
  .meta({ id: "DocumentsAccepted" });
export type DocumentsAccepted = z.infer<typeof DocumentsAccepted>;
