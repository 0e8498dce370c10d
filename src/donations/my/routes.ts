import { signedIn } from "../../access/access.ts";
import { Paging } from "../../http/pagination.ts";
import { route } from "../../http/route.ts";
import { listMyDonations } from "./list.ts";
import { GivingStatement, MyDonationPage, StatementYear } from "./schemas.ts";
import { givingStatement } from "./statement.ts";
import { statementPdf } from "./statement-pdf.ts";

const tag = "Payments";

export const myDonationRoutes = [
  route({
    method: "get",
    path: "/api/members/donations",
    tag,
    operationId: "listMyDonations",
    summary: "See what I gave",
    description: "Donations, and what was given on top of membership dues, newest first. Dues are not included.",
    access: signedIn(),
    request: { query: Paging },
    response: { 200: MyDonationPage },
    handle: (ctx, { query }) => listMyDonations(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/members/donations/statement/{year}",
    tag,
    operationId: "getMyGivingStatement",
    summary: "Get my giving statement for a year",
    description:
      "Every payment and refund of the year (UTC), with sums. A refund counts in the year in which the money went back, so past statements do not change. There is a statement for every year from the first payment to this year. Send `Accept: application/pdf` to get it as a PDF.",
    access: signedIn(),
    request: { params: StatementYear },
    response: { 200: GivingStatement },
    file: { type: "application/pdf", of: statementPdf },
    handle: (ctx, { params }) => givingStatement(ctx, Number(params.year)),
  }),
];
