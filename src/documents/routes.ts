import { open, signedIn } from "../access/access.ts";
import { route } from "../http/route.ts";
import { ById } from "../http/schemas.ts";
import { acceptMyDocuments, listMyDocuments } from "./accept.ts";
import { getBylaws, getReport, listBylaws, listCurrentBylaws, listReports } from "./read.ts";
import {
  Bylaws,
  BylawsFilters,
  BylawsPage,
  CurrentBylaws,
  DocumentsAccepted,
  FinancialReport,
  FinancialReportPage,
  MyDocuments,
  ReportFilters,
} from "./schemas.ts";

const tag = "Documents";

export const documentRoutes = [
  route({
    method: "get",
    path: "/api/financials",
    tag,
    operationId: "listReports",
    summary: "List the financial reports",
    description: "The latest year first.",
    access: signedIn("active"),
    request: { query: ReportFilters },
    response: { 200: FinancialReportPage },
    handle: (ctx, { query }) => listReports(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/financials/{id}",
    tag,
    operationId: "getReport",
    summary: "Read a financial report",
    access: signedIn("active"),
    request: { params: ById },
    response: { 200: FinancialReport },
    handle: (ctx, { params }) => getReport(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/bylaws",
    tag,
    operationId: "listBylaws",
    summary: "List the bylaws and other rules",
    description: "Also versions that are no longer in force. What takes effect last comes first.",
    access: signedIn("active"),
    request: { query: BylawsFilters },
    response: { 200: BylawsPage },
    handle: (ctx, { query }) => listBylaws(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/bylaws/current",
    tag,
    operationId: "listCurrentBylaws",
    summary: "List the rules in force",
    description:
      "For everybody, because applicants accept them: send their ids as `accepted_documents` to `POST /api/auth/register`.",
    access: open,
    response: { 200: CurrentBylaws },
    handle: (ctx) => listCurrentBylaws(ctx),
  }),
  route({
    method: "get",
    path: "/api/bylaws/{id}",
    tag,
    operationId: "getBylaws",
    summary: "Read a version of our rules",
    access: signedIn("active"),
    request: { params: ById },
    response: { 200: Bylaws },
    handle: (ctx, { params }) => getBylaws(ctx, params.id),
  }),
  route({
    method: "get",
    path: "/api/members/documents",
    tag,
    operationId: "listMyDocuments",
    summary: "See which rules I accepted, and which ones wait for me",
    access: signedIn(),
    response: { 200: MyDocuments },
    handle: (ctx) => listMyDocuments(ctx),
  }),
  route({
    method: "post",
    path: "/api/members/documents/accept",
    tag,
    operationId: "acceptMyDocuments",
    summary: "Accept versions of our rules",
    description: "We keep which version I accepted, and when. Accepting one again changes nothing.",
    access: signedIn(),
    repeatable: true,
    request: { body: DocumentsAccepted },
    response: { 200: MyDocuments },
    errors: [409],
    handle: (ctx, { body }) => acceptMyDocuments(ctx, body),
  }),
];
