import { signedIn } from "../access/access.ts";
import { Paging } from "../http/pagination.ts";
import { route } from "../http/route.ts";
import { myDonations } from "./mine.ts";
import { GivingStatement, MyDonationPage, StatementYear } from "./my-schemas.ts";
import { givingStatement } from "./statement.ts";
import { statementPdf } from "./statement-pdf.ts";

const tag = "Payments";

export const myDonationRoutes = [
  route({
    method: "get",
    path: "/api/members/donations",
    tag,
    summary: "See what I gave",
    description: "Donations, and what was given on top of membership dues, newest first. Dues are not among them.",
    access: signedIn(),
    request: { query: Paging },
    response: { 200: MyDonationPage },
    handle: (ctx, { query }) => myDonations(ctx, query),
  }),
  route({
    method: "get",
    path: "/api/members/donations/statement/{year}",
    tag,
    summary: "Get my giving statement of a year",
    description:
      "Every payment of the year in UTC with what went back of it, and the sums, net of refunds. A refund counts in the year in which the money went back, so the statement of a past year stays as it is. Exists for each year from one's first payment to the present one. As a PDF for whoever sends `Accept: application/pdf`.",
    access: signedIn(),
    request: { params: StatementYear },
    response: { 200: GivingStatement },
    file: { type: "application/pdf", of: statementPdf },
    handle: (ctx, { params }) => givingStatement(ctx, Number(params.year)),
  }),
];
