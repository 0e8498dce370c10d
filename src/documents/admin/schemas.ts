import * as z from "zod";
import { Paging, pageWithTotalOf } from "../../http/pagination.ts";
import { Id, Instant, Line, OptionalLine, YesOrNo } from "../../http/schemas.ts";
import { Search } from "../../http/search.ts";
import { DocumentKind } from "../../people/acceptances.ts";
import { documenttype } from "../../tables/documents.ts";
import { Bylaws, FinancialReport, Year, YearFilter } from "../schemas.ts";

/** What volunteers see besides what members see. */
const managedFields = {
  document_location: z.string().nullable().describe("The address of a link"),
  created_by: Id.nullable(),
  created_by_name: z.string().nullable(),
  created_at: Instant,
  updated_at: Instant,
};

export const ManagedReport = FinancialReport.extend(managedFields).meta({ id: "ManagedReport" });
export type ManagedReport = z.infer<typeof ManagedReport>;

export const ManagedBylaws = Bylaws.extend({
  ...managedFields,
  accepted_by: z.int().describe("How many people accepted this version"),
}).meta({ id: "ManagedBylaws" });
export type ManagedBylaws = z.infer<typeof ManagedBylaws>;

export const ManagedReportPage = pageWithTotalOf(ManagedReport).meta({ id: "ManagedReportPage" });
export type ManagedReportPage = z.infer<typeof ManagedReportPage>;

export const ManagedBylawsPage = pageWithTotalOf(ManagedBylaws).meta({ id: "ManagedBylawsPage" });
export type ManagedBylawsPage = z.infer<typeof ManagedBylawsPage>;

const filters = {
  published: YesOrNo.optional(),
  search: Search.describe("Words of the title"),
};

export const ManagedReportFilters = Paging.extend({ ...filters, year: YearFilter });
export type ManagedReportFilters = z.infer<typeof ManagedReportFilters>;

export const ManagedBylawsFilters = Paging.extend({
  ...filters,
  kind: DocumentKind.optional(),
  current: YesOrNo.optional(),
});
export type ManagedBylawsFilters = z.infer<typeof ManagedBylawsFilters>;

const Location = OptionalLine(2000)
  .pipe(z.url({ protocol: /^https$/, error: "must be an https URL" }).nullable())
  .describe("The address of a link. Null for an upload")
  .meta({ example: "https://www.example.org/report.pdf" });

const commonInput = {
  title: Line(200),
  document_type: z
    .enum(documenttype.enumValues)
    .describe("`link`: `document_location` says where it is. `upload`: send the PDF to `PUT …/{id}/file`"),
  document_location: Location,
  published: z.boolean().describe("Whether members see it. An upload needs its file first"),
};

const reportInput = { ...commonInput, year: Year };

const bylawsInput = {
  ...commonInput,
  version: Line(50).meta({ example: "2027-1" }),
  effective_on: z.iso
    .date()
    .regex(/^[12]/, "must be in the years 1000 to 2999")
    .meta({ format: "date", example: "2027-01-01" }),
  current: z
    .boolean()
    .describe(
      "Puts this version in force, in place of the one before. The first one that is published is in force too",
    ),
  asks_again: z.boolean().describe("Whether people who did not accept this version are asked to, while it is in force"),
};

const whenNew = { document_location: Location.default(null), published: z.boolean().default(false) };

export const NewReport = z.strictObject({ ...reportInput, ...whenNew }).meta({ id: "NewReport" });
export type NewReport = z.infer<typeof NewReport>;

export const ReportChange = z.strictObject(reportInput).partial().meta({ id: "ReportChange" });
export type ReportChange = z.infer<typeof ReportChange>;

export const NewBylaws = z
  .strictObject({
    ...bylawsInput,
    ...whenNew,
    kind: DocumentKind.default("bylaws"),
    current: bylawsInput.current.default(false),
    asks_again: bylawsInput.asks_again.default(false),
  })
  .meta({ id: "NewBylaws" });
export type NewBylaws = z.infer<typeof NewBylaws>;

export const BylawsChange = z.strictObject(bylawsInput).partial().meta({ id: "BylawsChange" });
export type BylawsChange = z.infer<typeof BylawsChange>;
